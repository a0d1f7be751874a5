/* What paths mean in each shape: the slots of the leaves that they name, found
 * once per shape and kept.  May be asked by several threads at once. */
#ifndef TRAIL_SLOTS_H
#define TRAIL_SLOTS_H

#include "base/error.h"
#include "base/span.h"
#include "json/paths.h"
#include "store/shapes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A leaf on the way to a place that a path names, should it hold JSON. */
struct slots_gate {
	uint32_t slot;
	uint32_t depth;
	struct paths_step *steps;       /* the way to it */
};

/* In order of place; a leaf that several paths name counts once. */
struct slots_list {
	struct slots_gate *gate;
	uint32_t gates;
	bool there;             /* some place is named, if only an empty object
				   or array */
	uint32_t count;
	uint32_t slot[];
};

struct slots;

/* For the places that any of COUNT paths names; with BELOW, a place that is an
 * object or an array stands for all leaves below it.  NULL and ERR when one of
 * them is no path.  Free with slots_free. */
struct slots *slots_new(const struct span *paths, size_t count, bool below,
			struct error *err);
void slots_free(struct slots *);

/* The text of the first path. */
struct span slots_text(const struct slots *);

/* Whether the place where the walk stands, or one above it from depth FROM on
 * where places stand for all below them, is one that a path names. */
bool slots_named(const struct slots *, struct paths_walk *, uint32_t from);

/* The slots of the shape NUMBER.  The list lives as long as SLOTS, which is
 * to be used with one table of shapes only. */
const struct slots_list *slots_of(struct slots *, const struct shapes *,
				  uint32_t number);

#endif
