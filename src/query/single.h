/* One predicate, asked of one event. */
#ifndef QUERY_SINGLE_H
#define QUERY_SINGLE_H

#include "query/predicate.h"
#include "store/store.h"

#include <stdatomic.h>

struct single {
	const struct predicate *predicate;
	struct match_worker *worker;
	const atomic_bool *cancel;      /* NULL: nobody cancels */
	bool tell;                      /* value and place are wanted: */
	enum match_verdict verdict;     /* of the predicate as written */
	bool seen;                      /* there is a value */
	struct buffer value;            /* that decides it; where none does, the
					   first there is */
	struct buffer place;            /* the path of a value of any field */
};

/* Fills the verdict and what is below; the rest is the caller's, and nothing
 * was asked with it before. */
void single_ask(struct single *, const struct store *, struct store_event);
void single_free(struct single *);

#endif
