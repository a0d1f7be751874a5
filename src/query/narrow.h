/* A predicate of which a part was asked before: who types a pattern letter by
 * letter asks with each letter for a part of what was found without it. */
#ifndef QUERY_NARROW_H
#define QUERY_NARROW_H

#include "query/term.h"

/* Whether letters behind the predicate's text only make it find less. */
bool narrow_begins(const struct predicate *);

/* Whether the predicate is one that narrow_begins, of KEY, with letters behind
 * it. */
bool narrow_continues(const struct predicate *, struct span key);

/* Fills SET for a predicate that holds for no other events than those of WITHIN.
 * False, and SET is empty, when they are too many to be asked one by one, or
 * when *CANCEL (may be NULL) became true. */
bool narrow_evaluate(const struct predicate *, const struct term_set *within,
		     const struct store *, uint32_t segment,
		     struct match_worker *, const atomic_bool *cancel,
		     struct term_set *set);

#endif
