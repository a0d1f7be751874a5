/* Bindings: what every key of the table does, and what may be changed. */
#include "view/bindings.h"

#include "view/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct bindings usual;

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
						bindings_action(&usual,
								key, place),
						i);
		}
	}
}

static void what_is_typed_is_text(void **state)
{
	(void)state;
	assert_int_equal(bindings_action(&usual, 'j', IN_PROMPT), ACTION_NONE);
	assert_int_equal(bindings_action(&usual, '?', IN_PROMPT), ACTION_NONE);
	assert_int_equal(bindings_action(&usual, 'j', IN_TREE), ACTION_DOWN);
	assert_int_equal(bindings_action(&usual, KEYS_ENTER, IN_PROMPT),
			 ACTION_ACCEPT);
	assert_int_equal(bindings_action(&usual, KEYS_ENTER, IN_EVENTS), ACTION_TREE);
}

/* Flow control and what terminals confuse stay unbound. */
static void some_keys_are_never_bound(void **state)
{
	(void)state;
	for (unsigned place = 1; place & IN_ANY; place <<= 1) {
		assert_int_equal(bindings_action(&usual, keys_control('S'), place),
				 ACTION_NONE);
		assert_int_equal(bindings_action(&usual, keys_control('Q'), place),
				 ACTION_NONE);
		assert_int_equal(bindings_action(&usual, keys_control('J'), place),
				 ACTION_NONE);
		assert_int_equal(bindings_action(&usual, keys_control('H'), place),
				 ACTION_NONE);
	}
}


static void changed_keys_take_the_place_of_the_usual_ones(void **state)
{
	struct bindings b = {{0}};
	struct error err;

	(void)state;
	assert_true(bindings_change(&b, SPAN("down"), SPAN("Ctrl-E  F3"), &err));
	assert_true(bindings_change(&b, SPAN("up"), SPAN(""), &err));
	assert_true(bindings_change(&b, SPAN("sort"), SPAN("j"), &err));
	assert_true(bindings_check(&b, &err));
	assert_int_equal(bindings_action(&b, keys_control('E'), IN_TREE),
			 ACTION_DOWN);
	assert_int_equal(bindings_action(&b, KEYS_F1 + 2, IN_EVENTS),
			 ACTION_DOWN);
	assert_int_equal(bindings_action(&b, 'j', IN_EVENTS), ACTION_SORT);
	assert_int_equal(bindings_action(&b, 'k', IN_EVENTS), ACTION_NONE);
	assert_string_equal(bindings_keys(&b, ACTION_UP), "");
	assert_string_equal(bindings_keys(&b, ACTION_SORT), "j");
	assert_string_equal(bindings_keys(&b, ACTION_TREE), "Enter");
	assert_string_equal(bindings_key(&b, ACTION_DOWN).text, "Ctrl-E");
	assert_string_equal(bindings_key(&b, ACTION_UP).text, ":up");
	bindings_free(&b);
}

static void what_is_no_binding_is_refused_and_changes_nothing(void **state)
{
	static const struct {
		const char *name, *keys, *message, *hint;
	} row[] = {
		{"dwon", "x", "dwon: no such action", "down?"},
		{"", "x", ": no such action", "acmtui --list-keys names them"},
		{"down", "x Hyper-X", "Hyper-X: no such key",
		 "a character, Space, Ctrl-A, Alt-b, PgDn, F5"},
		{"down", "jk", "jk: no such key",
		 "a character, Space, Ctrl-A, Alt-b, PgDn, F5"},
		{"down", "Ctrl-S",
		 "Ctrl-S: terminals keep this key for themselves", ""},
		{"down", "Ctrl-M",
		 "Ctrl-M: terminals keep this key for themselves", ""},
		{"accept", "j", "j: where one types it is text", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct bindings b = {{0}};
		struct error err;

		assert_false(bindings_change(&b, span_of(row[i].name),
					     span_of(row[i].keys), &err));
		assert_string_equal(err.text, row[i].message);
		assert_string_equal(err.hint, row[i].hint);
		assert_string_equal(bindings_keys(&b, ACTION_DOWN), "j Down");
		bindings_free(&b);
	}
}

static void a_key_with_two_meanings_in_one_place_is_told(void **state)
{
	struct bindings b = {{0}};
	struct error err;

	(void)state;
	assert_true(bindings_change(&b, SPAN("sort"), SPAN("s j"), &err));
	assert_false(bindings_check(&b, &err));
	assert_string_equal(err.text, "sort: j is a key of down too");
	assert_string_equal(err.hint, "\"down\": \"\" takes its keys away");
	/* Elsewhere the key is free. */
	assert_true(bindings_change(&b, SPAN("sort"), SPAN("s H"), &err));
	assert_true(bindings_check(&b, &err));
	bindings_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_key_means_two_things_in_one_place),
		cmocka_unit_test(what_is_typed_is_text),
		cmocka_unit_test(some_keys_are_never_bound),
		cmocka_unit_test(changed_keys_take_the_place_of_the_usual_ones),
		cmocka_unit_test(
			what_is_no_binding_is_refused_and_changes_nothing),
		cmocka_unit_test(a_key_with_two_meanings_in_one_place_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
