/* From a filter and an order to the events that pass, in their order.  Works
 * on any thread; the screen's thread never calls it. */
#ifndef QUERY_RUN_H
#define QUERY_RUN_H

#include "base/jobs.h"
#include "query/filter.h"
#include "query/order.h"
#include "store/store.h"

#include <stdatomic.h>
#include <stdint.h>

struct run_result {
	struct store_event *events;     /* those that pass, in order */
	size_t count;
	uint64_t *terms;                /* events that each term holds for */
	uint64_t *freed;                /* and events that pass but for that
					   term */
	size_t term_count;
	uint64_t *predicates;           /* and each predicate, as written */
	size_t predicate_count;
	uint64_t undecided;             /* events that some match gave up on, and
					   that hang on it; listed only when the
					   filter asks for them */
	uint64_t errors;                /* of those that pass: refused or
					   failed calls */
	int64_t first, last;            /* their times; first > last: none */
	uint64_t version;               /* of the store that was read */
};

/* What can be used again when only one term, the order, or the end of the
 * store has changed.  Belongs to one caller at a time. */
struct run_cache;
struct run_cache *run_cache_new(void);
void run_cache_free(struct run_cache *);

/* Evaluates over all that is published now.  JOBS (may be NULL) lends its
 * threads.  ORDER of NULL: events stay in order of (input, record).  False when
 * *CANCEL (may be NULL) became true; then RESULT is empty. */
bool run_query(const struct store *, struct run_cache *, struct jobs *,
	       const struct filter *, const struct order *,
	       const atomic_bool *cancel, struct run_result *result);
void run_result_free(struct run_result *);

#endif
