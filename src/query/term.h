/* Predicates over one segment: for which events does each hold?  Each distinct
 * value is looked at once. */
#ifndef QUERY_TERM_H
#define QUERY_TERM_H

#include "query/predicate.h"
#include "store/store.h"

#include <stdatomic.h>
#include <stdint.h>

/* A bit an event.  Where UNDECIDED has a bit some match gave up; then YES has
 * none.  Negation is not done: YES means what the predicate says without it. */
struct term_set {
	uint64_t *yes;
	uint64_t *undecided;    /* NULL: none */
};

/* COUNT predicates and their sets; those that ask fields take one pass together.
 * False when *CANCEL (may be NULL) became true; then all sets are empty. */
bool term_evaluate(const struct predicate *const *, size_t count,
		   const struct store *, uint32_t segment,
		   struct match_worker *, const atomic_bool *cancel,
		   struct term_set *set);

void term_free(struct term_set *);

#endif
