/* The values of a column, most frequent first, rarest first, or first those that
 * what is shown has more of than the rest: the pane behind v.  Counted by
 * query/distinct; who asks for it, others know. */
#ifndef VIEW_RANKING_H
#define VIEW_RANKING_H

#include "base/jobs.h"
#include "query/distinct.h"
#include "view/pane.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ranking_order {
	RANKING_COUNT,          /* of events shown, the most first */
	RANKING_RARITY,         /* the fewest first */
	RANKING_RATIO,          /* of those shown to all: what is new first */
	RANKING_ORDERS
};

/* Of the values that some event shown has. */
struct ranking {
	struct distinct distinct;
	struct ranking_rows *rows;      /* by order */
	size_t count;
	uint64_t shown, all;            /* events */
	uint64_t most;                  /* of the most frequent one */
	uint64_t version;               /* of the store */
};

/* As distinct_count; NULL when cancelled.  On any thread. */
struct ranking *ranking_new(const struct store *, struct jobs *,
			    const struct column_ref *,
			    const struct store_event *shown,
			    size_t shown_count, const atomic_bool *cancel);
void ranking_free(struct ranking *);

/* The value of row I in that order, which is sorted as far as it takes. */
const struct distinct_value *ranking_value(struct ranking *,
					   enum ranking_order, size_t i);

/* Whether no event that is not shown has the value, though there are some. */
bool ranking_is_new(const struct ranking *, const struct distinct_value *);

/* "count", "rarity", "ratio". */
const char *ranking_order_name(enum ranking_order);

#endif
