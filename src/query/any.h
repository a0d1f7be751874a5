/* Predicates that ask any field, over one segment. */
#ifndef QUERY_ANY_H
#define QUERY_ANY_H

#include "query/term.h"

/* Fills SET, whose YES is there and clear.  False when *CANCEL (may be NULL)
 * became true. */
bool any_segment(const struct predicate *, const struct store *,
		 uint32_t segment, struct match_worker *,
		 const atomic_bool *cancel, struct term_set *set);

#endif
