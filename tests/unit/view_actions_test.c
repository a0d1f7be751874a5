/* The table of actions: what must hold of every row. */
#include "view/actions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void every_action_has_a_name_of_its_own_and_help(void **state)
{
	(void)state;
	for (int i = 0; i < ACTION_COUNT; i++) {
		const struct actions_info *a = actions_info((enum action)i);

		assert_int_equal(actions_named(span_of(a->name)), i);
		assert_true(a->help[0]);
		assert_true(a->group[0]);
		/* What cannot be taken back has no key; what needs a text,
		 * and what is asked for once, may have none. */
		if (a->keys[0] == '\0')
			assert_true(i == ACTION_NO_REVEAL ||
				    i == ACTION_SESSIONS ||
				    i == ACTION_FINDINGS ||
				    i == ACTION_WHY || i == ACTION_SAVED ||
				    i == ACTION_VIEWS ||
				    (a->where & WITH_TEXT));
		assert_true(i != ACTION_NO_REVEAL || a->keys[0] == '\0');
		assert_true(strlen(a->help) <= 43);
		assert_true(a->where & IN_ANY);
		assert_false(a->where & ~(unsigned)(IN_ANY | WITH_TEXT |
						    WITHOUT_ROW));
	}
	assert_int_equal(actions_named(SPAN("nothing")), ACTION_NONE);
}

static void the_list_names_every_action(void **state)
{
	struct buffer out = {0};

	(void)state;
	actions_list(&out);
	for (int i = 0; i < ACTION_COUNT; i++)
		assert_non_null(strstr(buffer_text(&out),
				       actions_info((enum action)i)->help));
	buffer_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_action_has_a_name_of_its_own_and_help),
		cmocka_unit_test(the_list_names_every_action),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
