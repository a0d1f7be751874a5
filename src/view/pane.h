/* The arithmetic that every list shares: which rows are on the screen and
 * which one is selected. */
#ifndef VIEW_PANE_H
#define VIEW_PANE_H

#include <stddef.h>

/* Always: cursor < count or count == 0; top <= cursor; and with height > 0
 * cursor < top + height.  No row below the last is shown while there is one
 * above the first that is not. */
struct pane {
	size_t count;
	size_t height;          /* rows on the screen; may be 0 */
	size_t top;
	size_t cursor;
};

void pane_set_count(struct pane *, size_t count);
void pane_set_height(struct pane *, size_t height);

/* To a row, clipped to those there are; scrolls as little as possible. */
void pane_go(struct pane *, size_t row);

/* Down by ROWS, up when negative. */
void pane_move(struct pane *, long rows);

/* Likewise what is seen, and the cursor with it, so that it keeps its place on
 * the screen until an end is reached. */
void pane_scroll(struct pane *, long rows);

/* Scrolls by PAGES times the height less one, or half of it: what was at the edge
 * stays in sight. */
void pane_move_pages(struct pane *, long pages);
void pane_move_halves(struct pane *, long halves);

/* To a row that is shown, where possible, OFFSET rows below the top; or as many
 * as the cursor is now. */
void pane_put(struct pane *, size_t row, size_t offset);
void pane_carry(struct pane *, size_t row);

#endif
