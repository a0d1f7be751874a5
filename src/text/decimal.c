/* Owns the comparing of numbers, texts in, an order out, and how they are written
 * for people.  Keeps nothing. */
#include "text/decimal.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#define EXPONENT_MOST INT64_C(1000000000000000000)

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Adds the power of ten that follows an `e`; false when it is none. */
static bool read_power(const char *p, const char *end, int64_t *exponent)
{
	bool negative = p < end && *p == '-';
	int64_t power = 0;

	p += p < end && (*p == '-' || *p == '+');
	if (p == end)
		return false;
	for (; p < end; p++) {
		if (!digit(*p))
			return false;
		power = power < EXPONENT_MOST / 10 ? power * 10 + (*p - '0')
						   : EXPONENT_MOST;
	}
	*exponent += negative ? -power : power;
	return true;
}

bool decimal_parse(struct span text, struct decimal *d)
{
	const char *p = text.p, *end = text.p + text.n;
	const char *first = NULL, *last = NULL, *point = NULL;
	size_t seen = 0;

	*d = (struct decimal){.negative = p < end && *p == '-'};
	p += p < end && (*p == '-' || *p == '+');
	for (; p < end && (digit(*p) || (*p == '.' && !point)); p++) {
		if (*p == '.') {
			point = p;
			continue;
		}
		seen++;
		if (*p == '0')
			continue;
		first = first ? first : p;
		last = p;
	}
	if (seen == 0)
		return false;
	point = point ? point : p;
	if (first) {
		d->digits = (struct span){first, (size_t)(last + 1 - first)};
		/* Between them there may be the point itself. */
		d->exponent = first < point ? point - first
					    : point + 1 - first;
	}
	if (p == end)
		return true;
	if (*p != 'e' && *p != 'E')
		return false;
	return read_power(p + 1, end, &d->exponent);
}

/* Which of two numbers has the larger size, signs aside. */
static int compare_size(const struct decimal *a, const struct decimal *b)
{
	const char *p = a->digits.p, *q = b->digits.p;
	const char *p_end = p + a->digits.n, *q_end = q + b->digits.n;

	if (a->digits.n == 0 || b->digits.n == 0)
		return (a->digits.n > 0) - (b->digits.n > 0);
	if (a->exponent != b->exponent)
		return a->exponent < b->exponent ? -1 : 1;
	for (;;) {
		char x, y;

		p += p < p_end && *p == '.';
		q += q < q_end && *q == '.';
		if (p == p_end && q == q_end)
			return 0;
		x = p < p_end ? *p++ : '0';
		y = q < q_end ? *q++ : '0';
		if (x != y)
			return x < y ? -1 : 1;
	}
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
	bool a_below = a->negative && a->digits.n > 0;
	bool b_below = b->negative && b->digits.n > 0;

	if (a_below != b_below)
		return a_below ? -1 : 1;
	return a_below ? compare_size(b, a) : compare_size(a, b);
}

const char *decimal_group(uint64_t n, char out[DECIMAL_GROUPED])
{
	char digits[DECIMAL_GROUPED];
	int length = snprintf(digits, sizeof digits, "%" PRIu64, n);
	size_t at = 0;

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return out;
}
