/* What was asked before never comes under what is asked now, though its answer
 * was ready: values under another field, hits of another pattern, counts of
 * another menu.  Nor is a value the only one because it was. */
#include "screen_app_support.h"
#include "screen_gate.h"
#include "view/keys.h"

static void wake(void)
{
}

static void add_events(struct made *m, const char *region)
{
	struct buffer text = {0};

	for (int i = 0; i < 60; i++)
		buffer_printf(&text, "{\"eventVersion\":\"1\",\"eventTime\":"
			      "\"2026-01-01T00:00:%02dZ\",\"eventName\":"
			      "\"Get%d\",\"eventID\":\"%d\",\"awsRegion\":"
			      "\"%s\",\"userIdentity\":{\"type\":"
			      "\"IAMUser\",\"userName\":\"user%d\"}}\n", i,
			      i % 3, i, region, i % 2);
	make_file(m, buffer_span(&text), 4000);
	make_end(m);
	buffer_free(&text);
}

static int begin(void **state)
{
	struct seen *s = memory_clear(1, sizeof *s);

	make_store(&s->made);
	add_events(&s->made, "eu-north-1");
	seen_open(s, 1, (struct app_options){.wake = wake,
					     .filter = SPAN("event~Get")});
	*state = s;
	return 0;
}

static void values_stand_under_their_field(void **state)
{
	struct seen *s = *state;
	struct app *a = s->app;
	bool early;

	type(a, "vp");
	close_gate(s->jobs);
	app_key(a, KEYS_ESCAPE);
	type(a, "ve");
	app_work(a);
	early = a->values.ranking;
	open_gate();
	assert_false(early);
	settle(a);
	assert_int_equal(a->values.ranking->count, 3);
}

static void a_search_goes_to_hits_of_its_pattern(void **state)
{
	struct seen *s = *state;
	struct app *a = s->app;
	bool early;

	type(a, "/Get2");
	app_key(a, KEYS_ENTER);
	settle(a);
	/* As when more was loaded. */
	app_ask_hits(a);
	close_gate(s->jobs);
	type(a, "/user1");
	app_key(a, KEYS_ENTER);
	app_work(a);
	early = a->search.hits.counted || !a->search.jumps;
	open_gate();
	assert_false(early);
	settle(a);
	assert_int_equal(a->search.hits.hits, 30);
	assert_int_equal(a->list.pane.cursor, 3);
}

static void a_menu_has_counts_of_its_own(void **state)
{
	struct seen *s = *state;
	struct app *a = s->app;
	bool early;

	type(a, "t");
	close_gate(s->jobs);
	app_key(a, KEYS_ESCAPE);
	type(a, ":why");
	app_key(a, KEYS_ENTER);
	app_work(a);
	early = a->choices.menu.row[0].events != MENU_UNCOUNTED;
	open_gate();
	assert_int_equal(a->overlay, IN_MENU);
	assert_false(early);
	settle(a);
}

static bool is_typed(const struct app *a, const char *text)
{
	return span_is(buffer_span(&a->prompt.text), text);
}

static void a_value_is_the_only_one_once_all_are_counted(void **state)
{
	struct seen *s = *state;
	struct app *a = s->app;
	bool early;

	type(a, "f\025region=eu\t");
	settle(a);
	assert_true(is_typed(a, "region=eu-north-1"));
	app_key(a, KEYS_ESCAPE);
	s->made.builder = builder_new(s->made.store, NULL);
	add_events(&s->made, "eu-west-1");
	settle(a);
	type(a, "f\025region=eu");
	settle(a);
	close_gate(s->jobs);
	app_key(a, '\t');
	early = !is_typed(a, "region=eu");
	open_gate();
	assert_false(early);
	settle(a);
	assert_true(is_typed(a, "region=eu"));
	assert_int_equal(a->offers.menu.pane.count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(values_stand_under_their_field,
						begin, seen_close),
		cmocka_unit_test_setup_teardown(
			a_search_goes_to_hits_of_its_pattern, begin, seen_close),
		cmocka_unit_test_setup_teardown(a_menu_has_counts_of_its_own,
						begin, seen_close),
		cmocka_unit_test_setup_teardown(
			a_value_is_the_only_one_once_all_are_counted,
			begin, seen_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
