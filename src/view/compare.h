/* Two events field by field: what differs.  Secrets are masks here too. */
#ifndef VIEW_COMPARE_H
#define VIEW_COMPARE_H

#include "base/buffer.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>

struct compare_row {
	struct buffer path;
	struct buffer old, new;         /* as they stand in the log; empty: the
					   event has none */
	bool changing;                  /* times and ids, which differ anyway */
};

struct compare {
	struct store_event old, new;
	struct compare_row *row;        /* in the order of the fields */
	size_t count, capacity;
	size_t equal;                   /* fields that do not differ */
};

/* Fields are told apart by their path, elements of arrays by their place. */
void compare_events(struct compare *, const struct store *,
		    struct store_event old, struct store_event new);
void compare_free(struct compare *);

#endif
