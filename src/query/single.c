/* Owns nothing: asks one predicate of one event, value by value, as a filter over
 * all events asks it of whole segments. */
#include "query/single.h"

#include "json/paths.h"
#include "query/judge.h"
#include "text/stamp.h"

static void remember(struct single *a, struct span text)
{
	a->seen = true;
	if (!a->tell)
		return;
	buffer_clear(&a->value);
	buffer_add_span(&a->value, text);
}

/* Of several values one that holds is enough; goes on while none does. */
static bool ask(void *context, struct span text, uint32_t value)
{
	struct single *a = context;
	enum match_verdict verdict = judge_text(a->predicate, a->worker, text,
						a->cancel);

	(void)value;
	if (!a->seen || verdict != MATCH_NO)
		remember(a, text);
	if (verdict != MATCH_NO)
		a->verdict = verdict;
	return verdict != MATCH_YES;
}

/* Any field: the leaves in their order, with their paths. */
static void ask_leaves(struct single *a, const struct store *store,
		       struct store_event e)
{
	struct paths_walk walk;
	struct buffer scratch = {0};
	enum paths_event event;

	paths_start(&walk, store_shape(store, e)->template);
	while (a->verdict != MATCH_YES &&
	       (event = paths_next(&walk)) != PATHS_END) {
		bool told = a->verdict != MATCH_NO;

		if (event != PATHS_LEAF && event != PATHS_SKIPPED)
			continue;
		a->seen = true;
		ask(a, store_text(store, e.segment,
				  store_slot(store, e, walk.slot), &scratch),
		    VALUES_NONE);
		if (a->tell && a->verdict != MATCH_NO && !told) {
			buffer_clear(&a->place);
			paths_text(&walk, &a->place);
		}
	}
	buffer_free(&scratch);
}

static bool holds(struct single *a, bool yes)
{
	a->verdict = yes ? MATCH_YES : MATCH_NO;
	return true;
}

/* What is asked of the event itself; false: it is asked of values. */
static bool ask_event(struct single *a, const struct store *store,
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

void single_ask(struct single *a, const struct store *store,
		struct store_event e)
{
	a->verdict = MATCH_NO;
	if (ask_event(a, store, e)) {
		/* It is known. */
	} else if (a->predicate->any) {
		ask_leaves(a, store, e);
	} else {
		columns_match_each(store, e, &a->predicate->field, ask, a);
	}
	if (a->predicate->negated && a->verdict != MATCH_UNDECIDED)
		a->verdict = a->verdict == MATCH_YES ? MATCH_NO : MATCH_YES;
}

void single_free(struct single *a)
{
	buffer_free(&a->value);
	buffer_free(&a->place);
}
