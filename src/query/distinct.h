/* The distinct values of a column or path: how many of the events shown, and of
 * all that are loaded, have each, and where it was seen first. */
#ifndef QUERY_DISTINCT_H
#define QUERY_DISTINCT_H

#include "base/jobs.h"
#include "query/names.h"
#include "store/store.h"
#include "trail/columns.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct distinct_value {
	struct span text;               /* as people may see it */
	uint64_t beginning;             /* span_beginning of it */
	uint64_t shown, all;            /* events that have it */
	struct store_event first;       /* by time; of equal times in order of
					   the log */
	int64_t time;                   /* of that, or SEGMENT_NO_TIME */
};

/* In no order; texts live as long as this. */
struct distinct {
	struct distinct_value *value;
	size_t count;
	uint64_t shown_without, all_without;    /* events without a value */
	struct names **texts;           /* by segment, or NULL: what stands in
					   none */
	uint32_t segments;
};

/* An event counts once for each of its distinct values.  The SHOWN are those of
 * a run_result; JOBS (may be NULL) lends its threads.  False when *CANCEL (may
 * be NULL) became true; then nothing is to be freed.  Of a million events most
 * columns take 15 to 50 ms on two processors, those of which each event has a
 * value of its own 100. */
bool distinct_count(const struct store *, struct jobs *,
		    const struct column_ref *, const struct store_event *shown,
		    size_t shown_count, const atomic_bool *cancel,
		    struct distinct *);
void distinct_free(struct distinct *);

#endif
