/* The cells of tsv, row by row. */
#include "write/tsv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ROW(text, cell) {{text, sizeof(text) - 1}, {cell, sizeof(cell) - 1}}

static void tsv_escapes_tab_line_break_and_backslash_only(void **state)
{
	static const struct {
		struct span text, cell;
	} row[] = {
		ROW("", ""),
		ROW("plain", "plain"),
		ROW("a\tb", "a\\tb"),
		ROW("a\nb", "a\\nb"),
		ROW("a\\tb", "a\\\\tb"),
		ROW("\t", "\\t"),
		ROW("\\", "\\\\"),
		ROW("\t\n\\", "\\t\\n\\\\"),
		ROW("a\rb", "a\rb"),
		ROW("a\0b", "a\0b"),
		ROW("=1+1", "=1+1"),
		ROW("\xc3\xa4\xff", "\xc3\xa4\xff"),
		ROW("end\n", "end\\n"),
	};
	struct buffer out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		buffer_clear(&out);
		tsv_cell(row[i].text, &out);
		assert_int_equal(out.n, row[i].cell.n);
		assert_memory_equal(buffer_text(&out), row[i].cell.p, out.n);
	}
	buffer_free(&out);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(tsv_escapes_tab_line_break_and_backslash_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
