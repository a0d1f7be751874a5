/* Marks what holds the pattern that is searched for, in what is on the screen:
 * cells that were drawn are read again. */
#include "screen/draw.h"

#include "base/clock.h"

enum { BUDGET_MS = 6 };         /* of work a frame, whatever the pattern */

void draw_begin_hits(struct app *a)
{
	a->search.until = clock_worked_ms() + BUDGET_MS;
}

/* Marks the cells that bytes [start, end) of the row's text stand in. */
static void mark(struct grid *g, int row, int column, int width, size_t start,
		 size_t end)
{
	size_t at = 0;

	for (int i = column; i < column + width && at < end; i++) {
		const struct grid_cell *cell = grid_cell(g, row, i);

		if (at + cell->length > start)
			grid_mark(g, row, i, 1, THEME_HIT);
		at += cell->length;
	}
}

void draw_hits(struct app *a, struct grid *g, int row, int column, int width)
{
	size_t from = 0, start, end;
	struct span text;

	if (!a->search.hits.match || clock_worked_ms() > a->search.until)
		return;
	if (column + width > g->columns)
		width = g->columns - column;
	buffer_clear(&a->scratch2);
	for (int i = column; i < column + width; i++) {
		const struct grid_cell *cell = grid_cell(g, row, i);

		buffer_add(&a->scratch2, cell->text, cell->length);
	}
	text = buffer_span(&a->scratch2);
	while (text.n > 0 && text.p[text.n - 1] == ' ')
		text.n--;
	while (from < text.n &&
	       search_find(&a->search.hits, text, from, &start, &end)) {
		mark(g, row, column, width, start, end);
		from = end > from ? end : from + 1;
	}
}

void draw_hits_below(struct app *a, struct grid *g,
		     const struct app_area *area)
{
	for (int row = 1; row < area->rows; row++)
		draw_hits(a, g, area->row + row, area->column + 1,
			  area->columns - 1);
}
