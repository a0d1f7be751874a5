/* Owns the walk along an order, both ways at once, and what a whole filter says
 * of one event. */
#include "query/nearby.h"

#include "base/clock.h"
#include "base/memory.h"
#include "query/single.h"

#include <stdlib.h>
#include <string.h>

struct judging {
	const struct store *store;
	const struct filter *filter;
	const struct filter_node *node;
	struct match_worker *worker;
	const atomic_bool *cancel;
	enum match_verdict *stack;
};

static enum match_verdict ask(const struct judging *j, uint32_t predicate,
			      struct store_event e)
{
	struct single single = {
		.predicate = filter_predicate(j->filter, predicate),
		.worker = j->worker, .cancel = j->cancel};

	single_ask(&single, j->store, e);
	single_free(&single);
	return single.verdict;
}

/* One that decides is enough: NO of all, YES of some. */
static enum match_verdict join(const enum match_verdict *operand, size_t n,
			       enum match_verdict decides)
{
	enum match_verdict all = decides == MATCH_YES ? MATCH_NO : MATCH_YES;

	for (size_t i = 0; i < n && all != decides; i++)
		if (operand[i] != all &&
		    (all != MATCH_UNDECIDED || operand[i] == decides))
			all = operand[i];
	return all;
}

static bool term_holds(const struct judging *j, const struct filter_term *term,
		       struct store_event e)
{
	enum match_verdict *stack = j->stack;
	size_t n = 0;

	for (uint32_t i = term->first; i < term->end; i++) {
		const struct filter_node *node = &j->node[i];

		switch (node->kind) {
		case FILTER_LEAF:
			stack[n++] = ask(j, node->n, e);
			break;
		case FILTER_NOT:
			if (stack[n - 1] != MATCH_UNDECIDED)
				stack[n - 1] = stack[n - 1] == MATCH_YES
						       ? MATCH_NO : MATCH_YES;
			break;
		case FILTER_AND:
		case FILTER_OR:
			n -= node->n;
			stack[n] = join(stack + n, node->n,
					node->kind == FILTER_AND ? MATCH_NO
								 : MATCH_YES);
			n++;
			break;
		case FILTER_SAVED:
			break;
		}
	}
	return stack[0] == MATCH_YES;
}

static bool passes(const struct judging *j, struct store_event e)
{
	if (store_dropped(j->store, e))
		return false;
	for (size_t t = 0; t < filter_terms(j->filter); t++)
		if (!term_holds(j, filter_term(j->filter, t), e))
			return false;
	return true;
}

static size_t place_of(const struct nearby *near)
{
	for (size_t i = 0; i < near->total; i++)
		if (near->order[i].segment == near->from.segment &&
		    near->order[i].index == near->from.index)
			return i;
	return 0;
}

/* Fills FOUND, of 2 * ROWS, from its middle to both ends; answers how many stand
 * before it, and sets how many there are. */
static size_t walk(const struct judging *j, const struct nearby *near,
		   struct store_event *found, size_t *count)
{
	struct store_event *middle = found + near->rows;
	size_t back = place_of(near), on = back, before = 0, behind = 0;
	bool more = true;

	while (more && clock_ns() < near->until &&
	       !(j->cancel && *j->cancel)) {
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
	struct judging j = {.store = store, .filter = filter,
			    .worker = worker, .cancel = cancel};
	struct store_event *found;
	size_t nodes, before;

	*count = 0;
	if (filter_lists_undecided(filter))
		return NULL;
	found = memory_alloc(memory_multiply(near->rows, 2 * sizeof *found));
	j.node = filter_nodes(filter, &nodes);
	j.stack = memory_alloc(memory_multiply(filter_depth(filter) + 1,
					       sizeof *j.stack));
	before = walk(&j, near, found, count);
	memmove(found, found + near->rows - before, *count * sizeof *found);
	free(j.stack);
	return found;
}
