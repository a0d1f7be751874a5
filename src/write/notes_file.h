/* The file of --notes: marks and notes as lines of text that are only ever
 * appended to, made to be read, sorted and merged by hand.  A line is
 *
 *   WHEN TAB EVENTID TAB VERB TAB TEXT
 *
 * WHEN is UTC (2026-11-12T09:30:00.123Z); VERB is `mark`, where TEXT says for
 * readers which event it is, `unmark`, or `note`, whose empty TEXT takes the
 * note away.  `\t`, `\n` and `\\` stand for a tab, a line break and a
 * backslash.  For each event the latest line of its kind holds, wherever it
 * stands; lines that begin with # do not count. */
#ifndef WRITE_NOTES_FILE_H
#define WRITE_NOTES_FILE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "store/notes.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>

struct notes_file {
	int fd;                 /* to append to; -1: none */
	struct buffer text;     /* what it held when it was opened */
	bool open_line;         /* its last line lacks its end */
};

/* Opens the file, made with mode 0600 if there is none, and reads it; not
 * WRITABLE: it must be there.  A link or what is no regular file is refused.
 * Close with notes_file_close in both cases. */
bool notes_file_open(struct notes_file *, const char *path, bool writable,
		     struct error *err);
void notes_file_close(struct notes_file *);

/* A new one, as write/export makes them; closed likewise. */
bool notes_file_create(struct notes_file *, const char *folder,
		       struct span name, struct error *err);

/* Reads such lines into NOTES (NULL: only looks); answers how many were not
 * understood. */
size_t notes_file_read(struct span text, struct notes *);

/* Appends the line that says so to OUT, and nothing else. */
void notes_file_add_mark(const struct store *, struct store_event,
			 struct span id, bool marked, int64_t when,
			 struct buffer *out);
void notes_file_add_text(struct span id, struct span text, int64_t when,
			 struct buffer *out);

/* Writes LINES behind all others; when it returns true they are on the disk. */
bool notes_file_append(struct notes_file *, struct span lines,
		       struct error *err);

#endif
