/* A set of events of all segments, a bit for each. */
#ifndef QUERY_EVENTSET_H
#define QUERY_EVENTSET_H

#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct eventset {
	uint64_t **word;        /* by segment: bits of events 64 * W on */
	uint32_t segments;
};

/* The COUNT events; free with eventset_free. */
struct eventset *eventset_new(const struct store *,
			      const struct store_event *, size_t count);
void eventset_free(struct eventset *);

/* Both pass over segments that came after the set was made. */
void eventset_add(struct eventset *, struct store_event);
bool eventset_has(const struct eventset *, struct store_event);

/* The events 64 * W to 64 * W + 63 of a segment that are no duplicates, as
 * bits. */
uint64_t eventset_present(const struct store *, uint32_t segment, size_t w);

#endif
