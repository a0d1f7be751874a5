/* The one door for text that people see: on the screen, on standard error, in
 * tables, in file names inside messages.  Raw bytes go in, cells come out that
 * no terminal can take for anything but text, each one or two columns wide.
 *
 * What cannot be seen, reorders what can be seen, or has no sure width is
 * written out as an escape, in pieces of one column each:
 *   \n \r \t      line feed, carriage return, tab
 *   \u001b        any other code point up to FFFF, in four digits: controls,
 *                 DEL, C1, bidi, zero-width and other format characters,
 *                 variation selectors, fillers, separators, every space but
 *                 U+0020, private use, what Unicode does not assign, and the
 *                 few characters whose width terminals do not agree about
 *                 (flags, skin tones, hexagrams)
 *   \U000e0041    the same above FFFF, in eight digits
 *   \ud800        a lone surrogate (the bytes ED A0 80)
 *   \xff          a byte that is not UTF-8
 * A base character keeps two combining marks; further ones, and marks without
 * a base, are escaped.  A backslash of the text stays as it is: only the KIND
 * of a cell tells `\n` written by someone from a line feed, so the grid draws
 * escapes in a role of their own, and exact text is what the formats for
 * programs are for.
 *
 * Widths come from utf8proc, never from the locale.  Nothing allocates but
 * where an OUT buffer grows. */
#ifndef TEXT_SHOW_H
#define TEXT_SHOW_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdint.h>

/* What the output can show. */
enum show_set {
	SHOW_UNICODE,
	SHOW_ASCII        /* what is not ASCII is escaped too, all of it */
};

/* Where text that is too wide is cut.  The cut is a cell `…`, in ASCII `~`. */
enum show_cut {
	SHOW_END,
	SHOW_MIDDLE,      /* the head keeps the odd column */
	SHOW_TAIL         /* the tail is kept */
};

enum show_kind {
	SHOW_PLAIN,       /* stands for itself */
	SHOW_ESCAPE,      /* a piece of an escape */
	SHOW_ELLIPSIS     /* stands for what was cut */
};

enum { SHOW_BYTES = 15 };

struct show_cell {
	size_t from, to;             /* offsets in the raw text of what it
					stands for */
	char text[SHOW_BYTES + 1];   /* UTF-8, NUL behind it */
	uint8_t length;              /* of the text, in bytes */
	uint8_t width;               /* in columns, 1 or 2 */
	uint8_t kind;                /* enum show_kind */
};

/* A way through the raw text; private. */
struct show_walk {
	const char *from, *to;       /* of what is being escaped */
	const char *next;
	char escape[10];
	uint8_t escape_at, escape_length;
};

/* Cells in order.  Keep the raw text while it is used; the members are
 * private. */
struct show {
	struct span raw;
	enum show_set set;
	struct show_walk head, tail;
	size_t head_columns;         /* still free before the cut */
	uint8_t part;
};

/* All of RAW. */
void show_start(struct show *, struct span raw, enum show_set);

/* As much of RAW as fits into COLUMNS, with the cut marked.  A wide character
 * is never split: the cells may end a column early, in the middle too.  Takes
 * time by COLUMNS, however long RAW is. */
void show_start_cut(struct show *, struct span raw, enum show_set,
		    enum show_cut, size_t columns);

/* The next cell; false at the end. */
bool show_next(struct show *, struct show_cell *);

/* The columns that RAW takes; when they are more than LIMIT, some number above
 * LIMIT, without reading on. */
size_t show_width(struct span raw, enum show_set, size_t limit);

/* Appends all of RAW as text. */
void show_write(struct span raw, enum show_set, struct buffer *out);

/* Appends RAW cut to COLUMNS and filled up with blanks to exactly that. */
void show_write_fitted(struct span raw, enum show_set, enum show_cut,
		       size_t columns, struct buffer *out);

/* Whether all of RAW stands for itself in SHOW_UNICODE. */
bool show_is_plain(struct span raw);

/* The version of utf8proc. */
const char *show_version(void);

#endif
