/* An overview that is answered anew while something else is on the screen: what
 * keys then take is what it says now. */
#include "load_support.h"
#include "screen/app_parts.h"
#include "view/keys.h"

static void wake(void)
{
}

static void add_event(struct made *m, int i)
{
	struct buffer text = {0};

	buffer_printf(&text, "{\"eventVersion\":\"1\",\"eventTime\":"
		      "\"2026-01-01T00:00:%02dZ\",\"eventName\":\"GetX\","
		      "\"eventID\":\"%d\",\"recipientAccountId\":"
		      "\"111122223333\",\"awsRegion\":\"us-east-1\"}\n", i, i);
	make_file(m, buffer_span(&text), 4000);
	buffer_free(&text);
}

static void type(struct app *a, const char *text)
{
	for (; *text; text++)
		app_key(a, (unsigned char)*text);
}

/* What is copied alone on the screen. */
static bool copied_is_the_last_line(struct app *a)
{
	struct buffer line = {0};
	bool same;

	sheet_write_line(&a->overview.sheet, a->overview.sheet.pane.count - 1,
			 &line);
	same = a->overlay == IN_COPIED && line.n > 0 &&
	       span_equal(buffer_span(&line), buffer_span(&a->copy.page.text));
	buffer_free(&line);
	return same;
}

static void a_copy_after_an_answer_is_of_that_answer(void **state)
{
	struct grid g = {.set = SHOW_UNICODE};
	struct made m;
	struct app *a;
	const struct sheet_line *last;
	const struct answer *answer;

	(void)state;
	make_store(&m);
	add_event(&m, 1);
	make_end(&m);
	a = app_new(&(struct app_options){.store = m.store, .wake = wake});
	grid_resize(&g, 30, 100);
	app_draw(a, &g);
	type(a, ":coverage");
	app_key(a, KEYS_ENTER);
	app_work(a);
	app_draw(a, &g);
	type(a, "Gy");
	app_draw(a, &g);
	assert_true(copied_is_the_last_line(a));

	m.builder = builder_new(m.store, NULL);
	add_event(&m, 2);
	make_end(&m);
	while (app_overview_outdated(a))
		app_work(a);
	type(a, "qy");
	answer = a->overview.sheet.answer;
	last = &a->overview.sheet.line[a->overview.sheet.pane.count - 1];
	assert_int_equal(last->kind, SHEET_NOTE);
	assert_in_range((uintptr_t)last->note.p, (uintptr_t)answer->notes.p,
			(uintptr_t)(answer->notes.p + answer->notes.n - 1));
	assert_true(copied_is_the_last_line(a));
	app_draw(a, &g);
	assert_true(copied_is_the_last_line(a));
	app_free(a);
	grid_free(&g);
	unmake(&m);
}

/* While it is typed the row comes to tell of an earlier one. */
static void a_note_is_of_the_event_that_it_was_begun_on(void **state)
{
	struct grid g = {.set = SHOW_UNICODE};
	struct buffer note = {0};
	struct made m;
	struct app *a;

	(void)state;
	make_store(&m);
	add_event(&m, 2);
	make_end(&m);
	a = app_new(&(struct app_options){.store = m.store, .wake = wake});
	grid_resize(&g, 30, 100);
	app_draw(a, &g);
	type(a, ":profile event=GetX");
	app_key(a, KEYS_ENTER);
	while (app_work(a))
		;
	app_draw(a, &g);
	assert_non_null(sheet_row(&a->overview.sheet));
	type(a, "astolen");

	m.builder = builder_new(m.store, NULL);
	add_event(&m, 1);
	make_end(&m);
	while (app_overview_outdated(a))
		app_work(a);
	app_key(a, KEYS_ENTER);
	assert_true(notes_text(store_notes(m.store), SPAN("2"), &note));
	assert_true(span_is(buffer_span(&note), "stolen"));
	assert_false(notes_marked(store_notes(m.store), SPAN("1")));
	buffer_free(&note);
	app_free(a);
	grid_free(&g);
	unmake(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_copy_after_an_answer_is_of_that_answer),
		cmocka_unit_test(a_note_is_of_the_event_that_it_was_begun_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
