/* One event's row with its shape at hand: values by field, and the event as the
 * record that the other files of this room read. */
#ifndef TRAIL_ROW_H
#define TRAIL_ROW_H

#include "store/store.h"
#include "trail/record.h"

struct row {
	const struct segment *segment;
	const struct segment_event *event;
	const struct shape *shape;
	const uint32_t *value;  /* slots, then derived values */
	uint32_t length;
};

static inline struct row row_of(const struct store *store,
				struct store_event e)
{
	const struct segment *s = store_segment(store, e.segment);
	const struct segment_event *event = segment_event(s, e.index);

	return (struct row){
		.segment = s,
		.event = event,
		.shape = shapes_get(store_shapes(store), event->shape),
		.value = segment_row(s, e.index),
		.length = segment_row_length(s, e.index),
	};
}

/* The number of the field's value; VALUES_NONE where there is none, or null. */
static inline uint32_t row_field(const struct row *row, enum field field)
{
	uint16_t slot = row->shape->field[field];

	if (slot == SHAPES_ABSENT ||
	    values_kind(&row->segment->values, row->value[slot]) == SCAN_NULL)
		return VALUES_NONE;
	return row->value[slot];
}

/* The number of a derived value (enum store_derived), or VALUES_NONE. */
static inline uint32_t row_derived(const struct row *row, uint32_t which)
{
	uint32_t at = row->shape->slots + which;

	return at < row->length ? row->value[at] : VALUES_NONE;
}

/* How many certificates are among them. */
static inline uint32_t row_certificates(const struct row *row)
{
	uint32_t behind = row->shape->slots + STORE_CERTIFICATES;

	return row->length > behind ? row->length - behind : 0;
}

/* The event as a record.  ROW must stay while it is used. */
struct record row_record(const struct row *);

#endif
