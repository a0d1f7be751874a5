/* What is said on standard error: lines of text, sent through the one door. */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "store/store.h"
#include "text/show.h"

/* Appends `WHERE:LINE:COLUMN: what: why` and, where there are some, the hint;
 * no numbers where there is no place.  WHERE may be "acmtui". */
void messages_error(struct buffer *out, enum show_set, const char *where,
		    const struct error *);

/* The same for an error in a text that was given on the command line, with
 * that line of the text and a caret under its place. */
void messages_text_error(struct buffer *out, enum show_set, const char *where,
			 struct span text, const struct error *);

/* The same for a problem with a file, with its excerpt. */
void messages_problem(struct buffer *out, enum show_set, const char *file,
		      const struct store_problem *);

/* The last line of a run without a screen: `N events of M files, P problems,
 * U undecided`. */
void messages_last(struct buffer *out, const struct store_counts *,
		   uint64_t undecided);

#endif
