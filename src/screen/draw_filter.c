/* The filter's line: its terms, each with the number of events it holds for,
 * or the line that is being typed, with what is wrong with it. */
#include "screen/draw.h"

#include <stdio.h>

#define LABEL " filter  "

/* Terms behind these are counted, but not drawn. */
enum { DRAWN_MOST = 128 };

/* A term as it is drawn: its sign, its text, its number. */
struct drawn {
	const struct chip *chip;
	const char *before, *behind;
	enum role role, number_role;
	char number[DRAW_NUMBER + 4];
};

/* The number of the term in the answer, SIZE_MAX: it is not that of now. */
static struct drawn drawn_of(const struct app *a, const struct chip *chip,
			     size_t term)
{
	struct drawn d = {.chip = chip, .role = ROLE_TEXT,
			  .number_role = ROLE_WARNING,
			  .before = chip->pinned ? "[" : "",
			  .behind = chip->pinned ? "]" : ""};
	char number[DRAW_NUMBER];
	uint64_t count;

	if (chip->off) {
		d.before = chip->pinned ? "off [" : "off ";
		d.role = ROLE_DIM;
	}
	if (chip->off || term == SIZE_MAX)
		return d;
	count = a->answer.result.terms[term];
	if (count == 0) {
		snprintf(d.number, sizeof d.number, " 0 anywhere");
	} else if (filter_term(a->answer.filter, term)->matches_all &&
		   count == a->counts.events) {
		snprintf(d.number, sizeof d.number, " matches everything");
	} else {
		d.number_role = ROLE_TALLY;
		snprintf(d.number, sizeof d.number, " %s",
			 draw_number(count, number));
	}
	return d;
}

static int width_of(const struct drawn *d, const struct grid *g)
{
	return grid_width(g, buffer_span(&d->chip->text), PROMPT_MOST) +
	       (int)(strlen(d->before) + strlen(d->behind) +
		     strlen(d->number));
}

/* In ROOM columns, which are enough for all but the text. */
static void draw_chip(const struct drawn *d, struct grid_line *line, int room,
		      bool chosen)
{
	int from = line->column;
	int signs = width_of(d, line->grid) -
		    grid_width(line->grid, buffer_span(&d->chip->text),
			       PROMPT_MOST);

	grid_line_text(line, d->role, d->before);
	grid_line_gap(line, grid_put(line->grid, line->row, line->column,
				     room > signs ? room - signs : 0, d->role,
				     SHOW_MIDDLE,
				     buffer_span(&d->chip->text)));
	grid_line_text(line, d->role, d->behind);
	/* In the blank before it, to be told without colour. */
	if (chosen) {
		grid_put_sign(line->grid, line->row, from - 1, ROLE_TALLY,
			      GRID_SELECTED_ROW);
		grid_mark(line->grid, line->row, from, line->column - from,
			  THEME_SELECTED);
	}
	grid_line_text(line, d->number_role, d->number);
}

/* The first term that is drawn, so that the chosen one is seen. */
static size_t first_chip(const struct drawn *d, size_t chosen,
			 const struct grid *g, int room)
{
	size_t first = chosen;
	int used = width_of(&d[chosen], g);

	while (first > 0 && used + 3 + width_of(&d[first - 1], g) <= room)
		used += 3 + width_of(&d[--first], g);
	return first;
}

/* How many do not fit stands at the end. */
static void draw_chips(struct app *a, struct grid_line *line,
		       const struct drawn *d)
{
	enum { MORE = 6, LEAST = 24, BETWEEN = 3 };
	bool focus = app_place(a) == IN_CHIPS;
	size_t all = a->chips.count, i;
	size_t n = all < DRAWN_MOST ? all : DRAWN_MOST;
	size_t first = focus && a->chips.cursor < n
		? first_chip(d, a->chips.cursor, line->grid,
			     line->end - line->column - MORE) : 0;

	for (i = first; i < n; i++) {
		int room = line->end - line->column - (i + 1 < all ? MORE : 0);

		if (i > first && room < LEAST + BETWEEN &&
		    BETWEEN + width_of(&d[i], line->grid) > room)
			break;
		if (i > first) {
			grid_line_gap(line, 1);
			grid_line_sign(line, ROLE_RULE, GRID_BETWEEN);
			grid_line_gap(line, 1);
		}
		room = line->end - line->column - (i + 1 < all ? MORE : 0);
		draw_chip(&d[i], line, room, focus && i == a->chips.cursor);
	}
	if (all - i + first > 0 && line->end - line->column >= MORE) {
		line->column = line->end - MORE + 1;
		grid_line_printf(line, ROLE_HINT, "+%zu ", all - i + first);
		grid_line_sign(line, ROLE_HINT, GRID_MORE);
	}
}

/* What the first term that holds for nothing may have been meant to be. */
static void draw_nearest(const struct app *a, struct grid_line *line)
{
	size_t i = 0;

	while (i < a->advice.count && a->advice.remark[i].nearest.n == 0)
		i++;
	if (i == a->advice.count)
		return;
	grid_line_gap(line, 2);
	grid_line_text(line, ROLE_DIM, "nearest: ");
	grid_line_span(line, ROLE_GOOD,
		       buffer_span(&a->advice.remark[i].nearest));
}

static void draw_terms(struct app *a, struct grid_line *line)
{
	bool counted = app_terms_counted(a);
	struct drawn drawn[DRAWN_MOST];

	if (a->leave.suspended) {
		if (a->leave.context)
			grid_line_printf(line, ROLE_WARNING, "off for a look "
				"around, %s goes back: ",
				app_key_of(a, ACTION_CONTEXT).text);
		else
			grid_line_printf(line, ROLE_WARNING, "suspended, all "
				"is shown; %s resumes ",
				app_key_of(a, ACTION_SUSPEND_FILTER).text);
		grid_line_span(line, ROLE_DIM, buffer_span(&a->filter_text));
		return;
	}
	if (a->chips.count == 0) {
		grid_line_printf(line, ROLE_DIM, "none: all is shown.  %s "
				 "begins one: alice  event~^Export  "
				 "from=192.0.2.7",
				 app_key_of(a, ACTION_FILTER).text);
		return;
	}
	for (size_t i = 0; i < a->chips.count && i < DRAWN_MOST; i++) {
		size_t term = chips_term(&a->chips, i);

		drawn[i] = drawn_of(a, &a->chips.chip[i],
				    counted ? term : SIZE_MAX);
	}
	draw_chips(a, line, drawn);
	if (counted)
		draw_nearest(a, line);
}

/* Before the line that is typed: what holds whatever is typed. */
static void draw_pinned(const struct app *a, struct grid_line *line)
{
	for (size_t i = 0; i < a->chips.count; i++) {
		struct drawn d = drawn_of(a, &a->chips.chip[i], SIZE_MAX);

		if (!a->chips.chip[i].pinned || a->chips.chip[i].off)
			continue;
		draw_chip(&d, line, (line->end - line->column) / 2, false);
		grid_line_gap(line, 1);
	}
}

/* The columns that bytes [from, to) of the line take. */
static int columns_of(const struct app *a, const struct grid *g, size_t from,
		      size_t to)
{
	struct span all = {a->prompt.text.p, to};

	return to > from ? grid_width(g, span_from(all, from), PROMPT_MOST)
			 : 0;
}

/* The byte from which the line is shown, so that the cursor is seen. */
static size_t first_shown(const struct app *a, const struct grid *g, int room)
{
	/* a base and two marks, four bytes each */
	enum { BYTES = 12 };
	size_t most = (size_t)(room > 0 ? room : 0) * BYTES;
	size_t from = a->prompt.cursor > most ? a->prompt.cursor - most : 0;

	while (from < a->prompt.cursor &&
	       ((a->prompt.text.p[from] & 0xc0) == 0x80 ||
		columns_of(a, g, from, a->prompt.cursor) > room))
		from++;
	return from;
}

/* What of TEXT fits into COLUMNS, up to a blank. */
static struct span first_words(const struct grid *g, struct span text,
			       int columns)
{
	struct span fits = {text.p, 0};

	for (size_t i = 1; i <= text.n; i++) {
		if (i < text.n && text.p[i] != ' ')
			continue;
		if (grid_width(g, (struct span){text.p, i}, columns) > columns)
			break;
		fits.n = i;
	}
	return fits.n > 0 ? fits : text;
}

/* Behind the fault, or on rows of its own when it is longer. */
static void draw_remedy(struct grid *g, struct grid_line line, struct span hint)
{
	if (grid_width(g, hint, line.end) + 2 <= line.end - line.column) {
		grid_line_text(&line, ROLE_HINT, "; ");
		grid_line_span(&line, ROLE_HINT, hint);
		return;
	}
	while (hint.n > 0 && line.row < g->rows - 2) {
		struct span words = first_words(g, hint, line.end - 2);

		grid_fill(g, ++line.row, 0, line.end, ROLE_HINT);
		line.column = 1;
		grid_line_span(&line, ROLE_HINT, words);
		hint = span_trim(span_from(hint, words.n));
	}
}

/* Under the line that is typed, over the titles of the panes: where it is no
 * filter, and why. */
static void draw_fault(const struct app *a, struct grid *g, int caret)
{
	const struct app_area *area = &a->places.filter;
	struct grid_line line = {g, area->row + 1, 0, area->columns};
	int width = grid_width(g, span_of(a->typing.fault.text), area->columns);
	enum role role = a->typing.fault_waits ? ROLE_HINT : ROLE_ERROR;

	grid_fill(g, line.row, 0, area->columns, role);
	if (caret >= area->columns)
		caret = area->columns - 1;
	if (caret + 2 + width > area->columns && caret > area->columns / 2) {
		line.column = caret > width ? caret - width - 1 : 0;
		line.end = caret - 1;
	} else {
		line.column = caret + 2;
	}
	grid_line_text(&line, role, a->typing.fault.text);
	line.end = area->columns;
	if (a->typing.fault.hint[0])
		draw_remedy(g, line, span_of(a->typing.fault.hint));
	grid_put_sign(g, line.row, caret, role, GRID_CARET);
}

size_t draw_typed(const struct app *a, struct grid_line *line)
{
	struct grid *g = line->grid;
	size_t from = first_shown(a, g, line->end - line->column - 1);

	g->cursor_seen = true;
	g->cursor_row = line->row;
	g->cursor_column = line->column +
			   columns_of(a, g, from, a->prompt.cursor);
	if (g->cursor_column >= g->columns)
		g->cursor_column = g->columns - 1;
	grid_line_span(line, ROLE_PROMPT,
		       span_from(buffer_span(&a->prompt.text), from));
	return from;
}

static void draw_prompt(const struct app *a, struct grid_line line)
{
	struct grid *g = line.grid;
	int column = line.column;
	size_t from = draw_typed(a, &line);
	size_t at = a->typing.fault.column > 0 ? (size_t)a->typing.fault.column - 1 : 0;

	if (at > a->prompt.text.n)
		at = a->prompt.text.n;
	if (a->typing.fault.text[0] && !a->offers.open)
		draw_fault(a, g, column + columns_of(a, g, from, at));
}

void draw_filter(struct app *a, struct grid *g)
{
	struct grid_line line = draw_line(g, &a->places.filter, 0);
	bool typing = a->prompt_for == APP_FILTER_PROMPT;

	grid_line_text(&line, typing ? ROLE_TITLE : ROLE_HINT, LABEL);
	if (typing) {
		draw_pinned(a, &line);
		draw_prompt(a, line);
	} else {
		draw_terms(a, &line);
	}
}
