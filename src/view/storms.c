/* Owns what makes events alike.  Values are compared by their numbers, and only
 * across segments by their texts. */
#include "view/storms.h"

#include "base/memory.h"
#include "trail/fields.h"

#include <stdlib.h>

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

/* In what the events of a storm may differ; a bit of `differ` for each. */
static const struct {
	enum column column;
	enum field field;
} told[] = {
	{COLUMN_EVENT, FIELD_EVENT_NAME},
	{COLUMN_FROM, FIELD_SOURCE_ADDRESS},
	{COLUMN_REGION, FIELD_REGION},
	{COLUMN_SOURCE, FIELD_EVENT_SOURCE},
	{COLUMN_ACCOUNT, FIELD_RECIPIENT_ACCOUNT},
	{COLUMN_USER_AGENT, FIELD_USER_AGENT},
	{COLUMN_KEY, FIELD_USER_KEY},
	{COLUMN_TARGET, FIELD_COUNT},           /* derived from several */
};

enum { TOLD = sizeof told / sizeof *told, CALL_DIFFERS = 1 };

static uint32_t value_of(const struct store *store, struct store_event e,
			 enum field field)
{
	if (field != FIELD_COUNT)
		return store_field(store, e, field);
	return store_derived(store, e, store_certificates(store, e)
					       ? STORE_CERTIFICATES
					       : STORE_TARGET);
}

/* Bits of what B differs in, and is not in KNOWN. */
static uint8_t differences(const struct store *store, struct store_event a,
			   struct store_event b, uint8_t known)
{
	unsigned found = 0;

	for (unsigned i = 0; i < TOLD; i++)
		if (!(known >> i & 1) &&
		    !same_value(store, a, value_of(store, a, told[i].field),
				b, value_of(store, b, told[i].field)))
			found |= 1u << i;
	return (uint8_t)found;
}

/* Who tries what they may not do seldom tries one call only: what was refused
 * is alike whatever was called.  Adds to *DIFFER. */
static bool alike(const struct store *store, struct store_event a,
		  struct store_event b, uint8_t *differ)
{
	bool refused = store_derived(store, a, STORE_RESULT) != VALUES_NONE;
	uint8_t more;

	/* Notices have no call. */
	if (store_field(store, a, FIELD_EVENT_NAME) == VALUES_NONE ||
	    store_field(store, b, FIELD_EVENT_NAME) == VALUES_NONE ||
	    !same_derived(store, a, b, STORE_WHO) ||
	    !same_derived(store, a, b, STORE_RESULT))
		return false;
	more = differences(store, a, b, *differ);
	if (!refused && (more & CALL_DIFFERS))
		return false;
	*differ |= more;
	return true;
}

enum { POLL = 256 };    /* events between two looks at CANCEL */

static bool is_over(const atomic_bool *cancel, size_t at)
{
	return at % POLL == 0 && cancel && *cancel;
}

bool storms_find(const struct store *store, const struct store_event *events,
		 size_t total, const atomic_bool *cancel,
		 struct storms *storms)
{
	struct storms_row *row = memory_alloc(
		memory_multiply(memory_add(total, 1), sizeof *row));
	size_t from = 0, to = 0, count = 0;

	for (; from < total && !is_over(cancel, to); from = to) {
		uint8_t differ = 0;

		for (to = from + 1; to < total && !is_over(cancel, to) &&
		     alike(store, events[from], events[to], &differ); to++)
			;
		row[count++] = (struct storms_row){from, differ};
		if (to - from >= STORMS_LEAST)
			continue;
		row[count - 1].differ = 0;
		for (size_t i = from + 1; i < to; i++)
			row[count++] = (struct storms_row){i, 0};
	}
	if (from < total) {
		free(row);
		return false;
	}
	row[count] = (struct storms_row){total, 0};
	*storms = (struct storms){memory_resize(row, count + 1, sizeof *row),
				  count};
	return true;
}

bool storms_differ(const struct storms_row *row, enum column column)
{
	for (unsigned i = 0; i < TOLD; i++)
		if (told[i].column == column)
			return row->differ >> i & 1;
	return false;
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
		if (store_same_event(open[i], events[from]))
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
		row[count - 1].differ = 0;
		while (++from < to)
			row[count++] = (struct storms_row){from, 0};
	}
	row[count] = (struct storms_row){total, 0};
	return (struct storms){row, count};
}
