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

static unsigned six_of(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte < sizeof six_bits ? six_bits[byte] : 64;
}

/* Most texts that are asked about are none: they cost no memory. */
static bool only_digits(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (six_of(text[i]) == 64 && text[i] != '\n' &&
		    text[i] != '\r')
			return false;
	return true;
}

bool base64_decode(struct span text, struct buffer *out)
{
	uint32_t bits = 0;
	size_t digits = 0, end = text.n;
	char *to, *start;

	while (end > 0 && (text.p[end - 1] == '=' || text.p[end - 1] == '\n' ||
			   text.p[end - 1] == '\r'))
		end--;
	if (!only_digits(text.p, end))
		return false;
	start = to = buffer_room(out, end + 1);
	for (size_t i = 0; i < end; i++) {
		if (text.p[i] == '\n' || text.p[i] == '\r')
			continue;
		bits = bits << 6 | six_of(text.p[i]);
		digits++;
		if (digits % 4 != 1)
			*to++ = (char)(bits >> (4 - digits % 4) * 2 % 8 & 0xff);
	}
	out->n += (size_t)(to - start);
	return digits > 0 && digits % 4 != 1;
}

void base64_encode(struct span bytes, struct buffer *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < bytes.n; i += 3) {
		size_t left = bytes.n - i;
		uint32_t bits = (uint32_t)(unsigned char)bytes.p[i] << 16;

		if (left > 1)
			bits |= (uint32_t)(unsigned char)bytes.p[i + 1] << 8;
		if (left > 2)
			bits |= (unsigned char)bytes.p[i + 2];
		buffer_add_byte(out, digits[bits >> 18]);
		buffer_add_byte(out, digits[bits >> 12 & 63]);
		buffer_add_byte(out, left > 1 ? digits[bits >> 6 & 63] : '=');
		buffer_add_byte(out, left > 2 ? digits[bits & 63] : '=');
	}
}
