/* Cursor arithmetic: what always holds, and where the cursor goes. */
#include "view/pane.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void holds(const struct pane *p)
{
	assert_true(p->count == 0 ? p->cursor == 0 : p->cursor < p->count);
	assert_true(p->top <= p->cursor);
	if (p->height > 0) {
		assert_true(p->cursor < p->top + p->height);
		assert_true(p->top == 0 || p->top + p->height <= p->count);
	}
}

static void the_cursor_is_always_shown(void **state)
{
	struct pane p = {0};
	uint32_t random = 1;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		long by;

		random = random * 1664525u + 1013904223u;
		by = (long)(random >> 20) - 2000;
		switch (random >> 8 & 7) {
		case 0: pane_set_count(&p, random >> 22); break;
		case 1: pane_set_height(&p, random >> 27); break;
		case 2: pane_go(&p, random >> 20); break;
		case 3: pane_move(&p, by); break;
		case 4: pane_move_pages(&p, by % 5); break;
		case 5: pane_move_halves(&p, by % 5); break;
		case 6: pane_carry(&p, random >> 22); break;
		default: pane_move(&p, by % 3); break;
		}
		holds(&p);
	}
}

static void moves_end_at_the_ends(void **state)
{
	struct pane p = {0};

	(void)state;
	pane_set_count(&p, 100);
	pane_set_height(&p, 10);
	pane_move(&p, 1000000000L);
	assert_int_equal(p.cursor, 99);
	assert_int_equal(p.top, 90);
	pane_move(&p, -1000000000L);
	assert_int_equal(p.cursor, 0);
	pane_move_pages(&p, 1L << 60);
	assert_int_equal(p.cursor, 99);
	pane_move_pages(&p, -(1L << 60));
	assert_int_equal(p.cursor, 0);
	pane_move(&p, 1);
	assert_int_equal(p.cursor, 1);
}

static void a_page_keeps_the_cursors_place(void **state)
{
	struct pane p = {0};

	(void)state;
	pane_set_count(&p, 100);
	pane_set_height(&p, 10);
	pane_move(&p, 3);
	pane_move_pages(&p, 1);
	assert_int_equal(p.cursor, 12);
	assert_int_equal(p.top, 9);
	pane_move_halves(&p, -1);
	assert_int_equal(p.cursor, 7);
	assert_int_equal(p.top, 4);
}

static void a_row_is_carried_at_its_place(void **state)
{
	struct pane p = {0};

	(void)state;
	pane_set_count(&p, 100);
	pane_set_height(&p, 10);
	pane_go(&p, 25);
	pane_move(&p, -4);
	assert_int_equal(p.cursor - p.top, 5);
	pane_carry(&p, 70);
	assert_int_equal(p.cursor, 70);
	assert_int_equal(p.cursor - p.top, 5);
	pane_carry(&p, 2);
	assert_int_equal(p.cursor, 2);
	assert_int_equal(p.top, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_is_always_shown),
		cmocka_unit_test(moves_end_at_the_ends),
		cmocka_unit_test(a_page_keeps_the_cursors_place),
		cmocka_unit_test(a_row_is_carried_at_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
