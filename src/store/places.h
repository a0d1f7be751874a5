/* The segments of a store in order of publishing, and what became known of their
 * events later.  One writer; readers take no lock. */
#ifndef STORE_PLACES_H
#define STORE_PLACES_H

#include "store/bits.h"
#include "store/segment.h"

enum { PLACES_BLOCK = 1024, PLACES_MOST = 1 << 20 };

struct place {
	struct segment *segment;
	struct bits dropped;
	struct bits conflict;
};

/* Zero-initialised is empty. */
struct places {
	struct place *block[PLACES_MOST / PLACES_BLOCK]; /* made when the first
							    is needed */
};

static inline struct place *places_at(const struct places *places, uint32_t i)
{
	return &places->block[i / PLACES_BLOCK][i % PLACES_BLOCK];
}

/* Takes the segment as number I, the next. */
void places_put(struct places *, uint32_t i, struct segment *);

/* COUNT: of segments. */
void places_free(struct places *, uint32_t count);

#endif
