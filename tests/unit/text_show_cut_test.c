/* Promises of text/show about cuts: the ends that were asked for are kept, wide
 * characters stay whole, long text costs nothing. */
#include "base/memory.h"
#include "text/show.h"
#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

/* What a cut leaves; returns its columns. */
static size_t cut_text(struct buffer *out, struct span raw, enum show_set set,
		       enum show_cut cut, size_t columns)
{
	struct show s;
	struct show_cell cell;
	size_t width = 0;

	buffer_clear(out);
	show_start_cut(&s, raw, set, cut, columns);
	while (show_next(&s, &cell)) {
		buffer_add(out, cell.text, cell.length);
		width += cell.width;
	}
	assert_false(show_next(&s, &cell));
	return width;
}

static void text_is_cut_where_asked(void **state)
{
	static const struct {
		struct span raw;
		enum show_cut cut;
		size_t columns;
		const char *unicode, *ascii;
	} rows[] = {
		{SPAN("certificate"), SHOW_END, 11, "certificate",
		 "certificate"},
		{SPAN("certificate"), SHOW_END, 99, "certificate",
		 "certificate"},
		{SPAN("certificate"), SHOW_END, 10, "certifica\u2026",
		 "certifica~"},
		{SPAN("certificate"), SHOW_MIDDLE, 10, "certi\u2026cate",
		 "certi~cate"},
		{SPAN("certificate"), SHOW_MIDDLE, 9, "cert\u2026cate",
		 "cert~cate"},
		{SPAN("certificate"), SHOW_TAIL, 10, "\u2026rtificate",
		 "~rtificate"},
		{SPAN("certificate"), SHOW_END, 2, "c\u2026", "c~"},
		{SPAN("certificate"), SHOW_MIDDLE, 2, "c\u2026", "c~"},
		{SPAN("certificate"), SHOW_TAIL, 2, "\u2026e", "~e"},
		{SPAN("certificate"), SHOW_END, 1, "\u2026", "~"},
		{SPAN("certificate"), SHOW_MIDDLE, 1, "\u2026", "~"},
		{SPAN("certificate"), SHOW_TAIL, 1, "\u2026", "~"},
		{SPAN("certificate"), SHOW_END, 0, "", ""},
		{SPAN("certificate"), SHOW_TAIL, 0, "", ""},
		{SPAN(""), SHOW_MIDDLE, 5, "", ""},
		{SPAN("a\u202eb"), SHOW_END, 5, "a\\u2\u2026", "a\\u2~"},
		{SPAN("a\u202eb"), SHOW_TAIL, 5, "\u2026" "02eb",
		 "~02eb"},
		{SPAN("a\u202eb"), SHOW_MIDDLE, 7, "a\\u\u20262eb",
		 "a\\u~2eb"},
		{SPAN("a\u202eb"), SHOW_END, 8, "a\\u202eb", "a\\u202eb"},
		{SPAN("\xff\xff"), SHOW_TAIL, 4, "\u2026xff", "~xff"},
		{SPAN("\033b"), SHOW_TAIL, 5, "\u2026" "01bb", "~01bb"},
	};
	struct buffer out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cut_text(&out, rows[i].raw, SHOW_UNICODE, rows[i].cut,
			 rows[i].columns);
		assert_string_equal(buffer_text(&out), rows[i].unicode);
		assert_int_equal(cut_text(&out, rows[i].raw, SHOW_ASCII,
					  rows[i].cut, rows[i].columns),
				 strlen(rows[i].ascii));
		assert_string_equal(buffer_text(&out), rows[i].ascii);
	}
	buffer_free(&out);
}

static void wide_characters_are_never_split(void **state)
{
	static const char *const texts[] = {
		"\u6f22\u5b57\u4eee\u540d\u4ea4\u3058\u308a",
		"a\u6f22\u5b57b\u4eee\u540dc",
		"\u6f22\u0301\u5b57\u0301\u0302\u4eee",
		"\U0001f600\U0001f601\U0001f602x",
		"ab\u6f22", "\u6f22",
	};
	struct buffer out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
	for (size_t columns = 0; columns <= 12; columns++)
	for (int cut = SHOW_END; cut <= SHOW_TAIL; cut++) {
		struct span raw = span_of(texts[i]);
		size_t full = show_width(raw, SHOW_UNICODE, SIZE_MAX);
		size_t width = cut_text(&out, raw, SHOW_UNICODE,
					(enum show_cut)cut, columns);

		assert_true(utf8_is_valid(buffer_span(&out)));
		assert_true(width <= columns);
		if (full <= columns)
			assert_int_equal(width, full);
		else if (columns > 0)
			assert_true(width + 2 >= columns);
		buffer_clear(&out);
		show_write_fitted(raw, SHOW_UNICODE, (enum show_cut)cut,
				  columns, &out);
		assert_int_equal(show_width(buffer_span(&out), SHOW_UNICODE,
					    SIZE_MAX), columns);
	}
	buffer_clear(&out);
	show_write_fitted(SPAN("\u6f22\u5b57"), SHOW_UNICODE, SHOW_END, 4,
			  &out);
	show_write_fitted(SPAN("\u6f22\u5b57"), SHOW_UNICODE, SHOW_END, 6,
			  &out);
	show_write_fitted(SPAN("\u6f22\u5b57"), SHOW_UNICODE, SHOW_END, 2,
			  &out);
	show_write_fitted(SPAN("x\u6f22\u5b57"), SHOW_UNICODE, SHOW_TAIL, 4,
			  &out);
	assert_string_equal(buffer_text(&out),
			    "\u6f22\u5b57\u6f22\u5b57  \u2026 \u2026\u5b57 ");
	buffer_free(&out);
}

static uint64_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return *seed >> 33;
}

static void add_random(struct buffer *raw, uint64_t *seed)
{
	static const char *const parts[] = {
		"a", "b", " ", "\u00e9", "\u6f22", "\u0301", "\u0301\u0302",
		"\u202e", "\x80", "\xf0\x9f", "\xed\xa0\x80", "\U000e0041",
		"\U0001f600", "\u1112", "\u1161", "\033", "\U0001d165",
	};
	size_t count = sizeof parts / sizeof *parts;

	buffer_add_text(raw, parts[next_random(seed) % count]);
}

/* The tail is found from the end; what a walk from the start says about the
 * last columns is the truth. */
static void tails_are_those_of_the_whole_text(void **state)
{
	uint64_t seed = 42;
	struct buffer raw = {0}, out = {0}, all = {0};

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t parts = next_random(&seed) % 60;
		size_t columns = next_random(&seed) % 20 + 1;
		size_t kept;

		buffer_clear(&raw);
		while (parts-- > 0)
			add_random(&raw, &seed);
		cut_text(&out, buffer_span(&raw), SHOW_UNICODE, SHOW_TAIL,
			 columns);
		buffer_clear(&all);
		show_write(buffer_span(&raw), SHOW_UNICODE, &all);
		if (show_width(buffer_span(&raw), SHOW_UNICODE, columns) <=
		    columns) {
			assert_true(span_equal(buffer_span(&out),
					       buffer_span(&all)));
			continue;
		}
		assert_true(span_starts(buffer_span(&out), SPAN("\u2026")));
		kept = out.n - 3;
		assert_memory_equal(out.p + 3, all.p + all.n - kept, kept);
	}
	buffer_free(&raw);
	buffer_free(&out);
	buffer_free(&all);
}

static void marks_of_many_bytes_leave_no_column_out(void **state)
{
	/* As many bytes as a column may have. */
	static const char column[] = "\U0001d7d8\U0001e8d0\U0001e8d1";
	struct buffer raw = {0}, out = {0}, want = {0};

	(void)state;
	buffer_add_text(&want, "\u2026");
	for (int i = 0; i < 100; i++) {
		buffer_add_text(&raw, column);
		if (i < 20)
			buffer_add_text(&want, column);
	}
	assert_int_equal(cut_text(&out, buffer_span(&raw), SHOW_UNICODE,
				  SHOW_TAIL, 21), 21);
	assert_string_equal(buffer_text(&out), buffer_text(&want));
	buffer_free(&raw);
	buffer_free(&out);
	buffer_free(&want);
}

static void the_ellipsis_knows_what_it_stands_for(void **state)
{
	struct show s;
	struct show_cell cell;
	size_t at = 0;
	int ellipses = 0;

	(void)state;
	show_start_cut(&s, SPAN("0123456789"), SHOW_UNICODE, SHOW_MIDDLE, 7);
	while (show_next(&s, &cell)) {
		assert_int_equal(cell.from, at);
		at = cell.to;
		if (cell.kind == SHOW_ELLIPSIS) {
			assert_int_equal(cell.from, 3);
			assert_int_equal(cell.to, 7);
			ellipses++;
		}
	}
	assert_int_equal(ellipses, 1);
	assert_int_equal(at, 10);
	/* Both escapes are cut in their middle. */
	show_start_cut(&s, SPAN("\033-\033"), SHOW_ASCII, SHOW_MIDDLE, 7);
	while (show_next(&s, &cell))
		if (cell.kind == SHOW_ELLIPSIS) {
			assert_int_equal(cell.from, 0);
			assert_int_equal(cell.to, 3);
			ellipses++;
		}
	assert_int_equal(ellipses, 2);
}

static void the_width_of_long_text_is_not_counted_to_its_end(void **state)
{
	size_t n = (size_t)64 << 20;
	char *text = memory_alloc(n);
	struct buffer out = {0};
	struct span raw = {text, n};

	(void)state;
	memset(text, 'x', n);
	memcpy(text + n - 4, "tail", 4);
	assert_int_equal(show_width(raw, SHOW_UNICODE, 80), 81);
	/* A hundred thousand cuts of 64 MiB, which would take hours if they
	   were read. */
	for (int i = 0; i < 100000; i++)
		cut_text(&out, raw, SHOW_UNICODE, SHOW_MIDDLE, 9);
	assert_string_equal(buffer_text(&out), "xxxx\u2026tail");
	buffer_free(&out);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_cut_where_asked),
		cmocka_unit_test(wide_characters_are_never_split),
		cmocka_unit_test(tails_are_those_of_the_whole_text),
		cmocka_unit_test(marks_of_many_bytes_leave_no_column_out),
		cmocka_unit_test(the_ellipsis_knows_what_it_stands_for),
		cmocka_unit_test(
			the_width_of_long_text_is_not_counted_to_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
