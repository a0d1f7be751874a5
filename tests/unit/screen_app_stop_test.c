/* Ctrl-C: what is running is stopped, it is said what that was, and what was
 * there before is there again. */
#include "screen_app_support.h"
#include "screen_gate.h"
#include "view/keys.h"

static void wake(void)
{
}

static int begin(void **state)
{
	struct seen *s = memory_clear(1, sizeof *s);
	struct buffer text = {0};

	make_store(&s->made);
	for (int i = 0; i < 9; i++)
		buffer_printf(&text, "{\"eventVersion\":\"1\",\"eventTime\":"
			      "\"2026-01-01T00:00:%02dZ\",\"eventName\":"
			      "\"Get%d\",\"eventID\":\"%d\",\"userIdentity\":{"
			      "\"type\":\"IAMUser\",\"userName\":\"u\","
			      "\"accessKeyId\":\"AKIAIOSFODNN7EXAMPLE\"}}\n",
			      i, i % 3, i);
	make_file(&s->made, buffer_span(&text), 4000);
	make_end(&s->made);
	buffer_free(&text);
	seen_open(s, 1, (struct app_options){.wake = wake,
					     .filter = SPAN("event~Get")});
	*state = s;
	return 0;
}

static void what_runs_is_stopped(void **state)
{
	static const struct {
		const char *keys, *said;
	} rows[] = {
		{"f0\r", "the view is the one before"},
		{"s", "the view is the one before"},
		{"F", "the view is the one before"},
		{"T", "the list is still being made"},
		{"/Get2\r", "the search was stopped"},
		{"o", "the cursor stays"}, {"P", "the cursor stays"},
		{"p", "not counted any further"},
		{"vp", "not counted any further"},
		{"t", "not counted any further"},
	};
	struct seen *s = *state;
	struct app *a = s->app;

	for (size_t i = 0; i < COUNT(rows); i++) {
		bool said;

		close_gate(s->jobs);
		for (const char *p = rows[i].keys; *p; p++)
			app_key(a, *p == '\r' ? KEYS_ENTER : (uint32_t)*p);
		app_key(a, keys_control('c'));
		said = strstr(buffer_text(&a->message), rows[i].said);
		open_gate();
		settle(a);
		if (!said || !span_is(buffer_span(&a->filter_text),
				      "event~Get") ||
		    a->leave.suspended || a->list.order.count > 0 ||
		    a->list.pane.count != 9 || a->list.pane.cursor != 0 ||
		    a->search.hits.match || a->overlay == IN_VALUES)
			fail_msg("%s: %s", rows[i].keys,
				 buffer_text(&a->message));
		app_key(a, KEYS_ESCAPE);
		app_key(a, keys_control('c'));
		assert_true(strstr(buffer_text(&a->message),
				   "nothing is running"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_runs_is_stopped, begin,
						seen_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
