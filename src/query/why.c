/* Owns nothing: asks each predicate of one event, and remembers the value that
 * it was decided by. */
#include "query/why.h"

#include "json/paths.h"
#include "query/judge.h"
#include "text/stamp.h"

struct asking {
	const struct predicate *predicate;
	struct match_worker *worker;
	enum match_verdict verdict;     /* without negation */
	bool seen;
	struct buffer value, place;
};

static void remember(struct asking *a, struct span text)
{
	a->seen = true;
	buffer_clear(&a->value);
	buffer_add_span(&a->value, text);
}

/* Of several values one that holds is enough; goes on while none does. */
static bool ask(void *context, struct span text, uint32_t value)
{
	struct asking *a = context;
	enum match_verdict verdict = judge_text(a->predicate, a->worker, text,
						NULL);

	(void)value;
	if (!a->seen || verdict != MATCH_NO)
		remember(a, text);
	if (verdict != MATCH_NO)
		a->verdict = verdict;
	return verdict != MATCH_YES;
}

/* Any field: the leaves in their order, with their paths. */
static void ask_leaves(struct asking *a, const struct store *store,
		       struct store_event e)
{
	struct paths_walk walk;
	struct buffer scratch = {0};
	enum paths_event event;

	paths_start(&walk, store_shape(store, e)->template);
	while (a->verdict != MATCH_YES &&
	       (event = paths_next(&walk)) != PATHS_END) {
		bool told = a->verdict != MATCH_NO;

		if (event != PATHS_LEAF)
			continue;
		a->seen = true;
		ask(a, store_text(store, e.segment,
				  store_slot(store, e, walk.slot), &scratch),
		    VALUES_NONE);
		if (a->verdict != MATCH_NO && !told) {
			buffer_clear(&a->place);
			paths_text(&walk, &a->place);
		}
	}
	buffer_free(&scratch);
}

static bool holds(struct asking *a, bool yes)
{
	a->verdict = yes ? MATCH_YES : MATCH_NO;
	return true;
}

/* What is asked of the event itself; false: it is asked of values. */
static bool ask_event(struct asking *a, const struct store *store,
		      struct store_event e)
{
	const struct predicate *t = a->predicate;
	int64_t time = segment_event(store_segment(store, e.segment),
				     e.index)->time;
	const char *path;
	char text[STAMP_ROOM];

	if (judge_by_time(t)) {
		if (time != STAMP_NONE)
			remember(a, (struct span){text,
				 stamp_format(time, STAMP_ISO, STAMP_UTC,
					      text)});
		return holds(a, judge_time(t, time));
	}
	if (t->test == PREDICATE_PRESENT) {
		columns_each(store, e, &t->field, ask, a);
		return holds(a, columns_present(store, e, &t->field));
	}
	if (t->test == PREDICATE_MARK && !marks_by_value(t->mark, &path))
		return holds(a, marks_hold(store, e, t->mark));
	return false;
}

static enum match_verdict as_written(const struct asking *a)
{
	if (!a->predicate->negated || a->verdict == MATCH_UNDECIDED)
		return a->verdict;
	return a->verdict == MATCH_YES ? MATCH_NO : MATCH_YES;
}

void why_each(const struct store *store, struct store_event e,
	      const struct filter *filter, why_each_fn *each, void *context)
{
	struct match_worker *worker = match_worker_new();

	for (size_t i = 0; i < filter_predicates(filter); i++) {
		struct asking a = {.predicate = filter_predicate(filter, i),
				   .worker = worker};
		struct why why = {.predicate = a.predicate};

		if (!ask_event(&a, store, e)) {
			if (a.predicate->any)
				ask_leaves(&a, store, e);
			else
				columns_match_each(store, e,
						   &a.predicate->field, ask,
						   &a);
		}
		why.verdict = as_written(&a);
		if (a.value.n > 0 || (a.seen && !a.predicate->any))
			why.value = (struct span){buffer_text(&a.value),
						  a.value.n};
		if (a.place.n > 0)
			why.place = buffer_span(&a.place);
		each(context, &why);
		buffer_free(&a.value);
		buffer_free(&a.place);
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
