/* The words of JSON: white space, numbers, literals, the inside of strings,
 * UTF-8.  Private to json/.  Inline, since the scanner lives in them; where a
 * function takes SIMD it is a constant, and both values give the same. */
#ifndef JSON_LEXEME_H
#define JSON_LEXEME_H

#include "json/fault.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define LEXEME_INLINE static inline __attribute__((always_inline))

enum {
	LEXEME_BLANK = 1,    /* JSON's white space */
	LEXEME_DIGIT = 2,
	LEXEME_WORD = 4,     /* may be part of a bare word */
	LEXEME_SPECIAL = 8   /* ends a run of plain bytes in a string */
};

extern const unsigned char lexeme_class[256];

LEXEME_INLINE bool lexeme_is(char c, unsigned class)
{
	return lexeme_class[(unsigned char)c] & class;
}

/* The length of the UTF-8 character at P < END; 0: not UTF-8 (RFC 3629);
 * -1: it may be one, but END comes first. */
int lexeme_utf8(const char *p, const char *end);

/* *P is LEXEME_SPECIAL and not a double quote: behind the escape or the
 * character, or P itself with *FAULT set. */
const char *lexeme_special(const char *p, const char *end, enum fault *fault);

/* Whether a comment begins at P < END. */
LEXEME_INLINE bool lexeme_comment(const char *p, const char *end)
{
	return *p == '#' || (*p == '/' && end - p > 1 &&
			     (p[1] == '/' || p[1] == '*'));
}

/* Whether a word that came up to P goes on there.  A `#` inside a word is
 * part of it. */
LEXEME_INLINE bool lexeme_continues(const char *p, const char *end)
{
	return p < end && lexeme_is(*p, LEXEME_WORD) &&
	       (*p != '/' || !lexeme_comment(p, end));
}

/* Behind the word at P. */
const char *lexeme_word(const char *p, const char *end);

/* The first byte that is not JSON's white space, or END. */
LEXEME_INLINE const char *lexeme_blank(const char *p, const char *end,
				       bool simd)
{
	if (p == end || !lexeme_is(*p, LEXEME_BLANK))
		return p;
	p++;
#ifdef __SSE2__
	while (simd && end - p >= 16) {
		__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i space = _mm_cmpeq_epi8(x, _mm_set1_epi8(' '));
		__m128i tab = _mm_cmpeq_epi8(x, _mm_set1_epi8('\t'));
		__m128i feed = _mm_cmpeq_epi8(x, _mm_set1_epi8('\n'));
		__m128i back = _mm_cmpeq_epi8(x, _mm_set1_epi8('\r'));
		unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(
			_mm_or_si128(space, tab), _mm_or_si128(feed, back)));

		if (mask != 0xffff)
			return p + __builtin_ctz(~mask);
		p += 16;
	}
#endif
	(void)simd;
	while (p < end && lexeme_is(*p, LEXEME_BLANK))
		p++;
	return p;
}

/* The first LEXEME_SPECIAL byte (a quote, a backslash, a control character,
 * or not ASCII), or END. */
LEXEME_INLINE const char *lexeme_plain(const char *p, const char *end,
				       bool simd)
{
#ifdef __SSE2__
	while (simd && end - p >= 16) {
		__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i quote = _mm_cmpeq_epi8(x, _mm_set1_epi8('"'));
		__m128i slash = _mm_cmpeq_epi8(x, _mm_set1_epi8('\\'));
		/* signed: what is not ASCII counts as below a space */
		__m128i low = _mm_cmplt_epi8(x, _mm_set1_epi8(' '));
		unsigned mask = (unsigned)_mm_movemask_epi8(
			_mm_or_si128(_mm_or_si128(quote, slash), low));

		if (mask)
			return p + __builtin_ctz(mask);
		p += 16;
	}
#endif
	(void)simd;
	while (p < end && !lexeme_is(*p, LEXEME_SPECIAL))
		p++;
	return p;
}

/* The closing double quote of the string whose inside begins at P; with
 * *FAULT set (FAULT_SHORT at END), the place of the fault. */
LEXEME_INLINE const char *lexeme_string(const char *p, const char *end,
					bool *escaped, enum fault *fault,
					bool simd)
{
	*escaped = false;
	*fault = FAULT_NONE;
	for (;;) {
		p = lexeme_plain(p, end, simd);
		if (p == end) {
			*fault = FAULT_SHORT;
			return p;
		}
		if (*p == '"')
			return p;
		if (*p == '\\')
			*escaped = true;
		p = lexeme_special(p, end, fault);
		if (*fault)
			return p;
	}
}

LEXEME_INLINE const char *lexeme_digits(const char *p, const char *end)
{
	while (p < end && lexeme_is(*p, LEXEME_DIGIT))
		p++;
	return p;
}

/* Behind the number at P (a digit or '-'); with *FAULT set, the place of the
 * fault, which is END when a digit is still to come. */
LEXEME_INLINE const char *lexeme_number(const char *p, const char *end,
					enum fault *fault)
{
	const char *q = p + (*p == '-');

	*fault = FAULT_DIGIT;
	if (q == end || !lexeme_is(*q, LEXEME_DIGIT))
		return q;
	q = *q == '0' ? q + 1 : lexeme_digits(q, end);
	if (q < end && *q == '.') {
		*fault = FAULT_FRACTION;
		if (++q == end || !lexeme_is(*q, LEXEME_DIGIT))
			return q;
		q = lexeme_digits(q, end);
	}
	if (q < end && (*q == 'e' || *q == 'E')) {
		*fault = FAULT_EXPONENT;
		q++;
		if (q < end && (*q == '+' || *q == '-'))
			q++;
		if (q == end || !lexeme_is(*q, LEXEME_DIGIT))
			return q;
		q = lexeme_digits(q, end);
	}
	*fault = FAULT_NONE;
	if (lexeme_continues(q, end))
		*fault = lexeme_is(*q, LEXEME_DIGIT) ? FAULT_ZEROS
						     : FAULT_NUMBER_TAIL;
	return q;
}

/* Behind true, false or null at P, with *KIND set, or NULL. */
LEXEME_INLINE const char *lexeme_literal(const char *p, const char *end,
					 uint8_t *kind)
{
	size_t n = (size_t)(end - p);

	if (n >= 4 && memcmp(p, "true", 4) == 0) {
		*kind = SCAN_TRUE;
		p += 4;
	} else if (n >= 4 && memcmp(p, "null", 4) == 0) {
		*kind = SCAN_NULL;
		p += 4;
	} else if (n >= 5 && memcmp(p, "false", 5) == 0) {
		*kind = SCAN_FALSE;
		p += 5;
	} else {
		return NULL;
	}
	return lexeme_continues(p, end) ? NULL : p;
}

/* Behind the array that begins at P (its '[') when it holds more than
 * SCAN_ARRAY_NUMBERS elements and all are numbers, or NULL. */
const char *lexeme_numbers(const char *p, const char *end, bool simd);

#endif
