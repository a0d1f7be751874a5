/* Where in a text the search for secrets has to stop and look around: at bytes
 * that stand among certain others, as learnt from the rules.  Most texts have no
 * such place, and then nothing else is asked of them. */
#ifndef TRAIL_SECRET_STOPS_H
#define TRAIL_SECRET_STOPS_H

#include "base/span.h"

#include <stdint.h>

/* Zero-initialised has none.  A place that was not learnt may be told too. */
struct secret_stops {
	uint64_t before[64];    /* a set of hashes: of a byte and the two in front
				   of it; */
	uint64_t behind[1024];  /* a set: a byte and the one behind it */
	uint8_t low[4][16];     /* the groups that a half of each of the four */
	uint8_t high[4][16];    /* fits */
};

/* Stops at the third byte of PLACE where the others stand around it: either the
 * first two or the last; those that do not matter are NUL. */
void secret_stops_learn(struct secret_stops *, const char place[4]);

/* The first place at or behind byte FROM, at most the length of the text, or
 * that.  The last byte is no place: nothing follows it. */
size_t secret_stops_next(const struct secret_stops *, struct span text,
			 size_t from);

/* The same by the plain C twin, for tests. */
size_t secret_stops_next_plain(const struct secret_stops *, struct span text,
			       size_t from);

#endif
