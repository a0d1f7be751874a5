/* What takes long never holds the screen.  The first rows of a filter are there
 * before all events were judged, however long that takes: the screen says that
 * more come, the selected event stays where it is, and keys that act on a row
 * wait for the rest.  Storms are found while keys move. */
#include "screen_app_support.h"
#include "view/keys.h"

#include <pthread.h>

enum { EVENTS = 4000, LONG = 4000, TRIES = 1000 };

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
			      i / 3600, i / 60 % 60, i % 60,
			      i < EVENTS / 2 ? i % 2 : 9, i);
		for (int k = 0; i % 1000 == 999 && k < LONG; k++)
			buffer_add_byte(&text, 'a');
		buffer_add_text(&text, "!\"}\n");
	}
	make_store(m);
	make_file(m, buffer_span(&text), 4000);
	make_end(m);
	buffer_free(&text);
}

/* MORE goes on with the filter BEFORE.  On a machine that is too busy there may
 * be nothing within the time. */
static void paste_until_there_is_a_part(struct app *a, struct span before,
					struct span more)
{
	int tries = 0;

	a->changing = false;
	while (!a->list.part) {
		if (!a->changing) {
			assert_true(++tries < TRIES);
			pthread_mutex_unlock(&gate);
			app_key(a, keys_control('u'));
			app_paste(a, before);
			settle(a);
			pthread_mutex_lock(&gate);
			app_paste(a, more);
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

static int open_all(void **state)
{
	struct seen *s = memory_clear(1, sizeof *s);

	generate(&s->made);
	seen_open(s, 4, (struct app_options){.wake = wake,
					     .set = SHOW_ASCII});
	*state = s;
	return 0;
}

static void the_screen_is_filled_before_the_rest(void **state)
{
	struct seen *s = *state;
	struct app *a = s->app;
	struct store_event selected;
	size_t row;

	type(a, "1001j5k");
	selected = list_selected(&a->list);
	app_draw(a, &s->grid);
	row = a->list.pane.cursor - a->list.pane.top;
	type(a, "f");
	pthread_mutex_lock(&gate);
	paste_until_there_is_a_part(a, SPAN(""),
				    SPAN("event=Get0 !/(a+)+[xy]$/"));
	assert_true(header_says(a, &s->grid, " and more of 4,000 events"));
	is_selected(a, selected, row);
	app_key(a, '\r');
	type(a, "m");
	assert_false(app_is_marked(a, selected));
	pthread_mutex_unlock(&gate);
	settle(a);
	assert_true(app_is_marked(a, selected));
	assert_true(header_says(a, &s->grid, "1,000 of 4,000 events"));
	is_selected(a, selected, row);
}

static void a_part_is_found_where_the_hidden_event_is(void **state)
{
	struct seen *s = *state;
	struct app *a = s->app;
	struct store_event chosen, first;

	type(a, "3001j5k");
	chosen = list_selected(&a->list);
	type(a, "f");
	pthread_mutex_lock(&gate);
	paste_until_there_is_a_part(a, SPAN("event=Get0"),
				    SPAN(" or event=Get9 or /(a+)+[xy]$/"));
	first = list_selected(&a->list);
	pthread_mutex_unlock(&gate);
	settle(a);
	assert_true(store_same_event(first, chosen));
	assert_true(store_same_event(list_selected(&a->list), chosen));
}

static void storms_are_found_while_keys_move(void **state)
{
	struct seen *s = *state;
	struct app *a = s->app;
	struct store_event selected;

	type(a, "1000j");
	pthread_mutex_lock(&gate);
	type(a, "S");
	assert_int_equal(a->list.pane.count, EVENTS);
	assert_string_equal(buffer_text(&a->message), "looking for storms");
	pthread_mutex_unlock(&gate);
	settle(a);
	assert_int_equal(a->list.pane.count, EVENTS / 2 + 1);
	assert_int_equal(list_stands_for(&a->list, EVENTS / 2), EVENTS / 2);
	assert_non_null(strstr(buffer_text(&a->message),
			       "2,001 rows stand for 4,000 events"));
	/* Known by now, so that it folds at once. */
	type(a, "SS");
	assert_int_equal(a->list.pane.count, EVENTS / 2 + 1);
	type(a, "G");
	selected = list_selected(&a->list);
	type(a, "\r");
	assert_int_equal(a->list.pane.count, EVENTS);
	is_selected(a, selected, a->list.pane.cursor - a->list.pane.top);
	type(a, "fevent=Get9\r");
	settle(a);
	assert_int_equal(a->list.pane.count, EVENTS / 2);
	type(a, "SS");
	assert_int_equal(a->list.pane.count, 1);
	assert_int_equal(list_stands_for(&a->list, 0), EVENTS / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_screen_is_filled_before_the_rest, open_all,
			seen_close),
		cmocka_unit_test_setup_teardown(
			a_part_is_found_where_the_hidden_event_is, open_all,
			seen_close),
		cmocka_unit_test_setup_teardown(
			storms_are_found_while_keys_move, open_all,
			seen_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
