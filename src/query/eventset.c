/* Owns the bits. */
#include "query/eventset.h"

#include "base/memory.h"

#include <stdlib.h>

struct eventset *eventset_new(const struct store *store,
			      const struct store_event *events, size_t count)
{
	struct eventset *set = memory_clear(1, sizeof *set);

	set->segments = store_segment_count(store);
	set->word = memory_clear(set->segments, sizeof *set->word);
	for (uint32_t s = 0; s < set->segments; s++)
		set->word[s] = memory_clear(
			store_segment(store, s)->count / 64u + 1,
			sizeof **set->word);
	for (size_t i = 0; i < count; i++)
		eventset_add(set, events[i]);
	return set;
}

void eventset_free(struct eventset *set)
{
	for (uint32_t s = 0; s < set->segments; s++)
		free(set->word[s]);
	free(set->word);
	free(set);
}

void eventset_add(struct eventset *set, struct store_event e)
{
	if (e.segment < set->segments)
		set->word[e.segment][e.index / 64] |= UINT64_C(1)
						      << e.index % 64;
}

bool eventset_has(const struct eventset *set, struct store_event e)
{
	return e.segment < set->segments &&
	       set->word[e.segment][e.index / 64] >> e.index % 64 & 1;
}

uint64_t eventset_present(const struct store *store, uint32_t segment, size_t w)
{
	uint32_t count = store_segment(store, segment)->count;
	uint64_t here = ~UINT64_C(0);

	if (w * 64 >= count)
		return 0;
	if (count - w * 64 < 64)
		here = (UINT64_C(1) << (count - w * 64)) - 1;
	return here & ~store_dropped_word(store, segment, (uint32_t)w);
}
