/* From the app's state to cells.  Each part draws in its own area; nothing
 * changes but the grid and the app's scratch buffers. */
#ifndef SCREEN_DRAW_H
#define SCREEN_DRAW_H

#include "screen/app_parts.h"
#include "screen/grid.h"
#include "text/decimal.h"

void draw_header(struct app *, struct grid *);
void draw_strip(struct app *, struct grid *);
/* Appends what the span under the cursor, or the range, holds. */
void draw_tell_span(const struct app *, struct buffer *out);
void draw_filter(struct app *, struct grid *);
/* The line that is typed, from where its cursor is seen, and the cursor;
 * returns the byte that it is shown from. */
size_t draw_typed(const struct app *, struct grid_line *);
void draw_offers(struct app *, struct grid *);
void draw_menu(struct app *, struct grid *);
void draw_status(struct app *, struct grid *);
/* Appends what to press here, as much as there are columns for; OUT is empty
 * before. */
void draw_tell_hints(const struct app *, const struct grid *, int columns,
		     struct buffer *out);
void draw_events(struct app *, struct grid *);
void draw_divider(const struct app *, struct grid *);
void draw_tree(struct app *, struct grid *);
void draw_help(struct app *, struct grid *);
/* Hits are marked for a few ms from now on, so that no pattern holds up a
 * frame; and those in what was drawn in WIDTH columns. */
void draw_begin_hits(struct app *);
void draw_hits(struct app *, struct grid *, int row, int column, int width);
/* In the lines below an area's title. */
void draw_hits_below(struct app *, struct grid *, const struct app_area *);
void draw_raw(struct app *, struct grid *);
/* Lines of a text, from line ROW of the area on. */
void draw_page(struct grid *, const struct app_area *, int row,
	       const struct page *);
void draw_columns(struct app *, struct grid *);
void draw_overview(struct app *, struct grid *);
void draw_pivots(struct app *, struct grid *);
void draw_compare(struct app *, struct grid *);
void draw_values(struct app *, struct grid *);
void draw_problems(struct app *, struct grid *);
void draw_reveal(struct app *, struct grid *);

enum { DRAW_NARROW = 60 };      /* columns: lists leave out what they can */

/* 1,204,331 */
enum { DRAW_NUMBER = DECIMAL_GROUPED };
const char *draw_number(uint64_t, char out[DRAW_NUMBER]);

/* 1.2M */
const char *draw_short_number(uint64_t, char out[DRAW_NUMBER]);

/* Row ROW of an area, to write on. */
struct grid_line draw_line(struct grid *, const struct app_area *, int row);

/* `── TITLE ────`: the line to write the title on. */
struct grid_line draw_rule(struct grid *, const struct app_area *, bool focus);

/* `‹ 2 +3 ›` at the end of a line of titles: how many columns are off the
 * screen at the left and at the right. */
void draw_off_screen(struct grid_line, size_t left, size_t right);

/* The sign before a selected row, and the row's marks. */
void draw_selected(struct grid *, const struct app_area *, int row,
		   bool focus);

#endif
