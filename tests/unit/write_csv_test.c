/* The cells of csv, row by row. */
#include "write/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ROW(text, cell) {{text, sizeof(text) - 1}, {cell, sizeof(cell) - 1}}

static void csv_quotes_what_rfc_4180_asks_for(void **state)
{
	static const struct {
		struct span text, cell;
	} row[] = {
		ROW("", ""),
		ROW("plain text", "plain text"),
		ROW("a,b", "\"a,b\""),
		ROW("a\"b", "\"a\"\"b\""),
		ROW("\"", "\"\"\"\""),
		ROW("a\nb", "\"a\nb\""),
		ROW("a\r\nb", "\"a\r\nb\""),
		ROW("a;b", "a;b"),
		ROW("a\tb", "a\tb"),
		ROW("a\0,b", "\"a\0,b\""),
	};
	struct buffer out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		for (int raw = 0; raw < 2; raw++) {
			buffer_clear(&out);
			csv_cell(row[i].text, raw, &out);
			assert_int_equal(out.n, row[i].cell.n);
			assert_memory_equal(buffer_text(&out), row[i].cell.p,
					    out.n);
		}
	buffer_free(&out);
}

static void csv_cells_are_no_formulas_unless_raw(void **state)
{
	static const struct {
		const char *text, *cell, *raw;
	} row[] = {
		{"=1", "'=1", "=1"},
		{"+1", "'+1", "+1"},
		{"-1", "'-1", "-1"},
		{"@x", "'@x", "@x"},
		{"\tx", "'\tx", "\tx"},
		{"\rx", "\"'\rx\"", "\"\rx\""},
		{"=1,2", "\"'=1,2\"", "\"=1,2\""},
		{"=\"x\"", "\"'=\"\"x\"\"\"", "\"=\"\"x\"\"\""},
		{"a=1", "a=1", "a=1"},
		{" =1", " =1", " =1"},
		{"'=1", "'=1", "'=1"},
	};
	struct buffer out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		buffer_clear(&out);
		csv_cell(span_of(row[i].text), false, &out);
		assert_string_equal(buffer_text(&out), row[i].cell);
		buffer_clear(&out);
		csv_cell(span_of(row[i].text), true, &out);
		assert_string_equal(buffer_text(&out), row[i].raw);
	}
	buffer_free(&out);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_quotes_what_rfc_4180_asks_for),
		cmocka_unit_test(csv_cells_are_no_formulas_unless_raw),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
