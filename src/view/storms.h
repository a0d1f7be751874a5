/* Storms: events one after another of the same principal, call and error. */
#ifndef VIEW_STORMS_H
#define VIEW_STORMS_H

#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORMS_LEAST = 3 };      /* events that make one */

/* Where each row begins when storms are folded to one: *COUNT numbers of EVENTS,
 * and TOTAL behind them; the caller frees.  A storm whose first event is one of
 * OPEN stays unfolded, and so does one that holds WANTED behind its first. */
size_t *storms_fold(const struct store *, const struct store_event *events,
		    size_t total, const struct store_event *open,
		    size_t opened, struct store_event wanted, size_t *count);

#endif
