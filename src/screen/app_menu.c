/* Lists to choose from that lie over the panes: ranges of time, filters with a
 * name, views that were, and why an event is shown.  What a row stands for is
 * filter text; how many events it holds for is asked in the background, for
 * many rows at once: as terms of one filter. */
#include "screen/app_parts.h"

#include "query/compose.h"
#include "query/why.h"
#include "query/words.h"

#include <stdio.h>

static void open_menu(struct app *a, enum app_menu what)
{
	menu_clear(&a->choices.menu);
	pane_go(&a->choices.menu.pane, 0);
	a->choices.of = what;
	a->choices.counted = a->choices.asked = a->choices.terms = 0;
	a->overlay = IN_MENU;
}

/* Appends TEXT in brackets, if it is one term so. */
static bool add_term(struct app *a, struct span text, struct buffer *out)
{
	struct filter *filter;
	size_t start = out->n;
	bool good;

	words_add_group(text, out);
	buffer_add_byte(out, ' ');
	filter = app_parse_filter(a, span_from(buffer_span(out), start), NULL);
	good = filter && filter_terms(filter) == 1;
	filter_free(filter);
	if (!good)
		out->n = start;
	return good;
}

/* Asks how many events the next rows hold for. */
static void count_rows(struct app *a)
{
	struct buffer text = {0};
	struct filter *filter;
	size_t terms = 0;

	if (!app_is_open(a, IN_MENU) || a->choices.of == APP_MENU_WHY)
		return;
	for (a->choices.asked = a->choices.counted;
	     a->choices.asked < a->choices.menu.pane.count && terms < APP_MENU_AT_ONCE;
	     a->choices.asked++) {
		struct span row = menu_text(&a->choices.menu, a->choices.asked);

		if (span_trim(row).n == 0)
			a->choices.menu.row[a->choices.asked].events = a->counts.events;
		else if (add_term(a, row, &text))
			a->choices.row[terms++] = a->choices.asked;
	}
	filter = terms > 0 ? app_parse_filter(a, buffer_span(&text), NULL)
			   : NULL;
	a->choices.terms = filter ? terms : 0;
	if (filter)
		work_ask(a->choices.work, filter, &(struct order){.count = 0});
	buffer_free(&text);
}

void app_menu_take(struct app *a, const struct work_answer *answer)
{
	/* It may be of another menu, that is closed. */
	if (!app_is_open(a, IN_MENU) || a->choices.terms == 0)
		return;
	for (size_t i = 0; i < answer->result.term_count &&
	     i < a->choices.terms; i++)
		a->choices.menu.row[a->choices.row[i]].events = answer->result.terms[i];
	a->choices.counted = a->choices.asked;
	if (a->choices.counted < a->choices.menu.pane.count)
		count_rows(a);
}

/* The filter that is there with another range of time, or with none. */
static void add_range(struct app *a, const char *label, const char *range)
{
	struct filter_view view = app_view(a);
	struct filter *filter = app_parse_filter(a, span_of(range), NULL);
	struct buffer text = {0};

	/* Without an event or a time that it hangs on there is no range. */
	if (filter) {
		compose_replace(&view, buffer_span(&a->filter_text),
				SPAN("time"), span_of(range), &text);
		menu_add(&a->choices.menu, span_of(label), span_trim(buffer_span(&text)),
			 span_of(range), MENU_UNCOUNTED);
	}
	filter_free(filter);
	buffer_free(&text);
}

/* The hour, or the day, of the selected event: LENGTH bytes of its time. */
static void add_own(struct app *a, const char *label, int length)
{
	struct store_event e = list_selected(&a->list);
	char time[STAMP_ROOM], range[STAMP_ROOM + 8];

	if (a->list.pane.count == 0 ||
	    stamp_format(segment_event(store_segment(a->store, e.segment),
				       e.index)->time, STAMP_FULL,
			 a->layout.zone, time) < (size_t)length)
		return;
	time[10] = 'T';
	snprintf(range, sizeof range, "time=%.*s", length, time);
	add_range(a, label, range);
}

static void do_ranges(struct app *a)
{
	static const struct {
		const char *label, *range;
	} around[] = {
		{"a minute around this event", "time=sel+-1m"},
		{"15 minutes around it", "time=sel+-15m"},
		{"an hour around it", "time=sel+-1h"},
		{"a day around it", "time=sel+-1d"},
		{"from it on", "time>=sel"},
		{"up to it", "time<=sel"},
	}, whole[] = {
		{"the last hour", "time>=last-1h"},
		{"the last day", "time>=last-1d"},
		{"the last 7 days", "time>=last-7d"},
		{"the first hour", "time<=first+1h"},
		{"the first day", "time<=first+1d"},
		{"any time", ""},
	};

	open_menu(a, APP_MENU_RANGES);
	for (size_t i = 0; i < sizeof around / sizeof *around; i++)
		add_range(a, around[i].label, around[i].range);
	add_own(a, "its hour", 13);
	add_own(a, "its day", 10);
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		add_range(a, whole[i].label, whole[i].range);
	count_rows(a);
}

static void add_saved(struct app *a, const char *name, const char *help)
{
	struct buffer text = {0};

	buffer_add_text(&text, "saved:");
	if (strpbrk(name, " \t\"()"))
		words_quote(span_of(name), &text);
	else
		buffer_add_text(&text, name);
	menu_add(&a->choices.menu, span_of(name), buffer_span(&text), span_of(help),
		 MENU_UNCOUNTED);
	buffer_free(&text);
}

static void do_saved(struct app *a)
{
	struct filter_saved preset;
	const char *help;

	open_menu(a, APP_MENU_SAVED);
	for (size_t i = 0; i < a->view.saved_count; i++)
		add_saved(a, a->view.saved[i].name, a->view.saved[i].text);
	for (size_t i = 0; filter_preset(i, &preset, &help); i++)
		add_saved(a, preset.name, help);
	count_rows(a);
}

static void do_views(struct app *a)
{
	open_menu(a, APP_MENU_VIEWS);
	for (size_t i = 0; i < a->history.count; i++) {
		const struct history_step *step = &a->history.steps[i];
		struct buffer how = {0};
		struct span filter = step->suspended
					     ? SPAN("")
					     : buffer_span(&step->filter);

		if (step->suspended)
			buffer_add_text(&how, "filter suspended  ");
		if (step->order.n > 0)
			buffer_printf(&how, "by %.*s  ", (int)step->order.n,
				      step->order.p);
		if (step->columns.n > 0)
			buffer_printf(&how, "columns %.*s",
				      (int)step->columns.n, step->columns.p);
		menu_add(&a->choices.menu, filter.n > 0 ? filter : SPAN("all events"),
			 filter, buffer_span(&how), MENU_UNCOUNTED);
		buffer_free(&how);
	}
	pane_go(&a->choices.menu.pane, a->history.at);
	count_rows(a);
}

static void add_why(void *context, const struct why *why)
{
	static const char *const words[] = {
		[MATCH_NO] = "fails  ", [MATCH_YES] = "holds  ",
		[MATCH_UNDECIDED] = "open   "};
	const struct predicate *t = why->predicate;
	struct app *a = context;
	struct buffer label = {0}, help = {0};

	buffer_add_text(&label, words[why->verdict]);
	buffer_add_span(&label, t->text);
	if (why->place.p) {
		buffer_add_span(&help, why->place);
		buffer_add_text(&help, " = ");
	}
	if (why->value.p)
		buffer_add_span(&help, why->value);
	else if (!t->any && t->test != PREDICATE_MARK)
		buffer_add_text(&help, "absent");
	menu_add(&a->choices.menu, buffer_span(&label), SPAN(""), buffer_span(&help),
		 MENU_UNCOUNTED);
	buffer_free(&label);
	buffer_free(&help);
}

static void do_why(struct app *a)
{
	struct filter *filter = app_parse_filter(
		a, buffer_span(&a->filter_text), NULL);

	if (a->list.pane.count == 0) {
		app_say(a, ROLE_DIM, "no event is selected");
	} else if (filter && filter_predicates(filter) > 0) {
		open_menu(a, APP_MENU_WHY);
		why_each(a->store, list_selected(&a->list), filter, add_why,
			 a);
	} else {
		app_say(a, ROLE_DIM, "there is no filter: all is shown");
	}
	filter_free(filter);
}

void app_menu_accept(struct app *a)
{
	struct filter_view view = app_view(a);
	size_t row = a->choices.menu.pane.cursor;
	struct buffer text = {0};

	if (a->choices.menu.pane.count == 0)
		return;
	a->overlay = 0;
	switch (a->choices.of) {
	case APP_MENU_RANGES:
		app_use_filter(a, menu_text(&a->choices.menu, row));
		break;
	case APP_MENU_SAVED:
		compose_add(&view, buffer_span(&a->filter_text),
			    menu_text(&a->choices.menu, row), &text);
		app_use_filter(a, buffer_span(&text));
		break;
	case APP_MENU_VIEWS:
		app_go_view(a, row);
		break;
	case APP_MENU_WHY:
		break;
	}
	buffer_free(&text);
}

const struct app_handler app_menu_handlers[] = {
	{ACTION_WHY, do_why},
	{ACTION_SAVED, do_saved},
	{ACTION_VIEWS, do_views},
	{ACTION_RANGES, do_ranges},
	{ACTION_NONE, NULL}
};
