/* What is laid over the panes: the help, and the list of problems with the
 * selected one in full. */
#include "screen/draw.h"

void draw_page(struct grid *g, const struct app_area *area, int row,
	       const struct page *page)
{
	for (size_t i = page->pane.top; i < page->pane.count &&
	     row < area->rows; i++, row++) {
		int in = page_goes_on(page, i) ? (int)page->indented : 0;

		grid_put(g, area->row + row, area->column + in,
			 area->columns - in, ROLE_TEXT, SHOW_END,
			 page_line(page, i));
	}
}

/* Where there is little room, what a key does is worth more than its name. */
static void draw_help_line(const struct app *a, struct grid_line line,
			   enum action action)
{
	const struct actions_info *info = actions_info(action);
	const char *keys = bindings_keys(a->bindings, action);
	bool narrow = line.grid->columns < DRAW_NARROW;
	int width = narrow ? 10 : 17;

	grid_line_gap(&line, 2);
	grid_put(line.grid, line.row, line.column, width, ROLE_KEY, SHOW_END,
		 span_of(narrow && !*keys ? info->name : keys));
	grid_line_gap(&line, width + 1);
	if (!narrow) {
		grid_put(line.grid, line.row, line.column, 16, ROLE_DIM,
			 SHOW_END, span_of(info->name));
		grid_line_gap(&line, 17);
	}
	grid_line_text(&line, ROLE_TEXT, info->help);
}

static const char *place_name(enum actions_place place)
{
	switch (place) {
	case IN_TREE:
		return "the tree";
	case IN_RAW:
		return "the text";
	case IN_OVERVIEW:
		return "the overview";
	case IN_CHIPS:
		return "the terms";
	case IN_HISTOGRAM:
		return "the histogram";
	case IN_COLUMNS:
		return "the columns";
	case IN_PIVOTS:
		return "pivots";
	case IN_VALUES:
		return "the values";
	case IN_PROBLEMS:
		return "problems";
	case IN_MENU:
		return "the list";
	case IN_COMPARE:
		return "what differs";
	case IN_COPIED:
		return "the copied text";
	default:
		return "the events";
	}
}

void draw_help(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.overlay;
	const struct pane *pane = &a->help.pane;
	struct grid_line line = draw_rule(g, area, true);

	grid_line_printf(&line, ROLE_TITLE, " help: %s ",
			 place_name(a->help.place));
	grid_line_printf(&line, ROLE_TALLY, " %zu of %zu ",
			 pane->cursor + (pane->count > 0), pane->count);
	for (size_t i = 0; i < pane->height && pane->top + i < pane->count;
	     i++) {
		line = draw_line(g, area, 1 + (int)i);
		draw_help_line(a, line, a->help.actions[pane->top + i]);
		if (pane->top + i == pane->cursor)
			draw_selected(g, area, 1 + (int)i, true);
	}
}

static void tell_where(const struct store *store,
		       const struct store_problem *problem, struct buffer *out)
{
	buffer_add_text(out, store_file(store, problem->input).name);
	if (problem->error.line > 0)
		buffer_printf(out, ":%llu:%llu",
			      (unsigned long long)problem->error.line,
			      (unsigned long long)problem->error.column);
}

/* The end of a long name tells most. */
static void draw_file_name(struct grid *g, struct grid_line *line, int width,
			   const char *name)
{
	grid_put(g, line->row, line->column, width, ROLE_KEY, SHOW_TAIL,
		 span_of(name));
	grid_line_gap(line, width + 2);
}

static void draw_problem_row(struct app *a, struct grid *g, size_t i, int row)
{
	struct grid_line line = draw_line(g, &a->places.overlay, row);
	int width = a->places.overlay.columns / 3;
	struct store_problem problem;

	grid_line_gap(&line, 2);
	if (problems_problem(&a->problems, a->store, i, &problem)) {
		draw_file_name(g, &line, width,
			       store_file(a->store, problem.input).name);
		grid_line_text(&line, ROLE_TEXT, problem.error.text);
	} else {
		struct store_file file =
			problems_file(&a->problems, a->store, i);

		draw_file_name(g, &line, width, file.name);
		grid_line_text(&line, ROLE_DIM,
			       file.state == STORE_FILE_DIGEST
				       ? "skipped: a digest file"
				       : "skipped: ");
		if (file.state != STORE_FILE_DIGEST)
			grid_line_text(&line, ROLE_DIM,
				       file.why ? file.why : "no log");
	}
	if (i == a->problems.pane.cursor)
		draw_selected(g, &a->places.overlay, row, true);
}

/* The line of the file with the fault in sight, and a caret under it. */
static void draw_excerpt(struct app *a, struct grid *g, int row,
			 const struct store_problem *problem)
{
	const struct app_area *area = &a->places.overlay;
	struct span text = span_of(problem->excerpt);
	size_t at = problem->caret < text.n ? problem->caret : text.n;
	size_t room = (size_t)(area->columns > 4 ? area->columns - 4 : 0);
	size_t from = at > room / 2 && text.n > room ? at - room / 2 : 0;
	struct grid_line line = draw_line(g, area, row);
	int caret;

	while (from > 0 && (text.p[from] & 0xc0) == 0x80)
		from--;
	caret = grid_width(g, (struct span){text.p + from, at - from},
			   area->columns);
	grid_line_gap(&line, 2);
	grid_line_span(&line, ROLE_TEXT, span_from(text, from));
	grid_put_sign(g, line.row + 1, area->column + 2 + caret, ROLE_ERROR,
		      GRID_CARET);
}

static int at_least_one(int n)
{
	return n > 0 ? n : 1;
}

/* In MOST lines at most, of which the last keeps both its ends.  Answers the
 * row behind them. */
static int draw_lines(struct app *a, struct grid *g, int row, enum role role,
		      struct span text, int most)
{
	const struct app_area *area = &a->places.overlay;
	int room = area->columns > 4 ? area->columns - 4 : 1;
	struct page page = {.indent = 2};

	page_set(&page, text);
	page_wrap(&page, (size_t)room, a->set);
	for (size_t i = 0; i < page.pane.count && most > 0 && row < area->rows;
	     i++, row++, most--) {
		int in = page_goes_on(&page, i) ? (int)page.indented : 0;
		struct span line = most > 1
			? page_line(&page, i) : span_from(text, page.lines[i]);

		grid_put(g, area->row + row, area->column + 2 + in, room - in,
			 role, SHOW_MIDDLE, line);
	}
	page_free(&page);
	return row;
}

/* What stands below a long text keeps its room. */
static void draw_detail(struct app *a, struct grid *g, int row)
{
	const struct app_area *area = &a->places.overlay;
	struct store_problem problem;
	int below;

	if (!problems_problem(&a->problems, a->store, a->problems.pane.cursor,
			      &problem))
		return;
	for (int i = 0; i < area->columns; i++)
		grid_put_sign(g, area->row + row - 1, area->column + i,
			      ROLE_RULE, GRID_RULE);
	below = (problem.excerpt ? 2 : 0) + (problem.error.hint[0] ? 1 : 0);
	buffer_clear(&a->scratch);
	tell_where(a->store, &problem, &a->scratch);
	row = draw_lines(a, g, row, ROLE_KEY, buffer_span(&a->scratch),
			 at_least_one(area->rows - row - 1 - below));
	row = draw_lines(a, g, row, ROLE_ERROR, span_of(problem.error.text),
			 at_least_one(area->rows - row - below));
	if (problem.excerpt && row + 1 < area->rows) {
		draw_excerpt(a, g, row, &problem);
		row += 2;
	}
	draw_lines(a, g, row, ROLE_GOOD, span_of(problem.error.hint), 1);
}

void draw_problems(struct app *a, struct grid *g)
{
	const struct app_area *area = &a->places.overlay;
	const struct pane *pane = &a->problems.pane;
	struct grid_line line = draw_rule(g, area, true);
	size_t skipped = pane->count - a->problems.problems;
	int row = 1;

	grid_line_printf(&line, ROLE_TITLE, " %zu problem%s",
			 a->problems.problems,
			 a->problems.problems == 1 ? "" : "s");
	if (skipped > 0)
		grid_line_printf(&line, ROLE_TITLE, ", %zu file%s skipped",
				 skipped, skipped == 1 ? "" : "s");
	if (a->counts.conflicts > 0)
		grid_line_printf(&line, ROLE_TITLE, ", %llu conflicts: "
				 "is:conflict shows them",
				 (unsigned long long)a->counts.conflicts);
	grid_line_text(&line, ROLE_TITLE, " ");
	for (size_t i = 0; i < pane->height && pane->top + i < pane->count;
	     i++)
		draw_problem_row(a, g, pane->top + i, row++);
	row = 1 + (int)pane->height;
	if (area->rows > row + 1)
		draw_detail(a, g, row + 1);
}
