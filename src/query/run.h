/* From a filter and an order to the events that pass, in their order.  Works
 * on any thread; the screen's thread never calls it. */
#ifndef QUERY_RUN_H
#define QUERY_RUN_H

#include "base/error.h"
#include "query/filter.h"
#include "query/order.h"
#include "store/store.h"

#include <stdatomic.h>
#include <stdint.h>

struct jobs;

struct run_result {
	struct store_event *events;     /* those that pass, sorted */
	size_t count;
	uint64_t *terms;                /* events each term holds for */
	size_t term_count;
	uint64_t undecided;             /* events some match gave up on */
	uint64_t version;               /* of the store that was read */
	uint64_t errors;                /* events with a result, among those */
	int64_t first, last;            /* their times; first > last: none */
};

/* Evaluates over all that is published now.  CACHE keeps what can be used
 * again when only one term, only the order, or the store's end has changed; it
 * belongs to one caller at a time.  JOBS (may be NULL) lends its threads.
 * False when *CANCEL became true (may be NULL). */
struct run_cache;
struct run_cache *run_cache_new(void);
void run_cache_free(struct run_cache *);

bool run_query(const struct store *, struct run_cache *, struct jobs *,
	       const struct filter *, const struct order *,
	       const atomic_bool *cancel, struct run_result *);
void run_result_free(struct run_result *);

#endif
