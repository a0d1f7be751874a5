/* What is said of durations. */
#include "view/timing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(const struct timing *t, const char *text)
{
	struct buffer out = {0};

	timing_write(t, &out);
	assert_string_equal(buffer_text(&out), text);
	buffer_free(&out);
}

static void nothing_is_said_of_what_never_ended(void **state)
{
	struct timing t = {.kind = {{0}}};

	(void)state;
	timing_end(&t, TIMING_KEY, 5);
	timing_begin(&t, TIMING_KEY, 7);
	check(&t, "nothing was measured yet");
}

static void of_keys_that_wait_together_the_first_counts(void **state)
{
	struct timing t = {.kind = {{0}}};

	(void)state;
	timing_begin(&t, TIMING_KEY, 1000000);
	timing_begin(&t, TIMING_KEY, 3000000);
	timing_end(&t, TIMING_KEY, 4000000);
	timing_end(&t, TIMING_KEY, 9000000);
	check(&t, "key to screen 3.0 ms, median 3.0, p99 3.0");
}

static void the_latest_are_ranked(void **state)
{
	struct timing t = {.kind = {{0}}};

	(void)state;
	for (uint64_t i = 1; i <= 2 * TIMING_KEPT; i++) {
		timing_begin(&t, TIMING_FILTER, 1);
		timing_end(&t, TIMING_FILTER, 1 + i * 100000);
	}
	check(&t, "question to rows 102.4 ms, median 76.9, p99 101.9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_said_of_what_never_ended),
		cmocka_unit_test(of_keys_that_wait_together_the_first_counts),
		cmocka_unit_test(the_latest_are_ranked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
