/* The event pane: titles with the order, and a row an event.  Texts come from
 * trail/columns, what is selected from view/list. */
#include "screen/draw.h"

static enum role role_of(enum column column, struct span text)
{
	switch (column) {
	case COLUMN_GLYPH:
		return span_is(text, "!") ? ROLE_DANGER
		       : span_is(text, "D") ? ROLE_ERROR
		       : span_is(text, "W") ? ROLE_CHANGE : ROLE_DIM;
	case COLUMN_RESULT:
	case COLUMN_ERROR:
	case COLUMN_MESSAGE:
		return ROLE_ERROR;
	case COLUMN_TIME:
	case COLUMN_REGION:
	case COLUMN_SOURCE:
	case COLUMN_ACCOUNT:
		return ROLE_DIM;
	case COLUMN_TARGET:
	case COLUMN_CERTIFICATE:
		return ROLE_KEY;
	default:
		return ROLE_TEXT;
	}
}

/* How far an event is to be trusted; the tree's title says it in words. */
static const char *doubt(const struct store *store, struct store_event e)
{
	uint8_t marks = segment_event(store_segment(store, e.segment),
				      e.index)->marks;

	if (marks & SEGMENT_DAMAGED)
		return "/";
	if (store_unverified(store, e))
		return "?";
	if (store_conflict(store, e))
		return "=";
	return marks & SEGMENT_RELAXED ? "~" : NULL;
}

/* Each in a cell of its own, so that none hides another. */
static void draw_signs(struct app *a, struct grid *g, int row,
		       struct store_event event)
{
	const char *sign = doubt(a->store, event), *word;
	int column = app_signs_at(a);

	if (app_findings_of(a, event, &word, 1) > 0)
		grid_put(g, row, column, 1, ROLE_DANGER, SHOW_END, SPAN("!"));
	if (sign)
		grid_put(g, row, column + 1, 1, ROLE_WARNING, SHOW_END,
			 span_of(sign));
}

/* Before the row of an event that holds what is searched for, whether or not
 * the columns show it. */
static void draw_hit(struct app *a, struct grid *g, int row,
		     struct store_event event)
{
	int column = a->places.events.column;

	if (search_is_hit(&a->search.hits, event))
		grid_put(g, row, column, 1, ROLE_TALLY, SHOW_END, SPAN("/"));
}

/* The text to draw, in the app's scratch buffer. */
static struct span text_of(struct app *a, struct store_event event, size_t k)
{
	buffer_clear(&a->scratch);
	layout_text(&a->layout, k, a->store, event, &a->scratch);
	return buffer_span(&a->scratch);
}

/* Whether the cell only holds for the first of the events that the row stands
 * for. */
static bool has_more(const struct app *a, size_t row, size_t i)
{
	return list_differs(&a->list, row,
			    a->layout.column[app_shown(a, i)].ref.column);
}

/* What is cut at its end need not be where the cell behind it is empty. */
static int width_of(struct app *a, size_t row, size_t i)
{
	const struct layout_column *column =
		&a->layout.column[app_shown(a, i)];
	size_t behind = app_shown(a, i + 1);
	int width = (int)column->width;

	if (column->cut == SHOW_END && i + 1 < a->fitted &&
	    !has_more(a, row, i + 1) &&
	    text_of(a, list_event(&a->list, row), behind).n == 0)
		width += 1 + (int)a->layout.column[behind].width;
	return width;
}

/* `+` behind a cell, or between it and the next. */
static void draw_more(struct app *a, struct grid *g, int row, size_t i,
		      int used)
{
	int width = (int)a->layout.column[app_shown(a, i)].width;
	int at = used == 0 || used >= width ? used : used + 1;

	if (i + 1 == a->fitted && at >= width)
		at = width - 1;
	grid_put(g, row, app_column_at(a, i) + at, 1, ROLE_TALLY, SHOW_END,
		 SPAN("+"));
}

static void draw_cell(struct app *a, struct grid *g, int row, size_t event,
		      size_t i)
{
	size_t k = app_shown(a, i);
	const struct layout_column *column = &a->layout.column[k];
	int at = app_column_at(a, i), width = width_of(a, event, i), used = 0;
	struct span text = text_of(a, list_event(&a->list, event), k);

	if (text.n > 0) {
		used = grid_put(g, row, at, width,
				role_of(column->ref.column, text), column->cut,
				text);
		draw_hits(a, g, row, at, width);
	}
	if (has_more(a, event, i))
		draw_more(a, g, row, i, used);
}

/* `×214` at the end of a row that stands for more than its event. */
static void draw_storm(struct app *a, struct grid *g, size_t i, int row)
{
	const struct app_area *area = &a->places.events;
	size_t events = list_stands_for(&a->list, i);
	struct grid_line line = draw_line(g, area, row - area->row);
	char number[DRAW_NUMBER];
	int width;

	if (events == 1)
		return;
	width = 3 + (int)strlen(draw_number(events, number));
	if (width > area->columns)
		return;
	line.column = line.end - width;
	grid_fill(g, row, line.column, width, ROLE_TALLY);
	grid_line_gap(&line, 1);
	grid_line_sign(&line, ROLE_TALLY, GRID_TIMES);
	grid_line_text(&line, ROLE_TALLY, number);
}

static void draw_row(struct app *a, struct grid *g, size_t i, int row)
{
	const struct app_area *area = &a->places.events;
	struct store_event event = list_event(&a->list, i);
	bool focus = a->pane == IN_EVENTS;
	bool marked = app_is_marked(a, event);

	for (size_t k = 0; k < a->fitted; k++)
		draw_cell(a, g, row, i, k);
	draw_signs(a, g, row, event);
	draw_hit(a, g, row, event);
	draw_storm(a, g, i, row);
	if (marked)
		grid_put_sign(g, row, area->column, ROLE_TALLY, GRID_MARK);
	if (i != a->list.pane.cursor)
		return;
	draw_selected(g, area, row - area->row, focus);
	if (marked)
		grid_put_sign(g, row, area->column, ROLE_TALLY,
			      GRID_SELECTED_MARK);
	for (size_t k = 0; focus && k < a->fitted; k++)
		if (app_shown(a, k) == a->cell)
			grid_mark(g, row, app_column_at(a, k),
				  (int)a->layout.column[a->cell].width,
				  THEME_CURSOR);
}

static void draw_title(struct app *a, struct grid *g, size_t i)
{
	size_t k = app_shown(a, i);
	const struct layout_column *column = &a->layout.column[k];
	int sorted = list_sorted_by(&a->list, &column->ref);
	int at = app_column_at(a, i), row = a->places.events.row;
	int used, room = (int)column->width - (sorted ? 2 : 0);

	buffer_clear(&a->scratch);
	layout_title(&a->layout, k, &a->scratch);
	if (column->ref.column == COLUMN_TIME)
		buffer_add_text(&a->scratch, a->layout.relative ? " offset"
				: a->layout.zone == STAMP_LOCAL ? " local"
				: "");
	used = grid_put(g, row, at, room > 1 ? room : (int)column->width,
			ROLE_HEADING, SHOW_END, buffer_span(&a->scratch));
	if (sorted && room > 0)
		grid_put_sign(g, row, at + used + (used > 0), ROLE_TALLY,
			      sorted > 0 ? GRID_ASCENDING : GRID_DESCENDING);
}

static void draw_titles(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.events;
	struct grid_line line = draw_line(g, area, 0);

	grid_fill(g, area->row, area->column, area->columns, ROLE_HEADING);
	for (size_t i = 0; i < a->fitted; i++)
		draw_title(a, g, i);
	draw_off_screen(line, a->first - a->kept,
			a->layout.count - app_shown(a, a->fitted));
}

/* Each term holds for something, but they do not together. */
static void draw_blocking(const struct app *a, struct grid_line line)
{
	const struct run_result *r = &a->answer.result;
	char number[DRAW_NUMBER];
	size_t most = 0;

	for (size_t i = 1; i < r->term_count; i++)
		most = r->freed[i] > r->freed[most] ? i : most;
	if (r->term_count < 2 || r->freed[most] == 0)
		return;
	grid_line_gap(&line, 3);
	grid_line_text(&line, ROLE_DIM, "without ");
	grid_line_span(&line, ROLE_TEXT,
		       filter_term(a->answer.filter, most)->text);
	grid_line_text(&line, ROLE_DIM, " there are ");
	grid_line_text(&line, ROLE_GOOD, draw_number(r->freed[most], number));
}

static void draw_no_events(const struct app *a, struct grid_line *line)
{
	grid_line_text(line, ROLE_WARNING, "no events were found");
	if (a->counts.problems || a->counts.files_skipped)
		grid_line_printf(line, ROLE_WARNING, "; %s tells why",
				 app_key_of(a, ACTION_PROBLEMS).text);
}

/* Which terms hold for nothing, and what is near; or which one keeps the most
 * out. */
static void draw_advice(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.events;
	int row = 4;

	for (size_t i = 0; i < a->advice.count && row < area->rows; i++) {
		const struct app_remark *r = &a->advice.remark[i];
		struct grid_line line = draw_line(g, area, row++);

		grid_line_gap(&line, 3);
		grid_line_span(&line, ROLE_TEXT, buffer_span(&r->term));
		grid_line_printf(&line, ROLE_DIM, " %s", r->verdict);
		if (r->nearest.n == 0 || row == area->rows)
			continue;
		line = draw_line(g, area, row++);
		grid_line_gap(&line, 5);
		grid_line_text(&line, ROLE_DIM, "nearest: ");
		grid_line_span(&line, ROLE_GOOD, buffer_span(&r->nearest));
	}
	if (row == 4 && row < area->rows)
		draw_blocking(a, draw_line(g, area, row));
}

/* Why nothing is shown; an empty list never means "clean" by accident. */
static void draw_nothing(struct app *a, struct grid *g)
{
	struct grid_line line = draw_line(g, &a->places.events, 2);
	bool all = a->leave.suspended || a->filter_text.n == 0;
	char number[DRAW_NUMBER];

	if (a->places.events.rows < 3)
		return;
	grid_line_gap(&line, 3);
	if (a->loading && a->counts.events == 0)
		grid_line_text(&line, ROLE_DIM, "nothing has been read yet");
	else if (a->counts.events == 0)
		draw_no_events(a, &line);
	else if (all)
		grid_line_text(&line, ROLE_DIM,
			       "the events are not listed yet");
	else {
		grid_line_printf(&line, ROLE_WARNING, "none of %s events "
				 "passes the filter; %s edits it",
				 draw_number(a->counts.events, number),
				 app_key_of(a, ACTION_FILTER).text);
		draw_advice(a, g);
	}
}

void draw_events(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.events;
	const struct pane *pane = &a->list.pane;

	draw_titles(a, g);
	if (pane->count == 0)
		draw_nothing(a, g);
	for (size_t i = 0; i < pane->height && pane->top + i < pane->count;
	     i++)
		draw_row(a, g, pane->top + i, area->row + 1 + (int)i);
}
