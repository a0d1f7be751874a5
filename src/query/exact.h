/* The values of a segment that are one of a few texts, found in one pass along
 * their lengths: then rows are compared with numbers, and no text is looked at
 * again. */
#ifndef QUERY_EXACT_H
#define QUERY_EXACT_H

#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EXACT_MOST = 8 };

/* A text may be several values: a string and a number, or one with escapes. */
struct exact {
	struct span text;               /* what is looked for */
	uint32_t value[EXACT_MOST];
	size_t count;                   /* all of them; the first EXACT_MOST are
					   in VALUE */
};

/* Whether no secret stands for that text, as people see it: only such texts are
 * to be looked for. */
bool exact_takes(struct span text);

/* Sets the values of COUNT texts. */
void exact_find(const struct segment *, struct exact *, size_t count);

#endif
