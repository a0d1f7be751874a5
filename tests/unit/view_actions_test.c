/* The table of actions: what must hold of every row. */
#include "view/actions.h"

#include "view/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The keys of an action, one after another. */
static bool next_key(const char **keys, uint32_t *key)
{
	size_t n;
	struct span name;

	*keys += strspn(*keys, " ");
	n = strcspn(*keys, " ");
	if (n == 0)
		return false;
	name = (struct span){*keys, n};
	*keys += n;
	assert_true(keys_parse(name, key));
	return true;
}

static void no_key_means_two_things_in_one_place(void **state)
{
	(void)state;
	for (unsigned place = 1; place & IN_ANY; place <<= 1) {
		for (int i = 0; i < ACTION_COUNT; i++) {
			const struct actions_info *a =
				actions_info((enum action)i);
			const char *keys = a->keys;
			uint32_t key;

			while ((a->where & place) && next_key(&keys, &key))
				if (place != IN_PROMPT || !keys_printable(key))
					assert_int_equal(
						actions_for_key(key, place),
						i);
		}
	}
}

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
				    (a->where & WITH_TEXT));
		assert_true(i != ACTION_NO_REVEAL || a->keys[0] == '\0');
		assert_true(strlen(a->help) <= 43);
		assert_true(a->where & IN_ANY);
		assert_false(a->where & ~(unsigned)(IN_ANY | WITH_TEXT));
	}
	assert_int_equal(actions_named(SPAN("nothing")), ACTION_NONE);
}

static void what_is_typed_is_text(void **state)
{
	(void)state;
	assert_int_equal(actions_for_key('j', IN_PROMPT), ACTION_NONE);
	assert_int_equal(actions_for_key('?', IN_PROMPT), ACTION_NONE);
	assert_int_equal(actions_for_key('j', IN_TREE), ACTION_DOWN);
	assert_int_equal(actions_for_key(KEYS_ENTER, IN_PROMPT),
			 ACTION_ACCEPT);
	assert_int_equal(actions_for_key(KEYS_ENTER, IN_EVENTS), ACTION_TREE);
}

/* Flow control and what terminals confuse stay unbound. */
static void some_keys_are_never_bound(void **state)
{
	(void)state;
	for (unsigned place = 1; place & IN_ANY; place <<= 1) {
		assert_int_equal(actions_for_key(keys_control('S'), place),
				 ACTION_NONE);
		assert_int_equal(actions_for_key(keys_control('Q'), place),
				 ACTION_NONE);
		assert_int_equal(actions_for_key(keys_control('J'), place),
				 ACTION_NONE);
		assert_int_equal(actions_for_key(keys_control('H'), place),
				 ACTION_NONE);
	}
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
		cmocka_unit_test(no_key_means_two_things_in_one_place),
		cmocka_unit_test(every_action_has_a_name_of_its_own_and_help),
		cmocka_unit_test(what_is_typed_is_text),
		cmocka_unit_test(some_keys_are_never_bound),
		cmocka_unit_test(the_list_names_every_action),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
