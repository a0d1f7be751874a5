/* The tree pane: the event's document under a line that names the event and
 * where it stood. */
#include "screen/draw.h"

#include "json/scan.h"
#include "view/brief.h"
#include "text/stamp.h"

enum { INDENT = 2, SHORT_ID = 8 };

static struct span base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return span_of(slash ? slash + 1 : path);
}

static void draw_marks(struct app *a, struct grid_line *line,
		       const struct segment_event *event)
{
	static const struct {
		uint8_t mark;
		const char *word;
	} words[] = {
		{SEGMENT_NOTICE, "notice"}, {SEGMENT_RELAXED, "relaxed"},
		{SEGMENT_DAMAGED, "damaged"},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (event->marks & words[i].mark)
			grid_line_printf(line, ROLE_WARNING, "  %s",
					 words[i].word);
	if (store_unverified(a->store, a->tree.event))
		grid_line_text(line, ROLE_WARNING, "  unverified");
	if (store_conflict(a->store, a->tree.event))
		grid_line_text(line, ROLE_WARNING, "  conflict");
}

/* The file and line at the right edge; the end of a long name tells most. */
static void draw_place(struct app *a, struct grid_line line,
		       const struct segment_event *event)
{
	struct store_file file = store_file(a->store, event->input);
	int room = line.end - line.column - 4, width;

	buffer_clear(&a->scratch);
	buffer_add_span(&a->scratch, base_name(file.name));
	buffer_printf(&a->scratch, ":%u", (unsigned)event->line);
	width = grid_width(line.grid, buffer_span(&a->scratch), room);
	if (room < 8)
		return;
	if (width > room)
		width = room;
	line.column = line.end - width - 3;
	grid_line_text(&line, ROLE_DIM, " ");
	grid_put(line.grid, line.row, line.column, width, ROLE_DIM, SHOW_TAIL,
		 buffer_span(&a->scratch));
	grid_line_gap(&line, width);
	grid_line_text(&line, ROLE_DIM, " ");
}

static void add_column(struct app *a, struct grid_line *line, enum role role,
		       enum column column, size_t most)
{
	struct column_ref ref = {.column = column,
				 .ascii = a->set == SHOW_ASCII};
	struct span text;

	buffer_clear(&a->scratch);
	columns_text(a->store, a->tree.event, &ref, &a->scratch);
	text = buffer_span(&a->scratch);
	if (text.n > most)
		text.n = most;
	grid_line_span(line, role, text);
}

static void add_time(struct app *a, struct grid_line *line, int64_t time)
{
	char text[STAMP_ROOM];

	if (time == SEGMENT_NO_TIME) {
		add_column(a, line, ROLE_TEXT, COLUMN_TIME, SIZE_MAX);
		return;
	}
	stamp_format(time, STAMP_FULL, a->layout.zone, text);
	grid_line_printf(line, ROLE_TEXT, "%s %s", text, app_zone_name(a));
}

/* Where the place of the event has room too.  A conflict was told before. */
static void draw_findings(const struct app *a, struct grid_line *line)
{
	enum { FEW = 4, WIDE = 100 };
	const char *word[FEW];
	size_t n = app_findings_of(a, a->tree.event, word, FEW);

	for (size_t i = 0; i < n && i < FEW &&
			   a->places.tree.columns >= WIDE; i++)
		if (strcmp(word[i], "conflict") != 0)
			grid_line_printf(line, ROLE_DANGER, "  %s", word[i]);
}

static void draw_id(struct app *a, struct grid_line *line)
{
	const struct column_ref id = {.column = COLUMN_ID};

	if (!columns_present(a->store, a->tree.event, &id)) {
		grid_line_text(line, ROLE_DIM, "  no eventID");
		return;
	}
	grid_line_text(line, ROLE_DIM, "  eventID ");
	add_column(a, line, ROLE_DIM, COLUMN_ID, SHORT_ID);
}

static void draw_title(struct app *a, struct grid *g)
{
	struct grid_line line = draw_rule(g, &a->places.tree,
					  a->pane == IN_TREE);
	const struct segment_event *event;

	if (a->tree.event.segment == STORE_NO_EVENT.segment || !a->tree.store)
		return;
	event = segment_event(store_segment(a->store, a->tree.event.segment),
			      a->tree.event.index);
	grid_line_text(&line, ROLE_TITLE, " ");
	add_column(a, &line, ROLE_TITLE, COLUMN_EVENT, SIZE_MAX);
	grid_line_text(&line, ROLE_TEXT, "  ");
	add_time(a, &line, event->time);
	draw_id(a, &line);
	draw_marks(a, &line, event);
	draw_findings(a, &line);
	if (app_is_marked(a, a->tree.event))
		grid_line_text(&line, ROLE_TALLY, "  marked");
	grid_line_text(&line, ROLE_TEXT, " ");
	draw_place(a, line, event);
}

static enum role value_role(struct app *a, const struct tree_row *row)
{
	switch (tree_look(&a->tree, row)) {
	case TREE_SECRET:
		return ROLE_MASKED;
	case TREE_MASKED_BY_AWS:
		return ROLE_AWS;
	case TREE_OMITTED:
		return ROLE_WARNING;
	case TREE_PLAIN:
		break;
	}
	if (row->kind == TREE_BUFFER)
		return ROLE_NUMBER;
	switch (tree_token_kind(&a->tree, row)) {
	case SCAN_STRING:
	case SCAN_STRING_SINGLE:
		return ROLE_STRING;
	case SCAN_NUMBER:
	case SCAN_RAW:
		return ROLE_NUMBER;
	case SCAN_TRUE:
	case SCAN_FALSE:
	case SCAN_NULL:
		return ROLE_LITERAL;
	default:
		return ROLE_WARNING;
	}
}

static void draw_value(struct app *a, struct grid_line *line,
		       const struct tree_row *row)
{
	enum role role;

	buffer_clear(&a->scratch);
	tree_value(&a->tree, row, &a->scratch);
	role = value_role(a, row);
	grid_line_span(line, role, buffer_span(&a->scratch));
	if (row->kind == TREE_BUFFER)
		return;
	if (role == ROLE_AWS)
		grid_line_text(line, ROLE_DIM, "  masked by AWS");
	buffer_clear(&a->scratch);
	if (tree_opens(&a->tree, row))
		tree_summary(&a->tree, row, &a->scratch);
	if (a->scratch.n > 0) {
		grid_line_text(line, ROLE_DIM, "  ");
		grid_line_span(line, ROLE_DIM, buffer_span(&a->scratch));
	}
}

static void draw_key(struct app *a, struct grid_line *line,
		     const struct tree_row *row)
{
	buffer_clear(&a->scratch);
	tree_key(&a->tree, row, &a->scratch);
	grid_line_span(line, row->key ? ROLE_KEY : ROLE_DIM,
		       buffer_span(&a->scratch));
}

static int indent_of(const struct app_area *area, const struct tree_row *row)
{
	int most = area->columns / 2;
	int indent = row->depth < 256 ? (int)row->depth * INDENT : most;

	return 1 + (indent < most ? indent : most);
}

/* Where the value of a leaf begins. */
static int value_column(struct app *a, const struct app_area *area,
			const struct tree_row *node)
{
	int at = indent_of(area, node) + INDENT;

	buffer_clear(&a->scratch);
	tree_key(&a->tree, node, &a->scratch);
	at += grid_width(&(struct grid){.set = a->set},
			 buffer_span(&a->scratch), area->columns);
	return node->key || node->parent != TREE_NONE ? at + 2 : at;
}

/* The value in lines, in a->value: one line where there is no room.  Of one that
 * is longer than the pane only as much as it could show: to wrap 100 MB takes
 * longer than anybody waits for a key. */
static size_t wrap_value(struct app *a, const struct app_area *area,
			 const struct tree_row *node)
{
	enum {
		LEAST = 16,
		CELL = 12       /* bytes: a character and two marks */
	};
	struct span text;
	size_t most;
	int room;

	if (!a->wrap || node->kind != TREE_LEAF ||
	    tree_opens(&a->tree, node))
		return 1;
	room = area->columns - value_column(a, area, node);
	if (room < LEAST)
		return 1;
	buffer_clear(&a->scratch);
	tree_value(&a->tree, node, &a->scratch);
	text = buffer_span(&a->scratch);
	most = (size_t)room * (size_t)area->rows * CELL;
	if (text.n > most)
		text.n = most;
	page_set(&a->value, text);
	page_wrap(&a->value, (size_t)room, a->set);
	return a->value.pane.count;
}

/* Behind the first line, which the row itself is drawn on; the page breaks
 * where the screen does. */
static void draw_more(struct app *a, struct grid *g, int row,
		      const struct tree_row *node, size_t lines)
{
	const struct app_area *area = &a->places.tree;
	int at = value_column(a, area, node);
	enum role role = value_role(a, node);

	for (size_t k = 0; k < lines && row + (int)k < area->rows; k++) {
		struct grid_line line = draw_line(g, area, row + (int)k);

		grid_line_gap(&line, at);
		grid_line_span(&line, role, page_line(&a->value, k));
		draw_hits(a, g, line.row, area->column + at,
			  area->columns - at);
	}
}

/* Answers how many lines it took. */
static int draw_row(struct app *a, struct grid *g, size_t i, int row)
{
	const struct app_area *area = &a->places.tree;
	const struct tree_row *node = tree_row_at(&a->tree, i);
	struct grid_line line = draw_line(g, area, row);
	bool folded = tree_folded(&a->tree, node);
	size_t lines = wrap_value(a, area, node);
	int from;

	grid_line_gap(&line, indent_of(area, node));
	if (tree_row_is_value(node) ? tree_opens(&a->tree, node)
				    : node->members > 0)
		grid_put_sign(g, line.row, line.column, ROLE_HINT,
			      folded ? GRID_FOLDED : GRID_UNFOLDED);
	grid_line_gap(&line, 2);
	draw_key(a, &line, node);
	if (tree_row_is_value(node)) {
		if (node->key || node->parent != TREE_NONE)
			grid_line_text(&line, ROLE_DIM, ": ");
		from = line.column;
		draw_value(a, &line, node);
		draw_hits(a, g, line.row, from, line.end - from);
	} else if (folded || node->members == 0) {
		buffer_clear(&a->scratch);
		tree_preview(&a->tree, node, &a->scratch);
		grid_line_gap(&line, 1);
		grid_line_span(&line, ROLE_DIM, buffer_span(&a->scratch));
	}
	if (lines > 1)
		draw_more(a, g, row, node, lines);
	for (int k = 0; i == a->tree.pane.cursor && a->pane == IN_TREE &&
	     k < (int)lines && row + k < area->rows; k++)
		draw_selected(g, area, row + k, true);
	return (int)lines;
}

/* The first row to be drawn, such that all of the selected one is seen. */
static size_t first_row(struct app *a)
{
	const struct pane *pane = &a->tree.pane;
	size_t at = pane->cursor, used = 0;

	if (!a->wrap)
		return pane->top;
	for (;; at--) {
		used += wrap_value(a, &a->places.tree,
				   tree_row_at(&a->tree, at));
		if (used > pane->height && at < pane->cursor)
			return at + 1;
		if (at == pane->top || used > pane->height)
			return at;
	}
}

/* What a line of the summary is about; lines that go on have none. */
static void draw_label(struct app *a, struct grid *g,
		       const struct app_area *area, size_t i)
{
	const struct page *page = &a->told.text;
	int row = 1 + (int)(i - page->pane.top);
	struct span text = page_line(page, i);

	if (text.n > BRIEF_LABEL)
		text.n = BRIEF_LABEL;
	if (!page_goes_on(page, i) && row < area->rows)
		grid_put(g, area->row + row, area->column, BRIEF_LABEL,
			 ROLE_KEY, SHOW_END, text);
}

void draw_raw(struct app *a, struct grid *g)
{
	struct app_area area = a->places.tree;
	const struct pane *pane = &a->told.text.pane;

	draw_title(a, g);
	/* The sign of the selected line comes before them. */
	area.column++;
	area.columns--;
	draw_page(g, &area, 1, &a->told.text);
	for (size_t i = pane->top; a->face == APP_BRIEF && i < pane->count &&
	     i - pane->top < (size_t)area.rows; i++)
		draw_label(a, g, &area, i);
	draw_hits_below(a, g, &a->places.tree);
	if (a->pane == IN_TREE && pane->count > 0)
		draw_selected(g, &a->places.tree,
			      1 + (int)(pane->cursor - pane->top), true);
}

void draw_tree(struct app *a, struct grid *g)
{
	const struct pane *pane = &a->tree.pane;
	int row = 1;

	draw_title(a, g);
	if (pane->count == 0)
		return;
	for (size_t i = first_row(a); i < pane->count &&
	     row < a->places.tree.rows; i++)
		row += draw_row(a, g, i, row);
}
