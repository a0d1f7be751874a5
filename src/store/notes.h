/* What whoever looks has noted of events, by eventID: marks, and a line of text
 * each.  Any thread may ask while one changes it.  Knows no file. */
#ifndef STORE_NOTES_H
#define STORE_NOTES_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct notes;

struct notes *notes_new(void);
void notes_free(struct notes *);

/* WHEN: ms since 1970 UTC.  What is older than what is known of that event
 * changes nothing, so the order in which lines are read does not matter.  An
 * empty TEXT takes the note away. */
void notes_mark(struct notes *, struct span id, bool marked, int64_t when);
void notes_write(struct notes *, struct span id, struct span text,
		 int64_t when);

/* Whether the event is marked; one with a note is. */
bool notes_marked(struct notes *, struct span id);

/* Appends its note; false: it has none. */
bool notes_text(struct notes *, struct span id, struct buffer *out);

/* The time for what is noted NOW (ms since 1970 UTC): later than all that is
 * noted, whatever the clocks of those who noted it. */
int64_t notes_when(struct notes *, int64_t now);

/* How many events are marked, and how many of them have a note. */
void notes_count(struct notes *, size_t *marked, size_t *noted);

#endif
