/* Comparisons and searches over borrowed bytes.  Knows nothing of encodings. */
#define _GNU_SOURCE
#include "base/span.h"

int span_compare(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	if (order != 0)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

uint64_t span_beginning(struct span s)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes = bytes << 8 | (i < s.n ? (unsigned char)s.p[i] : 0);
	return bytes;
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool span_equal_ignoring_case(struct span a, struct span b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

const char *span_find(struct span a, struct span needle)
{
	if (needle.n == 0)
		return a.p;
	if (needle.n > a.n)
		return NULL;
	return memmem(a.p, a.n, needle.p, needle.n);
}

bool span_holds_ignoring_case(struct span a, struct span needle)
{
	for (size_t i = 0; i + needle.n <= a.n; i++)
		if (span_equal_ignoring_case(
			    (struct span){a.p + i, needle.n}, needle))
			return true;
	return false;
}

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct span span_trim(struct span a)
{
	while (a.n > 0 && blank(a.p[0])) {
		a.p++;
		a.n--;
	}
	while (a.n > 0 && blank(a.p[a.n - 1]))
		a.n--;
	return a;
}
