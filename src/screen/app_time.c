/* Ways through the list that follow time and results, and the zone in which
 * times are shown. */
#include "screen/app_parts.h"

#include "screen/draw.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static int64_t time_of(const struct app *a, struct store_event e)
{
	return segment_event(store_segment(a->store, e.segment),
			     e.index)->time;
}

static void go(struct app *a, size_t row)
{
	pane_go(&a->list.pane, row);
	list_choose(&a->list);
}

static bool failed(const struct app *a, struct store_event e)
{
	return store_derived(a->store, e, STORE_RESULT) != VALUES_NONE;
}

/* As many errors on as the count says, or as there are. */
static void go_error(struct app *a, size_t step)
{
	long left = app_times(a);
	size_t count = a->list.pane.count, found = count;

	for (size_t i = a->list.pane.cursor + step; i < count && left > 0;
	     i += step) {
		if (failed(a, list_event(&a->list, i))) {
			found = i;
			left--;
		}
	}
	if (found < count)
		go(a, found);
	else
		app_say(a, ROLE_DIM, "no error %s", step == 1
			? "below" : "above");
}

static void do_next_error(struct app *a)
{
	go_error(a, 1);
}

static void do_previous_error(struct app *a)
{
	go_error(a, SIZE_MAX);
}

/* To the event nearest to the wanted time that is not before it, or with SIGN -1
 * not after it.  False when there is none. */
static bool go_time(struct app *a, int64_t wanted, int sign)
{
	size_t at;

	if (!list_find_time(&a->list, a->store, wanted, sign, &at))
		return false;
	list_go(&a->list, at);
	return true;
}

void app_go_time(struct app *a, int64_t time)
{
	go_time(a, time, 1);
}

static void go_days(struct app *a, int sign)
{
	long days = app_times(a);
	const char *way = sign > 0 ? "later" : "earlier";
	int64_t time;

	if (a->list.pane.count == 0)
		return;
	time = time_of(a, list_selected(&a->list));
	if (time == SEGMENT_NO_TIME)
		app_say(a, ROLE_DIM, "this event has no time");
	else if (go_time(a, time + (int64_t)days * DAY_MS * sign, sign))
		return;
	else if (days == 1)
		app_say(a, ROLE_DIM, "no event that is shown is a day %s",
			way);
	else
		app_say(a, ROLE_DIM, "no event that is shown is %ld days %s",
			days, way);
}

static void do_day_on(struct app *a)
{
	go_days(a, 1);
}

static void do_day_back(struct app *a)
{
	go_days(a, -1);
}

static bool asks_for_time(const struct filter *f)
{
	for (size_t i = 0; i < filter_predicates(f); i++)
		if (filter_predicate(f, i)->moments > 0)
			return true;
	return false;
}

/* Times in the filter stay what they are: their zone is written behind them.
 * What lists and saved filters hold is read in the zone on the screen. */
static void keep_times(struct app *a)
{
	struct filter *filter = app_parse_filter(
		a, buffer_span(&a->filter_text), NULL);
	struct buffer text = {0};

	if (filter && asks_for_time(filter)) {
		filter_print(filter, &text);
		buffer_clear(&a->filter_text);
		buffer_add_span(&a->filter_text, buffer_span(&text));
	}
	filter_free(filter);
	buffer_free(&text);
}

static void do_goto(struct app *a)
{
	if (a->argument.n > 0)
		app_goto_accept(a, a->argument);
	else
		app_open_prompt(a, APP_GOTO_PROMPT, SPAN(""));
}

/* A clock alone is of the day on which one is. */
static bool read_goto(const struct app *a, struct span time,
		      struct moment *moment, struct error *err)
{
	struct moment_view view = app_view(a).predicate.moment;

	view.near_selected = true;
	return moment_parse(time, &view, moment, err);
}

void app_goto_typed(struct app *a, struct span time)
{
	struct moment moment;

	if (span_trim(time).n == 0 ||
	    read_goto(a, span_trim(time), &moment, &a->typing.fault))
		a->typing.fault.text[0] = '\0';
}

void app_goto_accept(struct app *a, struct span time)
{
	struct moment moment;
	struct error err;

	time = span_trim(time);
	if (time.n == 0)
		return;
	if (!read_goto(a, time, &moment, &err))
		app_say(a, ROLE_ERROR, "%s", err.text);
	else if (!go_time(a, moment.from, 1) && go_time(a, moment.from, -1))
		app_say(a, ROLE_DIM, "no event that is shown is so late; this "
			"is the last before");
}

/* From the selected event on, when it has a time. */
static bool be_relative(struct app *a)
{
	int64_t time = a->list.pane.count > 0
			       ? time_of(a, list_selected(&a->list))
			       : SEGMENT_NO_TIME;
	char text[STAMP_ROOM];

	if (time == SEGMENT_NO_TIME)
		return false;
	a->layout.relative = true;
	a->layout.origin = time;
	stamp_format(time, STAMP_FULL, STAMP_UTC, text);
	app_say(a, ROLE_DIM, "times are told from this event on, %s UTC; "
		"filters stay UTC", text);
	return true;
}

static void do_zone(struct app *a)
{
	bool local = a->layout.zone == STAMP_LOCAL;
	bool relative = a->layout.relative;

	keep_times(a);
	a->layout.relative = false;
	a->layout.zone = local || relative ? STAMP_UTC : STAMP_LOCAL;
	if (!local || !be_relative(a))
		app_say(a, ROLE_DIM, "times are shown in %s",
			app_zone_name(a));
	/* The summary tells them. */
	a->told.event = STORE_NO_EVENT;
	app_ask(a);
}

const char *app_zone_name(const struct app *a)
{
	return a->layout.zone == STAMP_LOCAL ? "local time" : "UTC";
}

void app_tell_storms(struct app *a)
{
	char rows[DRAW_NUMBER], of[DRAW_NUMBER];

	app_say(a, ROLE_DIM, "%s rows stand for %s events; %s unfolds one, %s "
		"all", draw_number(a->list.pane.count, rows),
		draw_number(a->list.total, of),
		app_key_of(a, ACTION_TREE).text,
		app_key_of(a, ACTION_STORMS).text);
}

static void do_storms(struct app *a)
{
	struct list *l = &a->list;

	list_set_fold(l, !l->fold);
	if (!l->fold) {
		app_say(a, ROLE_DIM, "every event has a row");
	} else if (!list_folds(l)) {
		app_say(a, ROLE_WARNING, "storms are folded in the order of "
			"time only: %s on the column time",
			app_key_of(a, ACTION_SORT).text);
	} else if (l->storms.row) {
		app_tell_storms(a);
	} else {
		app_say(a, ROLE_DIM, "looking for storms");
		a->folding = true;
		app_ask(a);
	}
}

const struct app_handler app_time_handlers[] = {
	{ACTION_NEXT_ERROR, do_next_error},
	{ACTION_PREVIOUS_ERROR, do_previous_error},
	{ACTION_DAY_ON, do_day_on},
	{ACTION_DAY_BACK, do_day_back},
	{ACTION_STORMS, do_storms},
	{ACTION_ZONE, do_zone},
	{ACTION_GOTO, do_goto},
	{ACTION_NONE, NULL}
};
