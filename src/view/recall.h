/* Lines that were typed before, to go back to while another is typed. */
#ifndef VIEW_RECALL_H
#define VIEW_RECALL_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum { RECALL_MOST = 200 };     /* lines; the oldest go first */

/* Zero-initialised has none. */
struct recall {
	struct buffer line[RECALL_MOST];        /* the oldest first */
	size_t count;
	size_t back;            /* how many lines back one is; 0: at the line
				   that is being typed */
	struct buffer typed;    /* which is kept here meanwhile */
};

void recall_free(struct recall *);

/* A line that was kept becomes the newest; an empty one does not. */
void recall_note(struct recall *, struct span line);

/* Whether the line holds what is looked for; without a capital in that, case is
 * ignored (ASCII). */
bool recall_holds(struct span line, struct span wanted);

/* A new line is typed. */
void recall_start(struct recall *);

/* The line BY further back (-1: one on), with PRESENT, what stands there now,
 * kept for the way back.  False at either end. */
bool recall_go(struct recall *, int by, struct span present,
	       struct span *line);

#endif
