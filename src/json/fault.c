/* Owns the words for what is wrong with JSON, and the judgement which fault a
 * thing in the wrong place is.  Flows in: a place and what was expected there;
 * out: a fault.  Knows nothing of templates, lines or files. */
#include "json/fault.h"

#include "json/lexeme.h"

enum place { HERE, BEHIND, COMMA_BEFORE };

struct text {
	const char *what;
	const char *why;
	const char *hint;
	enum place place;
};

#define VALUE_WHY "a value is a string in double quotes, a number, true, " \
		  "false, null, an object or an array"
#define QUOTE_HINT "put it between double quotes"

/* A table, as long as there are faults. */
static const struct text texts[FAULT_COUNT] = {
	[FAULT_LINE_BREAK] = {"line break in a string",
		"a string ends on the line it begins on",
		"write it as \\n, or add the quote that is missing before it",
		HERE},
	[FAULT_CONTROL] = {"control character in a string",
		"bytes below 0x20 are written as escapes",
		"write it as \\u and four hexadecimal digits", HERE},
	[FAULT_ESCAPE] = {"bad escape",
		"after a backslash comes one of \" \\ / b f n r t u",
		"write \\\\ where the backslash itself is meant", HERE},
	[FAULT_HEX] = {"bad escape",
		"\\u takes four hexadecimal digits",
		"fill it up with zeros: \\u00e9", HERE},
	[FAULT_UTF8] = {"invalid UTF-8",
		"these bytes are not a character",
		"save the file as UTF-8", HERE},
	[FAULT_STRING_OPEN] = {"unclosed string",
		"the text ends before the closing quote",
		"add the quote, or look whether the file was cut off", HERE},
	[FAULT_STRING_LINE] = {"missing quote",
		"the string is not closed on its line",
		"put a double quote at the end of the string", HERE},
	[FAULT_DIGIT] = {"bad number", "expected a digit after '-'",
		"put it between double quotes if it is a text", HERE},
	[FAULT_FRACTION] = {"bad number", "expected a digit after '.'",
		"add a 0 after the point", HERE},
	[FAULT_EXPONENT] = {"bad number", "expected a digit in the exponent",
		"add the exponent's digits, or remove the 'e'", HERE},
	[FAULT_ZEROS] = {"bad number", "a number has no leading zeros",
		"remove the zeros, or put it between double quotes", HERE},
	[FAULT_NUMBER_TAIL] = {"bad number",
		"this cannot be part of a number",
		"put it between double quotes if it is a text", HERE},
	[FAULT_PLUS] = {"bad number", "a number does not begin with '+'",
		"remove the '+'", HERE},
	[FAULT_POINT] = {"bad number", "expected a digit before '.'",
		"put a 0 before the point", HERE},
	[FAULT_NOT_A_NUMBER] = {"bad number",
		"JSON has no NaN and no Infinity",
		"write null, or put it between double quotes", HERE},
	[FAULT_WORD] = {"bare word", VALUE_WHY, QUOTE_HINT, HERE},
	[FAULT_CASE] = {"bare word", "true, false and null are lower case",
		"write it in lower case", HERE},
	[FAULT_ELLIPSIS] = {"omission", "'...' stands for what was left out",
		"put in what was left out, or delete the dots", HERE},
	[FAULT_COMMENT] = {"comment", "JSON has no comments", "delete it",
		HERE},
	[FAULT_TYPOGRAPHIC] = {"typographic quote",
		"strings stand between plain double quotes",
		"write \" instead", HERE},
	[FAULT_SPACE] = {"unusual white space",
		"only blanks, tabs and line breaks stand between values",
		"replace it with a blank", HERE},
	[FAULT_STRAY_CONTROL] = {"stray control character",
		"only blanks, tabs and line breaks stand between values",
		"delete it", HERE},
	[FAULT_NOTHING] = {"no value", "the text ends before a value", NULL,
		HERE},
	[FAULT_NO_VALUE] = {"no value", VALUE_WHY, NULL, HERE},
	[FAULT_OBJECT_OPEN] = {"unclosed object",
		"the text ends before the closing '}'",
		"add '}', or look whether the file was cut off", BEHIND},
	[FAULT_ARRAY_OPEN] = {"unclosed array",
		"the text ends before the closing ']'",
		"add ']', or look whether the file was cut off", BEHIND},
	[FAULT_BRACKET_OBJECT] = {"wrong bracket",
		"an object is closed with '}'",
		"write '}', or close first what is still open", HERE},
	[FAULT_BRACKET_ARRAY] = {"wrong bracket",
		"an array is closed with ']'",
		"write ']', or close first what is still open", HERE},
	[FAULT_BRACKET_ROOT] = {"stray bracket", "nothing is open here",
		"delete it", HERE},
	[FAULT_COMMA_EXTRA] = {"extra comma",
		"something is missing before it", "delete the comma", HERE},
	[FAULT_COMMA_TRAILING] = {"trailing comma",
		"nothing follows it before the closing bracket",
		"delete the comma", COMMA_BEFORE},
	[FAULT_COMMA_OBJECT] = {"missing comma",
		"expected ',' or '}' after a value",
		"put a comma after the value before it", BEHIND},
	[FAULT_COMMA_ARRAY] = {"missing comma",
		"expected ',' or ']' after a value",
		"put a comma after the value before it", BEHIND},
	[FAULT_COLON_MISSING] = {"missing colon",
		"expected ':' between a key and its value",
		"put a colon after the key", BEHIND},
	[FAULT_COLON_EXTRA] = {"extra colon",
		"a colon stands only between a key and its value",
		"delete it, or put the key before it", HERE},
	[FAULT_COLON_ARRAY] = {"extra colon",
		"only objects have keys, and this is an array",
		"put the key and its value between { and }", HERE},
	[FAULT_KEY_LONE] = {"missing value", "a key stands alone",
		"put a colon and a value after the key", BEHIND},
	[FAULT_KEY_MISSING] = {"missing key",
		"expected a key in double quotes",
		"put a key and a colon before the value", HERE},
	[FAULT_KEY_UNQUOTED] = {"unquoted key",
		"a key stands between double quotes",
		"put the key between double quotes", HERE},
	[FAULT_KEY_SINGLE] = {"single quotes",
		"a key stands between double quotes",
		"write \" instead of ' on both sides", HERE},
	[FAULT_STRING_SINGLE] = {"single quotes",
		"a string stands between double quotes",
		"write \" instead of ' on both sides", HERE},
	[FAULT_VALUE_MISSING] = {"missing value",
		"expected a value after ':'",
		"put the value, or null, after the colon", BEHIND},
	[FAULT_STRAY_OBJECT] = {"unexpected text",
		"expected ',' or '}' after a value",
		"delete it, or put it inside the quotes it belongs to", HERE},
	[FAULT_STRAY_ARRAY] = {"unexpected text",
		"expected ',' or ']' after a value",
		"delete it, or put it inside the quotes it belongs to", HERE},
	[FAULT_STRAY_KEY] = {"unexpected text",
		"expected a key in double quotes",
		"delete it, or complete it to \"key\": value", HERE},
	[FAULT_STRAY_QUOTE] = {"unexpected text",
		"it follows the closing quote of a string",
		"write \\\" for a quote inside the string, or add the quote "
		"that is missing", HERE},
	[FAULT_DEEP] = {"nested too deeply",
		"more than 512 objects and arrays are open", NULL, HERE},
	[FAULT_LONG] = {"value too long", "a value has less than 4 GiB",
		NULL, HERE},
};

/* A value where something else than its first byte is wrong. */
#define VALUE_ROW \
	[FAULT_SINGLE] = FAULT_STRING_SINGLE, [FAULT_REMARK] = FAULT_COMMENT, \
	[FAULT_NAME] = FAULT_WORD, [FAULT_DOTS] = FAULT_ELLIPSIS, \
	[FAULT_TEXT] = FAULT_WORD, [FAULT_QUOTE_MARK] = FAULT_TYPOGRAPHIC, \
	[FAULT_ODD_SPACE] = FAULT_SPACE, \
	[FAULT_ODD_CONTROL] = FAULT_STRAY_CONTROL, \
	[FAULT_LIMIT] = FAULT_LONG
#define KEY_ROW \
	[FAULT_END] = FAULT_OBJECT_OPEN, [FAULT_SINGLE] = FAULT_KEY_SINGLE, \
	[FAULT_OPEN] = FAULT_KEY_MISSING, \
	[FAULT_CLOSE_ARRAY] = FAULT_BRACKET_OBJECT, \
	[FAULT_COMMA] = FAULT_COMMA_EXTRA, \
	[FAULT_COLON] = FAULT_KEY_MISSING, [FAULT_REMARK] = FAULT_COMMENT, \
	[FAULT_SCALAR] = FAULT_KEY_MISSING, \
	[FAULT_NAME] = FAULT_KEY_UNQUOTED, [FAULT_DOTS] = FAULT_ELLIPSIS, \
	[FAULT_TEXT] = FAULT_STRAY_KEY, \
	[FAULT_QUOTE_MARK] = FAULT_TYPOGRAPHIC, \
	[FAULT_ODD_SPACE] = FAULT_SPACE, \
	[FAULT_ODD_CONTROL] = FAULT_STRAY_CONTROL, \
	[FAULT_LIMIT] = FAULT_LONG
#define AFTER_ROW \
	[FAULT_REMARK] = FAULT_COMMENT, [FAULT_DOTS] = FAULT_ELLIPSIS, \
	[FAULT_QUOTE_MARK] = FAULT_TYPOGRAPHIC, \
	[FAULT_ODD_SPACE] = FAULT_SPACE, \
	[FAULT_ODD_CONTROL] = FAULT_STRAY_CONTROL, \
	[FAULT_LIMIT] = FAULT_LONG

/* What THING is where EXPECT was; FAULT_NONE where it may stand. */
static const unsigned char judgement[][FAULT_LIMIT + 1] = {
	[FAULT_AT_ROOT] = {VALUE_ROW,
		[FAULT_END] = FAULT_NOTHING,
		[FAULT_CLOSE_OBJECT] = FAULT_BRACKET_ROOT,
		[FAULT_CLOSE_ARRAY] = FAULT_BRACKET_ROOT,
		[FAULT_COMMA] = FAULT_NO_VALUE,
		[FAULT_COLON] = FAULT_NO_VALUE},
	[FAULT_AT_FIRST_ELEMENT] = {VALUE_ROW,
		[FAULT_END] = FAULT_ARRAY_OPEN,
		[FAULT_CLOSE_OBJECT] = FAULT_BRACKET_ARRAY,
		[FAULT_COMMA] = FAULT_COMMA_EXTRA,
		[FAULT_COLON] = FAULT_COLON_ARRAY},
	[FAULT_AT_ELEMENT] = {VALUE_ROW,
		[FAULT_END] = FAULT_ARRAY_OPEN,
		[FAULT_CLOSE_OBJECT] = FAULT_BRACKET_ARRAY,
		[FAULT_CLOSE_ARRAY] = FAULT_COMMA_TRAILING,
		[FAULT_COMMA] = FAULT_COMMA_EXTRA,
		[FAULT_COLON] = FAULT_COLON_ARRAY},
	[FAULT_AT_FIRST_KEY] = {KEY_ROW},
	[FAULT_AT_KEY] = {KEY_ROW,
		[FAULT_CLOSE_OBJECT] = FAULT_COMMA_TRAILING},
	[FAULT_AT_COLON] = {AFTER_ROW,
		[FAULT_END] = FAULT_OBJECT_OPEN,
		[FAULT_STRING] = FAULT_COLON_MISSING,
		[FAULT_SINGLE] = FAULT_COLON_MISSING,
		[FAULT_OPEN] = FAULT_COLON_MISSING,
		[FAULT_SCALAR] = FAULT_COLON_MISSING,
		[FAULT_TEXT] = FAULT_COLON_MISSING,
		[FAULT_NAME] = FAULT_KEY_LONE,
		[FAULT_CLOSE_OBJECT] = FAULT_KEY_LONE,
		[FAULT_CLOSE_ARRAY] = FAULT_KEY_LONE,
		[FAULT_COMMA] = FAULT_KEY_LONE},
	[FAULT_AT_VALUE] = {VALUE_ROW,
		[FAULT_END] = FAULT_OBJECT_OPEN,
		[FAULT_CLOSE_OBJECT] = FAULT_VALUE_MISSING,
		[FAULT_CLOSE_ARRAY] = FAULT_VALUE_MISSING,
		[FAULT_COMMA] = FAULT_VALUE_MISSING,
		[FAULT_COLON] = FAULT_COLON_EXTRA},
	[FAULT_AFTER_ELEMENT] = {AFTER_ROW,
		[FAULT_END] = FAULT_ARRAY_OPEN,
		[FAULT_STRING] = FAULT_COMMA_ARRAY,
		[FAULT_SINGLE] = FAULT_COMMA_ARRAY,
		[FAULT_OPEN] = FAULT_COMMA_ARRAY,
		[FAULT_SCALAR] = FAULT_COMMA_ARRAY,
		[FAULT_CLOSE_OBJECT] = FAULT_BRACKET_ARRAY,
		[FAULT_COLON] = FAULT_COLON_ARRAY,
		[FAULT_NAME] = FAULT_STRAY_ARRAY,
		[FAULT_TEXT] = FAULT_STRAY_ARRAY},
	[FAULT_AFTER_MEMBER] = {AFTER_ROW,
		[FAULT_END] = FAULT_OBJECT_OPEN,
		[FAULT_STRING] = FAULT_COMMA_OBJECT,
		[FAULT_SINGLE] = FAULT_COMMA_OBJECT,
		[FAULT_OPEN] = FAULT_COMMA_OBJECT,
		[FAULT_NAME] = FAULT_COMMA_OBJECT,
		[FAULT_CLOSE_ARRAY] = FAULT_BRACKET_OBJECT,
		[FAULT_COLON] = FAULT_COLON_EXTRA,
		[FAULT_SCALAR] = FAULT_STRAY_OBJECT,
		[FAULT_TEXT] = FAULT_STRAY_OBJECT},
};

static bool begins(const char *p, const char *end, const char *head)
{
	size_t n = strlen(head);

	return (size_t)(end - p) >= n && memcmp(p, head, n) == 0;
}

static bool begins_any(const char *p, const char *end,
		       const char *const *heads)
{
	for (; *heads; heads++)
		if (begins(p, end, *heads))
			return true;
	return false;
}

/* The length of the white space at P that is not JSON's, or 0: what editors
 * and web pages leave behind, and what nobody sees. */
static size_t odd_space_length(const char *p, const char *end)
{
	static const struct {
		const char *first, *last;
	} spaces[] = {
		{"\xc2\x85", "\xc2\x85"},         /* next line */
		{"\xc2\xa0", "\xc2\xa0"},         /* no-break space */
		{"\xe2\x80\x80", "\xe2\x80\x8f"}, /* narrow, zero width */
		{"\xe2\x80\xa8", "\xe2\x80\xaf"}, /* separators, directions */
		{"\xe2\x81\x9f", "\xe2\x81\xa9"}, /* joiner, directions */
		{"\xe3\x80\x80", "\xe3\x80\x80"}, /* ideographic space */
		{"\xef\xbb\xbf", "\xef\xbb\xbf"}, /* byte order mark */
	};

	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
		size_t n = strlen(spaces[i].first);

		if ((size_t)(end - p) >= n &&
		    memcmp(p, spaces[i].first, n) >= 0 &&
		    memcmp(p, spaces[i].last, n) <= 0)
			return n;
	}
	return 0;
}

size_t fault_odd_length(const char *p, const char *end)
{
	const char *q = p;
	size_t n;

	while (q < end) {
		if (((unsigned char)*q < 0x20 || *q == 0x7f) &&
		    !lexeme_is(*q, LEXEME_BLANK))
			n = 1;
		else
			n = odd_space_length(q, end);
		if (n == 0)
			break;
		q += n;
	}
	return (size_t)(q - p);
}

static enum fault_thing word_at(const char *p, const char *end, bool *touched)
{
	static const char *const marks[] = {"\xe2\x80\x9c", "\xe2\x80\x9d",
					    "\xe2\x80\x9e", "\xe2\x80\x98",
					    "\xe2\x80\x99", NULL};
	const char *behind = lexeme_word(p, end);
	const char *next = scan_blank(behind, end);
	enum fault fault = FAULT_WORD;
	uint8_t kind;

	*touched = next == end;
	if (fault_odd_length(p, end))
		return FAULT_ODD_SPACE;
	if (next < end && *next == ':')
		return FAULT_NAME;
	if (begins_any(p, end, marks))
		return FAULT_QUOTE_MARK;
	if (begins(p, end, "..."))
		return FAULT_DOTS;
	if (*p == '-' || lexeme_is(*p, LEXEME_DIGIT))
		lexeme_number(p, end, &fault);
	else if (lexeme_literal(p, end, &kind))
		fault = FAULT_NONE;
	return fault ? FAULT_TEXT : FAULT_SCALAR;
}

enum fault_thing fault_thing_at(const char *p, const char *end, bool *touched)
{
	const char *limit = end - p > FAULT_AHEAD ? p + FAULT_AHEAD : end;
	enum fault_thing thing;

	*touched = p == end;
	if (p == end)
		return FAULT_END;
	switch (*p) {
	case '"':
		return FAULT_STRING;
	case '\'':
		return FAULT_SINGLE;
	case '{': case '[':
		return FAULT_OPEN;
	case '}':
		return FAULT_CLOSE_OBJECT;
	case ']':
		return FAULT_CLOSE_ARRAY;
	case ',':
		return FAULT_COMMA;
	case ':':
		return FAULT_COLON;
	default:
		if (lexeme_comment(p, end))
			return FAULT_REMARK;
		if (!lexeme_is(*p, LEXEME_WORD))
			return FAULT_ODD_CONTROL;
		thing = word_at(p, limit, touched);
		*touched = *touched && limit == end;
		return thing;
	}
}

/* Which kind of bare word it is. */
static enum fault word_fault(const char *p, const char *end)
{
	struct span word = {p, (size_t)(lexeme_word(p, end) - p)};

	if (word.n > 1 && lexeme_is(p[1], LEXEME_DIGIT)) {
		if (*p == '+')
			return FAULT_PLUS;
		if (*p == '.')
			return FAULT_POINT;
	}
	if (span_is(word, "NaN") || span_is(word, "Infinity"))
		return FAULT_NOT_A_NUMBER;
	if (span_equal_ignoring_case(word, SPAN("true")) ||
	    span_equal_ignoring_case(word, SPAN("false")) ||
	    span_equal_ignoring_case(word, SPAN("null")))
		return FAULT_CASE;
	return FAULT_WORD;
}

void fault_set(struct scan_fault *f, enum fault fault, const char *at,
	       const char *opened)
{
	*f = (struct scan_fault){
		.at = at,
		.opened = opened,
		.what = texts[fault].what,
		.why = texts[fault].why,
		.hint = texts[fault].hint,
	};
}

void fault_unexpected(struct scan_fault *f, enum fault_expect expect,
		      enum fault_thing thing, const char *p, const char *end,
		      const char *behind, const char *bracket)
{
	enum fault fault = judgement[expect][thing];
	bool in_question = fault == FAULT_OBJECT_OPEN ||
			   fault == FAULT_ARRAY_OPEN ||
			   fault == FAULT_BRACKET_OBJECT ||
			   fault == FAULT_BRACKET_ARRAY ||
			   fault == FAULT_LONG;

	if (fault == FAULT_WORD)
		fault = word_fault(p, end);
	else if (thing == FAULT_TEXT && p == behind && p[-1] == '"')
		fault = FAULT_STRAY_QUOTE;
	if (texts[fault].place == BEHIND)
		p = behind;
	else if (texts[fault].place == COMMA_BEFORE)
		p = behind - 1;
	fault_set(f, fault, p, in_question ? bracket : NULL);
}
