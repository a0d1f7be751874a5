/* Owns the byte classes of JSON and what is too long to be inline: escapes,
 * UTF-8, words, arrays of numbers.  Knows nothing of templates and places. */
#include "json/lexeme.h"

enum {
	B = LEXEME_BLANK,
	D = LEXEME_DIGIT | LEXEME_WORD,
	W = LEXEME_WORD,
	S = LEXEME_SPECIAL,
	X = LEXEME_SPECIAL | LEXEME_WORD
};

/* Word bytes are all that is printable or not ASCII, but for quotes,
 * brackets, comma and colon. */
const unsigned char lexeme_class[256] = {
	/* 0x00 */
	S, S, S, S, S, S, S, S, S, S | B, S | B, S, S, S | B, S, S,
	S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
	/*    !  "  #  $  %  &  '  (  )  *  +  ,  -  .  / */
	B, W, S, W, W, W, W, 0, W, W, W, W, 0, W, W, W,
	/* 0  1  2  3  4  5  6  7  8  9  :  ;  <  =  >  ? */
	D, D, D, D, D, D, D, D, D, D, 0, W, W, W, W, W,
	/* @ */
	W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
	/*                                  [  \  ]  ^  _ */
	W, W, W, W, W, W, W, W, W, W, W, 0, X, 0, W, W,
	/* ` */
	W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
	/*                                  {  |  }  ~  DEL */
	W, W, W, W, W, W, W, W, W, W, W, 0, W, 0, W, 0,
	/* 0x80 */
	X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
	X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
	X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
	X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
	X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
	X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
	X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
	X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
};

int lexeme_utf8(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;
	unsigned char low = 0x80, high = 0xbf;
	int n;

	if (u[0] < 0x80)
		return 1;
	if (u[0] < 0xc2 || u[0] > 0xf4)
		return 0;
	n = u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;
	/* RFC 3629: no overlong forms, no surrogates, nothing above 10FFFF */
	if (u[0] == 0xe0)
		low = 0xa0;
	else if (u[0] == 0xed)
		high = 0x9f;
	else if (u[0] == 0xf0)
		low = 0x90;
	else if (u[0] == 0xf4)
		high = 0x8f;
	for (int i = 1; i < n; i++) {
		if (end - p <= i)
			return -1;
		if (u[i] < low || u[i] > high)
			return 0;
		low = 0x80;
		high = 0xbf;
	}
	return n;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

static const char *escape(const char *p, const char *end, enum fault *fault)
{
	if (end - p < 2) {
		*fault = FAULT_SHORT;
		return end;
	}
	if (p[1] != 'u') {
		if (p[1] != '\0' && strchr("\"\\/bfnrt", p[1]))
			return p + 2;
		*fault = FAULT_ESCAPE;
		return p;
	}
	for (int i = 2; i < 6; i++) {
		if (end - p <= i) {
			*fault = FAULT_SHORT;
			return end;
		}
		if (!is_hex(p[i])) {
			*fault = FAULT_HEX;
			return p;
		}
	}
	return p + 6;
}

const char *lexeme_special(const char *p, const char *end, enum fault *fault)
{
	int n;

	if (*p == '\\')
		return escape(p, end, fault);
	if ((unsigned char)*p < 0x20) {
		*fault = *p == '\n' || *p == '\r' ? FAULT_LINE_BREAK
						  : FAULT_CONTROL;
		return p;
	}
	n = lexeme_utf8(p, end);
	if (n > 0)
		return p + n;
	*fault = n < 0 ? FAULT_SHORT : FAULT_UTF8;
	return n < 0 ? end : p;
}

const char *lexeme_word(const char *p, const char *end)
{
	while (lexeme_continues(p, end))
		p++;
	return p;
}

const char *lexeme_numbers(const char *p, const char *end, bool simd)
{
	enum fault fault;
	size_t count = 0;

	do {
		p = lexeme_blank(p + 1, end, simd);
		if (p == end || (*p != '-' && !lexeme_is(*p, LEXEME_DIGIT)))
			return NULL;
		p = lexeme_number(p, end, &fault);
		if (fault)
			return NULL;
		p = lexeme_blank(p, end, simd);
		count++;
	} while (p < end && *p == ',');
	if (p == end || *p != ']' || count <= SCAN_ARRAY_NUMBERS)
		return NULL;
	return p + 1;
}
