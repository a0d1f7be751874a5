/* The values of a field, a row each: how many events have it, of those shown and
 * of all, a bar, and when it was seen first. */
#include "screen/draw.h"

#include <inttypes.h>

enum { LONG = 9, WIDE = 100 };

/* No value is in more events than there are. */
static int number_width(const struct app *a)
{
	char number[DRAW_NUMBER];
	int width = (int)strlen(draw_number(a->counts.events, number));

	return width < (int)strlen("SHOWN") ? (int)strlen("SHOWN")
	       : width < LONG ? width : LONG;
}

static void put_number(const struct app *a, struct grid_line *line,
		       enum role role, uint64_t n)
{
	char number[DRAW_NUMBER];

	grid_line_printf(line, role, " %*s", number_width(a),
			 n < 10000000 ? draw_number(n, number)
				      : draw_short_number(n, number));
}

/* Three digits, rounded, but for what is not quite none, or all. */
static void put_share(struct grid_line *line, enum role role, uint64_t part,
		      uint64_t whole)
{
	unsigned percent = whole ? (unsigned)((part * 100 + whole / 2) / whole)
				 : 0;

	if (percent == 0 && part > 0)
		grid_line_text(line, role, "   <1%");
	else if (percent == 100 && part < whole)
		grid_line_text(line, role, "  >99%");
	else
		grid_line_printf(line, role, " %4u%%", percent);
}

static void put_first(struct app *a, struct grid_line *line, int64_t time)
{
	bool wide = a->places.overlay.columns >= WIDE;
	char text[STAMP_ROOM];

	text[0] = '\0';
	if (time != SEGMENT_NO_TIME)
		stamp_format(time, wide ? STAMP_FULL : STAMP_SHORT,
			     a->layout.zone, text);
	grid_line_printf(line, ROLE_DIM, "  %-*s  ", wide ? 19 : 14, text);
}

static void put_bar(struct app *a, struct grid_line *line, double part)
{
	int columns = a->places.overlay.columns >= WIDE ? 16 : 6;

	grid_line_gap(line, 1);
	grid_put_bar(line->grid, line->row, line->column, columns, part);
	grid_line_gap(line, columns);
}

static void draw_row(struct app *a, struct grid *g, size_t i, int row)
{
	const struct app_values *v = &a->values;
	const struct distinct_value *value =
		ranking_value(v->ranking, v->order, i);
	struct grid_line line = draw_line(g, &a->places.overlay, row);
	bool new = ranking_is_new(v->ranking, value);

	grid_line_gap(&line, 1);
	put_number(a, &line, ROLE_TALLY, value->shown);
	put_number(a, &line, ROLE_TEXT, value->all);
	if (new)
		grid_line_text(&line, ROLE_CHANGE, "   new");
	else
		put_share(&line, ROLE_DIM, value->shown, value->all);
	put_share(&line, ROLE_TEXT, value->shown, v->ranking->shown);
	put_bar(a, &line, (double)value->shown / (double)v->ranking->most);
	put_first(a, &line, value->time);
	grid_put(g, line.row, line.column, line.end - line.column, ROLE_KEY,
		 SHOW_MIDDLE, value->text);
	if (i == v->pane.cursor)
		draw_selected(g, &a->places.overlay, row, true);
}

static void draw_title(struct app *a, struct grid *g)
{
	const struct app_values *v = &a->values;
	const struct ranking *r = v->ranking;
	struct grid_line line = draw_rule(g, &a->places.overlay, true);
	char one[DRAW_NUMBER], of[DRAW_NUMBER];

	grid_line_text(&line, ROLE_TITLE, " values of ");
	buffer_clear(&a->scratch);
	columns_name(&v->column, &a->scratch);
	grid_line_span(&line, ROLE_TITLE, buffer_span(&a->scratch));
	if (!r) {
		grid_line_text(&line, ROLE_DIM, ": counting ");
		return;
	}
	grid_line_printf(&line, ROLE_TITLE, ": %s in %s event",
			 draw_number(r->count, one), draw_number(r->shown, of));
	grid_line_text(&line, ROLE_TITLE, r->shown == 1 ? "" : "s");
	if (r->distinct.shown_without > 0)
		grid_line_printf(&line, ROLE_WARNING, ", %s without",
				 draw_number(r->distinct.shown_without, one));
	grid_line_printf(&line, ROLE_TALLY, ", by %s ",
			 ranking_order_name(v->order));
}

static void draw_heading(struct app *a, struct grid *g)
{
	struct grid_line line = draw_line(g, &a->places.overlay, 1);
	bool wide = a->places.overlay.columns >= WIDE;
	int number = number_width(a);

	grid_fill(g, line.row, line.column, a->places.overlay.columns,
		  ROLE_HEADING);
	grid_line_gap(&line, 1);
	grid_line_printf(&line, ROLE_HEADING, " %*s %*s RATIO SHARE %*s  "
			 "%-*s  VALUE", number, "SHOWN", number, "ALL",
			 wide ? 16 : 6, "", wide ? 19 : 14, "FIRST SEEN");
}

void draw_values(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.overlay;
	const struct pane *pane = &a->values.pane;

	draw_title(a, g);
	if (area->rows < 3)
		return;
	draw_heading(a, g);
	for (size_t i = 0; i < pane->height && pane->top + i < pane->count;
	     i++)
		draw_row(a, g, pane->top + i, 2 + (int)i);
}
