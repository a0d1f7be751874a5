/* Owns what makes events alike.  Values are compared by their numbers, and only
 * across segments by their texts. */
#include "view/storms.h"

#include "base/memory.h"
#include "trail/fields.h"

#include <stdlib.h>

static bool same_event(struct store_event a, struct store_event b)
{
	return a.segment == b.segment && a.index == b.index;
}

static bool same_value(const struct store *store, struct store_event a,
		       uint32_t one, struct store_event b, uint32_t other)
{
	struct buffer first = {0}, second = {0};
	bool same;

	if (a.segment == b.segment || one == VALUES_NONE ||
	    other == VALUES_NONE)
		return one == other;
	same = span_equal(store_text(store, a.segment, one, &first),
			  store_text(store, b.segment, other, &second));
	buffer_free(&first);
	buffer_free(&second);
	return same;
}

static bool same_derived(const struct store *store, struct store_event a,
			 struct store_event b, enum store_derived derived)
{
	return same_value(store, a, store_derived(store, a, derived), b,
			  store_derived(store, b, derived));
}

/* Who tries what they may not do seldom tries one call only: what was refused
 * is alike whatever was called.  *MIXED is set where the calls differ. */
static bool alike(const struct store *store, struct store_event a,
		  struct store_event b, bool *mixed)
{
	uint32_t call = store_field(store, a, FIELD_EVENT_NAME);
	uint32_t other = store_field(store, b, FIELD_EVENT_NAME);
	bool refused = store_derived(store, a, STORE_RESULT) != VALUES_NONE;
	bool differ;

	/* Notices have no call. */
	if (call == VALUES_NONE || other == VALUES_NONE ||
	    !same_derived(store, a, b, STORE_WHO) ||
	    !same_derived(store, a, b, STORE_RESULT))
		return false;
	differ = (!refused || !*mixed) &&
		 !same_value(store, a, call, b, other);
	*mixed |= refused && differ;
	return refused || !differ;
}

bool storms_find(const struct store *store, const struct store_event *events,
		 size_t total, const atomic_bool *cancel,
		 struct storms *storms)
{
	enum { POLL = 256 };    /* storms between two looks at CANCEL */
	struct storms_row *row = memory_alloc(
		memory_multiply(memory_add(total, 1), sizeof *row));
	size_t from = 0, to, count = 0;
	bool mixed;

	for (; from < total; from = to) {
		mixed = false;
		for (to = from + 1; to < total &&
		     alike(store, events[from], events[to], &mixed); to++)
			;
		if (count % POLL == 0 && cancel && *cancel) {
			free(row);
			return false;
		}
		row[count++] = (struct storms_row){from, mixed};
		if (to - from >= STORMS_LEAST)
			continue;
		row[count - 1].mixed = false;
		for (size_t i = from + 1; i < to; i++)
			row[count++] = (struct storms_row){i, false};
	}
	row[count] = (struct storms_row){total, false};
	*storms = (struct storms){memory_resize(row, count + 1, sizeof *row),
				  count};
	return true;
}

void storms_free(struct storms *s)
{
	free(s->row);
	*s = (struct storms){.row = NULL};
}

/* Whether the storm of events [FROM, TO) does. */
static bool stays_open(const struct store_event *events, size_t from,
		       size_t to, const struct store_event *open,
		       size_t opened, size_t wanted)
{
	for (size_t i = 0; i < opened; i++)
		if (same_event(open[i], events[from]))
			return true;
	return wanted > from && wanted < to;
}

struct storms storms_open(const struct storms *s,
			  const struct store_event *events,
			  const struct store_event *open, size_t opened,
			  size_t wanted)
{
	size_t total = s->row[s->count].from, count = 0;
	struct storms_row *row = memory_alloc(
		memory_multiply(memory_add(total, 1), sizeof *row));

	for (size_t i = 0; i < s->count; i++) {
		size_t from = s->row[i].from, to = s->row[i + 1].from;

		row[count++] = s->row[i];
		if (to - from < STORMS_LEAST ||
		    !stays_open(events, from, to, open, opened, wanted))
			continue;
		row[count - 1].mixed = false;
		while (++from < to)
			row[count++] = (struct storms_row){from, false};
	}
	row[count] = (struct storms_row){total, false};
	return (struct storms){row, count};
}
