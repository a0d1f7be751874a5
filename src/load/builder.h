/* From scanned records to sealed segments: one for each loader thread.  Values
 * are interned in the builder's own segment, templates in the store's table;
 * what is secret and what an event means is asked of trail/, once per shape or
 * once per distinct value where it can be. */
#ifndef LOAD_BUILDER_H
#define LOAD_BUILDER_H

#include "json/paths.h"
#include "json/scan.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

/* Where a record was found. */
struct builder_origin {
	uint64_t offset;
	uint32_t input, record, line;
	uint8_t marks;          /* enum segment_mark */
	uint8_t container;      /* enum segment_container */
};

struct builder;

struct secret_choices;

/* CHOICES (may be NULL) are borrowed: what a user masks or shows. */
struct builder *builder_new(struct store *, const struct secret_choices *);

/* Seals and publishes what is left. */
void builder_free(struct builder *);

/* The event at FROM if it is of a shape that this builder has met and can be
 * read by that alone: its tokens, and its shape's number for
 * builder_add_shaped.  False: it has to be scanned. */
bool builder_read(const struct builder *, struct scan *, const char *from,
		  const char *end, const char **after, uint32_t *shape);

void builder_add_shaped(struct builder *, const struct scan *, uint32_t shape,
			const struct builder_origin *);

/* Adds the record if its shape is known as an event's.  False: it is not, or it
 * is a notice's, and nothing was done.  The scan's bytes and tokens are borrowed
 * for the call. */
bool builder_add_known(struct builder *, const struct scan *,
		       const struct builder_origin *);

/* Adds the record, making its shape if need be.  NOTICE: it is the envelope
 * of an EventBridge notice.  SCAN may be changed: arrays under a secret key
 * become one leaf. */
void builder_add(struct builder *, struct scan *, bool notice,
		 const struct builder_origin *);

/* Seals and publishes the segment when it has grown to the present size, which
 * doubles from 1 MiB of JSON to 64 MiB; with NOW whatever its size, unless it is
 * empty.  Whether it did. */
bool builder_publish(struct builder *, bool now);

/* Bytes of memory that what is not published yet takes. */
size_t builder_size(const struct builder *);

#endif
