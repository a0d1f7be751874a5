/* Which events are told more than once: duplicates (the same eventID, the same
 * paths with the same decoded values, whatever the white space, the order of
 * keys or the container) and conflicts (the same eventID, other content).  Of
 * duplicates the one with the smallest identity stays, whatever the order in
 * which they come, so the verdict never depends on threads. */
#ifndef STORE_TWINS_H
#define STORE_TWINS_H

#include "store/store.h"

struct twins;

/* What follows from an event that was added. */
struct twins_sink {
	/* E is a duplicate of KEPT: drop it.  KEPT takes over its conflict. */
	void (*drop)(struct store *, struct store_event e,
		     struct store_event kept);
	/* E's eventID stands for other content too. */
	void (*conflict)(struct store *, struct store_event e);
};

struct twins *twins_new(void);
void twins_free(struct twins *);

/* The hash of an eventID: of a value of the segment, or VALUES_NONE; 0 when it
 * is empty or null. */
uint64_t twins_id(const struct values *, uint32_t value);

/* Of the events with the content of E the one that stays; E itself when none is
 * known.  ID: the hash of its eventID. */
struct store_event twins_kept(struct twins *, const struct store *,
			      uint64_t id, struct store_event e);

/* Adds COUNT events of SEGMENT; HASH of their eventIDs, 0: none. */
void twins_add(struct twins *, struct store *, uint32_t segment,
	       const uint64_t *hash, uint32_t count,
	       const struct twins_sink *);

size_t twins_size(const struct twins *);

#endif
