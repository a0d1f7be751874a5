/* Files that are read again: which events of the old reading still stand, which
 * of the new one are these once more, and which are gone.  As far as both tell
 * the same from the beginning, the old events stay, and whoever looks at one
 * goes on looking at it; from the first difference on the new reading counts.
 * Knows no lock: one thread at a time, but for again_close. */
#ifndef STORE_AGAIN_H
#define STORE_AGAIN_H

#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

struct again;

struct again *again_new(void);
void again_free(struct again *);

/* What is published now was read before what follows. */
void again_start(struct again *, const struct store *);

/* File INPUT is read once more. */
void again_open(struct again *, const struct store *, uint32_t input);

/* Whether the event, which comes in the order of its file, is one of the old
 * reading once more, in its place; then it is gone. */
bool again_repeats(struct again *, const struct store *, struct store_event);

/* The file was read; WHOLE: to its end.  By whoever read it, at any time. */
void again_close(struct again *, uint32_t input, bool whole);

/* Whether that happened since again_start, to a file that was read before. */
bool again_was_read(const struct again *, uint32_t input);

/* Events of old readings that the new ones tell no more are gone; whether there
 * are any.  Of a file that was not read to its end those behind stay. */
bool again_settle(struct again *, const struct store *);

/* Told no more, or told twice. */
bool again_gone(const struct again *, struct store_event);

#endif
