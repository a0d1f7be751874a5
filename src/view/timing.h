/* How long those who look had to wait, lately. */
#ifndef VIEW_TIMING_H
#define VIEW_TIMING_H

#include "base/buffer.h"

#include <stddef.h>
#include <stdint.h>

enum timing_what {
	TIMING_KEY,             /* from a key to the screen it led to */
	TIMING_FILTER,          /* from a question to its rows */
	TIMING_AWAY,            /* without looking for keys */
	TIMING_KINDS
};

enum { TIMING_KEPT = 512 };     /* of each kind, the latest */

/* Zero-initialised knows nothing. */
struct timing {
	struct timing_kind {
		uint64_t began;         /* ns; 0: nothing runs */
		uint64_t count;
		uint32_t took[TIMING_KEPT];     /* µs */
	} kind[TIMING_KINDS];
};

/* The first of several that begin before one ends counts.  Times are those of
 * clock_ns. */
void timing_begin(struct timing *, enum timing_what, uint64_t now);
/* Harmless when nothing began. */
void timing_end(struct timing *, enum timing_what, uint64_t now);

/* What began is not to be counted. */
void timing_drop(struct timing *, enum timing_what);

/* Last, median and 99th percentile of each kind, in a line. */
void timing_write(const struct timing *, struct buffer *out);

#endif
