/* Steps are noted once, undone and done again; the oldest go. */
#include "view/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void note(struct history *h, const char *filter, bool suspended)
{
	struct history_step step = {.suspended = suspended};

	buffer_add_text(&step.filter, filter);
	history_note(h, &step);
	history_step_free(&step);
}

static void assert_present(const struct history *h, const char *filter)
{
	const struct history_step *step = history_present(h);

	assert_non_null(step);
	assert_true(span_is(buffer_span(&step->filter), filter));
}

static void what_is_the_same_is_no_step(void **state)
{
	struct history h = {0};

	(void)state;
	assert_null(history_present(&h));
	note(&h, "a", false);
	note(&h, "a", false);
	assert_int_equal(h.count, 1);
	note(&h, "a", true);
	assert_int_equal(h.count, 2);
	history_free(&h);
}

static void steps_go_back_and_forward_as_far_as_there_are(void **state)
{
	struct history h = {0};

	(void)state;
	assert_int_equal(history_back(&h, 1), 0);
	assert_int_equal(history_forward(&h, 1), 0);
	note(&h, "a", false);
	note(&h, "b", false);
	note(&h, "c", false);
	assert_int_equal(history_back(&h, 5), 2);
	assert_present(&h, "a");
	assert_int_equal(history_forward(&h, 1), 1);
	assert_present(&h, "b");
	assert_int_equal(history_forward(&h, 9), 1);
	assert_int_equal(history_forward(&h, 1), 0);
	assert_present(&h, "c");
	history_free(&h);
}

static void a_change_forgets_what_was_undone(void **state)
{
	struct history h = {0};

	(void)state;
	note(&h, "a", false);
	note(&h, "b", false);
	history_back(&h, 1);
	note(&h, "c", false);
	assert_int_equal(h.count, 2);
	assert_int_equal(history_forward(&h, 1), 0);
	assert_int_equal(history_back(&h, 1), 1);
	assert_present(&h, "a");
	history_free(&h);
}

static void the_oldest_steps_go_first(void **state)
{
	struct history h = {0};
	char text[16];

	(void)state;
	for (int i = 0; i < HISTORY_MOST + 5; i++) {
		snprintf(text, sizeof(text), "%d", i);
		note(&h, text, false);
	}
	assert_int_equal(h.count, HISTORY_MOST);
	assert_int_equal(history_back(&h, SIZE_MAX), HISTORY_MOST - 1);
	assert_present(&h, "5");
	history_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_the_same_is_no_step),
		cmocka_unit_test(steps_go_back_and_forward_as_far_as_there_are),
		cmocka_unit_test(a_change_forgets_what_was_undone),
		cmocka_unit_test(the_oldest_steps_go_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
