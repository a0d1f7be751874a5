/* Owns nothing. */
#include "trail/url.h"

static bool hex(char c, unsigned *digit)
{
	if (c >= '0' && c <= '9')
		*digit = (unsigned)(c - '0');
	else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		*digit = (unsigned)((c | 0x20) - 'a') + 10;
	else
		return false;
	return true;
}

/* The bytes at I that stand for one, which is put into DECODED. */
static size_t take(struct span text, size_t i, char *decoded)
{
	unsigned high, low;

	if (text.p[i] == '%' && text.n - i > 2 && hex(text.p[i + 1], &high) &&
	    hex(text.p[i + 2], &low)) {
		*decoded = (char)(high << 4 | low);
		return 3;
	}
	*decoded = text.p[i] == '+' ? ' ' : text.p[i];
	return 1;
}

void url_decode(struct span text, struct buffer *out)
{
	char c;

	for (size_t i = 0; i < text.n; buffer_add_byte(out, c))
		i += take(text, i, &c);
}

size_t url_encoded_length(struct span text, size_t n)
{
	size_t i = 0;
	char c;

	for (; n > 0; n--)
		i += take(text, i, &c);
	return i;
}

bool url_is_json(struct span text)
{
	return text.n > 2 && text.p[0] == '%' &&
	       (text.p[1] == '7' || text.p[1] == '5') &&
	       (text.p[2] | 0x20) == 'b';
}
