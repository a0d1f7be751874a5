/* Keys from the terminal to the app, the grid from the app to the terminal.
 * All keys that wait are handled before anything is drawn. */
#include "screen/loop.h"

#include "screen/terminal.h"

static void paint(struct app *a, struct grid *g)
{
	app_draw(a, g);
	terminal_show(g);
	app_painted(a);
}

static void show(struct app *a, struct grid *g)
{
	int rows, columns;

	terminal_size(&rows, &columns);
	if (rows != g->rows || columns != g->columns)
		grid_resize(g, rows, columns);
	paint(a, g);
}

static void use_settings(struct app *a)
{
	struct app_settings settings = app_settings(a);

	terminal_set_theme(settings.theme);
	terminal_set_mouse(settings.mouse);
}

static void take_mouse(struct app *a, const struct input_mouse *mouse)
{
	static const enum app_mouse kinds[] = {
		[INPUT_CLICK] = APP_CLICK, [INPUT_WHEEL_UP] = APP_WHEEL_UP,
		[INPUT_WHEEL_DOWN] = APP_WHEEL_DOWN,
	};

	app_mouse(a, kinds[mouse->kind], mouse->row, mouse->column);
}

/* What a key led to beside another grid; false when it is over. */
static bool obey(struct app *a, struct grid *g, enum app_want want)
{
	/* Nothing of a secret stays where the screen is given back. */
	if (want == APP_SUSPEND && app_hide(a))
		show(a, g);
	if (want == APP_SUSPEND)
		terminal_suspend();
	else if (want == APP_REDRAW)
		terminal_redraw();
	else if (want == APP_SETTINGS)
		use_settings(a);
	else if (want == APP_CLIPBOARD)
		app_clipboard_sent(a, terminal_clipboard(app_clipboard(a)));
	return want != APP_QUIT;
}

/* False when it is over. */
static bool handle(struct app *a, struct grid *g,
		   const struct terminal_event *event)
{
	enum app_want want = APP_NOTHING;

	switch (event->kind) {
	case TERMINAL_KEY:
		want = app_key(a, event->key);
		break;
	case TERMINAL_PASTE:
		app_paste(a, event->paste);
		break;
	case TERMINAL_MOUSE:
		take_mouse(a, &event->mouse);
		break;
	case TERMINAL_STOP:
		want = APP_SUSPEND;
		break;
	case TERMINAL_GONE:
		app_hide(a);
		return false;
	case TERMINAL_RESIZE:
		/* Its cells are overwritten before others take their place. */
		if (app_hide(a))
			paint(a, g);
		break;
	case TERMINAL_AWAY:
		app_hide(a);
		break;
	case TERMINAL_NOTHING:
		break;
	}
	return obey(a, g, want);
}

/* Handles what has come and all that waits behind it. */
static bool handle_all(struct app *a, struct grid *g, bool *anything)
{
	struct terminal_event event;
	bool more = true;

	*anything = false;
	terminal_wait(app_wait(a), &event);
	while (more && event.kind != TERMINAL_NOTHING) {
		*anything = true;
		more = handle(a, g, &event);
		terminal_wait(0, &event);
	}
	return more;
}

/* Takes what the background has, and the keys that waited for it; false when it
 * is over. */
static bool work(struct app *a, struct grid *g, bool *draw)
{
	enum app_want want;
	bool more = true;

	*draw |= app_work(a);
	while (more && app_resume(a, &want)) {
		more = obey(a, g, want);
		app_work(a);
		*draw = true;
	}
	return more;
}

void loop_run(struct app *a)
{
	struct grid g = {.set = terminal_set()};
	bool draw = true, more = true;

	while (more && work(a, &g, &draw)) {
		if (draw)
			show(a, &g);
		terminal_mark(app_state(a));
		more = handle_all(a, &g, &draw);
	}
	grid_free(&g);
}
