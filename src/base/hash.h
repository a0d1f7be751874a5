/* Hashes with a seed drawn once at start, so that nobody outside can make
 * values that collide (XXH3). */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/span.h"

#include <stdint.h>

/* Draws the seed; called once before any hash.  Without it the seed is 0. */
void hash_seed(void);

uint64_t hash_bytes(const void *p, size_t n);

static inline uint64_t hash_span(struct span s)
{
	return hash_bytes(s.p, s.n);
}

/* The version of xxHash: 10000 * major + 100 * minor + release. */
unsigned hash_version(void);

/* Of two hashes, in order. */
uint64_t hash_pair(uint64_t a, uint64_t b);

#endif
