/* Owns nothing: moves items between two arrays, digit by digit. */
#include "query/radix.h"

#include <stdbool.h>

enum { DIGIT = 11, DIGITS = 1 << DIGIT };

/* One pass over the digit at SHIFT; false when all have the same one there, and
 * nothing was moved. */
static bool pass(const struct radix_item *from, struct radix_item *to,
		 size_t n, unsigned shift, uint64_t least)
{
	size_t count[DIGITS] = {0}, at = 0;

	for (size_t i = 0; i < n; i++)
		count[(from[i].key - least) >> shift & (DIGITS - 1)]++;
	if (count[(from[0].key - least) >> shift & (DIGITS - 1)] == n)
		return false;
	for (size_t d = 0; d < DIGITS; d++) {
		size_t c = count[d];

		count[d] = at;
		at += c;
	}
	for (size_t i = 0; i < n; i++) {
		size_t d = (from[i].key - least) >> shift & (DIGITS - 1);

		to[count[d]++] = from[i];
	}
	return true;
}

struct radix_item *radix_sort(struct radix_item *item,
			      struct radix_item *spare, size_t n)
{
	uint64_t least = UINT64_MAX, most = 0;
	bool sorted = true;

	for (size_t i = 0; i < n; i++) {
		least = item[i].key < least ? item[i].key : least;
		most = item[i].key > most ? item[i].key : most;
		sorted &= i == 0 || item[i - 1].key <= item[i].key;
	}
	if (sorted)
		return item;
	for (unsigned shift = 0; shift < 64 && (most - least) >> shift;
	     shift += DIGIT) {
		struct radix_item *other = spare;

		if (!pass(item, spare, n, shift, least))
			continue;
		spare = item;
		item = other;
	}
	return item;
}

enum { UPPER = 3 };             /* digits of half an item */

/* Counts the digits of all keys at once.  Whether they stand in order. */
static bool count_digits(const uint64_t *item, size_t n,
			 size_t count[UPPER][DIGITS])
{
	uint64_t before = 0;
	bool sorted = true;

	for (size_t i = 0; i < n; i++) {
		uint64_t key = item[i] >> 32;

		sorted &= before <= key;
		before = key;
		for (int d = 0; d < UPPER; d++)
			count[d][key >> d * DIGIT & (DIGITS - 1)]++;
	}
	return sorted;
}

uint64_t *radix_sort_upper(uint64_t *item, uint64_t *spare, size_t n)
{
	size_t count[UPPER][DIGITS] = {{0}};

	if (count_digits(item, n, count))
		return item;
	for (int d = 0; d < UPPER; d++) {
		unsigned shift = 32 + (unsigned)d * DIGIT;
		size_t *place = count[d], at = 0;
		uint64_t *other = spare;

		if (place[item[0] >> shift & (DIGITS - 1)] == n)
			continue;
		for (size_t i = 0; i < DIGITS; i++) {
			size_t c = place[i];

			place[i] = at;
			at += c;
		}
		for (size_t i = 0; i < n; i++)
			spare[place[item[i] >> shift & (DIGITS - 1)]++] =
				item[i];
		spare = item;
		item = other;
	}
	return item;
}
