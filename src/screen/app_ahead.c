/* Keys that were typed ahead.  While the rows of the events are about to change,
 * or an overview has none yet, a key that acts on one of them would act on the
 * wrong one: it is held, and all that follow it, until they are there. */
#include "screen/app_parts.h"

#include "base/clock.h"
#include "view/keys.h"

enum { MOST = 1024, SILENT = 100, PATIENCE = 5000 /* ms */ };

/* Where no key acts on a row of the events. */
enum { APART = IN_HELP | IN_PROBLEMS | IN_COLUMNS | IN_COPIED | IN_CHIPS };

static size_t held(const struct app *a)
{
	return a->ahead.keys.n / sizeof(uint32_t);
}

/* What is loading may have no row for long, or none at all. */
static bool is_empty_yet(const struct app *a)
{
	return a->loading && a->list.total == 0 &&
	       (held(a) == 0 || clock_ms() - a->ahead.since < PATIENCE);
}

static bool rows_change(const struct app *a)
{
	return a->changing || is_empty_yet(a) ||
	       (a->pane == IN_OVERVIEW && !a->overview.sheet.answer) ||
	       (a->search.jumps && work_busy(a->search.work)) ||
	       (a->session.steps != 0 && work_busy(a->session.work)) ||
	       a->session.tracing;
}

/* What is typed never waits; what becomes of it may. */
bool app_acts_on_row(const struct app *a, enum action action)
{
	if (action == ACTION_NONE)
		return false;
	if (app_place(a) == IN_PROMPT)
		return action == ACTION_ACCEPT &&
		       (a->prompt_for == APP_COMMAND_PROMPT ||
			a->prompt_for == APP_SEARCH_PROMPT ||
			a->prompt_for == APP_GOTO_PROMPT);
	return action == ACTION_RUN ||
	       !(app_place(a) & APART ||
		 actions_info(action)->where & WITHOUT_ROW);
}

static void forget(struct app *a)
{
	app_say(a, ROLE_WARNING, "%zu key%s typed ahead %s forgotten",
		held(a), held(a) == 1 ? "" : "s",
		held(a) == 1 ? "is" : "are");
	buffer_clear(&a->ahead.keys);
}

bool app_ahead_key(struct app *a, uint32_t key, enum action action)
{
	if (held(a) > 0 && (key == KEYS_ESCAPE || key == keys_control('c'))) {
		forget(a);
		return true;
	}
	if (held(a) == 0 && !(app_acts_on_row(a, action) && rows_change(a)))
		return false;
	if (held(a) == 0)
		a->ahead.since = clock_ms();
	if (held(a) < MOST)
		buffer_add(&a->ahead.keys, (const char *)&key, sizeof key);
	return true;
}

bool app_ahead(struct app *a, uint32_t *key)
{
	if (held(a) == 0 || rows_change(a))
		return false;
	memcpy(key, a->ahead.keys.p, sizeof *key);
	a->ahead.keys.n -= sizeof *key;
	memmove(a->ahead.keys.p, a->ahead.keys.p + sizeof *key, a->ahead.keys.n);
	return true;
}

int app_ahead_wait(const struct app *a)
{
	uint64_t waited = clock_ms() - a->ahead.since;

	if (held(a) == 0 || a->ahead.told)
		return -1;
	return waited < SILENT ? (int)(SILENT - waited) : 0;
}

bool app_ahead_work(struct app *a)
{
	if (held(a) == 0)
		a->ahead.told = false;
	if (app_ahead_wait(a) != 0)
		return false;
	a->ahead.told = true;
	app_say(a, ROLE_DIM, "still searching; what is typed waits, Esc "
		"forgets it");
	return true;
}
