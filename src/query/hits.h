/* Values that hold something, and the pieces of rows that have one of them. */
#ifndef QUERY_HITS_H
#define QUERY_HITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bit V + 1 stands for plain value V, the bit behind the last of them for all
 * values that are not plain; VALUES_NONE is never one. */
struct hits {
	const uint64_t *bit;
	uint32_t plain;         /* values */
};

/* Whether one of COUNT value numbers is among them. */
bool hits_any(const struct hits *, const uint32_t *value, size_t count);

/* The same, one by one: what the other is compared with. */
bool hits_any_plainly(const struct hits *, const uint32_t *value, size_t count);

#endif
