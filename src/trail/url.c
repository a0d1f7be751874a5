/* Owns nothing. */
#include "trail/url.h"

#include <stdbool.h>

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

void url_decode(struct span text, struct buffer *out)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned high, low;

		if (text.p[i] == '%' && text.n - i > 2 &&
		    hex(text.p[i + 1], &high) && hex(text.p[i + 2], &low)) {
			buffer_add_byte(out, (char)(high << 4 | low));
			i += 2;
		} else {
			buffer_add_byte(out, text.p[i] == '+' ? ' '
							      : text.p[i]);
		}
	}
}
