/* One bit an event of a segment, made when the first one is set.  One writer;
 * readers take no lock. */
#ifndef STORE_BITS_H
#define STORE_BITS_H

#include "base/memory.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Zero-initialised none is set; the owner frees the words. */
struct bits {
	_Atomic uint64_t *_Atomic word;
};

/* COUNT: events of the segment. */
static inline void bits_set(struct bits *b, uint32_t i, uint32_t count, bool on)
{
	uint64_t bit = UINT64_C(1) << (i % 64);

	if (!b->word)
		b->word = memory_clear(count / 64 + 1, sizeof *b->word);
	if (on)
		atomic_fetch_or(&b->word[i / 64], bit);
	else
		atomic_fetch_and(&b->word[i / 64], ~bit);
}

static inline void bits_clear(struct bits *b, uint32_t count)
{
	for (uint32_t w = 0; b->word && w < count / 64 + 1; w++)
		atomic_store(&b->word[w], 0);
}

/* Events 64 * W to 64 * W + 63. */
static inline uint64_t bits_word(const struct bits *b, uint32_t w)
{
	_Atomic uint64_t *word = atomic_load_explicit(&b->word,
						      memory_order_acquire);

	return word ? atomic_load_explicit(&word[w], memory_order_relaxed) : 0;
}

static inline bool bits_get(const struct bits *b, uint32_t i)
{
	return bits_word(b, i / 64) >> (i % 64) & 1;
}

#endif
