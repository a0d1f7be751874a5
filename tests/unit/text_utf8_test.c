/* Promises of text/utf8: all code points and nothing else, each in one form. */
#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct utf8_char decode(struct span s)
{
	return utf8_decode(s.p, s.p + s.n);
}

static void every_code_point_comes_back(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		char text[4];
		size_t n = utf8_encode(code, text);
		struct utf8_char c = utf8_decode(text, text + n);
		bool surrogate = code >= 0xD800 && code <= 0xDFFF;

		if (c.code != code || c.length != n ||
		    c.kind != (surrogate ? UTF8_SURROGATE : UTF8_SCALAR))
			fail_msg("U+%04X comes back as U+%04X, kind %d", code,
				 c.code, c.kind);
		if (utf8_is_valid((struct span){text, n}) == surrogate)
			fail_msg("U+%04X is judged wrongly", code);
	}
}

/* Whether the four bytes begin with a character, worked out the other way
 * round: by encoding every code point. */
static void only_what_can_be_encoded_is_decoded(void **state)
{
	static uint8_t two[0x10000], three[3][0x10000];
	char e[4];

	(void)state;
	for (uint32_t code = 0x80; code <= 0x10FFFF; code++) {
		size_t n = utf8_encode(code, e);
		unsigned lead = (unsigned)(uint8_t)e[0] << 8 | (uint8_t)e[1];

		if (n == 2)
			two[lead] = 1;
		else
			three[n - 2][lead] = 1;
	}
	for (unsigned lead = 0x8000; lead < 0x10000; lead++) {
		const char text[4] = {(char)(lead >> 8), (char)lead, '\x80',
				      '\x80'};
		struct utf8_char c = utf8_decode(text, text + 4);
		unsigned expected = two[lead] ? 2 : three[1][lead] ? 3
				    : three[2][lead] ? 4 : 1;

		if (c.length != expected ||
		    (c.kind == UTF8_INVALID) != (expected == 1))
			fail_msg("%04X 80 80 takes %u bytes, expected %u",
				 lead, c.length, expected);
		if (expected == 1)
			assert_int_equal(c.code, lead >> 8);
	}
}

static void of_what_is_cut_or_broken_one_byte_is_taken(void **state)
{
	static const struct span texts[] = {
		SPAN("\x80"), SPAN("\xBF"), SPAN("\xC0\x80"),
		SPAN("\xC1\xBF"), SPAN("\xC2"), SPAN("\xC2""a"),
		SPAN("\xDF\xC0"), SPAN("\xE0\x9F\xBF"), SPAN("\xE2"),
		SPAN("\xE2\x82"), SPAN("\xE2\x82""a"), SPAN("\xE2""a\x80"),
		SPAN("\xED\xA0"), SPAN("\xF0\x8F\xBF\xBF"), SPAN("\xF0"),
		SPAN("\xF0\x9F"), SPAN("\xF0\x9F\x98"),
		SPAN("\xF0\x9F\x98""a"), SPAN("\xF0\x9F""a\x80"),
		SPAN("\xF0""a\x80\x80"), SPAN("\xF4\x90\x80\x80"),
		SPAN("\xF5\x80\x80\x80"), SPAN("\xF8\x88\x80\x80\x80"),
		SPAN("\xFC\x84\x80\x80\x80\x80"), SPAN("\xFE"), SPAN("\xFF"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct utf8_char c = decode(texts[i]);

		assert_int_equal(c.kind, UTF8_INVALID);
		assert_int_equal(c.length, 1);
		assert_int_equal(c.code, (uint8_t)texts[i].p[0]);
		assert_int_equal(utf8_valid_length(texts[i]), 0);
	}
}

static void validity_ends_where_the_fault_is(void **state)
{
	static const struct {
		struct span text;
		size_t length;
	} rows[] = {
		{SPAN(""), 0},
		{{NULL, 0}, 0},
		{SPAN("plain"), 5},
		{SPAN("nul \0 inside"), 12},
		{SPAN("seventeen letters"), 17},
		{SPAN("gr\u00fc\u00df"), 6},
		{SPAN("eight by\xFFtes"), 8},
		{SPAN("seven b\xFFytes"), 7},
		{SPAN("\u6f22\u5b57 then \xED\xA0\x80"), 12},
		{SPAN("ends in the middle \xF0\x9F\x98"), 19},
		{SPAN("\U0001f600"), 4},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(utf8_valid_length(rows[i].text),
				 rows[i].length);
		assert_int_equal(utf8_is_valid(rows[i].text),
				 rows[i].length == rows[i].text.n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_comes_back),
		cmocka_unit_test(only_what_can_be_encoded_is_decoded),
		cmocka_unit_test(of_what_is_cut_or_broken_one_byte_is_taken),
		cmocka_unit_test(validity_ends_where_the_fault_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
