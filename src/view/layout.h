/* Which columns, in which order and how wide: of the event list and of tables;
 * and what is drawn in them. */
#ifndef VIEW_LAYOUT_H
#define VIEW_LAYOUT_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "store/store.h"
#include "text/show.h"
#include "text/stamp.h"
#include "trail/columns.h"

#include <stdbool.h>
#include <stddef.h>

struct layout_column {
	struct column_ref ref;
	enum show_cut cut;
	size_t want;            /* columns of its widest text, as far as
				   measured, its title's at least; 0: not
				   measured */
	size_t least;           /* of its widest address: one that is cut is
				   another; 0: not measured, or none */
	int wider;              /* than it would be, as the user wants it */
	bool off;               /* scrolled off: it is to have no room */
	size_t width;           /* as fitted; 0: no room */
};

struct layout {
	struct layout_column *column;
	size_t count;
	size_t main;            /* the first ones, which are told before any
				   address is told in full; 0: all */
	enum stamp_form form;   /* of times, as fitted */
	enum stamp_zone zone;
	bool relative;          /* times are told from ORIGIN on, in ms */
	int64_t origin;
	enum show_set set;
	bool waiting;           /* findings are not known yet: their column is
				   blank */
};

/* The columns of a list as columns_next has it.  False and ERR with the place in
 * LIST when one is unknown or there is none.  Free with layout_free. */
bool layout_parse(struct layout *, struct span list, struct error *err);

/* Appends such a list, which layout_parse reads as the same columns. */
void layout_names(const struct layout *, struct buffer *out);

/* The usual columns for a screen of WIDTH columns; 0: for a pipe. */
void layout_usual(struct layout *, size_t width);

/* Adds, behind them, the usual columns that a wider screen would have. */
void layout_add_usual(struct layout *);

/* Takes COLUMN behind the others. */
void layout_add(struct layout *, struct column_ref column);
void layout_remove(struct layout *, size_t i);

/* Times and characters as in the other one. */
void layout_carry(const struct layout *from, struct layout *to);

struct layout layout_copy(const struct layout *);
void layout_free(struct layout *);

/* Looks at N events for the width that each column wants. */
void layout_measure(struct layout *, const struct store *,
		    const struct store_event *, size_t n);

/* Shares WIDTH among the columns, one blank between two: first what each needs
 * at least, as many columns as have room, then what is left to those that want
 * more.  YEARS: the events are of more than one, so times show it also where
 * room is scarce.  Addresses are not cut, unless that leaves a main column
 * without room.  Answers how many columns have room, those off among them. */
size_t layout_fit(struct layout *, size_t width, bool years);

/* Appends what is drawn of an event in column I, raw: still to be sent through
 * text/show. */
void layout_text(const struct layout *, size_t i, const struct store *,
		 struct store_event, struct buffer *out);

/* Appends the title over column I. */
void layout_title(const struct layout *, size_t i, struct buffer *out);

#endif
