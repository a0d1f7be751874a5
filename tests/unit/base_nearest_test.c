/* The nearest of several names, as hints tell it. */
#include "base/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const names[] = {
	"filter", "filter-file", "sort", "columns", "output", "csv-raw",
	"list-columns", "event", "user-agent",
};

static void the_nearest_name_is_told(void **state)
{
	static const struct {
		const char *word, *nearest;
	} row[] = {
		{"fliter", "filter"},
		{"filt", "filter"},
		{"FILTER", "filter"},
		{"filterfile", "filter-file"},
		{"column", "columns"},
		{"colmuns", "columns"},
		{"ouput", "output"},
		{"csvraw", "csv-raw"},
		{"evnt", "event"},
		{"user", "user-agent"},
		{"useragent", "user-agent"},
		{"s", NULL},
		{"", NULL},
		{"xyzzy", NULL},
		{"a-word-that-is-much-longer-than-any-name-there-is", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		const char *got = nearest_name(span_of(row[i].word), names,
					       sizeof names / sizeof *names);

		if (!row[i].nearest)
			assert_null(got);
		else {
			assert_non_null(got);
			assert_string_equal(got, row[i].nearest);
		}
	}
}

static void no_names_have_no_nearest(void **state)
{
	(void)state;
	assert_null(nearest_name(SPAN("word"), NULL, 0));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_name_is_told),
		cmocka_unit_test(no_names_have_no_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
