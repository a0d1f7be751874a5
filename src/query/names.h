/* Texts that events of all segments have in common, each known by a number from
 * 0: who they are, keys, addresses.  What is looked up again soon is found by
 * its value number alone. */
#ifndef QUERY_NAMES_H
#define QUERY_NAMES_H

#include "base/span.h"
#include "store/store.h"

#include <stdint.h>

#define NAMES_NONE UINT32_MAX

struct names;

struct names *names_new(const struct store *);
void names_free(struct names *);

/* The number of a text, given when it is new.  The text is copied. */
uint32_t names_add(struct names *, struct span text);
/* The same for a value as people may see it; NAMES_NONE for VALUES_NONE. */
uint32_t names_value(struct names *, uint32_t segment, uint32_t value);
/* The number that a text has, or NAMES_NONE. */
uint32_t names_find(const struct names *, struct span text);

uint32_t names_count(const struct names *);
struct span names_text(const struct names *, uint32_t number);

/* All numbers, in order of their texts.  The caller frees. */
uint32_t *names_sorted(const struct names *);

#endif
