/* Texts and how often events have them: when first and last, how many of the
 * events failed. */
#ifndef TRIAGE_COUNTS_H
#define TRIAGE_COUNTS_H

#include "triage/answer.h"
#include "query/names.h"

struct counts_entry {
	uint64_t events, errors;
	int64_t first, last;
	struct store_event event;       /* the first by time */
};

struct counts {
	struct names *names;            /* numbers are those of entry[] */
	struct counts_entry *entry;
	uint32_t count;
	size_t capacity;
};

struct counts *counts_new(const struct store *);
void counts_free(struct counts *);

/* One more event of the name NUMBER (of `names`; NAMES_NONE: nothing). */
void counts_add(struct counts *, uint32_t number, struct store_event,
		int64_t time, bool failed);

/* Numbers, most events first, then by text.  The caller frees. */
uint32_t *counts_sorted(const struct counts *);

/* A table of all of them: HEAD, events, errors, first, last. */
void counts_table(const struct counts *, struct answer *, const char *name,
		  const char *const *columns);

#endif
