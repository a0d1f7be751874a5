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

static void write_line(void *context, const struct why *why)
{
	static const char *const words[] = {
		[MATCH_NO] = "fails  ", [MATCH_YES] = "holds  ",
		[MATCH_UNDECIDED] = "open   "};
	const struct predicate *t = why->predicate;
	struct buffer *out = context;

	buffer_add_text(out, words[why->verdict]);
	buffer_add_span(out, t->text);
	if (why->place.p) {
		buffer_add_text(out, ": ");
		buffer_add_span(out, why->place);
		buffer_add_text(out, " = ");
		buffer_add_span(out, why->value);
	} else if (why->value.p) {
		buffer_add_text(out, ": ");
		buffer_add_span(out, why->value);
	} else if (!t->any && t->test != PREDICATE_MARK) {
		buffer_add_text(out, ": absent");
	}
	buffer_add_byte(out, '\n');
}

void why_write(const struct store *store, struct store_event e,
	       const struct filter *filter, struct buffer *out)
{
	why_each(store, e, filter, write_line, out);
}
