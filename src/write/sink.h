/* Where output goes: a descriptor with a buffer in front of it, and the first
 * thing that went wrong with it.  A writer appends a row to `row` and then calls
 * sink_turn; after the first failure nothing is written any more. */
#ifndef WRITE_SINK_H
#define WRITE_SINK_H

#include "base/buffer.h"
#include "base/error.h"
#include "text/show.h"

#include <stdatomic.h>
#include <stdbool.h>

enum sink_state {
	SINK_OPEN,
	SINK_CLOSED,            /* nobody reads any more (EPIPE): no error */
	SINK_CANCELLED,
	SINK_FAILED
};

struct sink {
	struct buffer row;      /* to append to */
	struct buffer scratch;  /* of sink_show */
	int fd;
	const char *name;       /* of what FD is, for errors: "standard output"
				   unless it is set */
	bool terminal;          /* people read it: text goes through show */
	enum show_set set;
	enum sink_state state;
	const atomic_bool *cancel;
	struct error error;
};

/* FD stays the caller's.  CANCEL (may be NULL) ends writing when it becomes
 * true, a write that waits too if a signal interrupts it. */
void sink_start(struct sink *, int fd, bool terminal, enum show_set,
		const atomic_bool *cancel);

/* Writes what is waiting when it is much.  False when nothing more is taken;
 * the caller then stops. */
bool sink_turn(struct sink *);

/* Writes all that is waiting and frees the buffers.  False and ERR when
 * something could not be written; a reader that went away is no error. */
bool sink_finish(struct sink *, struct error *err);

/* Makes what was appended to `row` from offset FROM on fit for its reader:
 * leaves it to a program, sends it through text/show for a terminal. */
void sink_show(struct sink *, size_t from);

#endif
