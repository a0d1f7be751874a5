/* Folds by path: what is remembered, and what levels forget. */
#include "view/folds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void two_levels_are_unfolded_at_first(void **state)
{
	struct folds f = {0};

	(void)state;
	assert_false(folds_get(&f, 7, 0));
	assert_true(folds_get(&f, 7, 1));
	assert_true(folds_get(&f, 7, 100));
	folds_free(&f);
}

static void a_level_forgets_what_was_folded_by_hand(void **state)
{
	struct folds f = {0};

	(void)state;
	folds_set(&f, 7, true);
	assert_true(folds_get(&f, 7, 0));
	folds_set_level(&f, 4);
	assert_false(folds_get(&f, 7, 0));
	assert_false(folds_get(&f, 7, 2));
	assert_true(folds_get(&f, 7, 3));
	folds_set_level(&f, 1);
	assert_true(folds_get(&f, 7, 0));
	folds_free(&f);
}

static void thousands_are_remembered(void **state)
{
	struct folds f = {0};

	(void)state;
	for (uint64_t i = 1; i <= 5000; i++)
		folds_set(&f, folds_path_index(42, i), i % 3 == 0);
	for (uint64_t i = 1; i <= 5000; i += 2)
		folds_set(&f, folds_path_index(42, i), i % 5 == 0);
	for (uint64_t i = 1; i <= 5000; i++)
		assert_int_equal(folds_get(&f, folds_path_index(42, i), 0),
				 i % 2 ? i % 5 == 0 : i % 3 == 0);
	folds_free(&f);
}

static void paths_tell_keys_indexes_and_levels_apart(void **state)
{
	uint64_t a = folds_path(0, "a", 1);
	uint64_t paths[] = {
		a, folds_path(0, "b", 1), folds_path(0, "", 0),
		folds_path(0, "a\0", 2), folds_path(a, "a", 1),
		folds_path(a, "b", 1), folds_path_index(a, 0),
		folds_path_index(a, 1), folds_path_index(0, 0),
		folds_path(folds_path(0, "a.b", 3), "c", 1),
		folds_path(folds_path(a, "b", 1), "c", 1),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		assert_true(paths[i] != 0);
		for (size_t k = 0; k < i; k++)
			assert_true(paths[i] != paths[k]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_levels_are_unfolded_at_first),
		cmocka_unit_test(a_level_forgets_what_was_folded_by_hand),
		cmocka_unit_test(thousands_are_remembered),
		cmocka_unit_test(paths_tell_keys_indexes_and_levels_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
