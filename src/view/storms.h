/* Storms: events one after another of the same principal, call and error; of
 * what was refused, of the same principal and error. */
#ifndef VIEW_STORMS_H
#define VIEW_STORMS_H

#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORMS_LEAST = 3 };      /* events that make one */

struct storms_row {
	size_t from;                    /* its first event, as a place */
	bool mixed;                     /* it stands for several calls */
};

/* The rows when each storm is folded to one: *COUNT of them, and one behind them
 * from TOTAL on; the caller frees.  A storm whose first event is one of
 * OPEN stays unfolded, and so does one that holds WANTED behind its first. */
struct storms_row *storms_fold(const struct store *,
			       const struct store_event *events, size_t total,
			       const struct store_event *open, size_t opened,
			       struct store_event wanted, size_t *count);

#endif
