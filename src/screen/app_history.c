/* Undo and redo of what is looked at: filter, order, columns and overview.  Every key
 * that changed one of them leaves a step, whatever it was for. */
#include "screen/app_parts.h"

#include <stdlib.h>

void app_write_order(const struct order *order, struct buffer *out)
{
	for (size_t i = 0; i < order->count; i++) {
		buffer_add_text(out, i > 0 ? "," : "");
		buffer_add_text(out, order->key[i].descending ? "-" : "");
		columns_name(&order->key[i].column, out);
	}
}

/* A number for each column; nothing when all are as wide as they would be. */
static void write_widths(const struct layout *layout, struct buffer *out)
{
	bool any = false;

	for (size_t i = 0; i < layout->count; i++)
		any |= layout->column[i].wider != 0;
	for (size_t i = 0; any && i < layout->count; i++)
		buffer_printf(out, "%d ", layout->column[i].wider);
}

static void use_widths(struct layout *layout, const char *widths)
{
	for (size_t i = 0; i < layout->count; i++) {
		char *end;

		layout->column[i].wider = (int)strtol(widths, &end, 10);
		widths = end;
	}
}

void app_remember(struct app *a)
{
	struct history_step *now = &a->now;

	buffer_clear(&now->filter);
	buffer_clear(&now->chips);
	buffer_clear(&now->order);
	buffer_clear(&now->columns);
	buffer_clear(&now->widths);
	buffer_clear(&now->overview);
	buffer_add_span(&now->filter, buffer_span(&a->filter_text));
	chips_save(&a->chips, &now->chips);
	app_write_order(&a->list.order, &now->order);
	if (!a->usual)
		layout_names(&a->layout, &now->columns);
	write_widths(&a->layout, &now->widths);
	app_write_overview(a, &now->overview);
	now->suspended = a->leave.suspended;
	history_note(&a->history, now);
	if (!a->changing)
		a->shown_view = a->history.at;
}

bool app_use_order(struct app *a, struct span text, struct error *err)
{
	struct order order = {.count = 0};

	if (text.n > 0 && !order_parse(text, &order, err))
		return false;
	order_free(&a->list.order);
	a->list.order = order;
	return true;
}

void app_use_columns(struct app *a, struct span text)
{
	struct layout layout;

	a->usual = text.n == 0;
	if (a->usual) {
		app_choose_usual(a, a->usual_width ? a->usual_width : 80);
		return;
	}
	if (!layout_parse(&layout, text, NULL))
		return;
	layout_carry(&a->layout, &layout);
	layout_free(&a->layout);
	a->layout = layout;
	if (a->cell >= a->layout.count)
		a->cell = a->layout.count - 1;
	a->measured = false;
	app_measure(a);
}

/* Makes the present step what is looked at. */
static void apply(struct app *a)
{
	const struct history_step *step = history_present(&a->history);
	struct buffer widths = {0};
	bool columns = !span_equal(buffer_span(&a->now.columns),
				   buffer_span(&step->columns));

	buffer_clear(&a->filter_text);
	buffer_add_span(&a->filter_text, buffer_span(&step->filter));
	chips_restore(&a->chips, buffer_span(&step->chips));
	a->leave.suspended = step->suspended;
	a->leave.context = false;
	app_use_order(a, buffer_span(&step->order), NULL);
	if (columns)
		app_use_columns(a, buffer_span(&step->columns));
	buffer_add_span(&widths, buffer_span(&step->widths));
	use_widths(&a->layout, buffer_text(&widths));
	buffer_free(&widths);
	app_use_overview(a, buffer_span(&step->overview));
	app_ask(a);
}

static void told(struct app *a, const char *done, const char *nothing,
		 size_t n)
{
	if (n == 0) {
		app_say(a, ROLE_DIM, "%s", nothing);
		return;
	}
	apply(a);
	app_say(a, ROLE_DIM, "%s; view %zu of %zu", done, a->history.at + 1,
		a->history.count);
}

void app_go_view(struct app *a, size_t i)
{
	size_t steps = i < a->history.at
			       ? history_back(&a->history, a->history.at - i)
			       : history_forward(&a->history,
						 i - a->history.at);

	told(a, "gone there", "this is the view that is shown", steps);
}

static void do_undo(struct app *a)
{
	told(a, "undone", "there is nothing to undo",
	     history_back(&a->history, (size_t)app_times(a)));
}

static void do_redo(struct app *a)
{
	told(a, "done again", "there is nothing to redo",
	     history_forward(&a->history, (size_t)app_times(a)));
}

/* All events by time, the chosen one among them. */
void app_enter_context(struct app *a)
{
	a->leave.context = true;
	a->leave.was_suspended = a->leave.suspended;
	buffer_clear(&a->leave.order);
	app_write_order(&a->list.order, &a->leave.order);
	a->leave.suspended = a->filter_text.n > 0;
	app_use_order(a, SPAN(""), NULL);
	app_ask(a);
}

/* And back to what was shown. */
static void do_context(struct app *a)
{
	if (a->leave.context) {
		a->leave.context = false;
		a->leave.suspended = a->leave.was_suspended;
		app_use_order(a, buffer_span(&a->leave.order), NULL);
		app_ask(a);
		return;
	}
	if (a->list.pane.count == 0) {
		app_say(a, ROLE_DIM, "no event is selected");
		return;
	}
	app_enter_context(a);
	app_say(a, ROLE_DIM, "this event among all others, by time; %s goes "
		"back", app_key_of(a, ACTION_CONTEXT).text);
}

const struct app_handler app_history_handlers[] = {
	{ACTION_UNDO, do_undo},
	{ACTION_REDO, do_redo},
	{ACTION_CONTEXT, do_context},
	{ACTION_NONE, NULL}
};
