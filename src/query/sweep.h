/* Predicates that ask fields, over one segment: all of them in one pass along
 * its rows. */
#ifndef QUERY_SWEEP_H
#define QUERY_SWEEP_H

#include "query/term.h"

/* Whether the predicate is one of them: it asks a field for its texts. */
bool sweep_takes(const struct predicate *);

/* Fills the SETs of COUNT terms, whose YES are there and clear.  False when
 * *CANCEL (may be NULL) became true. */
bool sweep_segment(const struct predicate *const *term, size_t count,
		   const struct store *, uint32_t segment,
		   struct match_worker *, const atomic_bool *cancel,
		   struct term_set *set);

#endif
