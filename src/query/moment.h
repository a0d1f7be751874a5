/* Times as filters write them: the beginning of a date, in the zone on the
 * screen, or relative to the data and to the selected event. */
#ifndef QUERY_MOMENT_H
#define QUERY_MOMENT_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "text/stamp.h"

#include <stdbool.h>
#include <stdint.h>

/* What a time that does not tell everything is read with. */
struct moment_view {
	enum stamp_zone zone;
	bool loaded;            /* the times below are known, or never will be:
				   else what hangs on them stays open */
	int64_t first, last;    /* of the data; first > last: there is none */
	int64_t selected;       /* of the selected event, or STAMP_NONE */
	bool near_selected;     /* a clock alone is of that event's day */
};

/* The view before anything is known, in UTC. */
#define MOMENT_OPEN_VIEW \
	((struct moment_view){STAMP_UTC, false, INT64_MAX, INT64_MIN, \
			      STAMP_NONE, false})

/* What a time means: from..to, half open, in ms since 1970 UTC. */
struct moment {
	int64_t from, to;
	bool open;              /* relative to what is not known yet: FROM and
				   TO hold for nothing */
	bool spelled;           /* WRITTEN is it, in a zone of its own */
	struct span written;    /* in the text that was read */
	char zone[8];           /* to be put behind what was written */
};

/* Understood: what stamp_range reads; the same in the view's zone where no zone
 * is given, which dates may have too (2016-03-18Z, 2016-03-18+01:00); `first`,
 * `last`, `sel`, each alone or with `+` or `-` and a number with s, m, h, d or w
 * (last-2h), or with both signs (sel+-15m: from 15 minutes before to 15 minutes
 * after, both included); HH:MM and HH:MM:SS when the data is of one day, or the
 * view names one.  TEXT must outlive the moment. */
bool moment_parse(struct span text, const struct moment_view *,
		  struct moment *, struct error *err);

/* The second time that local clocks show what M means, since they were put back
 * after the first; false when there is none, or M has a zone of its own. */
bool moment_again(const struct moment *m, struct moment *again);

/* A time as absolute text, in UTC. */
void moment_write_time(int64_t time, struct buffer *out);

/* Whether that text, written of the moment's start, means the moment. */
bool moment_is_point(const struct moment *);

#endif
