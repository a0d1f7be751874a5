/* What the help lists, and how words narrow it. */
#include "view/help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct bindings usual;

static int lists(const struct help *h, enum action action)
{
	for (size_t i = 0; i < h->pane.count; i++)
		if (h->actions[i] == action)
			return 1;
	return 0;
}

static void each_place_lists_what_works_there(void **state)
{
	struct help h = {0};

	(void)state;
	help_list(&h, &usual, IN_EVENTS, SPAN(""));
	assert_true(lists(&h, ACTION_SORT));
	assert_false(lists(&h, ACTION_FOLD));
	help_list(&h, &usual, IN_TREE, SPAN(""));
	assert_true(lists(&h, ACTION_FOLD));
	assert_false(lists(&h, ACTION_SORT));
	assert_true(lists(&h, ACTION_QUIT));
}

static void all_words_must_be_found_in_any_case(void **state)
{
	static const struct {
		const char *text;
		enum action first;
		size_t least, most;
	} rows[] = {
		{"sort", ACTION_SORT, 1, 3},
		{"SORT", ACTION_SORT, 1, 3},
		{"F10", ACTION_QUIT, 1, 1},
		{"sort column", ACTION_SORT, 1, 1},
		{"  column   sort ", ACTION_SORT, 1, 1},
		{"sort elephant", ACTION_NONE, 0, 0},
		{"", ACTION_TREE, 20, ACTION_COUNT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct help h = {0};

		help_list(&h, &usual, IN_EVENTS, span_of(rows[i].text));
		assert_in_range(h.pane.count, rows[i].least, rows[i].most);
		assert_int_equal(help_selected(&h), rows[i].first);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_place_lists_what_works_there),
		cmocka_unit_test(all_words_must_be_found_in_any_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
