/* Cells: what a put leaves in them, at edges and over each other. */
#include "screen/grid.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A row as text; the right half of a wide character is `<`. */
static void check_row(const struct grid *g, int row, const char *text)
{
	struct buffer out = {0};
	int width = 0;

	for (int i = 0; i < g->columns; i++) {
		const struct grid_cell *c = grid_cell(g, row, i);

		if (c->width == 0)
			buffer_add_byte(&out, '<');
		else
			buffer_add(&out, c->text, c->length);
		width += c->width;
	}
	assert_string_equal(buffer_text(&out), text);
	assert_int_equal(width, g->columns);
	buffer_free(&out);
}

struct put {
	int column, width;
	const char *text;
};

static void puts_are_clipped_and_halves_are_blanked(void **state)
{
	static const struct {
		struct put put[3];
		const char *row;
	} rows[] = {
		{{{0, 8, "abc"}}, "abc     "},
		{{{0, 8, "abcdefghij"}}, "abcdefg\xe2\x80\xa6"},
		{{{6, 8, "abc"}}, "      a\xe2\x80\xa6"},
		{{{8, 8, "abc"}}, "        "},
		{{{-1, 8, "abc"}}, "        "},
		{{{0, 0, "abc"}}, "        "},
		{{{0, 4, "\xe8\xa8\xbc\xe6\x98\x8e"}},
		 "\xe8\xa8\xbc<\xe6\x98\x8e<    "},
		/* no room for half a character */
		{{{0, 3, "\xe8\xa8\xbc\xe6\x98\x8e"}},
		 "\xe8\xa8\xbc<\xe2\x80\xa6     "},
		/* over the right half, over the left half */
		{{{0, 4, "\xe8\xa8\xbc\xe6\x98\x8e"}, {1, 1, "x"}},
		 " x\xe6\x98\x8e<    "},
		{{{0, 4, "\xe8\xa8\xbc\xe6\x98\x8e"}, {2, 1, "x"}},
		 "\xe8\xa8\xbc<x     "},
		{{{0, 4, "\xe8\xa8\xbc\xe6\x98\x8e"}, {1, 2, "xy"}},
		 " xy     "},
		{{{0, 8, "a\033b"}}, "a\\u001bb"},
		{{{0, 8, "e\xcc\x81x"}}, "e\xcc\x81x      "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct grid g = {0};

		grid_resize(&g, 1, 8);
		for (size_t k = 0; k < 3 && rows[i].put[k].text; k++)
			grid_put(&g, 0, rows[i].put[k].column,
				 rows[i].put[k].width, ROLE_TEXT, SHOW_END,
				 span_of(rows[i].put[k].text));
		check_row(&g, 0, rows[i].row);
		grid_free(&g);
	}
}

static void escapes_have_a_role_of_their_own(void **state)
{
	struct grid g = {0};

	(void)state;
	grid_resize(&g, 1, 12);
	assert_int_equal(grid_put(&g, 0, 0, 12, ROLE_STRING, SHOW_END,
				  (struct span){"a\033b\\n", 5}), 10);
	check_row(&g, 0, "a\\u001bb\\n  ");
	assert_int_equal(grid_cell(&g, 0, 0)->role, ROLE_STRING);
	assert_int_equal(grid_cell(&g, 0, 1)->role, ROLE_ESCAPE);
	assert_int_equal(grid_cell(&g, 0, 6)->role, ROLE_ESCAPE);
	assert_int_equal(grid_cell(&g, 0, 7)->role, ROLE_STRING);
	/* written by somebody, not an escape */
	assert_int_equal(grid_cell(&g, 0, 8)->role, ROLE_STRING);
	grid_free(&g);
}

static void ascii_has_twins_of_all_signs(void **state)
{
	struct grid g = {.set = SHOW_ASCII};

	(void)state;
	grid_resize(&g, 1, GRID_SIGNS + 8);
	for (int i = 0; i < GRID_SIGNS; i++)
		grid_put_sign(&g, 0, i, ROLE_RULE, (enum grid_sign)i);
	grid_put_bar(&g, 0, GRID_SIGNS, 8, 0.55);
	for (int i = 0; i < g.columns; i++) {
		const struct grid_cell *c = grid_cell(&g, 0, i);

		assert_int_equal(c->length, 1);
		assert_true(c->text[0] >= ' ' && c->text[0] < 0x7f);
	}
	grid_free(&g);
}

static void a_bar_fills_by_eighths(void **state)
{
	static const struct {
		double part;
		const char *row;
	} rows[] = {
		{0, "    "}, {-1, "    "},
		{1, "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88"},
		{2, "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88"},
		{0.5, "\xe2\x96\x88\xe2\x96\x88  "},
		{0.28125, "\xe2\x96\x88\xe2\x96\x8f  "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct grid g = {0};

		grid_resize(&g, 1, 4);
		grid_put_bar(&g, 0, 0, 4, rows[i].part);
		check_row(&g, 0, rows[i].row);
		grid_free(&g);
	}
}

static void any_put_leaves_whole_cells(void **state)
{
	static const char *const texts[] = {
		"a", "\xe8\xa8\xbc", "\xe8\xa8\xbcx\xe6\x98\x8e", "e\xcc\x81",
		"\xff\xfe", "\xf0\x9f\x98\x80", "abcdefghijklmnop", "",
	};
	struct grid g = {0};
	uint32_t random = 7;

	(void)state;
	grid_resize(&g, 4, 11);
	for (int i = 0; i < 200000; i++) {
		int row, columns = 0;

		random = random * 1664525u + 1013904223u;
		row = (int)(random >> 30) % 4;
		grid_put(&g, row, (int)(random >> 10 & 15) - 2,
			 (int)(random >> 14 & 15), (enum role)(random >> 18 & 7),
			 (enum show_cut)(random >> 22 & 1),
			 span_of(texts[random >> 24 & 7]));
		for (int k = 0; k < g.columns; k++) {
			const struct grid_cell *c = grid_cell(&g, row, k);

			assert_true(c->width <= 2);
			if (c->width == 0)
				assert_int_equal(
					grid_cell(&g, row, k - 1)->width, 2);
			columns += c->width;
		}
		assert_int_equal(columns, g.columns);
	}
	grid_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(puts_are_clipped_and_halves_are_blanked),
		cmocka_unit_test(escapes_have_a_role_of_their_own),
		cmocka_unit_test(ascii_has_twins_of_all_signs),
		cmocka_unit_test(a_bar_fills_by_eighths),
		cmocka_unit_test(any_put_leaves_whole_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
