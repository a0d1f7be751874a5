/* The number by which people follow a secret without seeing it: the distinct
 * secrets of all segments in order of their first event (input, record, slot).
 */
#ifndef STORE_TAGS_H
#define STORE_TAGS_H

#include "store/segment.h"

struct tags;

/* Numbers the secrets of COUNT segments, from 1. */
struct tags *tags_new(const struct segment *const *segments, uint32_t count);
void tags_free(struct tags *);

/* The tag of a secret, or 0 when its segment came later. */
uint32_t tags_number(const struct tags *, uint32_t segment, uint32_t value);

#endif
