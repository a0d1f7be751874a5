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

static bool alike(const struct store *store, struct store_event a,
		  struct store_event b)
{
	static const enum store_derived derived[] = {STORE_WHO, STORE_RESULT};
	uint32_t call = store_field(store, a, FIELD_EVENT_NAME);

	/* Notices have no call. */
	if (call == VALUES_NONE ||
	    !same_value(store, a, call, b,
			store_field(store, b, FIELD_EVENT_NAME)))
		return false;
	for (size_t i = 0; i < sizeof derived / sizeof *derived; i++)
		if (!same_value(store, a, store_derived(store, a, derived[i]),
				b, store_derived(store, b, derived[i])))
			return false;
	return true;
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

size_t *storms_fold(const struct store *store,
		    const struct store_event *events, size_t total,
		    const struct store_event *open, size_t opened,
		    struct store_event wanted, size_t *count)
{
	size_t *at = memory_clear(memory_add(total, 1), sizeof *at);
	size_t from = 0, to;

	*count = 0;
	for (; from < total; from = to) {
		for (to = from + 1; to < total &&
		     alike(store, events[from], events[to]); to++)
			;
		at[(*count)++] = from;
		if (to - from >= STORMS_LEAST &&
		    !stays_open(events, from, to, open, opened, wanted))
			continue;
		for (size_t i = from + 1; i < to; i++)
			at[(*count)++] = i;
	}
	at[*count] = total;
	return at;
}
