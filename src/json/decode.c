/* Owns the way from a JSON string to text and back.  Knows nothing of where
 * the string stands. */
#include "json/decode.h"

#include "json/lexeme.h"

#include <stdint.h>

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The number in \uHHHH at P, or -1. */
static int32_t unit(const char *p, const char *end)
{
	int32_t value = 0;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		if (hex(p[i]) < 0)
			return -1;
		value = value * 16 + hex(p[i]);
	}
	return value;
}

static void add_code_point(struct buffer *out, uint32_t c)
{
	char u[4];
	size_t n = 0;

	if (c < 0x80) {
		u[n++] = (char)c;
	} else if (c < 0x800) {
		u[n++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		u[n++] = (char)(0xe0 | c >> 12);
		u[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		u[n++] = (char)(0xf0 | c >> 18);
		u[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		u[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		u[n++] = (char)(0x80 | (c & 0x3f));
	buffer_add(out, u, n);
}

/* The \u escape at P, or a pair of them; behind it. */
static const char *decode_unit(const char *p, const char *end,
			       struct buffer *out)
{
	int32_t high = unit(p, end);
	int32_t low;

	if (high < 0) {
		buffer_add_byte(out, *p);
		return p + 1;
	}
	p += 6;
	if (high >= 0xd800 && high < 0xdc00) {
		low = unit(p, end);
		if (low >= 0xdc00 && low < 0xe000) {
			high = 0x10000 + (high - 0xd800) * 0x400 +
			       (low - 0xdc00);
			p += 6;
		}
	}
	add_code_point(out, (uint32_t)high);
	return p;
}

/* The escape at P; behind it. */
static const char *decode_escape(const char *p, const char *end,
				 struct buffer *out)
{
	static const char letters[] = "\"\\/'bfnrt";
	static const char meant[] = "\"\\/'\b\f\n\r\t";
	const char *found;

	if (end - p > 1 && p[1] == 'u')
		return decode_unit(p, end, out);
	found = end - p > 1 && p[1] != '\0' ? strchr(letters, p[1]) : NULL;
	if (!found) {
		buffer_add_byte(out, *p);
		return p + 1;
	}
	buffer_add_byte(out, meant[found - letters]);
	return p + 2;
}

void decode_string(struct span token, struct buffer *out)
{
	const char *p = token.p;
	const char *end = token.n ? p + token.n : p;

	while (p < end) {
		const char *slash = memchr(p, '\\', (size_t)(end - p));

		if (!slash)
			slash = end;
		buffer_add(out, p, (size_t)(slash - p));
		p = slash < end ? decode_escape(slash, end, out) : end;
	}
}

static void quote_control(unsigned char c, struct buffer *out)
{
	static const char letters[] = "btn?fr";

	if (c >= '\b' && c <= '\r' && c != '\v')
		buffer_printf(out, "\\%c", letters[c - '\b']);
	else
		buffer_printf(out, "\\u%04x", (unsigned)c);
}

/* Whether the three bytes of a surrogate stand at P. */
static bool is_surrogate(const char *p, const char *end)
{
	return end - p >= 3 && (unsigned char)p[0] == 0xed &&
	       (unsigned char)p[1] >= 0xa0 && (unsigned char)p[1] <= 0xbf &&
	       (p[2] & 0xc0) == 0x80;
}

/* A character that cannot stand in a JSON string for itself, or one that is
 * not ASCII; behind it. */
static const char *quote_special(const char *p, const char *end,
				 struct buffer *out)
{
	int n = lexeme_utf8(p, end);

	if (*p == '"' || *p == '\\') {
		buffer_printf(out, "\\%c", *p);
	} else if (n == 1) {
		quote_control((unsigned char)*p, out);
	} else if (n > 1) {
		buffer_add(out, p, (size_t)n);
		return p + n;
	} else if (is_surrogate(p, end)) {
		buffer_printf(out, "\\ud%x%02x",
			      (p[1] & 0x3f) >> 2,
			      (unsigned)((p[1] & 3) << 6 | (p[2] & 0x3f)));
		return p + 3;
	} else {
		buffer_add_text(out, "\xef\xbf\xbd");
	}
	return p + 1;
}

void decode_quote(struct span text, struct buffer *out)
{
	const char *p = text.p;
	const char *end = text.n ? p + text.n : p;

	buffer_add_byte(out, '"');
	while (p < end) {
		const char *run = p;

		while (p < end && !lexeme_is(*p, LEXEME_SPECIAL) &&
		       *p != 0x7f)
			p++;
		buffer_add(out, run, (size_t)(p - run));
		if (p < end)
			p = quote_special(p, end, out);
	}
	buffer_add_byte(out, '"');
}
