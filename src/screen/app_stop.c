/* Ctrl-C: stops what is running, one thing at a time.  What was asked for is
 * forgotten; what was there before stays. */
#include "screen/app_parts.h"

static bool stop_loading(struct app *a)
{
	if (!a->loading)
		return false;
	loader_stop(a->loader);
	app_say(a, ROLE_WARNING, "stopping: what was read stays");
	return true;
}

static bool stop_writing(struct app *a)
{
	if (!app_stop_writing(a))
		return false;
	app_say(a, ROLE_WARNING, "stopping to write");
	return true;
}

static bool stop_overview(struct app *a)
{
	if (!app_stop_overview(a))
		return false;
	app_say(a, ROLE_WARNING, "the overview was not worked out");
	return true;
}

/* The view is that of the rows that are there again. */
static bool stop_filter(struct app *a)
{
	if (!a->changing || !work_busy(a->work))
		return false;
	if (a->history.at == a->shown_view) {
		app_say(a, ROLE_WARNING, "the list is still being made");
	} else {
		app_go_view(a, a->shown_view);
		app_say(a, ROLE_WARNING, "stopped: the view is the one before");
	}
	return true;
}

static bool stop_search(struct app *a)
{
	if (!a->search.hits.match || !work_busy(a->search.work))
		return false;
	work_cancel(a->search.work);
	search_clear(&a->search.hits);
	a->search.jumps = false;
	app_say(a, ROLE_WARNING, "the search was stopped");
	return true;
}

static bool stop_session(struct app *a)
{
	if (!a->session.tracing && !work_busy(a->session.work))
		return false;
	if (a->session.tracing)
		survey_cancel(a->survey);
	work_cancel(a->session.work);
	a->session.tracing = false;
	a->session.steps = 0;
	app_say(a, ROLE_WARNING, "stopped: the cursor stays");
	return true;
}

static bool stop_counting(struct app *a)
{
	if (!errand_busy(a->pivots.errand) && !errand_busy(a->values.errand) &&
	    !work_busy(a->choices.work))
		return false;
	errand_cancel(a->pivots.errand);
	errand_cancel(a->values.errand);
	work_cancel(a->choices.work);
	if (a->overlay == IN_VALUES && !a->values.ranking)
		a->overlay = 0;
	app_say(a, ROLE_WARNING, "not counted any further");
	return true;
}

static void do_stop(struct app *a)
{
	if (!stop_writing(a) && !stop_loading(a) && !stop_overview(a) &&
	    !stop_session(a) && !stop_search(a) && !stop_counting(a) &&
	    !stop_filter(a))
		app_say(a, ROLE_DIM, "nothing is running; %s quits",
			app_key_of(a, ACTION_QUIT).text);
}

const struct app_handler app_stop_handlers[] = {
	{ACTION_STOP, do_stop},
	{ACTION_NONE, NULL}
};
