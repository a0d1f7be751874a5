/* The life of the app: from keys to actions, and what comes back from the
 * background.  What an action does stands in app_actions, what is seen in
 * draw_*. */
#include "screen/app.h"

#include "base/clock.h"
#include "base/memory.h"
#include "query/place.h"
#include "screen/app_parts.h"
#include "view/keys.h"
#include "write/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* While loading: ms between queries, the same while there are no rows yet, and
 * ms between looks at the progress. */
enum { QUERY_EVERY = 250, QUERY_FIRST = 30, LOOK_EVERY = 50 };

static const struct command no_command;

struct app *app_new(const struct app_options *options)
{
	static const struct bindings usual;
	struct app *a = memory_clear(1, sizeof(*a));

	a->store = options->store;
	a->loader = options->loader;
	a->notes.file = options->notes;
	a->notes.own.fd = -1;
	a->notes.last_mark[0] = a->notes.last_mark[1] = a->typing.on = STORE_NO_EVENT;
	a->command = options->command ? options->command : &no_command;
	a->folder = options->folder ? options->folder : ".";
	if (options->view)
		a->view = *options->view;
	a->bindings = options->bindings ? options->bindings : &usual;
	a->set = options->set;
	a->reveal.off = options->no_reveal;
	a->loading = options->loader;
	a->pane = IN_EVENTS;
	list_init(&a->list, &options->order);
	a->usual = !options->layout;
	if (options->layout)
		a->layout = layout_copy(options->layout);
	a->layout.set = a->set;
	a->layout.zone = options->zone;
	a->settings.theme = options->theme;
	a->settings.clipboard = options->clipboard;
	/* There are columns before there is a size. */
	if (a->usual)
		app_choose_usual(a, 80);
	buffer_add_span(&a->filter_text, options->filter);
	a->work = work_new(a->store, options->jobs, options->wake);
	a->search.work = work_new(a->store, options->jobs, options->wake);
	a->histogram.work = work_new(a->store, options->jobs, options->wake);
	a->choices.work = work_new(a->store, options->jobs, options->wake);
	a->lookup = lookup_new(a->store, options->jobs, options->wake);
	a->session.work = work_new(a->store, options->jobs, options->wake);
	a->survey = survey_new(a->store, options->jobs, options->wake);
	a->pivots.errand = app_pivot_errand(options->jobs, options->wake);
	a->advice.errand = app_advice_errand(options->jobs, options->wake);
	a->writing.errand = app_write_errand(options->jobs, options->wake);
	a->values.errand = errand_new(app_values_counting(), options->jobs,
				      options->jobs, options->wake);
	store_counts(a->store, &a->counts);
	app_ask(a);
	app_remember(a);
	app_work(a);
	if (options->said.n > 0)
		app_say(a, ROLE_WARNING, "%.*s", (int)options->said.n,
			options->said.p);
	return a;
}

void app_free(struct app *a)
{
	if (!a)
		return;
	work_free(a->work);
	work_free(a->search.work);
	work_free(a->histogram.work);
	work_free(a->choices.work);
	menu_free(&a->choices.menu);
	lookup_free(a->lookup);
	menu_free(&a->offers.menu);
	buffer_free(&a->offers.line);
	for (int i = 0; i < APP_PROMPTS; i++)
		recall_free(&a->recall[i]);
	work_free(a->session.work);
	survey_free(a->survey);
	errand_free(a->pivots.errand);
	pivot_free(&a->pivots.list);
	app_overview_free(&a->overview);
	app_values_free(&a->values);
	app_advice_free(&a->advice);
	errand_free(a->writing.errand);
	buffer_free(&a->writing.name);
	compare_free(&a->compare);
	buffer_free(&a->lifelines);
	notes_file_close(&a->notes.own);
	buffer_free(&a->notes.unsaved);
	search_free(&a->search.hits);
	history_free(&a->history);
	history_step_free(&a->now);
	buffer_free(&a->leave.order);
	/* The rows are the list's. */
	a->answer.result.events = NULL;
	work_answer_free(&a->answer);
	list_free(&a->list);
	layout_free(&a->layout);
	tree_free(&a->tree);
	problems_free(&a->problems);
	page_free(&a->copy.page);
	buffer_free(&a->copy.sent);
	page_free(&a->told.text);
	page_free(&a->value);
	reveal_free(&a->reveal);
	prompt_free(&a->prompt);
	buffer_free(&a->typing.before);
	buffer_free(&a->typing.chips);
	buffer_free(&a->typing.opened);
	buffer_free(&a->filter_text);
	chips_free(&a->chips);
	buffer_free(&a->notes.only);
	buffer_free(&a->notes.before);
	buffer_free(&a->message);
	buffer_free(&a->ahead.keys);
	buffer_free(&a->scratch);
	buffer_free(&a->scratch2);
	free(a);
}

enum actions_place app_place_below(const struct app *a)
{
	if (a->overlay)
		return a->overlay;
	return a->pane == IN_TREE && a->face != APP_TREE ? IN_RAW : a->pane;
}

enum actions_place app_place(const struct app *a)
{
	if (a->prompt_for != APP_NO_PROMPT)
		return IN_PROMPT;
	if (a->copy.asked)
		return IN_COPYING;
	if (a->valuing)
		return IN_VALUING;
	return app_place_below(a);
}

struct bindings_key app_key_of(const struct app *a, enum action action)
{
	return bindings_key(a->bindings, action);
}

void app_say(struct app *a, enum role role, const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	buffer_clear(&a->message);
	buffer_add_text(&a->message, text);
	a->message_role = role;
}

void app_hush(struct app *a)
{
	buffer_clear(&a->message);
	if (a->prompt_for == APP_COMMAND_PROMPT && !a->notes.asking)
		return;
	a->notes.asked = a->notes.asking;
	a->notes.asking = false;
}

struct filter_view app_view(const struct app *a)
{
	struct filter_view view = a->view;
	struct moment_view *moment = &view.predicate.moment;
	struct store_event e = a->typing.on;

	if (e.segment == STORE_NO_EVENT.segment)
		e = list_selected(&a->list);
	moment->loaded = true;
	moment->zone = a->layout.zone;
	moment->first = a->counts.first;
	moment->last = a->counts.last;
	moment->selected = STAMP_NONE;
	if (e.segment != STORE_NO_EVENT.segment)
		moment->selected = segment_event(
			store_segment(a->store, e.segment), e.index)->time;
	return view;
}

struct filter *app_parse_filter(struct app *a, struct span text,
				struct error *err)
{
	struct filter_view view = app_view(a);

	return filter_parse_with(text, &view, err);
}

static void ask(struct app *a)
{
	struct work_wish wish = {.from = list_chosen(&a->list)};
	struct error err;
	struct filter *filter = app_parse_filter(
		a, a->leave.suspended ? SPAN("") : buffer_span(&a->filter_text),
		&err);

	if (!filter) {
		app_say(a, ROLE_ERROR, "%s", err.text);
		a->changing = false;
		return;
	}
	app_follow_chips(a);
	timing_begin(&a->timing, TIMING_FILTER, clock_ns());
	wish.storms = list_folds(&a->list);
	/* Of a part storms would be cut off. */
	if (a->changing && !wish.storms)
		wish.rows = a->list.pane.height;
	work_ask_wishing(a->work, filter, &a->list.order, &wish);
	a->asked = clock_ms();
	app_ask_hits(a);
	app_ask_closer(a);
}

void app_ask(struct app *a)
{
	a->changing = true;
	ask(a);
}

/* How wide the columns want to be, by some events from all over the list. */
void app_measure(struct app *a)
{
	enum { SOME = 256 };
	struct store_event some[SOME];
	size_t count = a->list.total;
	size_t n = count < SOME ? count : SOME;

	a->layout.waiting = !app_findings_known(a);
	/* An empty list leaves its columns as they were. */
	if (n == 0 && a->measured)
		return;
	for (size_t i = 0; i < n; i++)
		some[i] = a->list.all[i * (count / n)];
	layout_measure(&a->layout, a->store, some, n);
	a->measured = n > 0;
}

bool app_terms_counted(const struct app *a)
{
	return a->answer.filter && span_equal(filter_text(a->answer.filter),
					      buffer_span(&a->filter_text));
}

/* From now on they are the list's. */
static void take_rows(struct app *a, struct work_answer *answer)
{
	list_take_rows(&a->list, a->store, &(struct list_rows){
		answer->result.events, answer->result.count, answer->storms,
		answer->part});
	answer->storms = (struct storms){.row = NULL};
	if (a->folding && !answer->part)
		app_tell_storms(a);
}

/* Takes the rows that were asked for; false when they are not there. */
static bool take_answer(struct app *a)
{
	struct work_answer answer;

	if (!work_take(a->work, &answer))
		return false;
	a->changing = answer.part;
	take_rows(a, &answer);
	if (answer.part)
		return true;
	a->answer.result.events = NULL;
	work_answer_free(&a->answer);
	a->answer = answer;
	a->shown_view = a->history.at;
	a->told_away = false;
	app_advice_forget(&a->advice);
	app_measure(a);
	if (app_is_open(a, IN_PIVOTS))
		app_pivot_count(a);
	if (app_is_open(a, IN_VALUES))
		app_values_count(a);
	store_counts(a->store, &a->counts);
	return true;
}

/* More was loaded than the rows tell. */
static bool outdated(const struct app *a)
{
	return store_version(a->store) != a->answer.result.version &&
	       !work_busy(a->work);
}

static bool look(struct app *a)
{
	uint64_t now = clock_ms();

	if (!a->loading || now - a->seen < LOOK_EVERY)
		return false;
	a->seen = now;
	a->progress = loader_progress(a->loader);
	store_counts(a->store, &a->counts);
	if (a->progress.over && !outdated(a) && !work_busy(a->work)) {
		a->loading = false;
		app_reloaded(a);
		if (a->progress.stopped)
			app_say(a, ROLE_WARNING, "loading was stopped; what "
				"was read stays");
	}
	if (app_is_open(a, IN_PROBLEMS))
		problems_refresh(&a->problems, a->store);
	return true;
}

/* A line longer than people type is a paste that the terminal does not tell of:
 * what comes at once is read at once, not as a filter anew for each letter. */
enum { BY_HAND = 256 };

static void read_typed(struct app *a)
{
	if (a->typing.unread && app_place(a) == IN_PROMPT)
		app_prompt_typed(a);
	a->typing.unread = false;
}

bool app_work(struct app *a)
{
	struct work_answer answer;
	bool news = false;

	read_typed(a);
	timing_drop(&a->timing, TIMING_AWAY);
	timing_begin(&a->timing, TIMING_AWAY, clock_ns());
	/* Before the rows, among which they are counted anew. */
	news |= app_pivot_work(a);
	news |= app_values_work(a);
	news |= take_answer(a);
	if (work_take(a->search.work, &answer)) {
		app_take_hits(a, &answer);
		work_answer_free(&answer);
		news = true;
	}
	if (work_take(a->histogram.work, &answer)) {
		a->histogram.strip = answer.strip;
		work_answer_free(&answer);
		news = true;
	}
	if (work_take(a->choices.work, &answer)) {
		app_menu_take(a, &answer);
		work_answer_free(&answer);
		news = true;
	}
	if (lookup_work(a->lookup)) {
		if (app_offer(a))
			app_prompt_typed(a);
		news = true;
	}
	if (work_take(a->session.work, &answer)) {
		app_session_take(a, &answer);
		work_answer_free(&answer);
		news = true;
	}
	news |= app_advice_work(a);
	news |= app_write_work(a);
	news |= look(a);
	news |= app_overview_work(a);
	news |= app_reveal_work(a);
	news |= app_ahead_work(a);
	if (outdated(a) && clock_ms() - a->asked >=
			   (a->list.pane.count ? QUERY_EVERY : QUERY_FIRST))
		ask(a);
	return news;
}

int app_wait(const struct app *a)
{
	int ahead = app_ahead_wait(a);

	if (ahead >= 0)
		return ahead;
	if (a->loading || a->reveal.step == REVEAL_OPEN)
		return LOOK_EVERY;
	return outdated(a) || app_overview_outdated(a) ? QUERY_EVERY : -1;
}

const char *app_state(const struct app *a)
{
	if (work_busy(a->work) || work_busy(a->search.work) ||
	    work_busy(a->session.work) || work_busy(a->choices.work) ||
	    work_busy(a->histogram.work) ||
	    lookup_busy(a->lookup) ||
	    survey_busy(a->survey) || errand_busy(a->pivots.errand) ||
	    errand_busy(a->values.errand) ||
	    errand_busy(a->writing.errand) ||
	    app_advice_busy(a) ||
	    outdated(a) ||
	    (!a->loading && (app_overview_outdated(a) ||
			     !app_findings_known(a))))
		return "query";
	return a->loading ? "load" : "idle";
}

/* Digits before a key are a count, where they are no keys themselves. */
static bool take_digit(struct app *a, uint32_t key)
{
	enum { MOST = 100000000 };

	if (app_place(a) == IN_PROMPT || key < '0' || key > '9' ||
	    (a->count == 0 && (key == '0' ||
	     bindings_action(a->bindings, key, app_place(a)) != ACTION_NONE)))
		return false;
	if (a->count < MOST)
		a->count = a->count * 10 + (key - '0');
	return true;
}

static enum app_want handle(struct app *a, uint32_t key, enum action action)
{
	bool typed = action == ACTION_NONE && app_place(a) == IN_PROMPT &&
		     keys_printable(key);

	if (!typed)
		read_typed(a);
	/* It waits for one key. */
	a->copy.asked = a->valuing = false;
	if ((app_place(a) == IN_EVENTS || app_place(a) == IN_TREE) &&
	    a->message.n == 0)
		a->told_away = a->list.away;
	app_hush(a);
	a->folding = false;
	a->want = APP_NOTHING;
	a->key = key;
	if (app_reveal_key(a, key))
		return APP_NOTHING;
	if (take_digit(a, key))
		return APP_NOTHING;
	/* Until then the cursor stays on the first row, whatever comes; and who
	 * works on with the nearest of a hidden event means that one. */
	if (!a->list.chosen || (a->list.away && a->list.pane.count > 0 &&
				app_acts_on_row(a, action)))
		list_choose(&a->list);
	/* Keys may come faster than they are drawn. */
	if (a->pane == IN_TREE)
		app_show_event(a);
	if (action != ACTION_NONE)
		app_do(a, action);
	else if (typed)
		prompt_type(&a->prompt, key);
	else if (key != KEYS_ESCAPE)
		app_say(a, ROLE_DIM, "no such key here; %s lists those that "
			"are", app_key_of(a, ACTION_HELP).text);
	if (typed && a->prompt.text.n > BY_HAND)
		a->typing.unread = true;
	else if (app_place(a) == IN_PROMPT)
		app_prompt_typed(a);
	else
		app_remember(a);
	a->count = 0;
	return a->want;
}

enum app_want app_key(struct app *a, uint32_t key)
{
	enum action action = bindings_action(a->bindings, key, app_place(a));

	timing_begin(&a->timing, TIMING_KEY, clock_ns());
	if (a->changing && app_place(a) != IN_PROMPT)
		take_answer(a);
	if (app_ahead_key(a, key, action))
		return APP_NOTHING;
	return handle(a, key, action);
}

bool app_resume(struct app *a, enum app_want *want)
{
	uint32_t key;

	if (!app_ahead(a, &key))
		return false;
	*want = handle(a, key,
		       bindings_action(a->bindings, key, app_place(a)));
	return true;
}

/* Whether a filter is typed, in its bar or behind :filter; HEAD is what stands
 * of it before the cursor. */
static bool types_filter(const struct app *a, struct span *head)
{
	size_t n = 0;

	*head = (struct span){a->prompt.text.p, a->prompt.cursor};
	if (a->prompt_for != APP_COMMAND_PROMPT)
		return a->prompt_for == APP_FILTER_PROMPT;
	while (n < head->n && head->p[n] != ' ')
		n++;
	if (n == head->n ||
	    actions_named((struct span){head->p, n}) != ACTION_FILTER)
		return false;
	*head = span_from(*head, n);
	return true;
}

void app_paste(struct app *a, struct span text)
{
	struct buffer meant = {0};
	struct span head;

	app_hush(a);
	if (app_hide(a))
		return;
	if (app_place(a) != IN_PROMPT) {
		app_say(a, ROLE_DIM, "pasted text is taken where one types: "
			"%s edits the filter",
			app_key_of(a, ACTION_FILTER).text);
		return;
	}
	if (types_filter(a, &head)) {
		place_write_pasted(head, text, &meant);
		text = buffer_span(&meant);
	}
	if (!prompt_paste(&a->prompt, text))
		app_say(a, ROLE_WARNING, "not all of it is text that fits");
	buffer_free(&meant);
	app_prompt_typed(a);
}
