/* The filter's line: its terms, each with the number of events it holds for,
 * or the line that is being typed, with what is wrong with it. */
#include "screen/draw.h"

#define LABEL " filter  "

static void draw_term_count(struct app *a, struct grid_line *line,
			    const struct filter_term *term, size_t i)
{
	char number[DRAW_NUMBER];

	if (term->matches_all)
		grid_line_text(line, ROLE_WARNING, " matches everything");
	else if (a->answer.result.terms[i] == 0)
		grid_line_text(line, ROLE_WARNING, " 0 anywhere");
	else
		grid_line_printf(line, ROLE_TALLY, " %s",
				 draw_number(a->answer.result.terms[i],
					     number));
}

static void draw_terms(struct app *a, struct grid_line *line)
{
	const struct filter *filter = a->answer.filter;
	size_t n = filter ? filter_terms(filter) : 0;
	bool counted = filter && span_equal(filter_text(filter),
					    buffer_span(&a->filter_text));

	if (a->suspended) {
		grid_line_text(line, ROLE_WARNING, a->context
			       ? "off for a look around, x goes back: "
			       : "suspended, all is shown; F resumes ");
		grid_line_span(line, ROLE_DIM, buffer_span(&a->filter_text));
		return;
	}
	if (!counted) {
		/* The answer is still that of the one before. */
		grid_line_span(line, ROLE_TEXT, buffer_span(&a->filter_text));
		return;
	}
	if (n == 0)
		grid_line_text(line, ROLE_DIM, "none: all is shown.  f begins "
			       "one: alice  event~^Export  from=192.0.2.7");
	for (size_t i = 0; i < n; i++) {
		const struct filter_term *term = filter_term(filter, i);

		if (i > 0) {
			grid_line_gap(line, 1);
			grid_line_sign(line, ROLE_RULE, GRID_BETWEEN);
			grid_line_gap(line, 1);
		}
		grid_line_span(line, ROLE_TEXT, term->text);
		draw_term_count(a, line, term, i);
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

/* Under the line that is typed, over the titles of the panes: where it is no
 * filter, and why. */
static void draw_fault(const struct app *a, struct grid *g, int caret)
{
	const struct app_area *area = &a->places.filter;
	struct grid_line line = {g, area->row + 1, 0, area->columns};
	int width = grid_width(g, span_of(a->fault.text), area->columns);

	grid_fill(g, line.row, 0, area->columns, ROLE_ERROR);
	if (caret >= area->columns)
		caret = area->columns - 1;
	if (caret + 2 + width > area->columns && caret > area->columns / 2) {
		line.column = caret > width ? caret - width - 1 : 0;
		line.end = caret - 1;
	} else {
		line.column = caret + 2;
	}
	grid_line_text(&line, ROLE_ERROR, a->fault.text);
	if (a->fault.hint[0]) {
		grid_line_text(&line, ROLE_HINT, "; ");
		grid_line_text(&line, ROLE_HINT, a->fault.hint);
	}
	grid_put_sign(g, line.row, caret, ROLE_ERROR, GRID_CARET);
}

static void draw_prompt(const struct app *a, struct grid_line line)
{
	struct grid *g = line.grid;
	size_t from = first_shown(a, g, line.end - line.column - 1);
	size_t at = a->fault.column > 0 ? (size_t)a->fault.column - 1 : 0;

	if (at > a->prompt.text.n)
		at = a->prompt.text.n;
	g->cursor_row = line.row;
	g->cursor_column = line.column +
			   columns_of(a, g, from, a->prompt.cursor);
	if (g->cursor_column >= g->columns)
		g->cursor_column = g->columns - 1;
	if (a->fault.text[0] && !a->offering)
		draw_fault(a, g, line.column + columns_of(a, g, from, at));
	grid_line_span(&line, ROLE_PROMPT,
		       span_from(buffer_span(&a->prompt.text), from));
}

void draw_filter(struct app *a, struct grid *g)
{
	struct grid_line line = draw_line(g, &a->places.filter, 0);
	bool typing = a->prompt_for == APP_FILTER_PROMPT;

	grid_line_text(&line, typing ? ROLE_TITLE : ROLE_HINT, LABEL);
	if (typing)
		draw_prompt(a, line);
	else
		draw_terms(a, &line);
}
