/* Owns nothing between calls: values flow in from a segment, sets of events
 * flow out. */
#include "query/term.h"

#include "base/memory.h"
#include "query/any.h"
#include "query/judge.h"
#include "query/sweep.h"

#include <stdlib.h>

enum { POLL = 1024 };

struct judge {
	const struct predicate *term;
	const struct store *store;
	const struct segment *segment;
	uint32_t number;                /* of the segment */
	const atomic_bool *cancel;
	struct term_set *set;
};

static size_t words(uint32_t bits)
{
	return (size_t)bits / 64 + 1;
}

static void put(uint64_t *bits, uint32_t i)
{
	bits[i / 64] |= UINT64_C(1) << (i % 64);
}

static bool cancelled(const struct judge *j)
{
	return j->cancel && atomic_load_explicit(j->cancel,
						 memory_order_relaxed);
}

/* What a predicate asks of each event for itself. */
static bool ask_event(const struct judge *j, struct store_event e)
{
	if (judge_by_time(j->term))
		return judge_time(j->term,
				  segment_event(j->segment, e.index)->time);
	if (j->term->test == PREDICATE_PRESENT)
		return columns_present(j->store, e, &j->term->field);
	return marks_hold(j->store, e, j->term->mark);
}

static bool evaluate_events(struct judge *j)
{
	for (uint32_t i = 0; i < j->segment->count; i++) {
		if (i % POLL == 0 && cancelled(j))
			return false;
		if (ask_event(j, (struct store_event){j->number, i}))
			put(j->set->yes, i);
	}
	return !cancelled(j);
}

/* What neither texts nor values tell. */
static bool by_event(const struct predicate *t)
{
	const char *path;

	return judge_by_time(t) || t->test == PREDICATE_PRESENT ||
	       (t->test == PREDICATE_MARK && !marks_by_value(t->mark, &path));
}

bool term_evaluate(const struct predicate *const *term, size_t count,
		   const struct store *store, uint32_t segment,
		   struct match_worker *worker, const atomic_bool *cancel,
		   struct term_set *set)
{
	const struct predicate **swept = memory_alloc(memory_multiply(
		count, sizeof(struct predicate *)));
	struct term_set *sets = memory_alloc(memory_multiply(count,
							     sizeof *sets));
	size_t n = 0;
	bool done = true;

	for (size_t i = 0; i < count; i++) {
		set[i] = (struct term_set){
			memory_clear(words(store_segment(store,
							 segment)->count),
				     sizeof(uint64_t)), NULL};
		if (!sweep_takes(term[i])) {
			done = done && (by_event(term[i])
				? evaluate_events(&(struct judge){
					term[i], store,
					store_segment(store, segment),
					segment, cancel, &set[i]})
				: any_segment(term[i], store, segment, worker,
					      cancel, &set[i]));
			continue;
		}
		swept[n] = term[i];
		sets[n++] = set[i];
	}
	done = done && (n == 0 || sweep_segment(swept, n, store, segment,
						worker, cancel, sets));
	/* In the same order. */
	for (size_t i = 0, k = 0; i < count; i++)
		if (sweep_takes(term[i]))
			set[i] = sets[k++];
	for (size_t i = 0; i < count && !done; i++)
		term_free(&set[i]);
	free(swept);
	free(sets);
	return done;
}

void term_free(struct term_set *set)
{
	free(set->yes);
	free(set->undecided);
	*set = (struct term_set){NULL, NULL};
}
