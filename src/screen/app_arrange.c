/* Where things stand: from the size of the screen to the place of each part,
 * and then to its drawing.  Header, filter and status are a line each; the rest
 * is for the panes: an overview over the events, the tree below or beside
 * them.  Too low a screen shows the pane with the focus only. */
#include "screen/app_parts.h"

#include "screen/draw.h"
#include "text/stamp.h"

enum {
	BESIDE_FROM = 160,      /* columns: the tree stands beside */
	EVENTS_BESIDE = 100,    /* columns of the events then, at least */
	BOTH_FROM = 9,          /* rows: both panes are shown */
	EVENTS_LEAST = 4,       /* rows of the events then, at least */
	STRIP_FROM = 28,        /* rows: the strip of time has its line; with
				   fewer the list, of ten rows, needs it more,
				   and the histogram is a key away */
	FILTER_FROM = 5,        /* rows: the filter has its line */
	HEADER_FROM = 3,
	STATUS_FROM = 2,
	OFFERS = 12             /* rows of what completes a line, at most */
};

/* Takes ROWS lines from the top of what is left. */
static struct app_area take(struct app_area *left, int rows)
{
	struct app_area area = *left;

	area.rows = rows < left->rows ? rows : left->rows;
	left->row += area.rows;
	left->rows -= area.rows;
	return area;
}

/* The title of the tree goes to the tree, and so do rows that the list leaves
 * blank; not while it changes with every key or file. */
static void split_below(struct app *a, struct app_area left)
{
	size_t count = a->list.pane.count;
	int rows = (left.rows + 1) / 2;

	if (count > 0 && count + 1 < (size_t)rows && !a->loading &&
	    a->prompt_for != APP_FILTER_PROMPT)
		rows = (int)count + 1 < EVENTS_LEAST ? EVENTS_LEAST
						     : (int)count + 1;
	a->places.events = take(&left, rows);
	a->places.tree = left;
}

static void split_beside(struct app_places *p, struct app_area left)
{
	int wide = left.columns * 5 / 8;

	if (wide < EVENTS_BESIDE)
		wide = EVENTS_BESIDE;
	p->events = p->tree = left;
	p->events.columns = wide;
	p->divider = wide;
	p->tree.column += wide + 1;
	p->tree.columns -= wide + 1;
}

/* Where there is room for two panes only, an overview takes the place of the
 * tree until one goes there. */
static void split(struct app *a, struct app_area left)
{
	struct app_places *p = &a->places;
	bool wide = left.columns >= BESIDE_FROM;

	if (a->overview.open && (wide || a->pane != IN_TREE))
		p->overview = take(&left, left.rows * 3 / 5);
	if (wide)
		split_beside(p, left);
	else if (p->overview.rows > 0)
		p->events = left;
	else
		split_below(a, left);
}

static void place(struct app *a, int rows, int columns)
{
	struct app_places *p = &a->places;
	struct app_area left = {0, 0, rows, columns};

	if (a->pane == IN_HISTOGRAM && rows < APP_HISTOGRAM_FROM)
		a->pane = IN_EVENTS;
	*p = (struct app_places){.divider = -1};
	if (rows >= STATUS_FROM) {
		left.rows--;
		p->status = (struct app_area){rows - 1, 0, 1, columns};
	}
	if (rows >= HEADER_FROM)
		p->header = take(&left, 1);
	if (a->pane == IN_HISTOGRAM)
		p->strip = take(&left, rows / 3);
	else if (rows >= STRIP_FROM)
		p->strip = take(&left, 1);
	if (rows >= FILTER_FROM || a->prompt_for == APP_FILTER_PROMPT)
		p->filter = take(&left, 1);
	if (a->overlay == IN_COPIED) {
		left.row = 0;
		left.rows = rows - p->status.rows;
		*p = (struct app_places){.status = p->status, .divider = -1,
					 .overlay = left};
	} else if (a->overlay) {
		p->overlay = left;
	}
	if (a->overlay)
		return;
	if (a->zoomed || left.rows < BOTH_FROM)
		*(a->pane == IN_TREE ? &p->tree
		  : a->pane == IN_OVERVIEW ? &p->overview
		  : &p->events) = left;
	else
		split(a, left);
}

/* What completes the line stands below the bar, or above the last line; its own
 * last line is a rule. */
static void place_offers(struct app *a, int rows, int columns)
{
	struct app_places *p = &a->places;
	bool below = a->prompt_for == APP_FILTER_PROMPT;
	int first = below ? p->filter.row + 1 : 0;
	int most = rows - p->status.rows - first;
	int wanted = (int)(a->offers.menu.pane.count < OFFERS ? a->offers.menu.pane.count
							 : OFFERS) + 1;

	if (!a->offers.open)
		return;
	wanted = wanted < most ? wanted : most;
	wanted = wanted > 0 ? wanted : 0;
	p->offers = (struct app_area){below ? first : first + most - wanted, 0,
				      wanted, columns};
	pane_set_height(&a->offers.menu.pane, wanted > 1 ? (size_t)wanted - 1 : 0);
}

/* Each pane spends its first line on a title. */
static size_t height(const struct app_area *area)
{
	return area->rows > 1 ? (size_t)area->rows - 1 : 0;
}

/* What the selected problem takes below their list: a rule, two lines each for
 * its place and what it is, the line and a caret, a hint. */
static size_t detail(const struct app_area *area)
{
	enum { DETAIL = 8 };
	size_t half = height(area) / 2;

	return half < DETAIL ? half : DETAIL;
}

/* Times show their year when there is more than one. */
static bool several_years(const struct app *a)
{
	const struct run_result *r = &a->answer.result;

	return r->first <= r->last &&
	       stamp_to_date(r->first).year != stamp_to_date(r->last).year;
}

const struct column_ref *app_cell(const struct app *a)
{
	return &a->layout.column[a->cell].ref;
}

/* The cursor stays on its column. */
void app_choose_usual(struct app *a, int width)
{
	struct layout old = a->layout;
	enum column cell = old.count ? app_cell(a)->column : COLUMN_TIME;

	layout_usual(&a->layout, (size_t)width);
	layout_add_usual(&a->layout);
	layout_carry(&old, &a->layout);
	a->usual_width = width;
	a->cell = 0;
	for (size_t i = 0; i < a->layout.count; i++)
		if (a->layout.column[i].ref.column == cell)
			a->cell = i;
	a->measured = false;
	app_measure(a);
	layout_free(&old);
}

size_t app_shown(const struct app *a, size_t i)
{
	return i < a->kept ? i : i - a->kept + a->first;
}

static bool glyph_leads(const struct app *a)
{
	return a->layout.column[app_shown(a, 0)].ref.column == COLUMN_GLYPH;
}

int app_signs_at(const struct app *a)
{
	return a->places.events.column + 1 + glyph_leads(a);
}

int app_column_at(const struct app *a, size_t i)
{
	int at = a->places.events.column + 1;

	if (!glyph_leads(a) || i > 0)
		at = app_signs_at(a) + APP_SIGNS + 1;
	for (size_t k = glyph_leads(a); k < i; k++)
		at += (int)a->layout.column[app_shown(a, k)].width + 1;
	return at;
}

/* What happened when is what the other cells are told of. */
static size_t leading(const struct layout *layout)
{
	size_t i = 0;

	while (i < layout->count &&
	       (layout->column[i].ref.column == COLUMN_GLYPH ||
		layout->column[i].ref.column == COLUMN_TIME ||
		layout->column[i].ref.column == COLUMN_EVENT))
		i++;
	return i;
}

/* Fits KEPT columns and those from FIRST on; answers whether the cursor's is
 * among them. */
static bool fit_from(struct app *a, size_t kept, size_t first, int width)
{
	struct layout shown = a->layout;
	size_t end;
	int room;

	a->kept = kept;
	a->first = first;
	/* What a wider screen would have takes no room before one goes
	 * there. */
	if (first > kept)
		shown.main = 0;
	else if (a->cell < shown.main)
		shown.count = shown.main;
	for (size_t i = 0; i < shown.count; i++)
		shown.column[i].off = i >= kept && i < first;
	/* The sign of the selected row comes before them. */
	room = width - 1 - APP_SIGNS - !glyph_leads(a);
	end = layout_fit(&shown, room > 0 ? (size_t)room : 1,
			 several_years(a));
	a->fitted = end < first ? end : end - (first - kept);
	a->layout.form = shown.form;
	return a->cell < end;
}

/* Scrolls to the right as far as the cursor needs it; where the first columns
 * leave no room for it, they too. */
static void fit(struct app *a, int width)
{
	size_t kept = leading(&a->layout), first = kept;

	if (a->usual && a->usual_width != width)
		app_choose_usual(a, width);
	while (!fit_from(a, kept, first, width)) {
		if (first < a->cell)
			first++;
		else if (kept > 0)
			kept = first = 0;
		else
			return;
	}
}

void app_show_event(struct app *a)
{
	tree_show(&a->tree, a->store, list_selected(&a->list));
	if (a->face != APP_TREE && a->places.tree.columns > 0)
		app_show_raw(a, (size_t)a->places.tree.columns - 1);
}

static void arrange(struct app *a, int rows, int columns)
{
	struct app_places *p = &a->places;

	a->layout.waiting = !app_findings_known(a);
	place(a, rows, columns);
	place_offers(a, rows, columns);
	if (p->events.rows > 0)
		pane_set_height(&a->list.pane, height(&p->events));
	if (p->tree.rows > 0) {
		app_show_event(a);
		pane_set_height(&a->tree.pane, height(&p->tree));
		pane_set_height(&a->told.text.pane, height(&p->tree));
	}
	if (p->overview.rows > 0) {
		sheet_lay(&a->overview.sheet, (size_t)p->overview.columns,
			  a->set, a->layout.zone);
		sheet_set_height(&a->overview.sheet, height(&p->overview));
	}
	if (a->overlay == IN_COPIED) {
		page_wrap(&a->copy.page, (size_t)columns, a->set);
		pane_set_height(&a->copy.page.pane, (size_t)p->overlay.rows);
	}
	if (a->overlay == IN_HELP)
		pane_set_height(&a->help.pane, height(&p->overlay));
	else if (a->overlay == IN_MENU)
		pane_set_height(&a->choices.menu.pane, height(&p->overlay));
	else if (a->overlay == IN_COLUMNS)
		pane_set_height(&a->chooser.pane, height(&p->overlay));
	else if (a->overlay == IN_PIVOTS && p->overlay.rows > 1)
		pane_set_height(&a->pivots.pane, height(&p->overlay) - 1);
	else if (a->overlay == IN_PROBLEMS)
		pane_set_height(&a->problems.pane,
				height(&p->overlay) - detail(&p->overlay));
	else if (a->overlay == IN_COMPARE)
		pane_set_height(&a->compare_pane, p->overlay.rows > 2
				? (size_t)p->overlay.rows - 2 : 0);
	else if (a->overlay == IN_VALUES)
		pane_set_height(&a->values.pane, p->overlay.rows > 2
				? (size_t)p->overlay.rows - 2 : 0);
	if (p->events.columns > 1)
		fit(a, p->events.columns);
}

void app_draw(struct app *a, struct grid *g)
{
	arrange(a, g->rows, g->columns);
	grid_clear(g);
	draw_begin_hits(a);
	if (a->places.header.rows)
		draw_header(a, g);
	if (a->places.strip.rows)
		draw_strip(a, g);
	if (a->places.events.rows)
		draw_events(a, g);
	draw_divider(a, g);
	if (a->places.overview.rows)
		draw_overview(a, g);
	if (a->places.tree.rows)
		(a->face == APP_TREE ? draw_tree : draw_raw)(a, g);
	if (a->overlay == IN_HELP)
		draw_help(a, g);
	if (a->overlay == IN_PROBLEMS)
		draw_problems(a, g);
	if (a->overlay == IN_COLUMNS)
		draw_columns(a, g);
	if (a->overlay == IN_PIVOTS)
		draw_pivots(a, g);
	if (a->overlay == IN_COMPARE)
		draw_compare(a, g);
	if (a->overlay == IN_VALUES)
		draw_values(a, g);
	if (a->overlay == IN_MENU)
		draw_menu(a, g);
	if (a->overlay == IN_COPIED)
		draw_page(g, &a->places.overlay, 0, &a->copy.page);
	draw_hits_below(a, g, &a->places.overlay);
	/* After the panes: a fault of the filter stands over their first
	 * line. */
	if (a->places.filter.rows)
		draw_filter(a, g);
	if (a->places.offers.rows)
		draw_offers(a, g);
	if (a->places.status.rows)
		draw_status(a, g);
	draw_reveal(a, g);
}
