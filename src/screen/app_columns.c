/* Choosing columns: which, in what order, how wide, and which one sorts. */
#include "screen/app_parts.h"

static const struct column_ref *cursor_column(const struct app *a,
					      struct column_ref *ref)
{
	*ref = chooser_column(&a->layout, a->chooser.pane.cursor);
	return ref;
}

static void do_columns(struct app *a)
{
	if (a->overlay == IN_COLUMNS) {
		a->overlay = 0;
		return;
	}
	chooser_refresh(&a->chooser, &a->layout);
	pane_go(&a->chooser.pane, a->cell);
	a->overlay = IN_COLUMNS;
}

/* The layout was changed by hand: it is kept at every width, and the cursor of
 * the list stays on COLUMN where that is still there. */
static void changed(struct app *a, const struct column_ref *column)
{
	a->usual = false;
	if (a->cell >= a->layout.count)
		a->cell = a->layout.count - 1;
	for (size_t i = 0; i < a->layout.count; i++)
		if (order_same_column(&a->layout.column[i].ref, column))
			a->cell = i;
	a->measured = false;
	app_measure(a);
}

static void do_column_toggle(struct app *a)
{
	struct column_ref column = columns_copy(app_cell(a));

	if (chooser_toggle(&a->chooser, &a->layout))
		changed(a, &column);
	else
		app_say(a, ROLE_DIM, "one column stays");
	columns_free(&column);
}

static void move(struct app *a, int direction)
{
	struct column_ref column = columns_copy(app_cell(a));

	if (chooser_move(&a->chooser, &a->layout, direction))
		changed(a, &column);
	else
		app_say(a, ROLE_DIM, "only columns that are chosen have a "
			"place among them");
	columns_free(&column);
}

static void do_column_later(struct app *a)
{
	move(a, 1);
}

static void do_column_earlier(struct app *a)
{
	move(a, -1);
}

static void widen(struct app *a, int by)
{
	struct column_ref column = columns_copy(app_cell(a));
	int times = a->count && a->count < 100 ? (int)a->count : 1;

	if (chooser_widen(&a->chooser, &a->layout, by * times))
		changed(a, &column);
	else
		app_say(a, ROLE_DIM, "only columns that are chosen have a "
			"width");
	columns_free(&column);
}

static void do_column_wider(struct app *a)
{
	widen(a, 1);
}

static void do_column_narrower(struct app *a)
{
	widen(a, -1);
}

static void do_column_sort(struct app *a)
{
	struct column_ref ref;

	app_sort_by(a, cursor_column(a, &ref));
	columns_free(&ref);
}

static void do_columns_usual(struct app *a)
{
	app_use_columns(a, SPAN(""));
	chooser_refresh(&a->chooser, &a->layout);
	app_say(a, ROLE_DIM, "the usual columns for the width there is");
}

static void do_column_add(struct app *a)
{
	app_open_prompt(a, APP_COLUMN_PROMPT, SPAN(""));
}

void app_column_typed(struct app *a, struct span name)
{
	struct column_ref ref;

	a->typing.fault.text[0] = '\0';
	if (span_trim(name).n == 0)
		return;
	if (columns_parse(span_trim(name), &ref, &a->typing.fault))
		columns_free(&ref);
}

void app_column_accept(struct app *a, struct span name)
{
	struct column_ref column = columns_copy(app_cell(a));

	name = span_trim(name);
	if (name.n > 0 &&
	    chooser_add(&a->chooser, &a->layout, name, &a->typing.fault))
		changed(a, &column);
	columns_free(&column);
}

const struct app_handler app_columns_handlers[] = {
	{ACTION_COLUMNS, do_columns},
	{ACTION_COLUMN_TOGGLE, do_column_toggle},
	{ACTION_COLUMN_LATER, do_column_later},
	{ACTION_COLUMN_EARLIER, do_column_earlier},
	{ACTION_COLUMN_WIDER, do_column_wider},
	{ACTION_COLUMN_NARROWER, do_column_narrower},
	{ACTION_COLUMN_SORT, do_column_sort},
	{ACTION_COLUMN_ADD, do_column_add},
	{ACTION_COLUMNS_USUAL, do_columns_usual},
	{ACTION_NONE, NULL}
};
