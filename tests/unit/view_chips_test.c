/* The terms of the filter: they follow its text, and make it. */
#include "view/chips.h"

#include "query_support.h"

static const struct filter_view view = {
	.predicate = {.moment = MOMENT_OPEN_VIEW}};

static void follow(struct chips *c, const char *text)
{
	struct filter *f = filter_parse(span_of(text), NULL);

	assert_non_null(f);
	chips_follow(c, f);
	filter_free(f);
}

static void check_written(const struct chips *c, bool pinned,
			  const char *text)
{
	struct buffer out = {0};

	chips_write(c, &view, pinned, &out);
	assert_string_equal(buffer_text(&out), text);
	buffer_free(&out);
}

static void what_is_off_keeps_its_place(void **state)
{
	struct chips c = {.count = 0};

	(void)state;
	follow(&c, "event=1 region=2 account=3");
	assert_int_equal(c.count, 3);
	c.chip[1].off = true;
	check_written(&c, true, "event=1 account=3");
	follow(&c, "event=1 account=3");
	assert_int_equal(c.count, 3);
	assert_true(c.chip[1].off);
	c.chip[1].off = false;
	check_written(&c, true, "event=1 region=2 account=3");
	c.chip[1].off = true;
	follow(&c, "");
	assert_int_equal(c.count, 1);
	follow(&c, "who=1 region=2");
	assert_int_equal(c.count, 2);
	assert_false(c.chip[1].off);
	chips_free(&c);
}

static void an_or_gets_brackets_beside_others(void **state)
{
	struct chips c = {.count = 0};

	(void)state;
	follow(&c, "event=1 or region=2");
	check_written(&c, true, "event=1 or region=2");
	c.chip[0].off = true;
	follow(&c, "account=3");
	check_written(&c, true, "account=3");
	c.chip[0].off = false;
	check_written(&c, true, "(event=1 or region=2) account=3");
	chips_free(&c);
}

static void what_is_pinned_stays(void **state)
{
	struct chips c = {.count = 0};
	struct buffer out = {0};

	(void)state;
	follow(&c, "event=1 region=2");
	c.chip[1].pinned = true;
	check_written(&c, false, "event=1");
	chips_keep(&c, &view, SPAN("who=1 or from=2"), &out);
	assert_string_equal(buffer_text(&out), "region=2 (who=1 or from=2)");
	follow(&c, buffer_text(&out));
	assert_true(c.chip[0].pinned);
	buffer_clear(&out);
	chips_keep(&c, &view, SPAN(""), &out);
	assert_string_equal(buffer_text(&out), "region=2");
	buffer_clear(&out);
	chips_keep(&c, &view, SPAN("account=1 region=2"), &out);
	assert_string_equal(buffer_text(&out), "account=1 region=2");
	buffer_free(&out);
	chips_free(&c);
}

static void a_term_is_the_number_of_those_in_force(void **state)
{
	struct chips c = {.count = 0};

	(void)state;
	follow(&c, "event=1 region=2 who=3");
	c.chip[1].off = true;
	assert_int_equal(chips_term(&c, 0), 0);
	assert_int_equal(chips_term(&c, 1), SIZE_MAX);
	assert_int_equal(chips_term(&c, 2), 1);
	assert_int_equal(chips_term(&c, 3), SIZE_MAX);
	chips_free(&c);
}

static void what_was_saved_is_restored(void **state)
{
	struct chips c = {.count = 0};
	struct buffer saved = {0}, again = {0};

	(void)state;
	follow(&c, "event=1 region=2 \"x y\"");
	c.chip[0].off = c.chip[1].pinned = true;
	c.chip[2].off = c.chip[2].pinned = true;
	chips_save(&c, &saved);
	chips_remove(&c, 1);
	assert_int_equal(c.count, 2);
	chips_restore(&c, buffer_span(&saved));
	assert_int_equal(c.count, 3);
	assert_true(c.chip[2].off && c.chip[2].pinned);
	chips_save(&c, &again);
	assert_true(span_equal(buffer_span(&saved), buffer_span(&again)));
	chips_restore(&c, SPAN(""));
	assert_int_equal(c.count, 0);
	buffer_free(&saved);
	buffer_free(&again);
	chips_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_off_keeps_its_place),
		cmocka_unit_test(an_or_gets_brackets_beside_others),
		cmocka_unit_test(what_is_pinned_stays),
		cmocka_unit_test(a_term_is_the_number_of_those_in_force),
		cmocka_unit_test(what_was_saved_is_restored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
