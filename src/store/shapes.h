/* The distinct shapes of all records: a template, and what could be told from
 * it alone.  One table for the whole store, append-only; reading needs no lock,
 * a shape never moves. */
#ifndef STORE_SHAPES_H
#define STORE_SHAPES_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHAPES_ABSENT UINT16_MAX
#define SHAPES_NONE UINT32_MAX

struct shape {
	struct span template;
	uint64_t hash;          /* of the template, seeded */
	uint32_t slots;         /* holes in it */
	bool skipped;           /* some holes are skipped text, not leaves */
	bool notice;            /* an EventBridge notice, when its source is
				   one that sends them */
	bool certificate;       /* a key holds a certificate's ARN */
	const uint16_t *field;  /* slot of each field of trail/fields, or
				   SHAPES_ABSENT */
	const uint8_t *rule;    /* of trail/secret for each slot, 0: none;
				   NULL when no slot has one */
};

struct shapes;

/* FIELDS: length of the field arrays. */
struct shapes *shapes_new(uint32_t fields);
void shapes_free(struct shapes *);

/* The seeded hash under which a template is found. */
uint64_t shapes_hash(struct span template);

/* The number of the shape with this template, or SHAPES_NONE. */
uint32_t shapes_find(struct shapes *, struct span template, uint64_t hash);

/* The number of the shape that SHAPE describes, made when it is new; all that
 * it points to is copied.  Safe from several threads. */
uint32_t shapes_add(struct shapes *, const struct shape *);

const struct shape *shapes_get(const struct shapes *, uint32_t number);
uint32_t shapes_count(const struct shapes *);
size_t shapes_size(const struct shapes *);

#endif
