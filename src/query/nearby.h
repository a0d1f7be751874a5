/* What a screen shows first of a filter: the events nearest to one that pass,
 * judged one by one along an order that is known.  The whole answer takes
 * longer, and says the same of each event. */
#ifndef QUERY_NEARBY_H
#define QUERY_NEARBY_H

#include "query/filter.h"
#include "store/store.h"

#include <stdatomic.h>

struct nearby {
	const struct store_event *order;        /* TOTAL events, borrowed */
	size_t total;
	struct store_event from;        /* not among them: their first */
	size_t rows;                    /* that are enough, each way */
	uint64_t until;                 /* clock_ns, when it ends anyway */
	uint64_t doubt;                 /* and when, where none is found yet */
};

/* Those that pass, without a gap between them, in their order; freed by the
 * caller.  None where the filter asks for what is undecided: that only the
 * whole answer tells. */
struct store_event *nearby_find(const struct store *, const struct filter *,
				const struct nearby *, struct match_worker *,
				const atomic_bool *cancel, size_t *count);

#endif
