/* Why an event is shown or not: what each predicate of a filter says of it, and
 * on which value. */
#ifndef QUERY_WHY_H
#define QUERY_WHY_H

#include "query/filter.h"
#include "store/store.h"

struct why {
	const struct predicate *predicate;
	enum match_verdict verdict;     /* of the predicate as written */
	struct span value;              /* that decides it; where none does, the
					   first there is; p == NULL: none */
	struct span place;              /* the path of a value of any field */
};

/* Calls EACH for each predicate in order; the spans live until it returns. */
typedef void why_each_fn(void *context, const struct why *);
void why_each(const struct store *, struct store_event, const struct filter *,
	      why_each_fn *each, void *context);

#endif
