/* Owns one number for each secret of each segment. */
#include "store/tags.h"

#include "base/memory.h"

#include <stdlib.h>

struct tags {
	uint32_t **number;      /* by segment, by index in the secret arena */
	uint32_t count;         /* segments */
};

struct place {
	const struct values_secret *secret;
	uint32_t *number;
};

static int by_place(const struct values_secret *a,
		    const struct values_secret *b)
{
	if (a->input != b->input)
		return a->input < b->input ? -1 : 1;
	if (a->record != b->record)
		return a->record < b->record ? -1 : 1;
	return (a->slot > b->slot) - (a->slot < b->slot);
}

static int by_hash_then_place(const void *a, const void *b)
{
	const struct values_secret *x = ((const struct place *)a)->secret;
	const struct values_secret *y = ((const struct place *)b)->secret;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return by_place(x, y);
}

/* The first of each run of equal hashes, for ordering the runs. */
struct run {
	size_t from, to;
	const struct values_secret *first;
};

/* Those of one value stand in their arena in the order of its text. */
static int by_first(const void *a, const void *b)
{
	const struct values_secret *x = ((const struct run *)a)->first;
	const struct values_secret *y = ((const struct run *)b)->first;
	int order = by_place(x, y);

	return order != 0 ? order : (x > y) - (x < y);
}

static void number_runs(struct place *place, size_t n)
{
	struct run *run = memory_clear(n, sizeof *run);
	size_t runs = 0;

	qsort(place, n, sizeof *place, by_hash_then_place);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && place[i].secret->hash ==
			     place[i - 1].secret->hash) {
			run[runs - 1].to = i + 1;
			continue;
		}
		run[runs++] = (struct run){i, i + 1, place[i].secret};
	}
	qsort(run, runs, sizeof *run, by_first);
	for (size_t r = 0; r < runs; r++)
		for (size_t i = run[r].from; i < run[r].to; i++)
			*place[i].number = (uint32_t)r + 1;
	free(run);
}

struct tags *tags_new(const struct segment *const *segments, uint32_t count)
{
	struct tags *t = memory_clear(1, sizeof *t);
	struct place *place;
	size_t n = 0;

	t->count = count;
	t->number = memory_clear(count, sizeof *t->number);
	for (uint32_t s = 0; s < count; s++)
		n += segments[s]->values.secret.count;
	place = memory_clear(n, sizeof *place);
	n = 0;
	for (uint32_t s = 0; s < count; s++) {
		uint32_t secrets = segments[s]->values.secret.count;

		t->number[s] = memory_clear(secrets, sizeof **t->number);
		for (uint32_t i = 0; i < secrets; i++)
			if (!values_partly(&segments[s]->values, i))
				place[n++] = (struct place){
					values_secret(&segments[s]->values, i),
					&t->number[s][i]};
	}
	number_runs(place, n);
	free(place);
	return t;
}

void tags_free(struct tags *t)
{
	if (!t)
		return;
	for (uint32_t s = 0; s < t->count; s++)
		free(t->number[s]);
	free(t->number);
	free(t);
}

uint32_t tags_number(const struct tags *t, uint32_t segment, uint32_t value)
{
	return segment < t->count
		? t->number[segment][value & VALUES_INDEX] : 0;
}
