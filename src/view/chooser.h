/* The list in which columns are chosen: those of a layout in their order, then
 * all others.  What is chosen changes the layout at once. */
#ifndef VIEW_CHOOSER_H
#define VIEW_CHOOSER_H

#include "base/error.h"
#include "base/span.h"
#include "view/layout.h"
#include "view/pane.h"

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialised is an empty list. */
struct chooser {
	struct pane pane;
};

/* How many of a layout's columns are chosen, and not only what a wider screen
 * would have. */
size_t chooser_chosen(const struct layout *);

/* Counts the rows anew. */
void chooser_refresh(struct chooser *, const struct layout *);

/* The column of row I; free with columns_free. */
struct column_ref chooser_column(const struct layout *, size_t i);

/* The column under the cursor joins the others, behind them, or leaves them.
 * False when it is the last one. */
bool chooser_toggle(struct chooser *, struct layout *);

/* Moves it by one place, to the left when DIRECTION is -1.  False at the end,
 * and for one that is not chosen. */
bool chooser_move(struct chooser *, struct layout *, int direction);

/* Makes it wider by so many columns of the screen, or narrower.  False for one
 * that is not chosen. */
bool chooser_widen(struct chooser *, struct layout *, int by);

/* Adds the column or JSON path of that name behind the others. */
bool chooser_add(struct chooser *, struct layout *, struct span name,
		 struct error *err);

#endif
