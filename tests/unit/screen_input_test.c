/* Bytes to keys: whole, byte by byte, and what must never become a key. */
#include "screen/input.h"

#include "view/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *capability(const char *name)
{
	if (strcmp(name, "kcuu1") == 0)
		return "\033[A";
	if (strcmp(name, "kf1") == 0)
		return "\033[[A";       /* as the Linux console has it */
	if (strcmp(name, "kf2") == 0)
		return "\033[[B";
	return NULL;
}

/* Names of all that was read, a blank behind each; pastes in [ ]. */
static void drain(struct input *in, bool late, struct buffer *out)
{
	uint32_t key;
	struct span paste;
	enum input_kind kind;

	while ((kind = input_next(in, late, &key, &paste)) != INPUT_NONE) {
		if (kind == INPUT_KEY) {
			keys_name(key, out);
		} else if (kind == INPUT_AWAY) {
			buffer_add_text(out, "away");
		} else if (kind == INPUT_MOUSE) {
			static const char *const kinds[] = {
				"click", "wheel-up", "wheel-down",
			};

			buffer_printf(out, "%s,%d,%d", kinds[in->mouse.kind],
				      in->mouse.row, in->mouse.column);
		} else {
			buffer_add_byte(out, '[');
			buffer_add_span(out, paste);
			buffer_add_byte(out, ']');
		}
		buffer_add_byte(out, ' ');
	}
}

static const struct {
	struct span bytes;
	const char *keys;
} rows[] = {
	{{"j", 1}, "j "},
	{{"jk", 2}, "j k "},
	{{"\r\n\b\177\t", 5}, "Enter Enter Backspace Backspace Tab "},
	{{"\003\032\000x", 4}, "Ctrl-C Ctrl-Z x "},
	{{"\xc3\xa9", 2}, "\xc3\xa9 "},
	{{"\xf0\x9f\x98\x80", 4}, "\xf0\x9f\x98\x80 "},
	{{"\033OA\033OB\033OC\033OD", 12}, "Up Down Right Left "},
	{{"\033[A\033[B\033[H\033[F", 12}, "Up Down Home End "},
	{{"\033[1~\033[4~\033[5~\033[6~", 16}, "Home End PgUp PgDn "},
	{{"\033[2~\033[3~\033[Z", 11}, "Insert Del BackTab "},
	{{"\033OP\033[11~\033[24~", 13}, "F1 F1 F12 "},
	{{"\033[1;5C\033[1;3D\033[3;5~", 18},
	 "Ctrl-Right Alt-Left Ctrl-Del "},
	{{"\033[[A\033[[B", 8}, "F1 F2 "},
	{{"\033b", 2}, "Alt-b "},
	{{"\033\033[A", 4}, "Esc Up "},
	{{"\033[200~a\nq\033[201~x", 16}, "[a\nq] x "},
	{{"\033[200~\033[201~", 12}, "[] "},
	{{"\033[O\033[Ij\033[1O", 11}, "away j "},
	{{"\033[200~\033[2J\033[201~", 16}, "[\033[2J] "},
	/* answers and reports: nothing */
	{{"\033[?62;1;2cj", 11}, "j "},
	{{"\033]11;rgb:00/00/00\aj", 19}, "j "},
	{{"\033]11;rgb:00/00/00\033\\j", 20}, "j "},
	{{"\033P1+r544e\033\\j", 12}, "j "},
	{{"\033[<0;10;20Mj", 12}, "click,19,9 j "},
	{{"\033[<0;10;20mj", 12}, "j "},
	{{"\033[<64;1;1M\033[<65;2;3M", 20}, "wheel-up,0,0 wheel-down,2,1 "},
	{{"\033[<2;1;1M\033[<35;1;1M\033[<0;0;1M", 29}, ""},
	{{"\033[<0;1;1;1Mj", 13}, "j "},
	{{"\033[M !\"j", 7}, "click,1,0 j "},
	{{"\033[M`!!j", 7}, "wheel-up,0,0 j "},
	{{"\033[M#!!j", 7}, "j "},
	{{"\033[99;1;1;1~j", 12}, "j "},
	{{"\033[12345678901234567890~j", 24}, "j "},
	{{"\xc2\x9bj", 3}, "j "},
	{{"\xff\xfej", 3}, "j "},
	{{"\xc3j", 2}, "j "},
};

static void bytes_become_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct input in = {0};
		struct buffer out = {0};

		input_learn(&in, capability);
		input_feed(&in, rows[i].bytes);
		drain(&in, false, &out);
		assert_string_equal(buffer_text(&out), rows[i].keys);
		assert_false(input_waiting(&in));
		buffer_free(&out);
		input_free(&in);
	}
}

static void it_does_not_matter_how_they_are_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct input in = {0};
		struct buffer out = {0};

		input_learn(&in, capability);
		for (size_t k = 0; k < rows[i].bytes.n; k++) {
			input_feed(&in, (struct span){rows[i].bytes.p + k, 1});
			drain(&in, false, &out);
		}
		assert_string_equal(buffer_text(&out), rows[i].keys);
		buffer_free(&out);
		input_free(&in);
	}
}

static void an_escape_stands_for_itself_when_nothing_follows(void **state)
{
	static const struct {
		const char *bytes, *keys;
	} late[] = {
		{"\033", "Esc "}, {"\033[", "Alt-[ "}, {"\033O", "Alt-O "},
		{"\033]", "Alt-] "}, {"\033[1;5", ""}, {"\033]11;rgb", ""},
		{"\xe8\xa8", ""}, {"\033[[", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(late) / sizeof(late[0]); i++) {
		struct input in = {0};
		struct buffer out = {0};

		input_learn(&in, capability);
		input_feed(&in, span_of(late[i].bytes));
		drain(&in, false, &out);
		assert_string_equal(buffer_text(&out), "");
		assert_true(input_waiting(&in));
		drain(&in, true, &out);
		assert_string_equal(buffer_text(&out), late[i].keys);
		assert_false(input_waiting(&in));
		buffer_free(&out);
		input_free(&in);
	}
}

static void a_huge_paste_is_cut_and_ends(void **state)
{
	struct input in = {0};
	struct buffer out = {0};
	uint32_t key;
	struct span paste;

	(void)state;
	input_feed(&in, SPAN("\033[200~"));
	for (int i = 0; i < 100; i++) {
		char block[1000];

		memset(block, 'q', sizeof(block));
		input_feed(&in, (struct span){block, sizeof(block)});
		assert_int_equal(input_next(&in, false, &key, &paste),
				 INPUT_NONE);
	}
	input_feed(&in, SPAN("\033[201~j"));
	assert_int_equal(input_next(&in, false, &key, &paste), INPUT_PASTE);
	assert_int_equal(paste.n, INPUT_PASTE_MOST);
	drain(&in, false, &out);
	assert_string_equal(buffer_text(&out), "j ");
	buffer_free(&out);
	input_free(&in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_become_keys),
		cmocka_unit_test(it_does_not_matter_how_they_are_cut),
		cmocka_unit_test(
			an_escape_stands_for_itself_when_nothing_follows),
		cmocka_unit_test(a_huge_paste_is_cut_and_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
