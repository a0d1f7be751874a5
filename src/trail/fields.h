/* The fields of CloudTrail records that acmtui knows by name, from fields.def:
 * which places in a record they are, resolved once per shape. */
#ifndef TRAIL_FIELDS_H
#define TRAIL_FIELDS_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct secret_keys;

enum field {
#define FIELD(name, path) FIELD_##name,
#include "trail/fields.def"
#undef FIELD
	/* What the call acted on: the slots of the shape that name it best,
	 * best first (trail/target). */
	FIELD_TARGET_1,
	FIELD_TARGET_2,
	FIELD_TARGET_3,
	FIELD_TARGET_4,
	FIELD_COUNT
};

/* Fills SLOT with FIELD_COUNT slot numbers (SHAPES_ABSENT: not in it) for a
 * template.  Where a key stands twice the last one counts, as in jq.  A field
 * that is not there is what stands for it in other kinds of records: the
 * eventName of an Insight is that of its details, of a notice its detail-type.
 * KEYS may be NULL. */
void fields_resolve(struct span template, struct secret_keys *keys,
		    uint16_t slot[FIELD_COUNT]);

/* The name at the top of a record that WORD is but for its case, or NULL. */
const char *fields_top_name(struct span word);

/* Whether WORD, case and all, is a key that CloudTrail has somewhere: a part of
 * a field's path, or a request parameter that names what was acted on. */
bool fields_known_name(struct span word);

#endif
