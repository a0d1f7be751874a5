/* Owns nothing: characters in, bytes out. */
#include "trail/base64.h"

#include <stdint.h>

/* The six bits of an ASCII character; 64: none. */
static const uint8_t six_bits[128] = {
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 62, 64, 62, 64, 63,
	52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 64, 64, 64, 64, 64, 64,
	64, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
	15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 64, 64, 64, 64, 63,
	64, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
	41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 64, 64, 64, 64, 64,
};

bool base64_decode(struct span text, struct buffer *out)
{
	uint32_t bits = 0;
	size_t digits = 0, end = text.n;
	char *to = buffer_room(out, text.n + 1), *start = to;

	while (end > 0 && (text.p[end - 1] == '=' || text.p[end - 1] == '\n' ||
			   text.p[end - 1] == '\r'))
		end--;
	for (size_t i = 0; i < end; i++) {
		unsigned char c = (unsigned char)text.p[i];
		unsigned six = c < sizeof six_bits ? six_bits[c] : 64;

		if (c == '\n' || c == '\r')
			continue;
		if (six == 64)
			return false;
		bits = bits << 6 | six;
		digits++;
		if (digits % 4 != 1)
			*to++ = (char)(bits >> (4 - digits % 4) * 2 % 8 & 0xff);
	}
	out->n += (size_t)(to - start);
	return digits > 0 && digits % 4 != 1;
}
