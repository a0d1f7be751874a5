/* Java byte buffers as CloudTrail writes them: every member of the object, the
 * content as numbers.
 *
 *   {"hb":[45,45,…], "offset":0, "isReadOnly":false, "bigEndian":true,
 *    "nativeByteOrder":false, "mark":-1, "position":0, "limit":1674,
 *    "capacity":1674, "address":0}
 *
 * Content is hb[offset … offset + limit), each number taken modulo 256;
 * `position` says how much of it was read, which does not matter. */
#ifndef TRAIL_BYTEBUFFER_H
#define TRAIL_BYTEBUFFER_H

#include "base/buffer.h"
#include "base/span.h"

#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

/* Appends the bytes that the text of a JSON array of numbers stands for.  False
 * when it holds anything but whole numbers from -128 to 255; OUT may have grown
 * then. */
bool bytebuffer_numbers(struct span array, struct buffer *out);

/* A byte buffer of an event. */
struct bytebuffer {
	uint32_t hb;            /* slot of the content; UINT32_MAX: none */
	uint32_t elements;      /* slots of a short one, from there on; 0: it
				   is one slot */
	uint32_t offset, limit, capacity;       /* slots, or UINT32_MAX */
};

/* Whether the object whose key begins at offset KEY of the event's template is
 * one: at least three of its members are a byte buffer's, hb or limit among
 * them. */
bool bytebuffer_find(const struct store *, struct store_event, uint32_t key,
		     struct bytebuffer *);

enum bytebuffer_state {
	BYTEBUFFER_SECRET,      /* the summary is its mask */
	BYTEBUFFER_MASKED,      /* by AWS */
	BYTEBUFFER_UNRECORDED,
	BYTEBUFFER_KNOWN        /* BYTES, cleared first, holds the content */
};

/* Its content.  SUMMARY, cleared first, is what is to be said of it where there
 * is none: "10 bytes, masked by AWS". */
enum bytebuffer_state bytebuffer_read(const struct store *, struct store_event,
				      const struct bytebuffer *,
				      struct buffer *bytes,
				      struct buffer *summary);

#endif
