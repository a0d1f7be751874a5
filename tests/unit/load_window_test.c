/* A window knows line and column of every place that is in it, however it moves
 * on and in whatever order it is asked, and what stood in front of it. */
#include "load_support.h"

static void fill(struct window *w, const char *p, size_t n)
{
	size_t held = w->bytes.capacity, grown = window_growth(w, n);

	memcpy(window_room(w, n), p, n);
	w->bytes.n += n;
	assert_int_equal(w->bytes.capacity, grown > 0 ? grown : held);
}

static void check_place(struct window *w, const char *text, size_t at)
{
	uint64_t line = 1, column = 1, got_line, got_column;

	for (size_t i = 0; i < at; i++) {
		line += text[i] == '\n';
		column = text[i] == '\n' ? 1 : column + 1;
	}
	window_find_line(w, w->bytes.p + (at - w->base), &got_line,
			 &got_column);
	assert_int_equal(got_line, line);
	assert_int_equal(got_column, column);
}

static void check_before(const struct window *w, const char *text, size_t at)
{
	size_t i = at;
	char before = 0;

	while (i > 0 && strchr(" \t\r", text[i - 1]))
		i--;
	if (i > 0)
		before = text[i - 1];
	assert_int_equal(window_before(w, w->bytes.p + (at - w->base)),
			 before);
}

/* Text of few and of many lines goes by in pieces; some is done with, places
 * are asked for at random. */
static void every_place_has_its_line_and_column(void **state)
{
	enum { LENGTH = 3000 };
	static const char letters[] = "ab \n,\t\r{";
	uint64_t seed = 7;
	char text[LENGTH];

	(void)state;
	for (int round = 0; round < 60; round++) {
		struct window w = {.done = 0};
		size_t given = 0;
		unsigned kinds = round % 3 ? sizeof letters - 1 : 3;

		for (size_t i = 0; i < LENGTH; i++)
			text[i] = letters[next_random(&seed) % kinds];
		window_start(&w);
		while (given < LENGTH) {
			size_t n = 1 + next_random(&seed) % 200;

			n = n < LENGTH - given ? n : LENGTH - given;
			fill(&w, text + given, n);
			given += n;
			assert_ptr_equal(window_end(&w),
					 w.bytes.p + w.bytes.n);
			for (int k = 0; k < 5; k++) {
				size_t at = w.base + next_random(&seed) %
						     (w.bytes.n + 1);

				check_place(&w, text, at);
				check_before(&w, text, at);
			}
			w.done += next_random(&seed) %
				  (w.bytes.n - w.done + 1);
			assert_int_equal(window_offset(&w, window_begin(&w)),
					 w.base + w.done);
			assert_memory_equal(window_begin(&w),
					    text + w.base + w.done,
					    w.bytes.n - w.done);
		}
		window_free(&w);
	}
}

static void a_new_content_begins_at_line_one(void **state)
{
	struct window w = {.done = 0};
	uint64_t line, column;

	(void)state;
	for (int i = 0; i < 3; i++) {
		window_start(&w);
		fill(&w, "a\nb,\n", 5);
		window_find_line(&w, window_end(&w), &line, &column);
		assert_int_equal(line, 3);
		assert_int_equal(column, 1);
		w.done = 5;
		fill(&w, "x", 1);
		assert_int_equal(w.base, 5);
		assert_int_equal(window_before(&w, window_begin(&w)), '\n');
		window_find_line(&w, window_end(&w), &line, &column);
		assert_int_equal(line, 3);
		assert_int_equal(column, 2);
	}
	window_free(&w);
}

/* Where records begin and what is wrong with them, told in turns, on a line of
 * a megabyte: as many steps as bytes would take minutes. */
static void two_rising_sequences_are_quick(void **state)
{
	enum { LENGTH = 4 << 20 };
	char *text = memory_alloc(LENGTH);
	struct window w = {.done = 0};
	uint64_t begin = cpu_ms(), line, column;

	(void)state;
	memset(text, 'x', LENGTH);
	window_start(&w);
	fill(&w, text, LENGTH);
	window_find_line(&w, window_end(&w), &line, &column);
	for (size_t at = 0; at + 20 < LENGTH; at += 20) {
		window_find_line(&w, w.bytes.p + at, &line, &column);
		assert_int_equal(column, at + 1);
		window_find_line(&w, window_end(&w), &line, &column);
	}
	assert_true(cpu_ms() - begin < 5000);
	window_free(&w);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_place_has_its_line_and_column),
		cmocka_unit_test(a_new_content_begins_at_line_one),
		cmocka_unit_test(two_rising_sequences_are_quick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
