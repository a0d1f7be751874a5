/* Owns the openings and their order: by name, then by time. */
#define _GNU_SOURCE
#include "triage/session_openings.h"

#include "base/memory.h"

#include <stdlib.h>

void session_openings_add(struct session_openings *o, struct span name,
			  struct store_event event, int64_t time, uint32_t key,
			  enum sessions_link link)
{
	if (name.n == 0)
		return;
	if (o->count == o->capacity) {
		o->capacity = memory_grown(o->capacity, o->count + 1,
					   sizeof *o->opening);
		o->opening = memory_resize(o->opening, o->capacity,
					   sizeof *o->opening);
	}
	o->opening[o->count++] = (struct session_opening){
		names_add(o->names, name), key, (uint8_t)link, time, event};
}

static int by_name_and_time(const void *a, const void *b, void *store)
{
	const struct session_opening *x = a, *y = b;

	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return store_compare(store, x->event, y->event);
}

void session_openings_sort(struct session_openings *o,
			   const struct store *store)
{
	if (o->count > 1)
		qsort_r(o->opening, o->count, sizeof *o->opening,
			by_name_and_time, (void *)store);
}

const struct session_opening *
session_openings_last(const struct session_openings *o, struct span name,
		      int64_t time)
{
	uint32_t number = names_find(o->names, name);
	size_t low = 0, high = o->count;

	if (name.n == 0 || number == NAMES_NONE)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct session_opening *at = &o->opening[middle];

		if (at->name < number ||
		    (at->name == number && at->time <= time))
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && o->opening[low - 1].name == number
		? &o->opening[low - 1] : NULL;
}

void session_openings_free(struct session_openings *o)
{
	names_free(o->names);
	free(o->opening);
}
