/* Spans compare and are searched as bytes, whatever they hold. */
#include "base/span.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct span none = {NULL, 0};

static int sign(int n)
{
	return (n > 0) - (n < 0);
}

static void spans_compare_as_bytes(void **state)
{
	static const struct {
		struct span a, b;
		int order;
	} rows[] = {
		{{"", 0}, {"", 0}, 0}, {{NULL, 0}, {"", 0}, 0},
		{{"a", 1}, {"", 0}, 1}, {{"a", 1}, {"b", 1}, -1},
		{{"a", 1}, {"ab", 2}, -1}, {{"a\0b", 3}, {"a\0c", 3}, -1},
		{{"a", 1}, {"a\0", 2}, -1}, {{"\xff", 1}, {"a", 1}, 1},
		{{"A", 1}, {"a", 1}, -1}, {{"same", 4}, {"same", 4}, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct span a = rows[i].a, b = rows[i].b;

		assert_int_equal(sign(span_compare(a, b)), rows[i].order);
		assert_int_equal(sign(span_compare(b, a)), -rows[i].order);
		if (span_beginning(a) != span_beginning(b))
			assert_int_equal(span_beginning(a) < span_beginning(b)
						 ? -1 : 1, rows[i].order);
		assert_int_equal(span_equal(a, b), rows[i].order == 0);
	}
	assert_true(span_is(SPAN("abc"), "abc"));
	assert_false(span_is(SPAN("abc"), "ab"));
	assert_int_equal(span_of("abc").n, 3);
}

static void case_is_ignored_in_ascii_only(void **state)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} rows[] = {
		{"", "", true}, {"aZ9-", "Az9-", true}, {"a", "b", false},
		{"a", "aa", false}, {"\xc3\x84", "\xc3\xa4", false},
		{"[", "{", false}, {"@", "`", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(span_equal_ignoring_case(span_of(rows[i].a),
							  span_of(rows[i].b)),
				 rows[i].equal);
}

static void beginnings_and_ends_are_told(void **state)
{
	(void)state;
	assert_true(span_starts(SPAN("abc"), SPAN("ab")));
	assert_false(span_starts(SPAN("abc"), SPAN("b")));
	assert_false(span_starts(SPAN("a"), SPAN("ab")));
	assert_true(span_starts(none, none));
	assert_true(span_ends(SPAN("abc"), SPAN("bc")));
	assert_false(span_ends(SPAN("abc"), SPAN("b")));
	assert_false(span_ends(SPAN("c"), SPAN("bc")));
	assert_true(span_ends(none, none));
}

static void a_tail_begins_where_it_is_asked_for(void **state)
{
	struct span text = SPAN("abc");

	(void)state;
	assert_true(span_is(span_from(text, 0), "abc"));
	assert_true(span_is(span_from(text, 2), "c"));
	assert_int_equal(span_from(text, 3).n, 0);
	assert_int_equal(span_from(text, 9).n, 0);
	assert_null(span_from(none, 5).p);
}

static void a_needle_is_found_where_it_begins(void **state)
{
	struct span text = {"ab\0cab", 6};

	(void)state;
	assert_ptr_equal(span_find(text, SPAN("ab")), text.p);
	assert_ptr_equal(span_find(text, SPAN("cab")), text.p + 3);
	assert_ptr_equal(span_find(text, (struct span){"\0c", 2}),
			 text.p + 2);
	assert_ptr_equal(span_find(text, none), text.p);
	assert_null(span_find(text, SPAN("abc")));
	assert_null(span_find(SPAN("a"), SPAN("aa")));
	assert_null(span_find(none, SPAN("a")));
	assert_true(span_holds_ignoring_case(SPAN("xYz"), SPAN("yZ")));
	assert_true(span_holds_ignoring_case(SPAN("xYz"), SPAN("XyZ")));
	assert_true(span_holds_ignoring_case(none, none));
	assert_false(span_holds_ignoring_case(SPAN("xYz"), SPAN("xz")));
	assert_false(span_holds_ignoring_case(SPAN("xY"), SPAN("xYz")));
}

static void white_space_is_trimmed_at_both_ends(void **state)
{
	static const char *const rows[][2] = {
		{"", ""}, {" \t\r\n\v\f", ""}, {" a b ", "a b"},
		{"a", "a"}, {"a ", "a"}, {"\na", "a"},
		{"\xc2\xa0" "a", "\xc2\xa0" "a"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_true(span_is(span_trim(span_of(rows[i][0])),
				    rows[i][1]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_compare_as_bytes),
		cmocka_unit_test(case_is_ignored_in_ascii_only),
		cmocka_unit_test(beginnings_and_ends_are_told),
		cmocka_unit_test(a_tail_begins_where_it_is_asked_for),
		cmocka_unit_test(a_needle_is_found_where_it_begins),
		cmocka_unit_test(white_space_is_trimmed_at_both_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
