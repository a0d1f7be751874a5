/* What later rooms work out over all events and join them by: made when first
 * asked for, kept with the store, and brought up to date when the store has
 * grown. */
#ifndef STORE_INDEXES_H
#define STORE_INDEXES_H

#include <stdint.h>

struct store;
struct indexes;

/* An index of a kind; there is one constant of each. */
struct indexes_kind {
	/* A new one over all that is published, with the help of BEFORE, an
	   earlier one or NULL; BEFORE itself when it says all there is to
	   say. */
	void *(*make)(const struct store *, void *before);
	void (*free)(void *index);
};

struct indexes *indexes_new(void);
void indexes_free(struct indexes *);

/* The index of that kind.  It stays until the store is freed, newer ones or
 * not.  Any thread; the first that asks makes it, others wait. */
const void *indexes_get(struct indexes *, const struct store *,
			const struct indexes_kind *);

#endif
