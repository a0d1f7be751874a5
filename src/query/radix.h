/* Stable sorting by 64-bit keys, in time that grows with the number of items
 * only. */
#ifndef QUERY_RADIX_H
#define QUERY_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct radix_item {
	uint64_t key;
	uint64_t what;          /* the caller's */
};

/* Sorts N items by key with the help of as many in SPARE; answers which of the
 * two holds the result. */
struct radix_item *radix_sort(struct radix_item *item,
			      struct radix_item *spare, size_t n);

/* The same for items whose key is their upper half. */
uint64_t *radix_sort_upper(uint64_t *item, uint64_t *spare, size_t n);

#endif
