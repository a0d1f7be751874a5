/* What can be wrong with JSON, in words.  Private to json/: both readings
 * find their faults here, so that they say the same about the same byte. */
#ifndef JSON_FAULT_H
#define JSON_FAULT_H

#include "json/scan.h"

/* Every fault there is.  FAULT_SHORT is none yet: the bytes ended. */
enum fault {
	FAULT_NONE,
	FAULT_SHORT,
	/* in a string */
	FAULT_LINE_BREAK, FAULT_CONTROL, FAULT_ESCAPE, FAULT_HEX, FAULT_UTF8,
	FAULT_STRING_OPEN, FAULT_STRING_LINE,
	/* in a number or a word */
	FAULT_DIGIT, FAULT_FRACTION, FAULT_EXPONENT, FAULT_ZEROS,
	FAULT_NUMBER_TAIL, FAULT_PLUS, FAULT_POINT, FAULT_NOT_A_NUMBER,
	FAULT_WORD, FAULT_CASE, FAULT_ELLIPSIS,
	/* between tokens */
	FAULT_COMMENT, FAULT_TYPOGRAPHIC, FAULT_SPACE, FAULT_STRAY_CONTROL,
	FAULT_NOTHING, FAULT_NO_VALUE, FAULT_OBJECT_OPEN, FAULT_ARRAY_OPEN,
	FAULT_BRACKET_OBJECT, FAULT_BRACKET_ARRAY, FAULT_BRACKET_ROOT,
	FAULT_COMMA_EXTRA, FAULT_COMMA_TRAILING, FAULT_COMMA_OBJECT,
	FAULT_COMMA_ARRAY, FAULT_COLON_MISSING, FAULT_COLON_EXTRA,
	FAULT_COLON_ARRAY, FAULT_KEY_LONE, FAULT_KEY_MISSING,
	FAULT_KEY_UNQUOTED, FAULT_KEY_SINGLE, FAULT_STRING_SINGLE,
	FAULT_VALUE_MISSING, FAULT_STRAY_OBJECT, FAULT_STRAY_ARRAY,
	FAULT_STRAY_KEY, FAULT_STRAY_QUOTE,
	/* limits */
	FAULT_DEEP, FAULT_LONG,
	FAULT_COUNT
};

/* What may come next. */
enum fault_expect {
	FAULT_AT_ROOT,          /* a value */
	FAULT_AT_FIRST_ELEMENT, /* a value or ']' */
	FAULT_AT_ELEMENT,       /* a value, after a comma */
	FAULT_AT_FIRST_KEY,     /* a key or '}' */
	FAULT_AT_KEY,           /* a key, after a comma */
	FAULT_AT_COLON,
	FAULT_AT_VALUE,         /* a value, after a colon */
	FAULT_AFTER_ELEMENT,    /* ',' or ']' */
	FAULT_AFTER_MEMBER      /* ',' or '}' */
};

/* What stands at a place. */
enum fault_thing {
	FAULT_END,
	FAULT_STRING,           /* a double quote */
	FAULT_SINGLE,           /* a single quote */
	FAULT_OPEN,             /* { or [ */
	FAULT_CLOSE_OBJECT,
	FAULT_CLOSE_ARRAY,
	FAULT_COMMA,
	FAULT_COLON,
	FAULT_REMARK,           /* the beginning of a comment */
	FAULT_SCALAR,           /* a whole number, true, false or null */
	FAULT_NAME,             /* any word with a colon behind it */
	FAULT_DOTS,             /* `...` */
	FAULT_TEXT,             /* any other word */
	FAULT_QUOTE_MARK,       /* a typographic quote */
	FAULT_ODD_SPACE,        /* white space that is not JSON's */
	FAULT_ODD_CONTROL,      /* a control character */
	FAULT_LIMIT             /* more bytes than a value may have */
};

/* What stands at P.  It looks at most FAULT_AHEAD bytes ahead; *TOUCHED tells
 * that END came first and more bytes could change the answer. */
enum { FAULT_AHEAD = 512 };
enum fault_thing fault_thing_at(const char *p, const char *end, bool *touched);

/* How many bytes of white space or control characters that JSON does not
 * know begin at P; 0: none. */
size_t fault_odd_length(const char *p, const char *end);

/* The fault of THING at P where EXPECT was.  BEHIND is right behind the token
 * before P; BRACKET is the innermost open one, or NULL. */
void fault_unexpected(struct scan_fault *, enum fault_expect,
		      enum fault_thing, const char *p, const char *end,
		      const char *behind, const char *bracket);

/* A fault at its own place. */
void fault_set(struct scan_fault *, enum fault, const char *at,
	       const char *opened);

#endif
