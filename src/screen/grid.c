/* Cells.  Owns the array of them; must not know a terminal, a store or what the
 * text means. */
#define _DEFAULT_SOURCE
#include "screen/grid.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *unicode, *ascii;
} signs[GRID_SIGNS] = {
	[GRID_SELECTED_ROW] = {"\u258c", ">"},
	[GRID_FOLDED] = {"\u25b8", "+"},
	[GRID_UNFOLDED] = {"\u25be", "-"},
	[GRID_ASCENDING] = {"\u25b2", "^"},
	[GRID_DESCENDING] = {"\u25bc", "v"},
	[GRID_RULE] = {"\u2500", "-"},
	[GRID_DIVIDER] = {"\u2502", "|"},
	[GRID_BETWEEN] = {"\u2506", "|"},
	[GRID_MORE] = {"\u203a", ">"},
	[GRID_BEFORE] = {"\u2039", "<"},
	[GRID_TO] = {"\u2013", "-"},
	[GRID_FULL] = {"\u2588", "#"},
	[GRID_CARET] = {"^", "^"},
	[GRID_TIMES] = {"\u00d7", "x"},
	[GRID_MARK] = {"\u25c6", "*"},
	[GRID_SELECTED_MARK] = {"\u25c8", "#"},
};

static struct grid_cell blank(enum role role)
{
	return (struct grid_cell){.text = " ", .length = 1, .width = 1,
				  .role = (uint8_t)role};
}

void grid_clear(struct grid *g)
{
	struct grid_cell cell = blank(ROLE_TEXT);
	size_t n = (size_t)g->rows * (size_t)g->columns;

	for (size_t i = 0; i < n; i++)
		g->cells[i] = cell;
	g->cursor_row = g->cursor_column = -1;
	g->cursor_seen = false;
}

/* A secret may have stood in them. */
static void free_cells(struct grid *g)
{
	if (g->cells)
		explicit_bzero(g->cells, (size_t)g->rows * (size_t)g->columns *
					 sizeof(*g->cells));
	free(g->cells);
	g->cells = NULL;
}

void grid_resize(struct grid *g, int rows, int columns)
{
	free_cells(g);
	g->rows = rows > 0 ? rows : 1;
	g->columns = columns > 0 ? columns : 1;
	g->cells = memory_clear(memory_multiply((size_t)g->rows,
						(size_t)g->columns),
				sizeof(*g->cells));
	grid_clear(g);
}

void grid_free(struct grid *g)
{
	free_cells(g);
	*g = (struct grid){0};
}

static struct grid_cell *at(const struct grid *g, int row, int column)
{
	return &g->cells[(size_t)row * (size_t)g->columns + (size_t)column];
}

const struct grid_cell *grid_cell(const struct grid *g, int row, int column)
{
	return at(g, row, column);
}

/* Clips [*column, *column + *width) to the grid; false when nothing is left. */
static bool clip(const struct grid *g, int row, int *column, int *width)
{
	if (row < 0 || row >= g->rows || *column >= g->columns || *width <= 0)
		return false;
	if (*column < 0) {
		*width += *column;
		*column = 0;
	}
	if (*width > g->columns - *column)
		*width = g->columns - *column;
	return *width > 0;
}

/* Before [from, to) is written: a wide character that reaches over an edge
 * loses its other half. */
static void free_edges(struct grid *g, int row, int from, int to)
{
	if (from > 0 && at(g, row, from)->width == 0)
		*at(g, row, from - 1) = blank(at(g, row, from - 1)->role);
	if (to < g->columns && at(g, row, to)->width == 0)
		*at(g, row, to) = blank(at(g, row, to)->role);
}

void grid_fill(struct grid *g, int row, int column, int width, enum role role)
{
	if (!clip(g, row, &column, &width))
		return;
	free_edges(g, row, column, column + width);
	for (int i = 0; i < width; i++)
		*at(g, row, column + i) = blank(role);
}

static enum role shown_role(enum role role, const struct show_cell *cell)
{
	return cell->kind == SHOW_ESCAPE ? ROLE_ESCAPE : role;
}

int grid_put(struct grid *g, int row, int column, int width, enum role role,
	     enum show_cut cut, struct span text)
{
	struct show show;
	struct show_cell cell;
	int used = 0;

	if (column < 0 || !clip(g, row, &column, &width))
		return 0;
	show_start_cut(&show, text, g->set, cut, (size_t)width);
	while (show_next(&show, &cell) && used + cell.width <= width) {
		struct grid_cell *to = at(g, row, column + used);

		free_edges(g, row, column + used, column + used + cell.width);
		*to = (struct grid_cell){
			.length = cell.length,
			.width = cell.width,
			.role = (uint8_t)shown_role(role, &cell),
		};
		memcpy(to->text, cell.text, cell.length);
		if (cell.width == 2) {
			to[1] = to[0];
			to[1].length = to[1].width = 0;
		}
		used += cell.width;
	}
	return used;
}

const char *grid_sign_text(const struct grid *g, enum grid_sign sign)
{
	return g->set == SHOW_ASCII ? signs[sign].ascii : signs[sign].unicode;
}

void grid_put_sign(struct grid *g, int row, int column, enum role role,
		   enum grid_sign sign)
{
	grid_put(g, row, column, 1, role, SHOW_END,
		 span_of(grid_sign_text(g, sign)));
}

void grid_put_bar(struct grid *g, int row, int column, int columns,
		  double part)
{
	static const char *const eighths[8] = {
		" ", "\u258f", "\u258e", "\u258d", "\u258c", "\u258b",
		"\u258a", "\u2589",
	};
	int filled = (int)(part * columns * 8 + 0.5);

	filled = filled < 0 ? 0 : filled > columns * 8 ? columns * 8 : filled;
	for (int i = 0; i < columns; i++, filled -= 8) {
		const char *text = eighths[0];

		if (filled >= 8)
			text = grid_sign_text(g, GRID_FULL);
		else if (filled > 0 && g->set == SHOW_UNICODE)
			text = eighths[filled];
		grid_put(g, row, column + i, 1, ROLE_BAR, SHOW_END,
			 span_of(text));
	}
}

void grid_mark(struct grid *g, int row, int column, int width, unsigned mark)
{
	if (!clip(g, row, &column, &width))
		return;
	for (int i = 0; i < width; i++)
		at(g, row, column + i)->mark |= (uint8_t)mark;
}

void grid_line_span(struct grid_line *l, enum role role, struct span text)
{
	if (l->end > l->column)
		l->column += grid_put(l->grid, l->row, l->column,
				      l->end - l->column, role, SHOW_END,
				      text);
}

void grid_line_text(struct grid_line *l, enum role role, const char *text)
{
	grid_line_span(l, role, span_of(text));
}

void grid_line_sign(struct grid_line *l, enum role role, enum grid_sign sign)
{
	grid_line_text(l, role, grid_sign_text(l->grid, sign));
}

void grid_line_gap(struct grid_line *l, int columns)
{
	l->column += columns;
}

void grid_line_printf(struct grid_line *l, enum role role, const char *format,
		      ...)
{
	char text[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	grid_line_text(l, role, text);
}

int grid_width(const struct grid *g, struct span text, int limit)
{
	size_t width = show_width(text, g->set, (size_t)limit);

	return width > (size_t)limit ? limit + 1 : (int)width;
}
