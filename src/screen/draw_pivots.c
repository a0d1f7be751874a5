/* What p offers, with counts as soon as they are known. */
#include "screen/draw.h"

/* Counts have room before the names of what is counted. */
static int name_width(const struct grid *g)
{
	return g->columns < DRAW_NARROW ? 14 : 23;
}

static int count_width(const struct grid *g)
{
	return g->columns < DRAW_NARROW ? 8 : 11;
}

static void draw_count(struct app *a, struct grid_line *line, uint64_t count,
		       bool offered)
{
	char number[DRAW_NUMBER];
	const char *text = !a->pivots.counted ? "..."
			   : draw_number(count, number);
	int gap = count_width(line->grid) - (int)strlen(text);

	grid_line_gap(line, gap > 0 ? gap : 1);
	grid_line_text(line, offered ? ROLE_TALLY : ROLE_DIM, text);
}

static void draw_row(struct app *a, struct grid *g, size_t i, int row)
{
	const struct pivot *p = &a->pivots.list.pivot[i];
	struct grid_line line = draw_line(g, &a->places.overlay, row);

	grid_line_gap(&line, 2);
	if (p->letter)
		grid_line_printf(&line, ROLE_KEY, "%c %c   ", p->letter,
				 p->letter - 'a' + 'A');
	else
		grid_line_text(&line, ROLE_KEY, "Enter ");
	grid_put(g, line.row, line.column, name_width(g), ROLE_TEXT, SHOW_END,
		 span_of(p->name));
	grid_line_gap(&line, name_width(g));
	draw_count(a, &line, p->shown, p->shown > 0);
	draw_count(a, &line, p->all, true);
	grid_line_gap(&line, 2);
	if (line.column < line.end)
		grid_put(g, line.row, line.column, line.end - line.column,
			 ROLE_DIM, SHOW_MIDDLE, span_of(p->filter));
	if (i == a->pivots.pane.cursor)
		draw_selected(g, &a->places.overlay, row, true);
}

void draw_pivots(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.overlay;
	const struct pane *pane = &a->pivots.pane;
	struct grid_line line = draw_rule(g, area, true);

	grid_line_text(&line, ROLE_TITLE, " all events with the same ... ");
	line = draw_line(g, area, 1);
	grid_line_gap(&line, 2);
	grid_line_printf(&line, ROLE_HEADING, "%*s%*s%*s  %s",
			 6 + name_width(g), "", count_width(g), "shown",
			 count_width(g), "all", "as filter");
	for (size_t i = 0; i < pane->height && pane->top + i < pane->count;
	     i++)
		draw_row(a, g, pane->top + i, 2 + (int)i);
}
