/* Arrays that grow to hundreds of megabytes without being copied: when they are
 * large, memory straight from the system, moved by its page tables, given back at
 * the end of what is used.  Zero-initialised is empty and valid. */
#ifndef BASE_REGION_H
#define BASE_REGION_H

#include <stdbool.h>
#include <stddef.h>

struct region {
	void *base;
	size_t capacity;    /* in bytes */
	bool secret;        /* kept out of dumps */
};

/* Room for at least NEED bytes, which is more than there is; see below. */
void region_enlarge(struct region *, size_t need);

/* Room for at least NEED bytes; what was there stays, what is new is zero.  Dies
 * without memory. */
static inline void region_grow(struct region *r, size_t need)
{
	if (need > r->capacity)
		region_enlarge(r, need);
}

/* Gives back what lies behind the first USED bytes; the others may move. */
void region_trim(struct region *, size_t used);

/* Keeps its pages, present and future, out of core dumps. */
void region_protect(struct region *);

void region_free(struct region *);

/* As region_free, with the memory overwritten first. */
void region_wipe(struct region *);

#endif
