/* Looks ahead, from a place where JSON broke, for the next whole record: a `{`
 * behind `[`, `,` or a line break from which the strict scan reads a record.
 * Brackets are never counted: a missing quote would make every count wrong. */
#ifndef LOAD_PROBE_H
#define LOAD_PROBE_H

#include "load/window.h"

#include <stdbool.h>

struct probe;

struct probe *probe_new(void);
void probe_free(struct probe *);

/* Begins a new search: nothing behind the next place was looked at yet. */
void probe_start(struct probe *);

/* The next whole record behind AT, or the end of the window when there is none
 * and LAST says that nothing follows.  False when more bytes are needed; asked
 * again with them, it goes on where it was.  Right behind AT, where a comma may
 * have been damaged, any `{` will do. */
bool probe_next(struct probe *, const struct window *, const char *at,
		bool last, const char **found);

#endif
