/* The pane over the events: an overview's lines, whichever it is. */
#include "screen/draw.h"

static const struct sheet *sheet_of(const struct app *a)
{
	return &a->overview.sheet;
}

/* What a column holds tells how it looks; those of the list look as there. */
static enum role role_of(const char *name, const struct answer_cell *cell)
{
	static const struct {
		const char *name;
		enum role role;
	} roles[] = {
		{"result", ROLE_ERROR}, {"findings", ROLE_DANGER},
		{"finding", ROLE_DANGER}, {"certificate", ROLE_KEY},
		{"domain", ROLE_KEY}, {"key", ROLE_KEY},
		{"step", ROLE_TITLE}, {"last_step", ROLE_TITLE},
		{"region", ROLE_DIM}, {"account", ROLE_DIM},
		{"source", ROLE_DIM},
	};

	if (cell->kind == ANSWER_TIME)
		return ROLE_DIM;
	if (cell->kind == ANSWER_COUNT)
		return ROLE_TALLY;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (strcmp(name, roles[i].name) == 0)
			return roles[i].role;
	return ROLE_TEXT;
}

/* ARNs, and names of a path's kind, tell most at their end; names of calls and
 * people at both. */
static enum show_cut cut_of(const char *name, struct span text)
{
	if (span_starts(text, SPAN("arn:")))
		return SHOW_TAIL;
	return sheet_is_id(text) || strcmp(name, "event") == 0 ||
			       strcmp(name, "who") == 0 ||
			       strcmp(name, "session") == 0
		? SHOW_MIDDLE : SHOW_END;
}

static void draw_facts(struct app *a, struct grid_line line,
		       const struct sheet_line *l)
{
	const struct answer *answer = sheet_of(a)->answer;

	for (size_t i = l->at; i < l->at + l->count; i++) {
		const struct answer_fact *f = &answer->fact[i];

		buffer_clear(&a->scratch);
		answer_write(answer, &answer->cell[f->cell],
			     sheet_of(a)->form, a->layout.zone, &a->scratch);
		if (a->scratch.n == 0)
			continue;
		buffer_clear(&a->scratch2);
		sheet_name(f->name, &a->scratch2);
		grid_line_span(&line, ROLE_DIM, buffer_span(&a->scratch2));
		grid_line_gap(&line, 1);
		grid_line_span(&line, ROLE_TEXT, buffer_span(&a->scratch));
		grid_line_gap(&line, 2);
	}
}

static void draw_section(struct app *a, struct grid_line line,
			 const struct sheet_line *l)
{
	const struct answer_table *t = &sheet_of(a)->answer->table[l->table];
	bool closed = sheet_of(a)->table[l->table].fold == SHEET_CLOSED;
	char number[DRAW_NUMBER];

	buffer_clear(&a->scratch);
	sheet_name(t->name, &a->scratch);
	if (t->rows > 0)
		grid_line_sign(&line, ROLE_DIM,
			       closed ? GRID_FOLDED : GRID_UNFOLDED);
	grid_line_gap(&line, t->rows > 0 ? 1 : 2);
	grid_line_span(&line, t->rows > 0 ? ROLE_TITLE : ROLE_DIM,
		       buffer_span(&a->scratch));
	grid_line_printf(&line, t->rows > 0 ? ROLE_TALLY : ROLE_DIM, "  %s",
			 t->rows > 0 ? draw_number(t->rows, number) : "none");
}

/* Calls EACH for the columns on the screen. */
typedef void column_fn(struct app *, struct grid *, int row, int column,
		       const struct sheet_line *, size_t i);

static void each_column(struct app *a, struct grid *g, struct grid_line line,
			const struct sheet_line *l, column_fn *each)
{
	const struct sheet *s = sheet_of(a);
	const struct sheet_column *c = &s->column[s->table[l->table].column];

	line.column += sheet_flags(s, l->table);
	for (size_t i = 0; i < s->answer->table[l->table].columns; i++) {
		if (c[i].width == 0)
			continue;
		each(a, g, line.row, line.column, l, i);
		line.column += (int)c[i].width + 1;
	}
}

static int width_of(const struct app *a, const struct sheet_line *l, size_t i)
{
	const struct sheet *s = sheet_of(a);

	return (int)s->column[s->table[l->table].column + i].width;
}

/* Counts stand at the right. */
static int right_of(const struct app *a, struct grid *g,
		    const struct sheet_line *l, size_t i, struct span text)
{
	const struct answer *answer = sheet_of(a)->answer;
	const struct answer_table *t = &answer->table[l->table];
	int width = width_of(a, l, i), used;

	if (t->rows == 0 ||
	    answer->cell[answer->row[t->row].cell + i].kind != ANSWER_COUNT)
		return 0;
	used = grid_width(g, text, width);
	return used < width ? width - used : 0;
}

static void draw_head(struct app *a, struct grid *g, int row, int column,
		      const struct sheet_line *l, size_t i)
{
	const struct answer_table *t = &sheet_of(a)->answer->table[l->table];
	int gap;

	buffer_clear(&a->scratch);
	sheet_name(t->column[i], &a->scratch);
	gap = right_of(a, g, l, i, buffer_span(&a->scratch));
	grid_put(g, row, column + gap, width_of(a, l, i) - gap, ROLE_HEADING,
		 SHOW_END, buffer_span(&a->scratch));
}

static void draw_heads(struct app *a, struct grid *g, struct grid_line line,
		       const struct sheet_line *l)
{
	const struct sheet_table *table = &sheet_of(a)->table[l->table];

	grid_fill(g, line.row, line.column, line.end - line.column,
		  ROLE_HEADING);
	each_column(a, g, line, l, draw_head);
	draw_off_screen(line, table->before, table->behind);
}

/* However deep the row, some of its text is told. */
static int indent_of(const struct answer_row *row, int width)
{
	int indent = (int)answer_indent(row), most = width / 2;

	return indent < most ? indent : most;
}

static void draw_cell(struct app *a, struct grid *g, int row, int column,
		      const struct sheet_line *l, size_t i)
{
	const struct answer *answer = sheet_of(a)->answer;
	const struct answer_table *t = &answer->table[l->table];
	const struct answer_row *r = &answer->row[l->at];
	int gap, width = width_of(a, l, i);
	struct span text;

	buffer_clear(&a->scratch);
	sheet_text(sheet_of(a), l, i, &a->scratch);
	if (a->scratch.n == 0 && strcmp(t->column[i], "domain") == 0)
		grid_put(g, row, column, width, ROLE_DIM, SHOW_END,
			 SPAN("(no name)"));
	text = sheet_fitted(&answer->cell[r->cell + i],
			    buffer_span(&a->scratch),
			    (size_t)width);
	if (sheet_is_id(text) && (size_t)width < text.n)
		width = SHEET_ID;
	gap = t->tree && i == 0 ? indent_of(r, width)
				: right_of(a, g, l, i, text);
	if (gap < width)
		grid_put(g, row, column + gap, width - gap,
			 role_of(t->column[i], &answer->cell[r->cell + i]),
			 cut_of(t->column[i], text), text);
}

static void mark_cell(struct app *a, struct grid *g, int row, int column,
		      const struct sheet_line *l, size_t i)
{
	if (i == sheet_of(a)->cell)
		grid_mark(g, row, column, width_of(a, l, i), THEME_CURSOR);
}

static void draw_line_of(struct app *a, struct grid *g, struct grid_line line,
			 const struct sheet_line *l)
{
	char number[DRAW_NUMBER];

	switch ((enum sheet_kind)l->kind) {
	case SHEET_FACTS:
		draw_facts(a, line, l);
		break;
	case SHEET_TITLE:
		draw_section(a, line, l);
		break;
	case SHEET_HEADS:
		draw_heads(a, g, line, l);
		break;
	case SHEET_ROW:
		if (sheet_flagged(sheet_of(a), l))
			grid_put(g, line.row, line.column, 1, ROLE_DANGER,
				 SHOW_END, SPAN("!"));
		each_column(a, g, line, l, draw_cell);
		break;
	case SHEET_MORE:
		grid_line_sign(&line, ROLE_DIM, GRID_FOLDED);
		grid_line_printf(&line, ROLE_HINT, " %s more; %s shows them",
				 draw_number(l->count, number),
				 app_key_of(a, ACTION_OVERVIEW_GO).text);
		break;
	case SHEET_NOTE:
		grid_line_text(&line, ROLE_WARNING, l->first ? "? " : "  ");
		grid_line_span(&line, ROLE_TEXT, l->note);
		break;
	}
}

static void draw_title(struct app *a, struct grid *g)
{
	const struct app_overview *o = &a->overview;
	struct grid_line line = draw_rule(g, &a->places.overview,
					  a->pane == IN_OVERVIEW);
	char number[DRAW_NUMBER];

	grid_line_printf(&line, ROLE_TITLE, " %s ", overview_name(o->kind));
	if (o->sheet.answer)
		grid_line_printf(&line, ROLE_DIM, "%s all %s event%s ",
				 overview_subject(o->kind) ? "in" : "of",
				 draw_number(o->events, number),
				 o->events == 1 ? "" : "s");
	if (!o->sheet.answer && o->subject.n > 0) {
		grid_line_span(&line, ROLE_TEXT, buffer_span(&o->subject));
		grid_line_gap(&line, 1);
	}
	if (!o->sheet.answer || survey_busy(a->survey))
		grid_line_text(&line, ROLE_WARNING, "is being worked out ");
}

void draw_overview(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.overview;
	const struct sheet *s = sheet_of(a);
	int above = 1;

	draw_title(a, g);
	if (s->answer && s->above) {
		struct grid_line line = draw_line(g, area, above++);

		line.column += 1;
		draw_heads(a, g, line, &s->line[s->pane.top]);
	}
	for (size_t i = 0; s->answer && i < s->pane.height &&
	     s->pane.top + i < s->pane.count; i++) {
		const struct sheet_line *l = &s->line[s->pane.top + i];
		struct grid_line line = draw_line(g, area, above + (int)i);

		line.column += 1;
		draw_line_of(a, g, line, l);
		if (s->pane.top + i != s->pane.cursor)
			continue;
		draw_selected(g, area, above + (int)i,
			      a->pane == IN_OVERVIEW);
		if (a->pane == IN_OVERVIEW && l->kind == SHEET_ROW)
			each_column(a, g, line, l, mark_cell);
	}
	draw_hits_below(a, g, area);
}
