/* The mouse: from a place on the screen to the pane and the row that stand
 * there.  A click selects, the wheel scrolls; nothing else. */
#include "screen/app_parts.h"

#include "base/clock.h"

enum { WHEEL = 3 };     /* rows */

static void do_mouse_switch(struct app *a)
{
	a->settings.mouse = !a->settings.mouse;
	a->want = APP_SETTINGS;
	if (a->settings.mouse)
		app_say(a, ROLE_DIM, "mouse: a click selects, the wheel "
			"scrolls; %s gives it back to the terminal",
			app_key_of(a, ACTION_MOUSE).text);
	else
		app_say(a, ROLE_DIM, "the mouse is the terminal's again");
}

static bool within(const struct app_area *area, int row, int column)
{
	return row >= area->row && row < area->row + area->rows &&
	       column >= area->column && column < area->column + area->columns;
}

/* The column of the list that stands there. */
static void choose_cell(struct app *a, int column)
{
	for (size_t i = 0; i < a->fitted; i++) {
		size_t k = app_shown(a, i);
		int at = app_column_at(a, i);

		if (column >= at &&
		    column <= at + (int)a->layout.column[k].width)
			a->cell = k;
	}
}

/* The row of the pane below TITLES lines; false when none stands there. */
static bool choose_row(struct pane *pane, const struct app_area *area,
		       int titles, int row)
{
	size_t i = (size_t)(row - area->row - titles);

	if (row < area->row + titles || i >= pane->height ||
	    pane->top + i >= pane->count)
		return false;
	pane_go(pane, pane->top + i);
	return true;
}

/* The pane that stands there, or 0. */
static enum actions_place pane_at(const struct app *a, int row, int column)
{
	const struct app_places *p = &a->places;

	if (a->overlay)
		return 0;
	return within(&p->tree, row, column) ? IN_TREE
	       : within(&p->overview, row, column) ? IN_OVERVIEW
	       : within(&p->events, row, column) ? IN_EVENTS : 0;
}

static void click_pane(struct app *a, int row, int column)
{
	const struct app_places *p = &a->places;
	enum actions_place pane = pane_at(a, row, column);
	bool chosen = false;

	if (!pane)
		return;
	a->pane = pane;
	if (pane == IN_OVERVIEW)
		chosen = choose_row(app_pane(a), &p->overview,
				    1 + a->overview.sheet.above, row);
	else if (pane == IN_EVENTS)
		chosen = choose_row(app_pane(a), &p->events, 1, row);
	/* Long values may take several lines each. */
	else if (!a->wrap || a->face != APP_TREE)
		chosen = choose_row(app_pane(a), &p->tree, 1, row);
	if (chosen && pane == IN_EVENTS)
		choose_cell(a, column);
	if (chosen)
		app_moved(a);
}

static void click(struct app *a, int row, int column)
{
	enum actions_place titled = IN_HELP | IN_PROBLEMS | IN_COLUMNS |
				    IN_MENU;
	enum actions_place headed = IN_PIVOTS | IN_VALUES | IN_COMPARE;

	if (a->overlay & (titled | headed))
		choose_row(app_pane(a), &a->places.overlay,
			   a->overlay & headed ? 2 : 1, row);
	else
		click_pane(a, row, column);
}

/* What stands under the pointer moves, whatever has the focus. */
static void wheel(struct app *a, int row, int column, long rows)
{
	enum actions_place pane = a->pane, under = pane_at(a, row, column);

	if (under)
		a->pane = under;
	app_move(a, rows);
	a->pane = pane;
}

void app_mouse(struct app *a, enum app_mouse what, int row, int column)
{
	app_hush(a);
	if (app_hide(a) || !a->settings.mouse ||
	    a->prompt_for != APP_NO_PROMPT)
		return;
	timing_begin(&a->timing, TIMING_KEY, clock_ns());
	/* What waits for another key has waited for nothing. */
	a->copy.asked = a->valuing = a->folding = false;
	a->count = 0;
	if (!a->list.chosen)
		list_choose(&a->list);
	if (what == APP_CLICK)
		click(a, row, column);
	else
		wheel(a, row, column, what == APP_WHEEL_UP ? -WHEEL : WHEEL);
	app_remember(a);
}

const struct app_handler app_mouse_handlers[] = {
	{ACTION_MOUSE, do_mouse_switch},
	{ACTION_NONE, NULL}
};
