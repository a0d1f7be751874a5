/* Owns the reading of byte buffers. */
#include "trail/bytebuffer.h"

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The number at *P, which is moved behind it; INT_MIN-like 1000: none. */
static int read_number(const char **p, const char *end)
{
	bool minus = *p < end && **p == '-';
	const char *from = *p += minus;
	int n = 0;

	while (*p < end && **p >= '0' && **p <= '9' && *p - from < 3)
		n = n * 10 + (*(*p)++ - '0');
	if (*p == from)
		return 1000;
	return minus ? -n : n;
}

bool bytebuffer_numbers(struct span array, struct buffer *out)
{
	const char *p = array.p, *end = array.p + array.n;

	if (array.n < 2 || *p++ != '[' || *--end != ']')
		return false;
	while (p < end) {
		int n;

		while (p < end && blank(*p))
			p++;
		n = read_number(&p, end);
		if (n < -128 || n > 255)
			return false;
		buffer_add_byte(out, (char)(n & 0xff));
		while (p < end && blank(*p))
			p++;
		if (p < end && *p++ != ',')
			return false;
	}
	return out->n > 0;
}
