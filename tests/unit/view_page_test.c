/* A text breaks at line feeds and where it is too wide, and loses nothing. */
#include "view/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void lines_are_as_wide_as_the_pane(void **state)
{
	static const struct {
		const char *text;
		size_t columns;
		const char *lines[5];
	} rows[] = {
		{"", 5, {""}},
		{"abc", 5, {"abc"}},
		{"abcdefgh", 3, {"abc", "def", "gh"}},
		{"ab\ncd\n", 5, {"ab", "cd"}},
		{"ab\n\ncd", 5, {"ab", "", "cd"}},
		{"\xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8", 5,
		 {"\xe8\xa8\xbc\xe6\x98\x8e", "\xe6\x9b\xb8"}},
		{"\xe8\xa8\xbc\xe6\x98\x8e", 1,
		 {"\xe8\xa8\xbc", "\xe6\x98\x8e"}},
		{"ab\033c", 5, {"ab", "\033", "c"}},
		{"ab\033c", 3, {"ab", "\033", "c"}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct page p = {.columns = 0};
		size_t n = 0;

		page_set(&p, span_of(rows[i].text));
		page_wrap(&p, rows[i].columns, SHOW_UNICODE);
		for (; n < p.pane.count; n++) {
			assert_non_null(rows[i].lines[n]);
			assert_true(span_is(page_line(&p, n),
					    rows[i].lines[n]));
		}
		assert_null(rows[i].lines[n]);
		page_free(&p);
	}
}

static void what_is_read_stays_in_sight_when_the_width_changes(void **state)
{
	struct page p = {.columns = 0};

	(void)state;
	page_set(&p, SPAN("0123456789abcdefghij"));
	pane_set_height(&p.pane, 2);
	page_wrap(&p, 2, SHOW_UNICODE);
	pane_go(&p.pane, 6);
	page_wrap(&p, 10, SHOW_UNICODE);
	assert_int_equal(p.pane.count, 2);
	assert_true(span_is(page_line(&p, p.pane.cursor), "abcdefghij"));
	page_wrap(&p, 5, SHOW_UNICODE);
	assert_true(span_is(page_line(&p, p.pane.cursor), "abcde"));
	page_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_as_wide_as_the_pane),
		cmocka_unit_test(
			what_is_read_stays_in_sight_when_the_width_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
