/* A record as the functions of this room see it, whether it is just being
 * built or lies in the store. */
#ifndef TRAIL_RECORD_H
#define TRAIL_RECORD_H

#include "base/span.h"
#include "store/shapes.h"
#include "trail/fields.h"

#include <stdint.h>

struct record {
	const uint16_t *field;  /* FIELD_COUNT slots, or SHAPES_ABSENT */
	/* The decoded text in SLOT (a secret's is empty), p == NULL for a JSON
	 * null.  Valid until the record's owner reads another one. */
	struct span (*text)(const struct record *, uint32_t slot);
	const void *context;    /* of the record's owner */
};

/* The text of a field; p == NULL when the record has none, or null. */
static inline struct span record_text(const struct record *r, enum field f)
{
	uint16_t slot = r->field[f];

	return slot == SHAPES_ABSENT ? (struct span){NULL, 0}
				     : r->text(r, slot);
}

#endif
