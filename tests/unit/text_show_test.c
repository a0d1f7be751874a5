/* Promises of text/show: whatever bytes go in, what comes out is visible and has
 * the width it says. */
#define _XOPEN_SOURCE 700
#include "text/show.h"
#include "text/utf8.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <cJSON.h>
#include <cmocka.h>
#include <utf8proc.h>

static const char *shown(struct buffer *out, struct span raw, enum show_set set)
{
	buffer_clear(out);
	show_write(raw, set, out);
	return buffer_text(out);
}

/* Our own verdict on what may reach a terminal, by general category alone. */
static bool safe(uint32_t code)
{
	switch (utf8proc_category((utf8proc_int32_t)code)) {
	case UTF8PROC_CATEGORY_CN: case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF: case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS: case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return false;
	case UTF8PROC_CATEGORY_ZS:
		return code == ' ';
	default:
		return true;
	}
}

static bool is_mark(uint32_t code)
{
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)code);

	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME ||
	       (code >= 0x1161 && code <= 0x11FF) ||
	       (code >= 0xD7B0 && code <= 0xD7FB);
}

/* Fails unless the cells of RAW are safe, and returns their width. */
static size_t check_cells(struct span raw, enum show_set set)
{
	struct show s;
	struct show_cell cell;
	size_t width = 0, at = 0;

	show_start(&s, raw, set);
	while (show_next(&s, &cell)) {
		const char *p = cell.text;
		const char *end = p + cell.length;
		int marks = 0;

		assert_in_range(cell.length, 1, SHOW_BYTES);
		assert_int_equal(strlen(cell.text), cell.length);
		assert_in_range(cell.width, 1, 2);
		assert_true(utf8_is_valid((struct span){p, cell.length}));
		for (bool base = true; p < end; base = false) {
			struct utf8_char c = utf8_decode(p, end);

			assert_true(safe(c.code));
			assert_true(set == SHOW_UNICODE || c.code < 0x7F);
			assert_true(base != is_mark(c.code));
			marks += !base;
			p += c.length;
		}
		assert_in_range(marks, 0, 2);
		/* Nothing is left out: each cell begins where the last one
		   ended, or goes on with the same escape. */
		assert_true(cell.from == at ||
			    (cell.kind == SHOW_ESCAPE && cell.to == at));
		assert_true(cell.to > cell.from && cell.to <= raw.n);
		at = cell.to;
		width += cell.width;
		if (cell.kind == SHOW_PLAIN)
			assert_memory_equal(cell.text, raw.p + cell.from,
					    cell.to - cell.from);
		else
			assert_true(cell.kind == SHOW_ESCAPE &&
				    cell.length == 1 && cell.width == 1);
	}
	assert_int_equal(at, raw.n);
	assert_int_equal(show_width(raw, set, SIZE_MAX), width);
	return width;
}

static void every_code_point_is_shown_safely(void **state)
{
	static const char *const around[][2] = {
		{"", ""}, {"a", ""}, {"a", "b"}, {" ", " "},
		{"\u6f22", "\u0301"},
	};
	unsigned visible = 0;

	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		char text[16];
		char e[4];
		size_t n = utf8_encode(code, e);

		for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
			size_t before = strlen(around[i][0]);
			size_t after = strlen(around[i][1]);
			struct span raw = {text, before + n + after};

			memcpy(text, around[i][0], before);
			memcpy(text + before, e, n);
			memcpy(text + before + n, around[i][1], after);
			check_cells(raw, SHOW_UNICODE);
			if (i > 0)
				continue;
			check_cells(raw, SHOW_ASCII);
			visible += show_is_plain(raw);
			/* Neighbours cannot matter to what nobody assigned. */
			if (utf8proc_category((utf8proc_int32_t)code) ==
				    UTF8PROC_CATEGORY_CN ||
			    utf8proc_category((utf8proc_int32_t)code) ==
				    UTF8PROC_CATEGORY_CO)
				break;
		}
	}
	/* Unicode 15 has 149,186 assigned characters; more are coming. */
	assert_in_range(visible, 140000, 0x110000 - 0x20000);
}

static void what_stands_for_itself_agrees_with_the_c_library(void **state)
{
	unsigned differ = 0;

	(void)state;
#ifndef __GLIBC__
	puts("SKIP: wcwidth is compared with glibc's only");
	skip();
#endif
	if (!setlocale(LC_CTYPE, "C.UTF-8") ||
	    strncmp(utf8proc_unicode_version(), "15.", 3) != 0) {
		puts("SKIP: needs C.UTF-8 and utf8proc with Unicode 15");
		skip();
	}
	for (uint32_t code = 0x20; code <= 0x10FFFF; code++) {
		char e[4];
		struct span raw = {e, utf8_encode(code, e)};
		int width = wcwidth((wchar_t)code);

		if (show_is_plain(raw) && width >= 0 &&
		    show_width(raw, SHOW_UNICODE, SIZE_MAX) != (size_t)width) {
			printf("U+%04X: %d\n", code, width);
			differ++;
		}
	}
	setlocale(LC_CTYPE, "C");
	assert_int_equal(differ, 0);
}

struct row {
	struct span raw;
	const char *shown;
};

static void check_rows(const struct row *rows, size_t n, enum show_set set)
{
	struct buffer out = {0};

	for (size_t i = 0; i < n; i++) {
		check_cells(rows[i].raw, set);
		assert_string_equal(shown(&out, rows[i].raw, set),
				    rows[i].shown);
	}
	buffer_free(&out);
}

#define CHECK_ROWS(rows, set) \
	check_rows(rows, sizeof(rows) / sizeof *(rows), set)

static void escapes_are_written_as_the_header_says(void **state)
{
	static const struct row rows[] = {
		{SPAN(""), ""},
		{{NULL, 0}, ""},
		{SPAN("plain ~ text"), "plain ~ text"},
		{SPAN("a\nb\rc\td"), "a\\nb\\rc\\td"},
		{SPAN("a\\nb"), "a\\nb"},
		{SPAN("\0"), "\\u0000"},
		{SPAN("safe\0;rm -rf"), "safe\\u0000;rm -rf"},
		{SPAN("\x01\x08\x0b\x0c\x1f\x7f"),
		 "\\u0001\\u0008\\u000b\\u000c\\u001f\\u007f"},
		{SPAN("\xc2\x80\xc2\x85\xc2\x9b"), "\\u0080\\u0085\\u009b"},
		{SPAN("\x9b""31m"), "\\x9b31m"},
		{SPAN("Zo\u00eb, \u0416, \u6f22\u5b57, \u2026"),
		 "Zo\u00eb, \u0416, \u6f22\u5b57, \u2026"},
		/* order of reading */
		{SPAN("a\u202etxt.exe"), "a\\u202etxt.exe"},
		{SPAN("\u061c\u200e\u200f"), "\\u061c\\u200e\\u200f"},
		{SPAN("\u202a\u202b\u202c\u202d"),
		 "\\u202a\\u202b\\u202c\\u202d"},
		{SPAN("\u2066\u2067\u2068\u2069"),
		 "\\u2066\\u2067\\u2068\\u2069"},
		/* nothing to be seen */
		{SPAN("a\u200bb\u200cc\u200dd\ufeff"),
		 "a\\u200bb\\u200cc\\u200dd\\ufeff"},
		{SPAN("\u2060\u2061\u2064\u206a\u206f"),
		 "\\u2060\\u2061\\u2064\\u206a\\u206f"},
		{SPAN("co\u00adop"), "co\\u00adop"},
		{SPAN("\u034f\u115f\u1160\u17b4\u3164\uffa0"),
		 "\\u034f\\u115f\\u1160\\u17b4\\u3164\\uffa0"},
		{SPAN("\u2800\ufffc\U0001d159"),
		 "\\u2800\\ufffc\\U0001d159"},
		{SPAN("\u180e\ufff9\ufffa\ufffb"),
		 "\\u180e\\ufff9\\ufffa\\ufffb"},
		{SPAN("a\U000e0041\U000e007f"), "a\\U000e0041\\U000e007f"},
		{SPAN("x\ufe0f\ufe00\U000e0100"),
		 "x\\ufe0f\\ufe00\\U000e0100"},
		/* lines and spaces of other kinds */
		{SPAN("\u2028\u2029"), "\\u2028\\u2029"},
		{SPAN("2:51:14\u202fPM"), "2:51:14\\u202fPM"},
		{SPAN("\u00a0\u1680\u2003\u205f\u3000"),
		 "\\u00a0\\u1680\\u2003\\u205f\\u3000"},
		/* nobody's, or nobody knows whose */
		{SPAN("\ue000\uf8ff\U000f0000\U0010fffd"),
		 "\\ue000\\uf8ff\\U000f0000\\U0010fffd"},
		{SPAN("\ufdd0\uffff\U0001ffff\u0378"),
		 "\\ufdd0\\uffff\\U0001ffff\\u0378"},
		/* not UTF-8 */
		{SPAN("\xff\xfe"), "\\xff\\xfe"},
		{SPAN("\xc0\xaf"), "\\xc0\\xaf"},
		{SPAN("\xe2\x82"), "\\xe2\\x82"},
		{SPAN("caf\xe9 au lait"), "caf\\xe9 au lait"},
		{SPAN("\xed\xa0\x80"), "\\ud800"},
		{SPAN("\xed\xbf\xbf!"), "\\udfff!"},
		{SPAN("\xed\xa0\xbd\xed\xb8\x80"), "\\ud83d\\ude00"},
		/* widths nobody agrees on */
		{SPAN("\U0001f1e9\U0001f1ea"), "\\U0001f1e9\\U0001f1ea"},
		{SPAN("\U0001f44d\U0001f3fd"), "\U0001f44d\\U0001f3fd"},
		{SPAN("\u4dc0"), "\\u4dc0"},
		/* marks */
		{SPAN("e\u0301"), "e\u0301"},
		{SPAN("e\u0301\u0302"), "e\u0301\u0302"},
		{SPAN("e\u0301\u0302\u0303\u0304"),
		 "e\u0301\u0302\\u0303\\u0304"},
		{SPAN("\u0301e"), "\\u0301e"},
		{SPAN(" \u0301"), " \\u0301"},
		{SPAN("\n\u0301"), "\\n\\u0301"},
		{SPAN("\u6f22\u0301"), "\u6f22\u0301"},
		{SPAN("1\u20e3"), "1\u20e3"},
		{SPAN("\u0915\u093e\u0902"), "\u0915\u093e\u0902"},
		{SPAN("e\xcc"), "e\\xcc"},
		/* Hangul in parts: vowels and finals only behind a leading
		   consonant */
		{SPAN("\u1112\u1161\u11ab"), "\u1112\u1161\u11ab"},
		{SPAN("\ua960\ud7b0"), "\ua960\ud7b0"},
		{SPAN("\u1100\u1161\u115e\u11ff\ua97c\ud7fb"),
		 "\u1100\u1161\u115e\u11ff\ua97c\ud7fb"},
		{SPAN("a\u1161"), "a\\u1161"},
		{SPAN("\u6f22\u1161"), "\u6f22\\u1161"},
		{SPAN("\u1161"), "\\u1161"},
	};

	(void)state;
	CHECK_ROWS(rows, SHOW_UNICODE);
}

static void ascii_output_is_ascii(void **state)
{
	static const struct row rows[] = {
		{SPAN("plain"), "plain"},
		{SPAN("Zo\u00eb"), "Zo\\u00eb"},
		{SPAN("e\u0301"), "e\\u0301"},
		{SPAN("\u6f22"), "\\u6f22"},
		{SPAN("\U0001f600"), "\\U0001f600"},
		{SPAN("\x1b[0m\xff"), "\\u001b[0m\\xff"},
	};

	(void)state;
	CHECK_ROWS(rows, SHOW_ASCII);
}

/* Control sequences of real terminals, each with what people see of it. */
static void no_control_sequence_survives(void **state)
{
	static const struct row rows[] = {
		{SPAN("\033[31mred\033[0m"), "\\u001b[31mred\\u001b[0m"},
		{SPAN("\033[2J\033[H"), "\\u001b[2J\\u001b[H"},
		{SPAN("\033[1A\033[2K"), "\\u001b[1A\\u001b[2K"},
		{SPAN("\033[8mhidden"), "\\u001b[8mhidden"},
		{SPAN("\033[6n"), "\\u001b[6n"},
		{SPAN("\033[21t"), "\\u001b[21t"},
		{SPAN("\033[?1049h"), "\\u001b[?1049h"},
		{SPAN("\033[?1000h"), "\\u001b[?1000h"},
		{SPAN("\033[20;20\"p"), "\\u001b[20;20\"p"},
		{SPAN("\033[4i\033[5i"), "\\u001b[4i\\u001b[5i"},
		{SPAN("\033[99999999b"), "\\u001b[99999999b"},
		{SPAN("\033]0;title\a"), "\\u001b]0;title\\u0007"},
		{SPAN("\033]2;t\033\\"), "\\u001b]2;t\\u001b\\"},
		{SPAN("\033]8;;http://x\033\\y"),
		 "\\u001b]8;;http://x\\u001b\\y"},
		{SPAN("\033]52;c;cm0=\a"), "\\u001b]52;c;cm0=\\u0007"},
		{SPAN("\033]50;?\a"), "\\u001b]50;?\\u0007"},
		{SPAN("\033]4;0;?\a"), "\\u001b]4;0;?\\u0007"},
		{SPAN("\033]1337;File=:AA\a"),
		 "\\u001b]1337;File=:AA\\u0007"},
		{SPAN("\033P$q\"p\033\\"), "\\u001bP$q\"p\\u001b\\"},
		{SPAN("\033P1$r\033\\"), "\\u001bP1$r\\u001b\\"},
		{SPAN("\033Pq#0\033\\"), "\\u001bPq#0\\u001b\\"},
		{SPAN("\033_Gf=24;AA\033\\"), "\\u001b_Gf=24;AA\\u001b\\"},
		{SPAN("\033^pm\033\\"), "\\u001b^pm\\u001b\\"},
		{SPAN("\033Xsos\033\\"), "\\u001bXsos\\u001b\\"},
		{SPAN("\033c"), "\\u001bc"},
		{SPAN("\033#8"), "\\u001b#8"},
		{SPAN("\033(0qqq\033(B"), "\\u001b(0qqq\\u001b(B"},
		{SPAN("\033%@"), "\\u001b%@"},
		{SPAN("\033GQ"), "\\u001bGQ"},
		{SPAN("\x9b""2J"), "\\x9b2J"},
		{SPAN("\xc2\x9b""2J"), "\\u009b2J"},
		{SPAN("\xc2\x9d""0;t\xc2\x9c"), "\\u009d0;t\\u009c"},
		{SPAN("\xc2\x90q\xc2\x9c"), "\\u0090q\\u009c"},
		{SPAN("\xc2\x9fG\xc2\x9c"), "\\u009fG\\u009c"},
		{SPAN("\016lqk\017"), "\\u000elqk\\u000f"},
		{SPAN("\005"), "\\u0005"},
		{SPAN("real\rfake"), "real\\rfake"},
		{SPAN("ab\b\bcd"), "ab\\u0008\\u0008cd"},
		{SPAN("\a\a\a"), "\\u0007\\u0007\\u0007"},
		{SPAN("row\nacmtui: all is well"),
		 "row\\nacmtui: all is well"},
	};

	(void)state;
	CHECK_ROWS(rows, SHOW_UNICODE);
}

static void broken_text_takes_one_escape_a_byte(void **state)
{
	char raw[3];
	struct buffer out = {0};

	(void)state;
	for (int a = 0x80; a < 0x100; a++) {
		for (int b = 0; b < 0x100; b++) {
			raw[0] = (char)a;
			raw[1] = (char)b;
			raw[2] = 'z';
			check_cells((struct span){raw, 3}, SHOW_UNICODE);
			shown(&out, (struct span){raw, 3}, SHOW_UNICODE);
			assert_int_equal(out.p[out.n - 1], 'z');
		}
	}
	buffer_free(&out);
}

static void of_a_flood_of_marks_two_are_kept(void **state)
{
	struct buffer raw = {0};
	struct show s;
	struct show_cell cell;

	(void)state;
	buffer_add_byte(&raw, 'a');
	for (size_t marks = 1; marks <= 10000; marks++) {
		buffer_add_text(&raw, "\u0316");
		if (marks > 20 && marks % 997 != 0 && marks != 10000)
			continue;
		assert_int_equal(check_cells(buffer_span(&raw), SHOW_UNICODE),
				 1 + (marks > 2 ? 6 * (marks - 2) : 0));
		show_start_cut(&s, buffer_span(&raw), SHOW_UNICODE, SHOW_TAIL,
			       8);
		while (show_next(&s, &cell))
			assert_true(cell.length <= 5);
	}
	buffer_free(&raw);
}

static void a_known_list_of_naughty_strings_is_harmless(void **state)
{
	const char *folder = getenv("ACMTUI_SHARED");
	struct buffer path = {0}, text = {0};
	char chunk[4096];
	size_t n, count = 0;
	cJSON *list, *item;
	FILE *file;

	(void)state;
	buffer_printf(&path, "%s/conformance/strings/blns.json",
		      folder ? folder : "../shared");
	file = fopen(buffer_text(&path), "rb");
	buffer_free(&path);
	if (!file) {
		puts("SKIP: no conformance/strings/blns.json in the shared folder");
		skip();
	}
	while ((n = fread(chunk, 1, sizeof chunk, file)) > 0)
		buffer_add(&text, chunk, n);
	fclose(file);
	list = cJSON_Parse(buffer_text(&text));
	buffer_free(&text);
	assert_true(cJSON_IsArray(list));
	cJSON_ArrayForEach(item, list) {
		struct span raw = span_of(cJSON_GetStringValue(item));

		check_cells(raw, SHOW_UNICODE);
		check_cells(raw, SHOW_ASCII);
		count++;
	}
	assert_in_range(count, 500, 10000);
	cJSON_Delete(list);
}

static void plain_text_is_told_from_what_was_escaped(void **state)
{
	(void)state;
	assert_true(show_is_plain(SPAN("")));
	assert_true(show_is_plain(SPAN("arn:aws:acm:\\u001b")));
	assert_true(show_is_plain(SPAN("Zo\u00eb \u6f22 e\u0301")));
	assert_false(show_is_plain(SPAN("a\nb")));
	assert_false(show_is_plain(SPAN("a\u200bb")));
	assert_false(show_is_plain(SPAN("a\xff")));
	assert_false(show_is_plain(SPAN("\xed\xa0\x80")));
}

static void the_version_is_told(void **state)
{
	int major, minor;

	(void)state;
	assert_int_equal(sscanf(show_version(), "%d.%d", &major, &minor), 2);
	assert_true(major >= 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_is_shown_safely),
		cmocka_unit_test(
			what_stands_for_itself_agrees_with_the_c_library),
		cmocka_unit_test(escapes_are_written_as_the_header_says),
		cmocka_unit_test(ascii_output_is_ascii),
		cmocka_unit_test(no_control_sequence_survives),
		cmocka_unit_test(broken_text_takes_one_escape_a_byte),
		cmocka_unit_test(of_a_flood_of_marks_two_are_kept),
		cmocka_unit_test(a_known_list_of_naughty_strings_is_harmless),
		cmocka_unit_test(plain_text_is_told_from_what_was_escaped),
		cmocka_unit_test(the_version_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
