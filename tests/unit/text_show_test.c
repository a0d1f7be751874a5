/* Promises of text/show: whatever bytes go in, what comes out is visible, has
 * the width it says, and is cut where it was asked to be. */
#define _XOPEN_SOURCE 700
#include "base/memory.h"
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
		{SPAN("a\u1161"), "a\\u1161"},
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
		puts("SKIP: no conformance/strings/blns.json");
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

/* What a cut leaves, for the tests below: reads a `show` to its end. */
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
	};
	struct buffer out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cut_text(&out, rows[i].raw, SHOW_UNICODE, rows[i].cut,
			 rows[i].columns);
		assert_string_equal(buffer_text(&out), rows[i].unicode);
		cut_text(&out, rows[i].raw, SHOW_ASCII, rows[i].cut,
			 rows[i].columns);
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
		check_cells(buffer_span(&raw), SHOW_UNICODE);
		cut_text(&out, buffer_span(&raw), SHOW_UNICODE, SHOW_TAIL,
			 columns);
		shown(&all, buffer_span(&raw), SHOW_UNICODE);
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
		cmocka_unit_test(text_is_cut_where_asked),
		cmocka_unit_test(wide_characters_are_never_split),
		cmocka_unit_test(tails_are_those_of_the_whole_text),
		cmocka_unit_test(the_ellipsis_knows_what_it_stands_for),
		cmocka_unit_test(
			the_width_of_long_text_is_not_counted_to_its_end),
		cmocka_unit_test(plain_text_is_told_from_what_was_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
