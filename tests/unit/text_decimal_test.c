/* Numbers as the text they are. */
#include "exact.h"
#include "text/decimal.h"

#include <stdio.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* In order; those with the same number are the same. */
static const struct {
	int place;
	const char *text;
} rows[] = {
	{0, "-1e1000000000000000000000"}, {0, "-1e1000000000000000000"},
	{0, "-1e9999999999999999999"},
	{1, "-9007199254740993"}, {2, "-9007199254740992"}, {3, "-2"},
	{4, "-1.5"}, {4, "-15e-1"}, {4, "-0.15E+1"}, {5, "-1"}, {6, "-0.001"},
	{7, "-1e-400"},
	{8, "0"}, {8, "-0"}, {8, "+0"}, {8, "0.000"}, {8, "0e9"}, {8, "-0e99"},
	{9, "1e-1000000000000000000000"}, {9, "1e-9999999999999999999"},
	{10, "1e-400"},
	{11, "0.001"}, {11, ".001"}, {11, "1e-3"}, {11, "0.1e-2"},
	{12, "0.0010000000000000000000000000000001"}, {13, "0.0011"},
	{14, "1"}, {14, "1."}, {14, "+1"}, {14, "1.000"}, {14, "001"},
	{14, "10e-1"}, {14, "0.01e2"}, {14, "1e0"}, {14, "1e-0"},
	{15, "1.5"}, {16, "1.51"}, {17, "2"}, {18, "9.5"}, {19, "10"},
	{20, "10.5"}, {20, "1.05e1"}, {20, "105E-1"}, {21, "105"},
	{22, "1e12"}, {22, "1000000000000"},
	{23, "9007199254740992"}, {24, "9007199254740993"},
	{25, "18446744073709551616"}, {26, "1e400"},
	{27, "1e99999999999999999"}, {28, "1e950000000000000000"},
	{29, "1e1000000000000000000"}, {29, "1e1000000000000000005"},
	{29, "1e9999999999999999999"}, {29, "1e1000000000000000000000"},
};

static void numbers_compare_by_all_their_digits(void **state)
{
	struct decimal a, b;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t k = 0; k < COUNT(rows); k++) {
			int want = (rows[i].place > rows[k].place) -
				   (rows[i].place < rows[k].place), got;
			struct span one = exact_span(rows[i].text);
			struct span other = exact_span(rows[k].text);

			assert_true(decimal_parse(one, &a));
			assert_true(decimal_parse(other, &b));
			got = decimal_compare(&a, &b);
			free((char *)one.p);
			free((char *)other.p);
			if ((got > 0) - (got < 0) != want)
				fail_msg("%s and %s: %d", rows[i].text,
					 rows[k].text, got);
		}
}

static void what_is_no_number_is_refused(void **state)
{
	static const char *const texts[] = {
		"", "-", "+", ".", "-.", "e1", "1e", "1e+", "1e-", "1e1.5",
		"1e+-1", "1x", "1..2", "1.2.3", "--1", "0x10", "NaN", " 1",
		"1 ", "1e1 ", "1,5", "/", ":", "1e/", "1e:",
	};
	struct decimal d;

	(void)state;
	assert_false(decimal_parse((struct span){NULL, 0}, &d));
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct span text = exact_span(texts[i]);

		if (decimal_parse(text, &d))
			fail_msg("%s", texts[i]);
		free((char *)text.p);
	}
}

static void thousands_have_commas_between(void **state)
{
	static const struct {
		uint64_t n;
		const char *text;
	} numbers[] = {
		{0, "0"}, {7, "7"}, {999, "999"}, {1000, "1,000"},
		{2503, "2,503"}, {100000, "100,000"}, {1204331, "1,204,331"},
		{1000007, "1,000,007"},
		{UINT64_MAX, "18,446,744,073,709,551,615"},
	};
	char out[DECIMAL_GROUPED];

	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++)
		assert_string_equal(decimal_group(numbers[i].n, out),
				    numbers[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_compare_by_all_their_digits),
		cmocka_unit_test(what_is_no_number_is_refused),
		cmocka_unit_test(thousands_have_commas_between),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
