/* Owns nothing: asks each predicate of one event, and tells the value that it
 * was decided by. */
#include "query/why.h"

#include "query/single.h"

void why_each(const struct store *store, struct store_event e,
	      const struct filter *filter, why_each_fn *each, void *context)
{
	struct match_worker *worker = match_worker_new();

	for (size_t i = 0; i < filter_predicates(filter); i++) {
		struct single a = {.predicate = filter_predicate(filter, i),
				   .worker = worker, .tell = true};
		struct why why = {.predicate = a.predicate};

		single_ask(&a, store, e);
		why.verdict = a.verdict;
		if (a.value.n > 0 || (a.seen && !a.predicate->any))
			why.value = (struct span){buffer_text(&a.value),
						  a.value.n};
		if (a.place.n > 0)
			why.place = buffer_span(&a.place);
		each(context, &why);
		single_free(&a);
	}
	match_worker_free(worker);
}
