/* The list in which columns are chosen, laid over the panes. */
#include "screen/draw.h"

static void draw_row(struct app *a, struct grid *g, size_t i, int row)
{
	struct grid_line line = draw_line(g, &a->places.overlay, row);
	bool chosen = i < chooser_chosen(&a->layout);
	struct column_ref ref = chooser_column(&a->layout, i);
	int sorted = list_sorted_by(&a->list, &ref);
	int wider = chosen ? a->layout.column[i].wider : 0;

	grid_line_gap(&line, 2);
	grid_line_text(&line, chosen ? ROLE_TALLY : ROLE_DIM,
		       chosen ? "[x] " : "[ ] ");
	buffer_clear(&a->scratch);
	columns_name(&ref, &a->scratch);
	grid_put(g, line.row, line.column, 18, chosen ? ROLE_KEY : ROLE_DIM,
		 SHOW_MIDDLE, buffer_span(&a->scratch));
	grid_line_gap(&line, 19);
	if (sorted)
		grid_put_sign(g, line.row, line.column, ROLE_TALLY,
			      sorted > 0 ? GRID_ASCENDING : GRID_DESCENDING);
	grid_line_gap(&line, 2);
	if (wider)
		grid_line_printf(&line, ROLE_TALLY, "%+d ", wider);
	grid_line_text(&line, ROLE_TEXT, ref.column == COLUMN_PATH
		       ? "what stands there" : columns_info(ref.column)->help);
	columns_free(&ref);
	if (i == a->chooser.pane.cursor)
		draw_selected(g, &a->places.overlay, row, true);
}

void draw_columns(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.overlay;
	const struct pane *pane = &a->chooser.pane;
	struct grid_line line = draw_rule(g, area, true);

	grid_line_printf(&line, ROLE_TITLE, " %zu columns, from the left ",
			 chooser_chosen(&a->layout));
	for (size_t i = 0; i < pane->height && pane->top + i < pane->count;
	     i++)
		draw_row(a, g, pane->top + i, 1 + (int)i);
}
