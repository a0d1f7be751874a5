/* Owns the distance between words.  Knows nothing of what they name. */
#include "base/nearest.h"

#include <stdint.h>

enum { NEAREST_LONGEST = 40 };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Optimal string alignment: the edits between A and B, where two neighbours
 * that changed places are one. */
static unsigned edits(struct span a, struct span b)
{
	unsigned row[3][NEAREST_LONGEST + 1];
	unsigned *before = row[0], *last = row[1], *now = row[2];

	for (size_t j = 0; j <= b.n; j++)
		last[j] = (unsigned)j;
	for (size_t i = 1; i <= a.n; i++) {
		unsigned *free_row = before;

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= b.n; j++) {
			char x = lower(a.p[i - 1]), y = lower(b.p[j - 1]);

			now[j] = least(last[j - 1] + (x != y),
				       least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && x == lower(b.p[j - 2]) &&
			    y == lower(a.p[i - 2]))
				now[j] = least(now[j], before[j - 2] + 1);
		}
		before = last;
		last = now;
		now = free_row;
	}
	return last[b.n];
}

const char *nearest_name(struct span word, const char *const *names, size_t n)
{
	const char *nearest = NULL;
	unsigned fewest = 0;

	if (word.n == 0 || word.n > NEAREST_LONGEST)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		struct span name = span_of(names[i]);
		struct span head = {name.p, least((unsigned)word.n,
						  (unsigned)name.n)};
		size_t longest = word.n > name.n ? word.n : name.n;
		unsigned distance;

		if (name.n > NEAREST_LONGEST)
			continue;
		distance = edits(word, name);
		if (head.n == word.n && word.n > 1 &&
		    span_equal_ignoring_case(head, word))
			distance = distance > 0;
		else if (distance * 3 > longest)
			continue;
		if (!nearest || distance < fewest) {
			nearest = names[i];
			fewest = distance;
		}
	}
	return nearest;
}
