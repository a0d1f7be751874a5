/* What differs between the marked event and the selected one, a row a field. */
#include "screen/draw.h"

/* Three columns of about a third each. */
static int third(const struct app_area *area)
{
	return (area->columns - 4) / 3;
}

static void put_value(struct grid *g, struct grid_line *line, int width,
		      enum role role, const struct buffer *text)
{
	if (text->n > 0)
		grid_put(g, line->row, line->column, width, role, SHOW_MIDDLE,
			 buffer_span(text));
	else
		grid_put(g, line->row, line->column, width, ROLE_DIM, SHOW_END,
			 SPAN("(absent)"));
	grid_line_gap(line, width + 1);
}

static void draw_row(struct app *a, struct grid *g, size_t i, int row)
{
	const struct app_area *area = &a->places.overlay;
	const struct compare_row *r = &a->compare.row[i];
	struct grid_line line = draw_line(g, area, row);
	enum role role = r->changing ? ROLE_DIM : ROLE_TEXT;

	grid_line_gap(&line, 1);
	grid_put(g, line.row, line.column, third(area),
		 r->changing ? ROLE_DIM : ROLE_KEY, SHOW_TAIL,
		 buffer_span(&r->path));
	grid_line_gap(&line, third(area) + 1);
	put_value(g, &line, third(area), role, &r->old);
	put_value(g, &line, line.end - line.column, role, &r->new);
	if (i == a->compare_pane.cursor)
		draw_selected(g, area, row, true);
}

static void put_event(struct app *a, struct grid *g, struct grid_line *line,
		      struct store_event e)
{
	static const struct column_ref event = {.column = COLUMN_EVENT};
	int64_t time = segment_event(store_segment(a->store, e.segment),
				     e.index)->time;
	char text[STAMP_ROOM] = "";

	if (time != SEGMENT_NO_TIME)
		stamp_format(time, STAMP_SHORT, a->layout.zone, text);
	buffer_clear(&a->scratch);
	buffer_printf(&a->scratch, "%s ", text);
	columns_text(a->store, e, &event, &a->scratch);
	grid_put(g, line->row, line->column, third(&a->places.overlay),
		 ROLE_HEADING, SHOW_END, buffer_span(&a->scratch));
	grid_line_gap(line, third(&a->places.overlay) + 1);
}

void draw_compare(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.overlay;
	const struct pane *pane = &a->compare_pane;
	struct grid_line line = draw_rule(g, area, true);

	grid_line_printf(&line, ROLE_TITLE, " %zu field%s differ%s, %zu are "
			 "equal ", a->compare.count,
			 a->compare.count == 1 ? "" : "s",
			 a->compare.count == 1 ? "s" : "", a->compare.equal);
	if (area->rows < 3)
		return;
	line = draw_line(g, area, 1);
	grid_fill(g, line.row, line.column, area->columns, ROLE_HEADING);
	grid_line_gap(&line, 1);
	grid_put(g, line.row, line.column, third(area), ROLE_HEADING, SHOW_END,
		 SPAN("FIELD"));
	grid_line_gap(&line, third(area) + 1);
	put_event(a, g, &line, a->compare.old);
	put_event(a, g, &line, a->compare.new);
	for (size_t i = 0; i < pane->height && pane->top + i < pane->count;
	     i++)
		draw_row(a, g, pane->top + i, 2 + (int)i);
}
