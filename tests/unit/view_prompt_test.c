/* The line editor, driven by letters: each row is a line before, what is done,
 * and the line after; `|` is the cursor. */
#include "view/prompt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void act(struct prompt *p, char what)
{
	switch (what) {
	case '<': prompt_left(p); break;
	case '>': prompt_right(p); break;
	case 'b': prompt_word_left(p); break;
	case 'f': prompt_word_right(p); break;
	case 'a': prompt_start(p); break;
	case 'e': prompt_end(p); break;
	case 'x': prompt_erase(p); break;
	case 'd': prompt_erase_next(p); break;
	case 'w': prompt_cut_word(p); break;
	case 'n': prompt_cut_next_word(p); break;
	case 'l': prompt_cut_last_word(p); break;
	case 't': prompt_swap(p); break;
	case 'r': prompt_replace(p, 1, SPAN("xyz")); break;
	case 'u': prompt_cut_start(p); break;
	case 'k': prompt_cut_end(p); break;
	case 'y': prompt_put(p); break;
	case 'T': prompt_type(p, 'T'); break;
	case 'E': prompt_type(p, 0xe9); break;
	default: fail_msg("no such act: %c", what);
	}
}

static void set_with_cursor(struct prompt *p, const char *text)
{
	const char *cursor = strchr(text, '|');
	struct buffer plain = {0};

	assert_non_null(cursor);
	buffer_add(&plain, text, (size_t)(cursor - text));
	buffer_add_text(&plain, cursor + 1);
	prompt_set(p, buffer_span(&plain));
	p->cursor = (size_t)(cursor - text);
	buffer_free(&plain);
}

static void check(const struct prompt *p, const char *text)
{
	struct buffer marked = {0};

	buffer_add(&marked, p->text.p, p->cursor);
	buffer_add_byte(&marked, '|');
	buffer_add_span(&marked, span_from(buffer_span(&p->text), p->cursor));
	assert_string_equal(buffer_text(&marked), text);
	buffer_free(&marked);
}

static void every_key_does_what_readline_does(void **state)
{
	static const struct {
		const char *before, *acts, *after;
	} rows[] = {
		{"|", "<>bfaexdwnuky", "|"},
		{"ab|", "T", "abT|"},
		{"a|b", "T", "aT|b"},
		{"a|b", "E", "a\xc3\xa9|b"},
		{"a\xc3\xa9|b", "<", "a|\xc3\xa9" "b"},
		{"a|\xe8\xa8\xbc", ">", "a\xe8\xa8\xbc|"},
		{"a\xc3\xa9|b", "x", "a|b"},
		{"|\xc3\xa9" "b", "d", "|b"},
		{"ab|", "d", "ab|"},
		{"|ab", "x", "|ab"},
		{"one two|", "b", "one |two"},
		{"one two|", "bb", "|one two"},
		{"one  |two", "b", "|one  two"},
		{"|one two", "f", "one| two"},
		{"one| two", "f", "one two|"},
		{"event~^Ex|", "b", "event~^|Ex"},
		{"a=b event~^Ex|", "w", "a=b |"},
		{"a=b event~^Ex|", "l", "a=b event~^|"},
		{"ab-|", "ly", "ab-|"},
		{"ab|", "t", "ba|"},
		{"a|b", "t", "ba|"},
		{"|ab", "t", "|ab"},
		{"a|", "t", "a|"},
		{"a|\xe8\xa8\xbc" "b", "t", "\xe8\xa8\xbc" "a|b"},
		{"abc|d", "r", "axyz|d"},
		{"a=b event~^Ex  |", "w", "a=b |"},
		{"a=b event~^Ex|", "wy", "a=b event~^Ex|"},
		{"|one two", "n", "| two"},
		{"one two|", "a", "|one two"},
		{"|one two", "e", "one two|"},
		{"one |two", "u", "|two"},
		{"one |two", "k", "one |"},
		{"one |two", "kay", "two|one "},
		{"one |two", "ky", "one two|"},
		{"one|", "uyy", "oneone|"},
		/* an empty cut does not forget */
		{"one|", "uaukwy", "one|"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct prompt p = {0};

		set_with_cursor(&p, rows[i].before);
		for (const char *a = rows[i].acts; *a; a++)
			act(&p, *a);
		check(&p, rows[i].after);
		prompt_free(&p);
	}
}

static void a_paste_is_one_line_of_text(void **state)
{
	static const struct {
		struct span paste;
		const char *after;
		bool all;
	} rows[] = {
		{{"a b", 3}, "a b|", true},
		{{"a\nb\r\nc\rd\te", 10}, "a b c d e|", true},
		{{"a\033[2Jb", 6}, "a[2Jb|", false},
		{{"a\0b", 3}, "ab|", false},
		{{"a\xff" "b", 3}, "ab|", false},
		{{"\xc2\x9b", 2}, "|", false},
		{{"\xc3\xa9", 2}, "\xc3\xa9|", true},
		{{"\xed\xa0\x80", 3}, "|", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct prompt p = {0};

		assert_int_equal(prompt_paste(&p, rows[i].paste), rows[i].all);
		check(&p, rows[i].after);
		prompt_free(&p);
	}
}

static void a_line_has_an_end(void **state)
{
	struct prompt p = {0};
	struct buffer much = {0};

	(void)state;
	for (size_t i = 0; i < PROMPT_MOST + 100; i++)
		buffer_add_byte(&much, 'x');
	assert_false(prompt_paste(&p, buffer_span(&much)));
	assert_int_equal(p.text.n, PROMPT_MOST);
	assert_false(prompt_type(&p, 'y'));
	prompt_erase(&p);
	assert_true(prompt_type(&p, 'y'));
	buffer_free(&much);
	prompt_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_does_what_readline_does),
		cmocka_unit_test(a_paste_is_one_line_of_text),
		cmocka_unit_test(a_line_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
