/* What a call acted on: which leaves of a shape name it best, from
 * targets.def. */
#ifndef TRAIL_TARGET_H
#define TRAIL_TARGET_H

#include "base/span.h"
#include "json/paths.h"
#include "trail/record.h"

#include <stdbool.h>
#include <stdint.h>

struct secret_keys;

enum { TARGET_SLOTS = 4 };

/* The slot of the best target that says something in this record (neither
 * null nor empty, neither true nor false nor a small number), or
 * SHAPES_ABSENT. */
uint16_t target_slot(const struct record *);

/* Whether WORD is a parameter's name in the table, case and all. */
bool target_known_name(struct span word);

/* For fields_resolve: the leaves that were best so far. */
struct target_pick {
	uint32_t rank;
	uint16_t slot;
	uint8_t area;
	bool object_key;
	uint64_t place;         /* hash of its path; 0 inside of arrays */
};

struct targets {
	uint8_t area;
	uint8_t count;
	struct target_pick pick[TARGET_SLOTS];
};

void target_start(struct targets *);

/* The walk goes below KEY at the top of the record. */
void target_enter(struct targets *, struct span key);

/* The walk stands at a leaf.  Secrets are never taken; KEYS may be
 * NULL. */
void target_consider(struct targets *, struct secret_keys *keys,
		     struct paths_walk *);

/* What was found below the object PATH does not count: it stands again. */
void target_forget(struct targets *, struct span path);

/* Writes the slots, best first; SHAPES_ABSENT where there are fewer. */
void target_slots(const struct targets *, uint16_t slot[TARGET_SLOTS]);

#endif
