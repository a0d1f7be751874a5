/* Along a session: its next and previous event, and the call that issued its
 * key. */
#include "screen/app_parts.h"

#include "query/compose.h"
#include "screen/draw.h"
#include "triage/session_tree.h"

bool app_go_event(struct app *a, struct store_event event)
{
	size_t row = store_place_of(a->list.all, a->list.total, event);
	bool shown = row < a->list.total;

	if (shown) {
		list_go(&a->list, row);
		return true;
	}
	a->list.wanted = event;
	a->list.chosen = true;
	if (!a->leave.context)
		app_enter_context(a);
	return false;
}

/* Which of the events that are shown are of the session is asked in the
 * background. */
static void step(struct app *a, long by)
{
	struct filter_view view = app_view(a);
	struct buffer term = {0}, text = {0};
	struct filter *filter;

	a->session.steps = by * app_times(a);
	if (a->list.pane.count == 0 ||
	    !pivot_session(a->store, list_selected(&a->list), &term)) {
		app_say(a, ROLE_DIM, "no event, or none of a session");
	} else {
		if (!a->leave.suspended)
			compose_open(&view, buffer_span(&a->filter_text),
				     &text);
		buffer_add_span(&text, buffer_span(&term));
		filter = app_parse_filter(a, buffer_span(&text), NULL);
		if (filter)
			work_ask(a->session.work, filter, &a->list.order);
	}
	buffer_free(&term);
	buffer_free(&text);
}

static void do_session_next(struct app *a)
{
	step(a, 1);
}

static void do_session_previous(struct app *a)
{
	step(a, -1);
}

/* As many of the session's events on as were asked for, or as there are. */
static size_t go_on(size_t at, long steps, size_t count)
{
	size_t by = steps < 0 ? 0 - (size_t)steps : (size_t)steps;

	if (steps < 0)
		return at - (by < at ? by : at);
	return at + (by < count - 1 - at ? by : count - 1 - at);
}

void app_session_take(struct app *a, const struct work_answer *answer)
{
	const struct run_result *r = &answer->result;
	size_t at = store_place_of(r->events, r->count,
				   list_selected(&a->list));
	size_t to = at < r->count ? go_on(at, a->session.steps, r->count) : at;
	char number[DRAW_NUMBER], of[DRAW_NUMBER];
	uint64_t all = r->term_count ? r->terms[r->term_count - 1] : 0;

	if (to != at) {
		app_go_event(a, r->events[to]);
		app_say(a, ROLE_DIM, "event %s of %s of this session that are "
			"shown", draw_number(to + 1, number),
			draw_number(r->count, of));
	} else {
		app_say(a, ROLE_DIM, "no event of this session is shown %s; "
			"%s in all that is loaded", a->session.steps > 0
			? "below" : "above", draw_number(all, number));
	}
	a->session.steps = 0;
}

static void do_origin(struct app *a)
{
	struct store_event event = app_event(a);

	if (event.segment == STORE_NO_EVENT.segment) {
		app_say(a, ROLE_DIM, "no event is selected");
		return;
	}
	a->session.tracing = true;
	survey_ask_origin(a->survey, event);
}

/* Not in what is loaded: where to look. */
static void tell_unknown(struct app *a, struct survey_answer *answer)
{
	const char *key = buffer_text(&answer->key);

	if (answer->key.n == 0)
		app_say(a, ROLE_DIM, "no access key was used for this event");
	else if (answer->long_term)
		app_say(a, ROLE_WARNING, "%s: not created in what is loaded; "
			"CreateAccessKey is logged in us-east-1", key);
	else
		app_say(a, ROLE_WARNING, "%s: not issued in what is loaded; "
			"look earlier, in us-east-1, other accounts", key);
}

void app_take_origin(struct app *a, struct survey_answer *answer)
{
	bool shown;

	if (answer->origin.segment == STORE_NO_EVENT.segment) {
		tell_unknown(a, answer);
		return;
	}
	if (a->pane == IN_OVERVIEW)
		a->pane = IN_EVENTS;
	shown = app_go_event(a, answer->origin);
	app_say(a, ROLE_DIM, "it issued %s; traced by %s%s%s%s",
		buffer_text(&answer->key), session_tree_how(answer->link),
		shown ? "" : "; ",
		shown ? "" : app_key_of(a, ACTION_CONTEXT).text,
		shown ? "" : ": back to the filter");
}

const struct app_handler app_session_handlers[] = {
	{ACTION_SESSION_NEXT, do_session_next},
	{ACTION_SESSION_PREVIOUS, do_session_previous},
	{ACTION_ORIGIN, do_origin},
	{ACTION_NONE, NULL}
};
