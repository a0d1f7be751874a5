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

struct told {
	const char *cell[3];    /* of a row: the third its certificate's ARN */
	uint32_t event;         /* or 0: none */
};

/* Rows up to one without a cell, then a remark. */
static struct answer *answer_with(const struct told *rows)
{
	static const char name[] = "one";
	static const char *const names[] = {"domain", "events", "arn"};
	struct answer *a = answer_new(name);

	answer_fact(a, "subject");
	answer_span(a, SPAN("x"));
	answer_table(a, "table", names, 3);
	for (; rows->cell[0]; rows++) {
		answer_row(a, 0, rows->event
			? (struct store_event){.index = rows->event}
			: STORE_NO_EVENT);
		for (int k = 0; k < 3; k++)
			answer_span(a, span_of(rows->cell[k]));
	}
	answer_note(a, "look elsewhere");
	return a;
}

enum { FACTS, TITLE, HEADS, ROWS };     /* the lines of that answer */

static void a_chosen_row_is_found_again(void **state)
{
	static const struct {
		const char *name;
		struct told before[6], after[6];
		size_t from, to;        /* lines; rows from ROWS on */
	} cases[] = {
		{"by its event, though another came before it",
		 {{{"1", "a", ""}, 1}, {{"2", "b", ""}, 2}},
		 {{{"0", "z", ""}, 3}, {{"1", "a", ""}, 1}, {{"2", "b", ""}, 2}},
		 ROWS + 1, ROWS + 2},
		{"by its event among rows that are written alike",
		 {{{"1", "a", ""}, 1}, {{"1", "a", ""}, 2}},
		 {{{"1", "a", ""}, 3}, {{"1", "a", ""}, 1}, {{"1", "a", ""}, 2}},
		 ROWS, ROWS + 1},
		{"by its first cell, though its event is an earlier one now",
		 {{{"Get", "9", ""}, 5}, {{"Put", "3", ""}, 6}},
		 {{{"Put", "30", ""}, 5}, {{"Get", "10", ""}, 2}},
		 ROWS, ROWS + 1},
		{"by its first cell where there is no event",
		 {{{"x", "1", ""}, 0}, {{"y", "2", ""}, 0}},
		 {{{"w", "2", ""}, 0}, {{"x", "1", ""}, 0}, {{"y", "3", ""}, 0}},
		 ROWS + 1, ROWS + 2},
		{"by its certificate, now that its domain is known",
		 {{{"", "1", "arn:a"}, 1}, {{"", "1", "arn:b"}, 2}},
		 {{{"", "1", "arn:c"}, 2}, {{"d", "2", "arn:b"}, 4},
		  {{"", "1", "arn:a"}, 1}}, ROWS + 1, ROWS + 1},
		{"nowhere: the line stays",
		 {{{"1", "a", ""}, 1}, {{"2", "b", ""}, 2}},
		 {{{"3", "a", ""}, 3}, {{"4", "b", ""}, 4}}, ROWS + 1, ROWS + 1},
		{"a title stays the title", {{{"1", "a", ""}, 1}},
		 {{{"0", "z", ""}, 3}, {{"1", "a", ""}, 1}}, TITLE, TITLE},
		{"a remark is no row", {{{"1", "a", ""}, 1}},
		 {{{"0", "z", ""}, 3}, {{"1", "a", ""}, 1}}, ROWS + 1, ROWS + 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sheet s = {.answer = NULL};

		sheet_take(&s, answer_with(cases[i].before));
		sheet_lay(&s, WIDTH, SHOW_UNICODE, STAMP_UTC);
		pane_go(&s.pane, cases[i].from);
		s.chosen = true;
		sheet_take(&s, answer_with(cases[i].after));
		if (s.pane.cursor != cases[i].to)
			fail_msg("%s: line %zu", cases[i].name, s.pane.cursor);
		sheet_free(&s);
	}
}

/* The ninth of rows of which eight are shown at first. */
static void a_row_that_would_be_folded_away_is_shown(void **state)
{
	static const char name[] = "one";
	static const char *const names[] = {"one"};
	struct sheet s = {.answer = NULL};

	(void)state;
	for (int more = 0; more < 2; more++) {
		struct answer *a = answer_new(name);

		answer_table(a, "first", names, 1);
		answer_table(a, "second", names, 1);
		for (int i = more ? 0 : 3; i < 12; i++) {
			char text[] = {(char)('a' + i), '\0'};

			answer_row(a, 0, STORE_NO_EVENT);
			answer_span(a, span_of(text));
		}
		sheet_take(&s, a);
		sheet_lay(&s, WIDTH, SHOW_UNICODE, STAMP_UTC);
		if (!more)
			pane_go(&s.pane, 3 + 7);
		s.chosen = true;
	}
	assert_non_null(sheet_row(&s));
	sheet_tell(&s, &s.scratch);
	assert_true(span_is(buffer_span(&s.scratch), "one = k"));
	sheet_free(&s);
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
		cmocka_unit_test(a_chosen_row_is_found_again),
		cmocka_unit_test(a_row_that_would_be_folded_away_is_shown),
		cmocka_unit_test(off_the_screen_it_has_the_width_it_had),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
