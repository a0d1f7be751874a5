/* Owns the problems.  Those of one file come from one thread, in order. */
#include "store/told.h"

#include "base/memory.h"

#include <stdlib.h>

struct one {
	struct store_problem problem;
	size_t number;
};

struct told {
	struct one *one;
	size_t count, room;
};

struct told *told_new(void)
{
	return memory_clear(1, sizeof(struct told));
}

void told_free(struct told *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(t->one[i].problem.excerpt);
	free(t->one);
	free(t);
}

void told_add(struct told *t, const struct store_problem *problem)
{
	if (t->count >= t->room) {
		t->room = memory_grown(t->room, t->count + 1, sizeof *t->one);
		t->one = memory_resize(t->one, t->room, sizeof *t->one);
	}
	t->one[t->count] = (struct one){*problem, t->count};
	t->count++;
}

size_t told_count(const struct told *t)
{
	return t->count;
}

struct store_problem told_get(const struct told *t, size_t i)
{
	return t->one[i].problem;
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
