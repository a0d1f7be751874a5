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

/* The row of the pane below the area's title; false when none stands there. */
static bool choose_row(struct pane *pane, const struct app_area *area, int row)
{
	size_t i = (size_t)(row - area->row - 1);

	if (row <= area->row || i >= pane->height ||
	    pane->top + i >= pane->count)
		return false;
	pane_go(pane, pane->top + i);
	return true;
}

static void click(struct app *a, int row, int column)
{
	const struct app_places *p = &a->places;
	enum actions_place titled = IN_HELP | IN_PROBLEMS | IN_COLUMNS |
				    IN_MENU;

	if (a->overlay & titled) {
		choose_row(app_pane(a), &p->overlay, row);
	} else if (a->overlay) {
		return;
	} else if (within(&p->tree, row, column)) {
		a->pane = IN_TREE;
		/* Long values may take several lines each. */
		if ((!a->wrap || a->face != APP_TREE) &&
		    choose_row(app_pane(a), &p->tree, row))
			app_moved(a);
	} else if (within(&p->events, row, column)) {
		a->pane = IN_EVENTS;
		if (choose_row(&a->list.pane, &p->events, row)) {
			choose_cell(a, column);
			app_moved(a);
		}
	}
}

/* What stands under the pointer moves, whatever has the focus. */
static void wheel(struct app *a, int row, int column, long rows)
{
	enum actions_place pane = a->pane;

	if (!a->overlay && within(&a->places.tree, row, column))
		a->pane = IN_TREE;
	else if (!a->overlay && within(&a->places.events, row, column))
		a->pane = IN_EVENTS;
	pane_move(app_pane(a), rows);
	app_moved(a);
	a->pane = pane;
}

void app_mouse(struct app *a, enum app_mouse what, int row, int column)
{
	app_hush(a);
	if (app_hide(a) || !a->settings.mouse ||
	    a->prompt_for != APP_NO_PROMPT)
		return;
	timing_begin(&a->timing, TIMING_KEY, clock_ns());
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
