/* What paths mean in each shape: the slots of the leaves that they name, found
 * once per shape and kept.  May be asked by several threads at once. */
#ifndef TRAIL_SLOTS_H
#define TRAIL_SLOTS_H

#include "base/error.h"
#include "base/span.h"
#include "store/shapes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In order of place; a leaf that several paths name counts once. */
struct slots_list {
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

/* The slots of the shape NUMBER.  The list lives as long as SLOTS, which is
 * to be used with one table of shapes only. */
const struct slots_list *slots_of(struct slots *, const struct shapes *,
				  uint32_t number);

#endif
