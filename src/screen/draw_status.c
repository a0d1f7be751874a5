/* The last line: what is being typed or was said, how loading goes, or what the
 * cell or leaf under the cursor holds in full, and what to press
 * (draw_hints). */
#include "screen/draw.h"

/* What is under the cursor, as a term of a filter would have it. */
struct joining {
	struct buffer *out;
	size_t count;
};

static bool join(void *context, struct span text, uint32_t value)
{
	struct joining *j = context;

	(void)value;
	if (j->count++ > 0)
		buffer_add_text(j->out, "; ");
	buffer_add_span(j->out, text);
	return j->count < 16;
}

static void tell_time(struct app *a, struct store_event event,
		      struct buffer *out)
{
	int64_t time = segment_event(store_segment(a->store, event.segment),
				     event.index)->time;
	char text[STAMP_ROOM];

	if (time == SEGMENT_NO_TIME) {
		columns_text(a->store, event, app_cell(a), out);
		return;
	}
	stamp_format(time, STAMP_FULL, a->layout.zone, text);
	buffer_printf(out, "%s %s", text, app_zone_name(a));
}

/* What `!` in the row's first cell stands for. */
static void tell_findings(const struct app *a, struct store_event event,
			  struct buffer *out)
{
	enum { FEW = 8 };
	const char *word[FEW];
	size_t n = app_findings_of(a, event, word, FEW);

	for (size_t i = 0; i < n && i < FEW; i++)
		buffer_printf(out, "%s%s", i ? ", " : "; found: ", word[i]);
}

static void tell_cell(struct app *a, struct buffer *out)
{
	struct store_event event = list_selected(&a->list);
	const struct column_ref *ref = app_cell(a);
	bool open = ref->column == COLUMN_FINDING && a->layout.waiting;
	struct joining j = {out, 0};

	if (a->list.pane.count == 0)
		return;
	columns_name(ref, out);
	buffer_add_text(out, " = ");
	if (ref->column == COLUMN_TIME)
		tell_time(a, event, out);
	else if (open)
		buffer_add_text(out, "not known yet");
	else
		columns_each(a->store, event, ref, join, &j);
	if (ref->column == COLUMN_GLYPH)
		tell_findings(a, event, out);
	if (ref->column != COLUMN_TIME && !open && j.count == 0)
		buffer_add_text(out, "(absent)");
	if (list_differs(&a->list, a->list.pane.cursor, ref->column))
		buffer_add_text(out, "; others differ");
}

static void tell_leaf(struct app *a, struct buffer *out)
{
	const struct tree_row *row = tree_row(&a->tree);

	if (!row)
		return;
	tree_path(&a->tree, row, out);
	buffer_add_byte(out, ' ');
	if (tree_row_is_value(row)) {
		buffer_add_text(out, "= ");
		tree_value(&a->tree, row, out);
	} else {
		tree_preview(&a->tree, row, out);
	}
}

static void tell_value(struct app *a, struct buffer *out)
{
	const struct app_values *v = &a->values;

	if (v->pane.count > 0)
		buffer_add_span(out, ranking_value(v->ranking, v->order,
						   v->pane.cursor)->text);
}

static void tell_difference(struct app *a, struct buffer *out)
{
	const struct compare_row *row =
		&a->compare.row[a->compare_pane.cursor];

	buffer_add_span(out, buffer_span(&row->path));
	buffer_add_text(out, " was ");
	buffer_add_span(out, row->old.n ? buffer_span(&row->old)
					: SPAN("(absent)"));
	buffer_add_text(out, " is ");
	buffer_add_span(out, row->new.n ? buffer_span(&row->new)
					: SPAN("(absent)"));
}

/* What is searched for, and how many of the events shown hold it. */
static void draw_search(const struct app *a, struct grid_line *line)
{
	const struct search *s = &a->search.hits;
	char number[DRAW_NUMBER];

	if (!s->match)
		return;
	grid_line_text(line, ROLE_TITLE, "/");
	grid_line_span(line, ROLE_TITLE, buffer_span(&s->pattern));
	if (!s->counted)
		grid_line_text(line, ROLE_DIM, " searching");
	else
		grid_line_printf(line, ROLE_TALLY, " %s hit%s",
				 draw_number(s->hits, number),
				 s->hits == 1 ? "" : "s");
	if (s->undecided > 0)
		grid_line_printf(line, ROLE_WARNING, " %s undecided",
				 draw_number(s->undecided, number));
	grid_line_gap(line, 2);
}

/* What is noted of the selected event; what is under the cursor keeps half of
 * the line. */
static void draw_note(struct app *a, struct grid_line *line)
{
	struct buffer note = {0};
	int room = (line->end - line->column) / 2;

	if (app_note_text(a, app_event(a), &note)) {
		grid_line_sign(line, ROLE_TALLY, GRID_MARK);
		grid_line_gap(line, 1);
		line->column += grid_put(line->grid, line->row, line->column,
					 room, ROLE_TALLY, SHOW_END,
					 buffer_span(&note));
		grid_line_gap(line, 2);
	}
	buffer_free(&note);
}

/* What the filter keeps from sight, and the chosen term alone. */
static void tell_hidden(const struct app *a, struct buffer *out)
{
	uint64_t hidden = a->counts.events - a->list.total;
	size_t term = chips_term(&a->chips, a->chips.cursor);
	char number[DRAW_NUMBER];

	buffer_printf(out, "%s event%s hidden", draw_number(hidden, number),
		      hidden == 1 ? "" : "s");
	if (term != SIZE_MAX && app_terms_counted(a))
		buffer_printf(out, ", %s by this term alone",
			      draw_number(a->answer.result.freed[term],
					  number));
}

/* What to press, at the end of what is left of the line. */
static void draw_hints(struct app *a, struct grid_line line)
{
	enum { BETWEEN = 3, BEHIND = 1 };
	int room = line.end - BEHIND - line.column - BETWEEN;

	buffer_clear(&a->scratch2);
	draw_tell_hints(a, line.grid, room, &a->scratch2);
	line.column = line.end - BEHIND -
		      grid_width(line.grid, buffer_span(&a->scratch2), room);
	grid_line_span(&line, ROLE_HINT, buffer_span(&a->scratch2));
}

static void draw_told(struct app *a, struct grid_line line)
{
	buffer_clear(&a->scratch);
	if (app_place(a) == IN_TREE)
		tell_leaf(a, &a->scratch);
	else if (app_place(a) == IN_EVENTS)
		tell_cell(a, &a->scratch);
	else if (app_place(a) == IN_HISTOGRAM)
		draw_tell_span(a, &a->scratch);
	else if (app_place(a) == IN_CHIPS)
		tell_hidden(a, &a->scratch);
	else if (app_place(a) == IN_OVERVIEW)
		sheet_tell(&a->overview.sheet, &a->scratch);
	else if (app_place(a) == IN_COMPARE)
		tell_difference(a, &a->scratch);
	else if (app_place(a) == IN_VALUES)
		tell_value(a, &a->scratch);
	/* What may follow y and v needs the room. */
	if (!a->overlay && !a->copy.asked && !a->valuing) {
		if (!app_has_lines(a))
			draw_search(a, &line);
		draw_note(a, &line);
	}
	if ((app_place(a) == IN_EVENTS || app_place(a) == IN_TREE) &&
	    a->list.away && !a->told_away)
		grid_line_text(&line, ROLE_WARNING, a->list.pane.count > 0
			       ? "the selected event is hidden, this is the "
				 "nearest  "
			       : "the selected event is hidden");
	grid_line_span(&line, ROLE_TEXT, buffer_span(&a->scratch));
	draw_hints(a, line);
}

static double part_loaded(const struct loader_progress *p)
{
	return p->listed && p->files > 0
		       ? (double)p->files_done / (double)p->files : 0;
}

static void draw_progress(const struct app *a, struct grid_line line)
{
	const struct loader_progress *p = &a->progress;
	int bar = line.end >= 100 ? 16 : line.end >= 60 ? 8 : 0;
	char one[DRAW_NUMBER], other[DRAW_NUMBER];

	grid_line_text(&line, ROLE_TITLE, "loading ");
	if (p->listed) {
		grid_put_bar(line.grid, line.row, line.column, bar,
			     part_loaded(p));
		grid_line_gap(&line, bar + (bar > 0));
	}
	draw_number(p->files_done, one);
	if (p->listed)
		grid_line_printf(&line, ROLE_TEXT, "%s/%s files  %u%%", one,
				 draw_number(p->files, other),
				 (unsigned)(part_loaded(p) * 100));
	else
		grid_line_printf(&line, ROLE_TEXT, "%s files", one);
	grid_line_printf(&line, ROLE_TEXT, "  %s events",
			 draw_short_number(a->counts.events, one));
	if (a->counts.problems > 0)
		grid_line_printf(&line, ROLE_ERROR, "  %s problem%s",
				 draw_number(a->counts.problems, one),
				 a->counts.problems == 1 ? "" : "s");
	grid_line_printf(&line, ROLE_HINT, "  %s stops",
			 app_key_of(a, ACTION_STOP).text);
}

/* Command line and the help's words; the filter has a line of its own. */
static void draw_small_prompt(struct app *a, struct grid_line line)
{
	grid_line_text(&line, ROLE_TITLE,
		       a->prompt_for == APP_COMMAND_PROMPT ? ":"
		       : a->prompt_for == APP_GOTO_PROMPT ? "@"
		       : a->prompt_for == APP_COLUMN_PROMPT ? "column "
		       : a->prompt_for == APP_NOTE_PROMPT ? "note " : "/");
	draw_typed(a, &line);
	if (a->typing.fault.text[0]) {
		grid_line_gap(&line, 2);
		grid_line_text(&line, a->typing.fault_waits ? ROLE_HINT : ROLE_ERROR,
			       a->typing.fault.text);
	}
}

void draw_status(struct app *a, struct grid *g)
{
	struct grid_line line = draw_line(g, &a->places.status, 0);

	grid_line_gap(&line, g->columns > 1);
	if (a->prompt_for != APP_NO_PROMPT &&
	    a->prompt_for != APP_FILTER_PROMPT)
		draw_small_prompt(a, line);
	else if (a->message.n > 0)
		grid_line_span(&line, a->message_role,
			       buffer_span(&a->message));
	else if (a->loading)
		draw_progress(a, line);
	else if (a->count > 0)
		grid_line_printf(&line, ROLE_TITLE, "%lu", a->count);
	else
		draw_told(a, line);
}
