/* The first rows of a filter are on the screen before all events were judged,
 * however long that takes: the screen says that more come, the selected event
 * stays where it is, and keys that act on a row wait for the rest. */
#include "base/jobs.h"
#include "load_support.h"
#include "screen/app_parts.h"
#include "view/keys.h"

#include <pthread.h>
#include <sched.h>

enum { ROWS = 24, EVENTS = 4000, LONG = 4000 };

/* While it is held whoever wakes the screen waits: what was worked out by then
 * can be looked at. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void wake(void)
{
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
}

/* Each thousandth takes a match to its limits. */
static void generate(struct made *m)
{
	struct buffer text = {0};

	for (int i = 0; i < EVENTS; i++) {
		buffer_printf(&text, "{\"eventVersion\":\"1\",\"eventTime\":"
			      "\"2026-01-01T%02d:%02d:%02dZ\",\"eventName\":"
			      "\"Get%d\",\"eventID\":\"%d\",\"userAgent\":\"",
			      i / 3600, i / 60 % 60, i % 60, i % 2, i);
		for (int k = 0; i % 1000 == 999 && k < LONG; k++)
			buffer_add_byte(&text, 'a');
		buffer_add_text(&text, "!\"}\n");
	}
	make_store(m);
	make_file(m, buffer_span(&text), 4000);
	make_end(m);
	buffer_free(&text);
}

static void type(struct app *a, const char *text)
{
	for (; *text; text++)
		app_key(a, (unsigned char)*text);
}

static void settle(struct app *a)
{
	enum app_want want;

	while (app_work(a) || app_resume(a, &want) ||
	       strcmp(app_state(a), "idle") != 0)
		sched_yield();
}

/* On a machine that is too busy there may be nothing within the time. */
static void paste_until_there_is_a_part(struct app *a, struct span filter)
{
	a->changing = false;
	while (!a->list.part) {
		if (!a->changing) {
			pthread_mutex_unlock(&gate);
			app_key(a, keys_control('u'));
			settle(a);
			pthread_mutex_lock(&gate);
			app_paste(a, filter);
		}
		app_work(a);
		sched_yield();
	}
}

static bool header_says(struct app *a, struct grid *g, const char *text)
{
	char line[81] = "";

	app_draw(a, g);
	for (int i = 0; i < g->columns; i++)
		line[i] = grid_cell(g, 0, i)->text[0];
	return strstr(line, text) != NULL;
}

static void is_selected(const struct app *a, struct store_event e, size_t row)
{
	struct store_event now = list_selected(&a->list);

	assert_int_equal(now.index, e.index);
	assert_int_equal(now.segment, e.segment);
	assert_int_equal(a->list.pane.cursor - a->list.pane.top, row);
}

static void the_screen_is_filled_before_the_rest(void **state)
{
	struct jobs *jobs = jobs_new(4);
	struct grid g = {.set = SHOW_ASCII};
	struct store_event selected;
	struct made m;
	struct app *a;
	size_t row;

	(void)state;
	generate(&m);
	a = app_new(&(struct app_options){.store = m.store, .jobs = jobs,
					  .wake = wake, .set = SHOW_ASCII});
	grid_resize(&g, ROWS, 80);
	app_draw(a, &g);
	settle(a);
	type(a, "2001j5k");
	selected = list_selected(&a->list);
	app_draw(a, &g);
	row = a->list.pane.cursor - a->list.pane.top;
	type(a, "f");
	pthread_mutex_lock(&gate);
	paste_until_there_is_a_part(a, SPAN("event=Get0 !/(a+)+[xy]$/"));
	assert_true(header_says(a, &g, " and more of 4,000 events"));
	is_selected(a, selected, row);
	app_key(a, '\r');
	type(a, "m");
	assert_false(app_is_marked(a, selected));
	pthread_mutex_unlock(&gate);
	settle(a);
	assert_true(app_is_marked(a, selected));
	assert_true(header_says(a, &g, "2,000 of 4,000 events"));
	is_selected(a, selected, row);
	app_free(a);
	grid_free(&g);
	jobs_free(jobs);
	unmake(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_screen_is_filled_before_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
