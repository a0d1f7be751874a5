/* The exit status, case by case. */
#include "verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_exit_status_is_that_of_grep(void **state)
{
	static const struct {
		struct verdict verdict;
		int status;
	} row[] = {
		{{.matched = 1}, 0},
		{{.matched = 1, .problems = 1}, 0},
		{{.matched = 1, .unread = true}, 0},
		{{.matched = 1, .undecided = 1}, 0},
		{{.matched = 1, .strict = true}, 0},
		{{.matched = 0}, 1},
		{{.strict = true}, 1},
		{{.unread = true}, 2},
		{{.undecided = 1}, 2},
		{{.problems = 1}, 2},
		{{.matched = 1, .problems = 1, .strict = true}, 2},
		{{.matched = 1, .unwritten = true}, 2},
		{{.matched = 1, .interrupted = true}, 130},
		{{.problems = 1, .strict = true, .interrupted = true}, 130},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		assert_int_equal(verdict_of(&row[i].verdict), row[i].status);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_exit_status_is_that_of_grep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
