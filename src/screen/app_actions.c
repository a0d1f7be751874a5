/* Runs actions; owns what those do that belong to no part of the screen: moving,
 * panes, prompts, the end.  Keys and help are in view/actions.def. */
#include "screen/app_parts.h"

struct pane *app_pane(struct app *a)
{
	switch (app_place(a)) {
	case IN_HELP:
		return &a->help.pane;
	case IN_PROBLEMS:
		return &a->problems.pane;
	case IN_COLUMNS:
		return &a->chooser.pane;
	case IN_COMPARE:
		return &a->compare_pane;
	case IN_PIVOTS:
		return &a->pivots.pane;
	case IN_VALUES:
		return &a->values.pane;
	case IN_COPIED:
		return &a->copy.page.pane;
	case IN_OVERVIEW:
		return &a->overview.sheet.pane;
	case IN_MENU:
		return &a->choices.menu.pane;
	case IN_RAW:
		return &a->told.text.pane;
	case IN_TREE:
		return &a->tree.pane;
	default:
		return &a->list.pane;
	}
}

void app_moved(struct app *a)
{
	if (a->overlay || app_place(a) == IN_RAW)
		return;
	if (a->pane == IN_OVERVIEW)
		a->overview.sheet.chosen = true;
	else if (a->pane == IN_TREE)
		tree_choose(&a->tree);
	else
		list_choose(&a->list);
}

/* What was typed before the key, or 1. */
long app_times(const struct app *a)
{
	return a->count ? (long)a->count : 1;
}

void app_move(struct app *a, long rows)
{
	/* No cursor is drawn in a text that stands alone. */
	if (a->overlay == IN_COPIED)
		pane_scroll(app_pane(a), rows);
	else
		pane_move(app_pane(a), rows);
	app_moved(a);
}

static void do_down(struct app *a)
{
	app_move(a, app_times(a));
}

static void do_up(struct app *a)
{
	app_move(a, -app_times(a));
}

static void do_top(struct app *a)
{
	pane_go(app_pane(a), a->count ? a->count - 1 : 0);
	app_moved(a);
}

static void do_bottom(struct app *a)
{
	struct pane *pane = app_pane(a);

	pane_go(pane, a->count ? a->count - 1 : pane->count);
	app_moved(a);
}

static void do_half_down(struct app *a)
{
	pane_move_halves(app_pane(a), app_times(a));
	app_moved(a);
}

static void do_half_up(struct app *a)
{
	pane_move_halves(app_pane(a), -app_times(a));
	app_moved(a);
}

static void do_page_down(struct app *a)
{
	pane_move_pages(app_pane(a), app_times(a));
	app_moved(a);
}

static void do_page_up(struct app *a)
{
	pane_move_pages(app_pane(a), -app_times(a));
	app_moved(a);
}

enum { MANY = 1 << 20 };        /* more than there are columns */

static void do_cell_left(struct app *a)
{
	size_t by = (size_t)app_times(a);

	if (a->pane == IN_OVERVIEW)
		sheet_move_cell(&a->overview.sheet, -app_times(a));
	else
		a->cell -= by < a->cell ? by : a->cell;
}

static void do_cell_right(struct app *a)
{
	size_t left = a->layout.count - 1 - a->cell;
	size_t by = (size_t)app_times(a);

	if (a->pane == IN_OVERVIEW)
		sheet_move_cell(&a->overview.sheet, app_times(a));
	else
		a->cell += by < left ? by : left;
}

static void do_cell_first(struct app *a)
{
	a->count = MANY;
	do_cell_left(a);
}

static void do_cell_last(struct app *a)
{
	a->count = MANY;
	do_cell_right(a);
}

static void do_tree(struct app *a)
{
	if (list_unfold(&a->list))
		list_choose(&a->list);
	else if (a->list.pane.count > 0)
		a->pane = IN_TREE;
}

/* To the next pane on the screen, or with BY -1 to the one before: events,
 * overview, tree, terms.  An overview has the tree's place where there is no
 * room for both. */
static void turn_pane(struct app *a, int by)
{
	bool tree = a->list.pane.count > 0 &&
		    (!a->overview.open || a->places.divider >= 0);
	const struct {
		enum actions_place pane;
		bool there;
	} ring[] = {
		{IN_EVENTS, true},
		{IN_OVERVIEW, a->overview.open},
		{IN_TREE, tree},
		{IN_CHIPS, a->chips.count > 0},
	};
	size_t n = sizeof ring / sizeof *ring, at = 0;

	while (at < n && ring[at].pane != a->pane)
		at++;
	/* The histogram is the events' own. */
	if (at == n) {
		a->pane = IN_EVENTS;
		return;
	}
	do
		at = (at + (by > 0 ? 1 : n - 1)) % n;
	while (!ring[at].there);
	a->pane = ring[at].pane;
}

static void do_next_pane(struct app *a)
{
	turn_pane(a, 1);
}

static void do_previous_pane(struct app *a)
{
	turn_pane(a, -1);
}

static void do_zoom(struct app *a)
{
	a->zoomed = !a->zoomed;
}

/* Over what the innermost overlay was opened: another one, or the panes. */
static enum actions_place below(const struct app *a)
{
	if (a->overlay == IN_COPIED)
		return a->copy.over;
	return a->overlay == IN_HELP ? a->help.place & IN_OVERLAYS : 0;
}

bool app_is_open(const struct app *a, enum actions_place overlay)
{
	return a->overlay == overlay || below(a) == overlay;
}

/* The innermost thing that is open; false when nothing is. */
static bool close_one(struct app *a)
{
	if (a->overlay) {
		a->overlay = below(a);
	} else if (a->zoomed) {
		a->zoomed = false;
	} else if (app_place(a) == IN_RAW) {
		a->face = APP_TREE;
	} else if (a->pane == IN_TREE || a->pane == IN_CHIPS ||
		   a->pane == IN_HISTOGRAM) {
		a->pane = IN_EVENTS;
	} else if (a->overview.open) {
		app_leave_overview(a);
	} else {
		return false;
	}
	return true;
}

static void do_escape(struct app *a)
{
	if (!close_one(a))
		search_clear(&a->search.hits);
}

static void do_quit(struct app *a)
{
	if (app_may_drop_writing(a) && app_may_drop_notes(a))
		a->want = APP_QUIT;
}

static void do_close(struct app *a)
{
	if (!close_one(a))
		do_quit(a);
}

static void do_redraw(struct app *a)
{
	a->want = APP_REDRAW;
}

static void do_suspend(struct app *a)
{
	a->want = APP_SUSPEND;
}

static void do_problems(struct app *a)
{
	problems_refresh(&a->problems, a->store);
	if (a->overlay == IN_PROBLEMS) {
		a->overlay = 0;
	} else if (a->problems.pane.count == 0 &&
		   (a->loading || a->progress.stopped)) {
		app_say(a, ROLE_WARNING, a->loading
			? "no problems so far; files are still being read"
			: "no problems in what was read; loading was stopped");
	} else if (a->problems.pane.count == 0 && a->counts.conflicts > 0) {
		app_say(a, ROLE_WARNING, "every file was read whole; %llu "
			"conflicts: is:conflict shows them",
			(unsigned long long)a->counts.conflicts);
	} else if (a->problems.pane.count == 0) {
		app_say(a, ROLE_GOOD, "no problems: every file was read whole");
	} else {
		a->overlay = IN_PROBLEMS;
	}
}

static void do_help(struct app *a)
{
	if (a->overlay == IN_HELP) {
		a->overlay = below(a);
		return;
	}
	help_list(&a->help, a->bindings, app_place(a), SPAN(""));
	pane_go(&a->help.pane, 0);
	a->overlay = IN_HELP;
}

static void do_narrow(struct app *a)
{
	app_open_prompt(a, APP_HELP_PROMPT, SPAN(""));
}

static void do_run(struct app *a)
{
	enum action action = help_selected(&a->help);

	if (app_place(a) == IN_MENU) {
		app_menu_accept(a);
		return;
	}
	if (action == ACTION_NONE)
		return;
	if (!(actions_info(action)->where & a->help.place)) {
		app_say(a, ROLE_DIM, "that key works while a line is typed");
		return;
	}
	a->overlay = below(a);
	app_do(a, action);
}

static void do_command(struct app *a)
{
	app_open_prompt(a, APP_COMMAND_PROMPT, SPAN(""));
}

static void do_filter(struct app *a)
{
	if (a->argument.n > 0)
		app_use_filter(a, a->argument);
	else
		app_edit_filter(a, false);
}

void app_sort_by(struct app *a, const struct column_ref *column)
{
	struct buffer name = {0};

	list_sort_by(&a->list, column);
	columns_name(column, &name);
	app_say(a, ROLE_DIM, "sorted by %s, %s", buffer_text(&name),
		a->list.order.key[0].descending ? "descending" : "ascending");
	buffer_free(&name);
	app_ask(a);
}

static void do_sort(struct app *a)
{
	struct error err;

	if (a->argument.n == 0)
		app_sort_by(a, app_cell(a));
	else if (app_use_order(a, a->argument, &err))
		app_ask(a);
	else
		app_say(a, ROLE_ERROR, "%s", err.text);
}

static void do_fold(struct app *a)
{
	tree_fold_or_parent(&a->tree);
}

static void do_unfold(struct app *a)
{
	tree_unfold_or_child(&a->tree);
}

static void do_toggle(struct app *a)
{
	tree_toggle(&a->tree);
}

static void do_parent(struct app *a)
{
	tree_parent(&a->tree);
}

static void do_next_sibling(struct app *a)
{
	tree_sibling(&a->tree, 1);
}

static void do_previous_sibling(struct app *a)
{
	tree_sibling(&a->tree, -1);
}

static void do_fold_level(struct app *a)
{
	tree_fold_siblings(&a->tree, true, false);
}

static void do_fold_deep(struct app *a)
{
	tree_fold_siblings(&a->tree, true, true);
}

static void do_unfold_level(struct app *a)
{
	tree_fold_siblings(&a->tree, false, false);
}

static void do_unfold_deep(struct app *a)
{
	tree_fold_siblings(&a->tree, false, true);
}

/* By its key, which is the level; from the command line the count is. */
static void do_level(struct app *a)
{
	unsigned level = a->key >= '1' && a->key <= '9' ? a->key - '0'
							: (unsigned)app_times(a);

	tree_set_level(&a->tree, level);
}

static void do_next_event(struct app *a)
{
	pane_move(&a->list.pane, app_times(a));
	list_choose(&a->list);
}

static void do_previous_event(struct app *a)
{
	pane_move(&a->list.pane, -app_times(a));
	list_choose(&a->list);
}

const struct app_handler app_actions_handlers[] = {
	{ACTION_HELP, do_help},
	{ACTION_COMMAND, do_command},
	{ACTION_NEXT_PANE, do_next_pane},
	{ACTION_PREVIOUS_PANE, do_previous_pane},
	{ACTION_ZOOM, do_zoom},
	{ACTION_CLOSE, do_close},
	{ACTION_QUIT, do_quit},
	{ACTION_ESCAPE, do_escape},
	{ACTION_REDRAW, do_redraw},
	{ACTION_SUSPEND, do_suspend},
	{ACTION_PROBLEMS, do_problems},
	{ACTION_NARROW, do_narrow},
	{ACTION_RUN, do_run},
	{ACTION_FILTER, do_filter},
	{ACTION_DOWN, do_down},
	{ACTION_UP, do_up},
	{ACTION_TOP, do_top},
	{ACTION_BOTTOM, do_bottom},
	{ACTION_HALF_DOWN, do_half_down},
	{ACTION_HALF_UP, do_half_up},
	{ACTION_PAGE_DOWN, do_page_down},
	{ACTION_PAGE_UP, do_page_up},
	{ACTION_CELL_LEFT, do_cell_left},
	{ACTION_CELL_RIGHT, do_cell_right},
	{ACTION_CELL_FIRST, do_cell_first},
	{ACTION_CELL_LAST, do_cell_last},
	{ACTION_TREE, do_tree},
	{ACTION_SORT, do_sort},
	{ACTION_EVENTS_PAGE_DOWN, do_page_down},
	{ACTION_EVENTS_PAGE_UP, do_page_up},
	{ACTION_FOLD, do_fold},
	{ACTION_UNFOLD, do_unfold},
	{ACTION_TOGGLE, do_toggle},
	{ACTION_PARENT, do_parent},
	{ACTION_NEXT_SIBLING, do_next_sibling},
	{ACTION_PREVIOUS_SIBLING, do_previous_sibling},
	{ACTION_FOLD_LEVEL, do_fold_level},
	{ACTION_FOLD_DEEP, do_fold_deep},
	{ACTION_UNFOLD_LEVEL, do_unfold_level},
	{ACTION_UNFOLD_DEEP, do_unfold_deep},
	{ACTION_LEVEL, do_level},
	{ACTION_NEXT_EVENT, do_next_event},
	{ACTION_PREVIOUS_EVENT, do_previous_event},
	{ACTION_ACCEPT, app_prompt_accept},
	{ACTION_CANCEL, app_prompt_cancel},
	{ACTION_NONE, NULL}
};

/* One of them has it; a test does every action. */
void app_do(struct app *a, enum action action)
{
	static const struct app_handler *const tables[] = {
		app_actions_handlers,
		app_chips_handlers,
		app_columns_handlers,
		app_complete_handlers,
		app_copy_handlers,
		app_filter_handlers,
		app_histogram_handlers,
		app_history_handlers,
		app_menu_handlers,
		app_mouse_handlers,
		app_notes_handlers,
		app_overview_handlers,
		app_pivot_handlers,
		app_reload_handlers,
		app_reveal_handlers,
		app_search_handlers,
		app_session_handlers,
		app_stop_handlers,
		app_terminal_handlers,
		app_time_handlers,
		app_typing_handlers,
		app_values_handlers,
		app_write_handlers,
	};

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		for (const struct app_handler *h = tables[i];
		     h->action != ACTION_NONE; h++)
			if (h->action == action) {
				h->run(a);
				return;
			}
}
