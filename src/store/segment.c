/* Owns the events of one segment and the rows of value numbers behind them. */
#include "store/segment.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct segment *segment_new(void)
{
	return memory_clear(1, sizeof(struct segment));
}

static void begin_run(struct segment *s)
{
	region_grow(&s->runs, ((size_t)s->run_count + 1) * sizeof(uint32_t));
	((uint32_t *)s->runs.base)[s->run_count++] = s->count;
}

void segment_add(struct segment *s, struct segment_event event,
		 const uint32_t *row, uint32_t length)
{
	struct segment_event *events;

	if (UINT32_MAX - s->row_count < length)
		die("a segment is too large");
	region_grow(&s->events, ((size_t)s->count + 2) * sizeof *events);
	region_grow(&s->row, ((size_t)s->row_count + length) * sizeof *row);
	events = s->events.base;
	event.first = s->row_count;
	if (s->count == 0 || events[s->count - 1].input != event.input ||
	    events[s->count - 1].record >= event.record)
		begin_run(s);
	events[s->count] = event;
	if (length)
		memcpy((uint32_t *)s->row.base + s->row_count, row,
		       length * sizeof *row);
	s->row_count += length;
	s->count++;
	events[s->count].first = s->row_count;
}

void segment_seal(struct segment *s)
{
	values_seal(&s->values);
	region_trim(&s->events,
		    ((size_t)s->count + 1) * sizeof(struct segment_event));
	region_trim(&s->row, (size_t)s->row_count * sizeof(uint32_t));
	region_trim(&s->runs, (size_t)s->run_count * sizeof(uint32_t));
}

size_t segment_size(const struct segment *s)
{
	return sizeof *s + values_size(&s->values) + s->events.capacity +
	       s->row.capacity + s->runs.capacity;
}

void segment_free(struct segment *s)
{
	if (!s)
		return;
	values_free(&s->values);
	region_free(&s->events);
	region_free(&s->row);
	region_free(&s->runs);
	free(s);
}
