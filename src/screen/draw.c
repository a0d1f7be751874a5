/* What all parts draw with: numbers, lines, the marks of a selected row. */
#include "screen/draw.h"

#include <inttypes.h>
#include <stdio.h>

const char *draw_number(uint64_t n, char out[DRAW_NUMBER])
{
	return decimal_group(n, out);
}

const char *draw_short_number(uint64_t n, char out[DRAW_NUMBER])
{
	static const struct {
		uint64_t one;
		char letter;
	} units[] = {{1000000000, 'G'}, {1000000, 'M'}, {10000, 'k'}};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		uint64_t one = units[i].letter == 'k' ? 1000 : units[i].one;

		if (n < units[i].one)
			continue;
		snprintf(out, DRAW_NUMBER, "%" PRIu64 ".%u%c", n / one,
			 (unsigned)(n % one * 10 / one), units[i].letter);
		return out;
	}
	return draw_number(n, out);
}

struct grid_line draw_line(struct grid *g, const struct app_area *area,
			   int row)
{
	return (struct grid_line){g, area->row + row, area->column,
				  area->column + area->columns};
}

struct grid_line draw_rule(struct grid *g, const struct app_area *area,
			   bool focus)
{
	struct grid_line line = draw_line(g, area, 0);
	enum role role = focus ? ROLE_TALLY : ROLE_RULE;

	for (int i = 0; i < area->columns; i++)
		grid_put_sign(g, area->row, area->column + i, role, GRID_RULE);
	grid_line_gap(&line, 3);
	return line;
}

static int digits(size_t n)
{
	return n > 9 ? 2 : 1;
}

void draw_off_screen(struct grid_line line, size_t left, size_t right)
{
	int width = 1 + (left ? 3 + digits(left) : 0) +
		    (right ? 3 + digits(right) : 0);

	if (left + right == 0 || line.end - line.column < 20)
		return;
	line.column = line.end - width;
	grid_line_text(&line, ROLE_HINT, " ");
	if (left) {
		grid_line_sign(&line, ROLE_HINT, GRID_BEFORE);
		grid_line_printf(&line, ROLE_HINT, " %zu ", left);
	}
	if (right) {
		grid_line_printf(&line, ROLE_HINT, "+%zu ", right);
		grid_line_sign(&line, ROLE_HINT, GRID_MORE);
	}
}

void draw_selected(struct grid *g, const struct app_area *area, int row,
		   bool focus)
{
	grid_put_sign(g, area->row + row, area->column, ROLE_TALLY,
		      GRID_SELECTED_ROW);
	grid_mark(g, area->row + row, area->column, area->columns,
		  focus ? THEME_SELECTED : THEME_AWAY);
	if (focus && !g->cursor_seen && area->row + row < g->rows &&
	    area->column < g->columns) {
		g->cursor_row = area->row + row;
		g->cursor_column = area->column;
	}
}

void draw_divider(const struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.tree;

	if (a->places.divider < 0)
		return;
	for (int i = 0; i < area->rows; i++)
		grid_put_sign(g, area->row + i, a->places.divider, ROLE_RULE,
			      GRID_DIVIDER);
}
