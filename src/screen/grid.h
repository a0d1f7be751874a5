/* The screen as data: cells with a text, a width and a role.  Drawing writes
 * cells; a terminal shows them, a test compares them.
 *
 * Text comes in through text/show only, so no cell can hold what a terminal
 * would take for anything but text.  Nothing allocates but grid_resize. */
#ifndef SCREEN_GRID_H
#define SCREEN_GRID_H

#include "base/span.h"
#include "screen/theme.h"
#include "text/show.h"

#include <stdbool.h>
#include <stdint.h>

struct grid_cell {
	char text[SHOW_BYTES];  /* UTF-8 */
	uint8_t length;         /* in bytes */
	uint8_t width;          /* in columns; 0: the right half of the cell
				   before */
	uint8_t role;           /* enum role */
	uint8_t mark;           /* enum theme_mark, or'ed */
};

/* Zero-initialised is a grid without cells; all puts are clipped. */
struct grid {
	int rows, columns;
	enum show_set set;
	struct grid_cell *cells;
	int cursor_row, cursor_column;  /* of the terminal's cursor, which is
					   what is read out; -1: anywhere */
	bool cursor_seen;
};

/* Signs of our own that have no place in ASCII, each with a twin there. */
enum grid_sign {
	GRID_SELECTED_ROW,      /* before the selected row */
	GRID_FOLDED,
	GRID_UNFOLDED,
	GRID_ASCENDING,
	GRID_DESCENDING,
	GRID_RULE,
	GRID_DIVIDER,
	GRID_BETWEEN,           /* between terms of the filter */
	GRID_MORE,              /* columns off the screen, at the right */
	GRID_BEFORE,            /* at the left */
	GRID_TO,                /* between the ends of a range */
	GRID_FULL,              /* a column of a bar that is filled */
	GRID_CARET,
	GRID_TIMES,             /* before how many events a row stands for */
	GRID_MARK,              /* before a row that is marked */
	GRID_SELECTED_MARK,     /* before the selected row, when it is */
	GRID_SIGNS
};

/* Also clears.  Sizes below 1 are 1. */
void grid_resize(struct grid *, int rows, int columns);
void grid_clear(struct grid *);
void grid_free(struct grid *);

const struct grid_cell *grid_cell(const struct grid *, int row, int column);

/* Writes TEXT into the WIDTH columns from COLUMN on, cut where it does not
 * fit; answers how many columns it took.  Half a wide character becomes a
 * blank. */
int grid_put(struct grid *, int row, int column, int width, enum role,
	     enum show_cut, struct span text);

/* Blanks in a role. */
void grid_fill(struct grid *, int row, int column, int width, enum role);

void grid_put_sign(struct grid *, int row, int column, enum role,
		   enum grid_sign);

/* The sign as text in the character set of the grid. */
const char *grid_sign_text(const struct grid *, enum grid_sign);

/* A bar of which PART (0 to 1) is filled, to an eighth of a column. */
void grid_put_bar(struct grid *, int row, int column, int columns,
		  double part);

/* Sets marks on cells that are there. */
void grid_mark(struct grid *, int row, int column, int width, unsigned mark);

/* A line that is written from left to right, up to END. */
struct grid_line {
	struct grid *grid;
	int row, column, end;
};

void grid_line_text(struct grid_line *, enum role, const char *text);
void grid_line_span(struct grid_line *, enum role, struct span text);
void grid_line_sign(struct grid_line *, enum role, enum grid_sign);
void grid_line_gap(struct grid_line *, int columns);
void grid_line_printf(struct grid_line *, enum role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The columns that TEXT takes, as grid_put would show it; at most LIMIT + 1. */
int grid_width(const struct grid *, struct span text, int limit);

#endif
