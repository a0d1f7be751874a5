/* What is not known yet is told as that, and not as if there were nothing. */
#include "screen_app_support.h"
#include "screen_gate.h"
#include "triage/index.h"

static void wake(void)
{
}

static void add_events(struct made *m)
{
	struct buffer text = {0};

	for (int i = 0; i < 9; i++)
		buffer_printf(&text, "{\"eventVersion\":\"1\",\"eventTime\":"
			      "\"2026-01-01T00:00:%02dZ\",\"eventName\":"
			      "\"Get\",\"eventID\":\"%d\",\"userIdentity\":{"
			      "\"type\":\"IAMUser\",\"userName\":\"u\","
			      "\"accessKeyId\":\"AKIAIOSFODNN7EXAMPLE\"}}\n",
			      i, i);
	make_file(m, buffer_span(&text), 4000);
	make_end(m);
	buffer_free(&text);
}

static void draw_row(struct seen *s, int row, struct buffer *out)
{
	buffer_clear(out);
	app_draw(s->app, &s->grid);
	for (int i = 0; i < s->grid.columns; i++) {
		const struct grid_cell *cell = grid_cell(&s->grid, row, i);

		buffer_add(out, cell->text, cell->length);
	}
}

static bool row_says(struct seen *s, int row, const char *text)
{
	struct buffer line = {0};
	bool says;

	draw_row(s, row, &line);
	says = strstr(buffer_text(&line), text);
	buffer_free(&line);
	return says;
}

static int begin(void **state)
{
	struct seen *s = memory_clear(1, sizeof *s);
	struct layout layout = {.count = 0};
	struct error err;

	make_store(&s->made);
	store_set_remarks(s->made.store, index_remarks());
	add_events(&s->made);
	assert_true(layout_parse(&layout, SPAN("finding,event"), &err));
	seen_open(s, 1, (struct app_options){.wake = wake,
					     .layout = &layout});
	layout_free(&layout);
	*state = s;
	return 0;
}

static void findings_are(void **state)
{
	struct seen *s = *state;
	bool early;

	assert_true(row_says(s, 23, "finding = (absent)"));
	close_gate(s->jobs);
	s->made.builder = builder_new(s->made.store, NULL);
	add_events(&s->made);
	app_work(s->app);
	early = !row_says(s, 23, "finding = not known yet  ");
	open_gate();
	assert_false(early);
	settle(s->app);
	assert_true(row_says(s, 23, "finding = (absent)"));
}

static void an_empty_list_is(void **state)
{
	struct seen *s = *state;
	bool early;

	app_free(s->app);
	close_gate(s->jobs);
	s->app = app_new(&(struct app_options){
		.store = s->made.store, .jobs = s->jobs, .wake = wake});
	early = !row_says(s, 4, "not listed yet");
	open_gate();
	assert_false(early);
	settle(s->app);
	assert_false(row_says(s, 4, "not listed yet"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(findings_are, begin,
						seen_close),
		cmocka_unit_test_setup_teardown(an_empty_list_is, begin,
						seen_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
