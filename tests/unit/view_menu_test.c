/* A list of texts to choose from: rows keep their texts, turning goes round. */
#include "view/menu.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void rows_keep_what_they_were_given(void **state)
{
	struct menu m = {.room = 0};

	(void)state;
	menu_turn(&m, 1);
	menu_add(&m, SPAN("a"), SPAN("text"), SPAN(""), 7);
	menu_add(&m, SPAN(""), SPAN(""), SPAN("help"), MENU_UNCOUNTED);
	assert_true(span_is(menu_label(&m, 0), "a"));
	assert_true(span_is(menu_text(&m, 0), "text"));
	assert_true(span_is(menu_help(&m, 0), ""));
	assert_true(span_is(menu_label(&m, 1), ""));
	assert_true(span_is(menu_help(&m, 1), "help"));
	assert_int_equal(m.row[0].events, 7);
	menu_clear(&m);
	assert_int_equal(m.pane.count, 0);
	menu_free(&m);
}

static void turning_goes_round_the_ends(void **state)
{
	struct menu m = {.room = 0};

	(void)state;
	for (int i = 0; i < 3; i++)
		menu_add(&m, SPAN("x"), SPAN("x"), SPAN(""), 0);
	menu_turn(&m, -1);
	assert_int_equal(m.pane.cursor, 2);
	menu_turn(&m, 1);
	assert_int_equal(m.pane.cursor, 0);
	menu_turn(&m, 1);
	assert_int_equal(m.pane.cursor, 1);
	menu_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_keep_what_they_were_given),
		cmocka_unit_test(turning_goes_round_the_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
