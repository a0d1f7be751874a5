/* Owns the segments.  A place never moves. */
#include "store/places.h"

#include "base/memory.h"

#include <stdlib.h>

void places_put(struct places *places, uint32_t i, struct segment *segment)
{
	if (i >= PLACES_MOST)
		die("too many segments: %u", i);
	if (i % PLACES_BLOCK == 0)
		places->block[i / PLACES_BLOCK] =
			memory_clear(PLACES_BLOCK, sizeof **places->block);
	places_at(places, i)->segment = segment;
}

void places_free(struct places *places, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct place *place = places_at(places, i);

		segment_free(place->segment);
		free(place->dropped.word);
		free(place->conflict.word);
	}
	for (size_t i = 0; i < PLACES_MOST / PLACES_BLOCK; i++)
		free(places->block[i]);
}
