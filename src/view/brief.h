/* An event in a dozen lines: who did what to what, with which result, when and
 * from where; and before that what was noted of it. */
#ifndef VIEW_BRIEF_H
#define VIEW_BRIEF_H

#include "base/buffer.h"
#include "store/store.h"
#include "text/stamp.h"

#include <stdbool.h>

/* The columns that what a line tells stands in front of. */
enum { BRIEF_LABEL = 10, BRIEF_MOST = 13 };

/* Appends at most BRIEF_MOST lines, each with its label; what the event does not
 * tell has none.  Still to be sent through text/show.  FINDINGS: they are known;
 * else they are left out, and nothing waits for them. */
void brief_write(const struct store *, struct store_event, enum stamp_zone,
		 bool findings, struct buffer *out);

#endif
