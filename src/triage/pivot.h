/* From an event to all events that have something in common with it: as filter
 * text, with counts before anything changes. */
#ifndef TRIAGE_PIVOT_H
#define TRIAGE_PIVOT_H

#include "base/buffer.h"
#include "base/jobs.h"
#include "store/store.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pivot {
	char letter;            /* small; 0: of the value under a cursor */
	const char *name;       /* "principal" */
	char *filter;           /* text that filter_parse takes */
	uint64_t shown, all;    /* events: of those shown, of all loaded */
};

/* In order of pivots.def; of a letter there may be several (certificates). */
struct pivot_list {
	struct pivot *pivot;
	size_t count;
};

/* What the event offers: letters without a value are not in it.  Not counted
 * yet.  Free with pivot_free. */
void pivot_list(const struct store *, struct store_event,
		struct pivot_list *);
void pivot_free(struct pivot_list *);

/* Counts each pivot: over everything, and among SHOWN.  JOBS may be NULL.  False
 * when *CANCEL (may be NULL) became true: then the counts are not known. */
bool pivot_count(const struct store *, struct jobs *, struct pivot *,
		 size_t count, const struct store_event *shown,
		 size_t shown_count, const atomic_bool *cancel);

/* The session of the event, for next and previous of the same (`o`, `O`): by
 * key, else by principalId, else by who.  False: it has none. */
bool pivot_session(const struct store *, struct store_event,
		   struct buffer *filter);

#endif
