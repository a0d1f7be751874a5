/* Owns the walk along an order, both ways at once, and what a whole filter says
 * of one event. */
#include "query/nearby.h"

#include "base/clock.h"
#include "base/memory.h"
#include "query/expression.h"
#include "query/single.h"

#include <stdlib.h>
#include <string.h>

/* One event, in place of the 64 that an expression is for. */
struct judging {
	const struct store *store;
	struct expression expression;
	struct store_event event;
	struct match_worker *worker;
	const atomic_bool *cancel;
};

static struct expression_bounds ask(const void *context, uint32_t predicate)
{
	const struct judging *j = context;
	struct single single = {
		.predicate = filter_predicate(j->expression.filter, predicate),
		.worker = j->worker, .cancel = j->cancel};

	single_ask(&single, j->store, j->event);
	single_free(&single);
	return (struct expression_bounds){
		single.verdict == MATCH_YES ? ~UINT64_C(0) : 0,
		single.verdict != MATCH_NO ? ~UINT64_C(0) : 0};
}

static bool passes(struct judging *j, struct store_event e)
{
	j->event = e;
	return !store_dropped(j->store, e) &&
	       expression_all(&j->expression).yes;
}

static bool is_over(const struct judging *j, const struct nearby *near,
		    bool some)
{
	return clock_ns() >= (some ? near->until : near->doubt) ||
	       (j->cancel && *j->cancel);
}

/* Fills FOUND, of 2 * ROWS, from its middle to both ends; answers how many stand
 * before it, and sets how many there are. */
static size_t walk(struct judging *j, const struct nearby *near,
		   struct store_event *found, size_t *count)
{
	struct store_event *middle = found + near->rows;
	size_t back = store_place_of(near->order, near->total, near->from);
	size_t on, before = 0, behind = 0;
	bool more = true;

	/* The walk begins at their first where it is none of them. */
	back = back < near->total ? back : 0;
	on = back;
	while (more && !is_over(j, near, before + behind > 0)) {
		more = false;
		if (on < near->total && behind < near->rows) {
			if (passes(j, near->order[on]))
				middle[behind++] = near->order[on];
			on++;
			more = true;
		}
		if (back > 0 && before < near->rows) {
			back--;
			if (passes(j, near->order[back]))
				*(middle - ++before) = near->order[back];
			more = true;
		}
	}
	*count = before + behind;
	return before;
}

struct store_event *nearby_find(const struct store *store,
				const struct filter *filter,
				const struct nearby *near,
				struct match_worker *worker,
				const atomic_bool *cancel, size_t *count)
{
	struct judging j = {.store = store, .worker = worker,
			    .cancel = cancel};
	struct store_event *found;
	size_t before;

	*count = 0;
	if (filter_lists_undecided(filter))
		return NULL;
	found = memory_alloc(memory_multiply(near->rows, 2 * sizeof *found));
	expression_start(&j.expression, filter, ask, &j);
	before = walk(&j, near, found, count);
	memmove(found, found + near->rows - before, *count * sizeof *found);
	expression_end(&j.expression);
	return found;
}
