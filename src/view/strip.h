/* How the events that are shown lie in time: counted by spans of equal length,
 * those that failed apart. */
#ifndef VIEW_STRIP_H
#define VIEW_STRIP_H

#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STRIP_MOST = 512, STRIP_NAME = 24 };

/* The finest scale on which there are at most STRIP_MOST spans. */
struct strip {
	int64_t from;           /* ms since 1970 UTC, where the first begins */
	int64_t unit;           /* ms; 0: nothing to be shown */
	size_t count;
	uint32_t events[STRIP_MOST];    /* errors are among them */
	uint32_t errors[STRIP_MOST];
};

/* Of COUNT events, whose times lie in [FIRST, LAST]; those without a time are
 * left out. */
void strip_count(struct strip *, const struct store *,
		 const struct store_event *events, size_t count,
		 int64_t first, int64_t last);

/* The same on the finest scale that has room in so many columns, one at
 * least. */
void strip_fit(const struct strip *, size_t columns, struct strip *out);

/* A few spans dwarf the others: most of those that have events have less than an
 * eighth of the highest. */
bool strip_is_steep(const struct strip *);

/* What a span is called: `an hour`. */
void strip_name(int64_t unit, char out[STRIP_NAME]);

/* The span that a time lies in, or SIZE_MAX. */
size_t strip_place(const struct strip *, int64_t time);

#endif
