/* What an event means for a certificate that it names: by the call, and by
 * where in the record the certificate stands. */
#ifndef TRIAGE_RELATION_H
#define TRIAGE_RELATION_H

#include "store/store.h"
#include "trail/record.h"

enum step {
#define STEP(id, word) STEP_##id,
#include "triage/steps.def"
#undef STEP
	STEP_COUNT
};

/* The parts of a record, the most telling first. */
enum relation_part {
	PART_REQUEST,
	PART_CONTEXT,           /* an encryption context, in values or keys */
	PART_RESPONSE,
	PART_RESOURCES,
	PART_IDENTITY,
	PART_ELSEWHERE,
	PART_MESSAGE            /* of an error */
};

/* "imported over itself". */
const char *relation_word(enum step);

enum step relation_step(const struct record *, enum relation_part);

/* The parts of all slots of shapes, worked out once per shape. */
struct relation_parts;
struct relation_parts *relation_parts_new(const struct shapes *);
void relation_parts_free(struct relation_parts *);
/* An enum relation_part for each slot of the shape. */
const uint8_t *relation_parts_of(struct relation_parts *, uint32_t shape);

#endif
