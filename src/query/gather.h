/* From sets of events to the events themselves, in order of (input, record). */
#ifndef QUERY_GATHER_H
#define QUERY_GATHER_H

#include "base/jobs.h"
#include "store/store.h"

#include <stddef.h>
#include <stdint.h>

struct gather {
	struct store_event *events;     /* the caller's, to be freed */
	size_t count;
	uint64_t errors;                /* refused or failed calls */
	int64_t first, last;            /* their times; first > last: none */
};

/* BITS: an array for each of the first SEGMENTS segments, a bit an event.  JOBS
 * (may be NULL) lends its threads. */
void gather_events(const struct store *, struct jobs *,
		   uint64_t *const *bits, uint32_t segments, struct gather *);

#endif
