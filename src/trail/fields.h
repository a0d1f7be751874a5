/* The fields of CloudTrail records that acmtui knows by name, from fields.def:
 * which places in a record they are, resolved once per shape. */
#ifndef TRAIL_FIELDS_H
#define TRAIL_FIELDS_H

#include "base/span.h"

#include <stdint.h>

enum field {
#define FIELD(name, path) FIELD_##name,
#include "trail/fields.def"
#undef FIELD
	/* What the call acted on: the slots of the shape that name it best,
	 * best first. */
	FIELD_TARGET_1,
	FIELD_TARGET_2,
	FIELD_TARGET_3,
	FIELD_TARGET_4,
	FIELD_COUNT
};

/* Fills SLOT with FIELD_COUNT slot numbers (SHAPES_ABSENT: not in it) for a
 * template.  Where a key stands twice the last one counts, as in jq. */
void fields_resolve(struct span template, uint16_t slot[FIELD_COUNT]);

/* The path of a field, "userIdentity.arn". */
const char *fields_path(enum field);

#endif
