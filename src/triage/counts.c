/* Owns the entries; texts are names'. */
#define _GNU_SOURCE
#include "triage/counts.h"

#include "base/memory.h"

#include <stdlib.h>

struct counts *counts_new(const struct store *store)
{
	struct counts *c = memory_clear(1, sizeof *c);

	c->names = names_new(store);
	return c;
}

void counts_free(struct counts *c)
{
	if (!c)
		return;
	names_free(c->names);
	free(c->entry);
	free(c);
}

void counts_add(struct counts *c, uint32_t number, struct store_event event,
		int64_t time, bool failed)
{
	struct counts_entry *e;

	if (number == NAMES_NONE)
		return;
	for (; c->count <= number; c->count++) {
		if (c->count == c->capacity) {
			c->capacity = memory_grown(c->capacity,
						   c->count + 1u,
						   sizeof *c->entry);
			c->entry = memory_resize(c->entry, c->capacity,
						 sizeof *c->entry);
		}
		c->entry[c->count] = (struct counts_entry){
			.first = SEGMENT_NO_TIME, .last = INT64_MIN,
			.event = STORE_NO_EVENT};
	}
	e = &c->entry[number];
	e->events++;
	e->errors += failed;
	if (e->event.segment == UINT32_MAX || time < e->first) {
		e->event = event;
		e->first = time;
	}
	if (time > e->last)
		e->last = time;
}

static int by_count(const void *a, const void *b, void *counts)
{
	const struct counts *c = counts;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (c->entry[x].events != c->entry[y].events)
		return c->entry[x].events > c->entry[y].events ? -1 : 1;
	return span_compare(names_text(c->names, x), names_text(c->names, y));
}

uint32_t *counts_sorted(const struct counts *c)
{
	uint32_t *order = memory_alloc(c->count * sizeof *order + 1);

	for (uint32_t i = 0; i < c->count; i++)
		order[i] = i;
	if (c->count > 1)
		qsort_r(order, c->count, sizeof *order, by_count, (void *)c);
	return order;
}

void counts_table(const struct counts *c, struct answer *a, const char *name,
		  const char *const *columns)
{
	uint32_t *order = counts_sorted(c);

	answer_table(a, name, columns, 5);
	for (uint32_t i = 0; i < c->count; i++) {
		const struct counts_entry *e = &c->entry[order[i]];

		if (e->events == 0)
			continue;
		answer_row(a, 0, e->event);
		answer_span(a, names_text(c->names, order[i]));
		answer_count(a, e->events);
		answer_count(a, e->errors);
		answer_time(a, e->first, false);
		answer_time(a, e->last, false);
	}
	free(order);
}
