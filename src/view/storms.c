/* Owns what makes events alike.  Values are compared by their numbers, and only
 * across segments by their texts. */
#include "view/storms.h"

#include "base/memory.h"
#include "trail/fields.h"

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

static bool stays_open(const struct store_event *events, size_t from,
		       size_t to, const struct store_event *open,
		       size_t opened, struct store_event wanted)
{
	for (size_t i = 0; i < opened; i++)
		if (same_event(open[i], events[from]))
			return true;
	for (size_t i = from + 1; i < to; i++)
		if (same_event(events[i], wanted))
			return true;
	return false;
}

struct storms_row *storms_fold(const struct store *store,
			       const struct store_event *events, size_t total,
			       const struct store_event *open, size_t opened,
			       struct store_event wanted, size_t *count)
{
	struct storms_row *row = memory_clear(memory_add(total, 1),
					      sizeof *row);
	size_t from = 0, to;
	bool mixed;

	*count = 0;
	for (; from < total; from = to) {
		mixed = false;
		for (to = from + 1; to < total &&
		     alike(store, events[from], events[to], &mixed); to++)
			;
		row[(*count)++].from = from;
		if (to - from >= STORMS_LEAST &&
		    !stays_open(events, from, to, open, opened, wanted)) {
			row[*count - 1].mixed = mixed;
			continue;
		}
		for (size_t i = from + 1; i < to; i++)
			row[(*count)++].from = i;
	}
	row[*count].from = total;
	return row;
}
