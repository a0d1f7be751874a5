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
enum place {
	PLACE_REQUEST,
	PLACE_CONTEXT,          /* an encryption context, in values or keys */
	PLACE_RESPONSE,
	PLACE_RESOURCES,
	PLACE_IDENTITY,
	PLACE_ELSEWHERE,
	PLACE_MESSAGE           /* of an error */
};

/* "imported over itself". */
const char *relation_word(enum step);

enum step relation_step(const struct record *, enum place);

/* Whether the call takes away what it names: Remove…, Delete…, Disassociate….
 */
bool relation_takes_away(struct span event);

/* The places of all slots of shapes, worked out once per shape. */
struct relation_places;
struct relation_places *relation_places_new(const struct shapes *);
void relation_places_free(struct relation_places *);
/* An enum place for each slot of the shape. */
const uint8_t *relation_places_of(struct relation_places *, uint32_t shape);

#endif
