/* Reads an event of the store as a record: texts decoded, what is secret
 * in them left out. */
#include "trail/row.h"

static struct span text(const struct record *r, uint32_t slot)
{
	const struct row *row = r->context;
	uint32_t value = row->value[slot];

	if (store_is_secret(value))
		return values_left(&row->segment->values, value);
	if (values_kind(&row->segment->values, value) == SCAN_NULL)
		return (struct span){NULL, 0};
	return values_text(&row->segment->values, value);
}

struct record row_record(const struct row *row)
{
	return (struct record){
		.field = row->shape->field,
		.text = text,
		.context = row,
	};
}
