/* UTF-8 as RFC 3629 has it, a code point at a time. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/span.h"

#include <stdint.h>

enum utf8_kind {
	UTF8_SCALAR,
	UTF8_SURROGATE,  /* three bytes ED A0..BF xx: what json/decode writes
			    for a lone \ud800..\udfff */
	UTF8_INVALID     /* one byte that begins nothing; CODE is the byte */
};

struct utf8_char {
	uint32_t code;
	uint8_t length;  /* in bytes, 1 to 4 */
	uint8_t kind;    /* enum utf8_kind */
};

/* The character at P, which must lie before END.  Of what is not UTF-8 only
 * one byte is taken, so every byte that is not a continuation byte begins a
 * character wherever reading began. */
struct utf8_char utf8_decode(const char *p, const char *end);

/* Writes CODE (at most 10FFFF; a surrogate as three bytes) and returns how
 * many bytes that took. */
size_t utf8_encode(uint32_t code, char out[4]);

/* The bytes at the start that are UTF-8; surrogates are not. */
size_t utf8_valid_length(struct span);

static inline bool utf8_is_valid(struct span s)
{
	return utf8_valid_length(s) == s.n;
}

#endif
