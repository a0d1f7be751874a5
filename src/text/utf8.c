/* Owns the byte form of characters, nothing of what they mean.  Bytes in, code
 * points out, and back. */
#include "text/utf8.h"

static bool continues(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

static struct utf8_char invalid(unsigned char byte)
{
	return (struct utf8_char){byte, 1, UTF8_INVALID};
}

/* Lead bytes that only an overlong form could have (C0, C1), or a code point
 * above 10FFFF (F5 and on), are none; overlong forms of E0 and F0, and what F4
 * could hold too much, show in the code point. */
struct utf8_char utf8_decode(const char *p, const char *end)
{
	const unsigned char *b = (const unsigned char *)p;
	size_t n = (size_t)(end - p);
	uint32_t code;

	if (b[0] < 0x80)
		return (struct utf8_char){b[0], 1, UTF8_SCALAR};
	if (b[0] < 0xC2 || b[0] > 0xF4 || n < 2 || !continues(b[1]))
		return invalid(b[0]);
	if (b[0] < 0xE0) {
		code = (b[0] & 0x1Fu) << 6 | (b[1] & 0x3Fu);
		return (struct utf8_char){code, 2, UTF8_SCALAR};
	}
	if (n < 3 || !continues(b[2]))
		return invalid(b[0]);
	if (b[0] < 0xF0) {
		code = (b[0] & 0x0Fu) << 12 | (b[1] & 0x3Fu) << 6 |
		       (b[2] & 0x3Fu);
		if (code < 0x800)
			return invalid(b[0]);
		return (struct utf8_char){code, 3, code >> 11 == 0x1B
						? UTF8_SURROGATE : UTF8_SCALAR};
	}
	if (n < 4 || !continues(b[3]))
		return invalid(b[0]);
	code = (b[0] & 0x07u) << 18 | (b[1] & 0x3Fu) << 12 |
	       (b[2] & 0x3Fu) << 6 | (b[3] & 0x3Fu);
	if (code < 0x10000 || code > 0x10FFFF)
		return invalid(b[0]);
	return (struct utf8_char){code, 4, UTF8_SCALAR};
}

size_t utf8_encode(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xE0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

/* Eight bytes at a time while they are ASCII: nearly all of a trail is. */
static const char *skip_ascii(const char *p, const char *end)
{
	uint64_t eight;

	while (end - p >= 8) {
		memcpy(&eight, p, sizeof eight);
		if (eight & UINT64_C(0x8080808080808080))
			break;
		p += 8;
	}
	while (p < end && !(*p & 0x80))
		p++;
	return p;
}

size_t utf8_valid_length(struct span s)
{
	const char *p = s.p;
	const char *end;
	struct utf8_char c;

	if (s.n == 0)
		return 0;
	end = s.p + s.n;
	while ((p = skip_ascii(p, end)) < end) {
		c = utf8_decode(p, end);
		if (c.kind != UTF8_SCALAR)
			break;
		p += c.length;
	}
	return (size_t)(p - s.p);
}
