/* The lines of an overview when its answer is replaced: what is kept, and what
 * begins anew. */
#include "view/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LONG "a text of two dozen bytes"

enum { WIDTH = 80 };

/* A table of so many columns and rows. */
static struct answer *answer_of(const char *name, size_t columns, size_t rows)
{
	static const char *const names[] = {"one", "two", "three", "four"};
	struct answer *a = answer_new(name);

	answer_table(a, "table", names, columns);
	for (size_t i = 0; i < rows; i++) {
		answer_row(a, 0, STORE_NO_EVENT);
		for (size_t k = 0; k < columns; k++)
			answer_span(a, SPAN(LONG));
	}
	return a;
}

static void only_an_answer_of_its_form_keeps_the_cursor(void **state)
{
	static const char name[] = "one", other[] = "other";
	static const struct {
		const char *name;
		size_t columns;
		bool kept;
	} next[] = {
		{name, 2, true}, {name, 4, false}, {name, 1, false},
		{other, 2, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
		struct sheet s = {.answer = NULL};
		const struct sheet_column *c;

		sheet_take(&s, answer_of(name, 2, 5));
		sheet_lay(&s, WIDTH, SHOW_UNICODE, STAMP_UTC);
		pane_go(&s.pane, 4);
		sheet_take(&s, answer_of(next[i].name, next[i].columns, 5));
		sheet_lay(&s, WIDTH, SHOW_UNICODE, STAMP_UTC);
		assert_int_equal(s.pane.cursor, next[i].kept ? 4 : 2);
		c = s.column + s.table[0].column;
		for (size_t k = 0; k < next[i].columns; k++)
			assert_int_equal(c[k].want, strlen(LONG));
		sheet_free(&s);
	}
}

static void off_the_screen_it_has_the_width_it_had(void **state)
{
	static const char name[] = "one";
	struct sheet s = {.answer = NULL};

	(void)state;
	sheet_take(&s, answer_of(name, 2, 3));
	sheet_lay(&s, 0, SHOW_UNICODE, STAMP_UTC);
	assert_int_equal(s.pane.count, 0);
	sheet_lay(&s, WIDTH, SHOW_UNICODE, STAMP_UTC);
	assert_int_equal(s.pane.count, 5);
	sheet_lay(&s, 0, SHOW_UNICODE, STAMP_UTC);
	sheet_take(&s, answer_of(name, 2, 4));
	assert_int_equal(s.pane.count, 6);
	assert_int_equal(s.columns, WIDTH);
	sheet_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_an_answer_of_its_form_keeps_the_cursor),
		cmocka_unit_test(off_the_screen_it_has_the_width_it_had),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
