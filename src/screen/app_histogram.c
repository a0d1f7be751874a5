/* The strip enlarged: a cursor over its spans, which the list follows, closer
 * looks at a part of it, and a range of it as a filter. */
#include "screen/app_parts.h"

#include "query/compose.h"

enum { CLOSER = 8 };    /* times as close a look */

/* The span of that time; the nearer end where it lies outside. */
static size_t span_of_time(const struct strip *s, int64_t time)
{
	size_t place = strip_place(s, time);

	if (place != SIZE_MAX)
		return place;
	return time < s->from ? 0 : s->count - 1;
}

bool app_spans(const struct app *a, struct app_spans *h)
{
	/* The strip is as wide as the screen. */
	int room = a->places.status.columns - 2;
	size_t other;

	strip_fit(a->histogram.closer ? &a->histogram.strip : &a->answer.strip,
		  room > 0 ? (size_t)room : 1, &h->strip);
	if (h->strip.unit == 0)
		return false;
	h->cursor = other = span_of_time(&h->strip, a->histogram.cursor);
	if (a->histogram.ranging)
		other = span_of_time(&h->strip, a->histogram.other);
	h->first = h->cursor < other ? h->cursor : other;
	h->last = h->cursor < other ? other : h->cursor;
	return true;
}

static void do_open_histogram(struct app *a)
{
	struct store_event e = list_selected(&a->list);

	if (a->pane == IN_HISTOGRAM) {
		a->pane = IN_EVENTS;
		return;
	}
	if (a->answer.strip.unit == 0) {
		app_say(a, ROLE_DIM, "no event that is shown has a time");
		return;
	}
	if (a->places.status.row + 1 < APP_HISTOGRAM_FROM) {
		app_say(a, ROLE_DIM, "the histogram needs %d lines",
			APP_HISTOGRAM_FROM);
		return;
	}
	a->histogram.cursor = segment_event(store_segment(a->store, e.segment),
				       e.index)->time;
	a->histogram.ranging = a->histogram.closer = false;
	a->pane = IN_HISTOGRAM;
}

/* To the span that many further on; the list goes to its first event. */
static void go_span(struct app *a, long by)
{
	struct app_spans h;
	size_t left, right;

	if (!app_spans(a, &h))
		return;
	left = h.cursor;
	right = h.strip.count - 1 - h.cursor;
	if (by < 0)
		h.cursor -= (size_t)-by < left ? (size_t)-by : left;
	else
		h.cursor += (size_t)by < right ? (size_t)by : right;
	a->histogram.cursor = h.strip.from +
			      (int64_t)h.cursor * h.strip.unit;
	app_go_time(a, a->histogram.cursor);
}

static void do_span_left(struct app *a)
{
	go_span(a, -app_times(a));
}

static void do_span_right(struct app *a)
{
	go_span(a, app_times(a));
}

static void do_span_first(struct app *a)
{
	go_span(a, -STRIP_MOST);
}

static void do_span_last(struct app *a)
{
	go_span(a, STRIP_MOST);
}

static void do_span_mark(struct app *a)
{
	a->histogram.ranging = !a->histogram.ranging;
	a->histogram.other = a->histogram.cursor;
}

static void do_span_log(struct app *a)
{
	struct app_spans h;

	a->histogram.turned = !a->histogram.turned;
	if (!app_spans(a, &h))
		return;
	app_say(a, ROLE_DIM, strip_is_steep(&h.strip) != a->histogram.turned
		? "heights by the logarithm: one step is twice as many"
		: "heights by the number of events");
}

static void write_range(int64_t from, int64_t to, struct buffer *out)
{
	buffer_add_text(out, "time>=");
	moment_write_time(from, out);
	buffer_add_text(out, " time<");
	moment_write_time(to, out);
}

void app_ask_closer(struct app *a)
{
	struct filter_view view = app_view(a);
	struct buffer range = {0}, text = {0};
	struct filter *filter;

	if (!a->histogram.closer)
		return;
	write_range(a->histogram.from, a->histogram.to, &range);
	if (!a->leave.suspended)
		compose_open(&view, buffer_span(&a->filter_text), &text);
	buffer_add_span(&text, buffer_span(&range));
	filter = app_parse_filter(a, buffer_span(&text), NULL);
	if (filter)
		work_ask(a->histogram.work, filter,
			 &(struct order){.count = 0});
	buffer_free(&range);
	buffer_free(&text);
}

/* An eighth of what is seen, around the cursor. */
static void do_span_closer(struct app *a)
{
	struct app_spans h;
	const struct strip *s = &h.strip;
	size_t half;

	if (!app_spans(a, &h))
		return;
	if (s->unit == 1000) {
		app_say(a, ROLE_DIM, "there is nothing closer than a second");
		return;
	}
	half = s->count / CLOSER / 2;
	a->histogram.from = s->from +
			    (int64_t)(h.cursor > half ? h.cursor - half : 0) *
				    s->unit;
	a->histogram.to = s->from + (int64_t)(h.cursor + half + 1) * s->unit;
	a->histogram.strip = *s;
	a->histogram.closer = true;
	app_ask_closer(a);
}

static void do_span_farther(struct app *a)
{
	if (!a->histogram.closer)
		app_say(a, ROLE_DIM, "this is all that is shown");
	a->histogram.closer = false;
}

static void do_span_take(struct app *a)
{
	struct filter_view view = app_view(a);
	struct buffer range = {0}, text = {0};
	struct app_spans h;
	const struct strip *s = &h.strip;

	if (!app_spans(a, &h))
		return;
	write_range(s->from + (int64_t)h.first * s->unit,
		    s->from + (int64_t)(h.last + 1) * s->unit, &range);
	compose_replace(&view, buffer_span(&a->filter_text), SPAN("time"),
			buffer_span(&range), &text);
	a->histogram.ranging = a->histogram.closer = false;
	app_use_filter(a, buffer_span(&text));
	buffer_free(&range);
	buffer_free(&text);
}

const struct app_handler app_histogram_handlers[] = {
	{ACTION_HISTOGRAM, do_open_histogram},
	{ACTION_SPAN_LEFT, do_span_left},
	{ACTION_SPAN_RIGHT, do_span_right},
	{ACTION_SPAN_FIRST, do_span_first},
	{ACTION_SPAN_LAST, do_span_last},
	{ACTION_SPAN_CLOSER, do_span_closer},
	{ACTION_SPAN_FARTHER, do_span_farther},
	{ACTION_SPAN_MARK, do_span_mark},
	{ACTION_SPAN_TAKE, do_span_take},
	{ACTION_SPAN_LOG, do_span_log},
	{ACTION_NONE, NULL}
};
