/* Scales of the strip of time: every event is counted once, on each. */
#include "view/strip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int64_t day = 24 * 60 * 60 * 1000;

static void scales_are_named(void **state)
{
	static const struct {
		int64_t unit;
		const char *name;
	} rows[] = {
		{1000, "a second"}, {15000, "15 seconds"},
		{60000, "a minute"}, {3600000, "an hour"},
		{43200000, "12 hours"}, {86400000, "a day"},
		{172800000, "2 days"}, {INT64_C(86400000) * 8192, "8192 days"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char name[STRIP_NAME];

		strip_name(rows[i].unit, name);
		assert_string_equal(name, rows[i].name);
	}
}

static void nothing_has_no_scale(void **state)
{
	struct strip s, fitted;

	(void)state;
	strip_count(&s, NULL, NULL, 0, INT64_MAX, INT64_MIN);
	assert_int_equal(s.unit, 0);
	strip_fit(&s, 80, &fitted);
	assert_int_equal(fitted.unit, 0);
	assert_int_equal(strip_place(&s, 0), SIZE_MAX);
}

static uint64_t sum(const uint32_t *n, size_t count)
{
	uint64_t all = 0;

	for (size_t i = 0; i < count; i++)
		all += n[i];
	return all;
}

/* Before 1970, across it, far behind it. */
static void nothing_is_lost_on_a_coarser_scale(void **state)
{
	static const int64_t froms[] = {
		INT64_C(-62167219200000), -86400000 * INT64_C(3), 0,
		INT64_C(1772323200000),
	};

	(void)state;
	for (size_t f = 0; f < sizeof(froms) / sizeof(froms[0]); f++) {
		struct strip s = {.from = froms[f], .unit = 60000,
				  .count = STRIP_MOST};

		for (size_t i = 0; i < STRIP_MOST; i++) {
			s.events[i] = (uint32_t)i + 1;
			s.errors[i] = (uint32_t)i % 3;
		}
		for (size_t columns = 0; columns <= STRIP_MOST;
		     columns += 37) {
			struct strip fitted;

			strip_fit(&s, columns, &fitted);
			assert_in_range(fitted.count, 1,
					columns > 0 ? columns : 1);
			assert_int_equal(sum(fitted.events, fitted.count),
					 sum(s.events, s.count));
			assert_int_equal(sum(fitted.errors, fitted.count),
					 sum(s.errors, s.count));
		}
	}
}

static void a_time_lies_in_its_span(void **state)
{
	struct strip s = {.from = 0, .unit = day, .count = 3};

	(void)state;
	assert_int_equal(strip_place(&s, -1), SIZE_MAX);
	assert_int_equal(strip_place(&s, 0), 0);
	assert_int_equal(strip_place(&s, day - 1), 0);
	assert_int_equal(strip_place(&s, 2 * day), 2);
	assert_int_equal(strip_place(&s, 3 * day), SIZE_MAX);
	assert_int_equal(strip_place(&s, SEGMENT_NO_TIME), SIZE_MAX);
}

static void a_few_high_spans_make_it_steep(void **state)
{
	static const struct {
		uint32_t events[6];
		bool steep;
	} rows[] = {
		{{0}, false}, {{100}, false}, {{100, 1}, false},
		{{100, 1, 0, 2}, true}, {{8, 1, 1, 1}, false},
		{{16, 1, 1, 1}, true}, {{100, 90, 1, 1, 1}, true},
		{{100, 90, 80, 1, 1}, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct strip s = {.unit = 1000, .count = 6};

		memcpy(s.events, rows[i].events, sizeof rows[i].events);
		if (strip_is_steep(&s) != rows[i].steep)
			fail_msg("row %zu", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scales_are_named),
		cmocka_unit_test(nothing_has_no_scale),
		cmocka_unit_test(nothing_is_lost_on_a_coarser_scale),
		cmocka_unit_test(a_time_lies_in_its_span),
		cmocka_unit_test(a_few_high_spans_make_it_steep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
