/* Storms: events one after another of the same principal, call and error; of
 * what was refused, of the same principal and error. */
#ifndef VIEW_STORMS_H
#define VIEW_STORMS_H

#include "store/store.h"
#include "trail/columns.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORMS_LEAST = 3 };      /* events that make one */

struct storms_row {
	size_t from;                    /* its first event, as a place */
	uint8_t differ;                 /* in what: see storms_differ */
};

/* Rows when each storm is folded to one: COUNT of them, and one behind them from
 * the number of events on. */
struct storms {
	struct storms_row *row;         /* owned; NULL: not known */
	size_t count;
};

/* Looks at every event: on any thread but the screen's.  False when *CANCEL
 * (may be NULL) became true; then there is nothing to be freed. */
bool storms_find(const struct store *, const struct store_event *events,
		 size_t total, const atomic_bool *cancel, struct storms *);
void storms_free(struct storms *);

/* Whether the events that the row stands for differ in the column, of those that
 * tell of a call by whom, from where and on what it was; of others it is not
 * known. */
bool storms_differ(const struct storms_row *, enum column);

/* The same rows, owned by the caller, but that a storm whose first event is one
 * of OPEN is not folded, nor one that holds the event at place WANTED (SIZE_MAX:
 * none) behind its first. */
struct storms storms_open(const struct storms *,
			  const struct store_event *events,
			  const struct store_event *open, size_t opened,
			  size_t wanted);

#endif
