/* Owns the problems.  Those of one file come from one thread, in order. */
#include "store/told.h"

#include "base/memory.h"

#include <stdlib.h>

struct one {
	struct store_problem problem;
	size_t number;
};

struct told {
	struct one *one;        /* those that were withdrawn behind the others */
	size_t count, withdrawn, room;
	size_t number;          /* of the next */
	size_t start;           /* of the first that was not told before */
};

struct told *told_new(void)
{
	return memory_clear(1, sizeof(struct told));
}

void told_free(struct told *t)
{
	for (size_t i = 0; i < t->count + t->withdrawn; i++)
		free(t->one[i].problem.excerpt);
	free(t->one);
	free(t);
}

void told_add(struct told *t, const struct store_problem *problem)
{
	size_t all = t->count + t->withdrawn;

	if (all >= t->room) {
		t->room = memory_grown(t->room, all + 1, sizeof *t->one);
		t->one = memory_resize(t->one, t->room, sizeof *t->one);
	}
	t->one[all] = t->one[t->count];
	t->one[t->count++] = (struct one){*problem, t->number++};
}

size_t told_count(const struct told *t)
{
	return t->count;
}

struct store_problem told_get(const struct told *t, size_t i)
{
	return t->one[i].problem;
}

void told_start(struct told *t)
{
	t->start = t->number;
}

void told_withdraw(struct told *t, const struct again *again)
{
	for (size_t i = 0; i < t->count;) {
		struct one one = t->one[i];

		if (one.number >= t->start ||
		    !again_was_read(again, one.problem.input)) {
			i++;
			continue;
		}
		t->one[i] = t->one[--t->count];
		t->one[t->count] = one;
		t->withdrawn++;
	}
}

static int by_place(const void *a, const void *b)
{
	const struct one *x = a, *y = b;
	uint64_t one = x->problem.error.offset;
	uint64_t other = y->problem.error.offset;

	if (x->problem.input != y->problem.input)
		return x->problem.input < y->problem.input ? -1 : 1;
	if (one != other)
		return one < other ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

void told_sort(struct told *t)
{
	if (t->count > 0)
		qsort(t->one, t->count, sizeof *t->one, by_place);
}

size_t told_size(const struct told *t)
{
	return t->room * sizeof *t->one;
}
