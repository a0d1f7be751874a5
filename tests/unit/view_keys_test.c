/* Names of keys: each name gives its key, and the key its name. */
#include "view/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
	const char *name;
	uint32_t key;
} rows[] = {
	{"j", 'j'}, {"Z", 'Z'}, {"?", '?'}, {"!", '!'}, {"9", '9'},
	{"Space", ' '}, {"Tab", 9}, {"Enter", 13}, {"Esc", 27},
	{"Backspace", 127}, {"Ctrl-C", 3}, {"Ctrl-N", 14}, {"Ctrl-Z", 26},
	{"Up", KEYS_UP}, {"Down", KEYS_DOWN}, {"PgUp", KEYS_PAGE_UP},
	{"PgDn", KEYS_PAGE_DOWN}, {"Home", KEYS_HOME}, {"End", KEYS_END},
	{"Del", KEYS_DELETE}, {"F1", KEYS_F1}, {"F10", KEYS_F1 + 9},
	{"F12", KEYS_F12}, {"Alt-b", 'b' | KEYS_ALT},
	{"Ctrl-Left", KEYS_LEFT | KEYS_CTRL},
	{"Alt-Ctrl-Right", KEYS_RIGHT | KEYS_CTRL | KEYS_ALT},
	{"\xc3\xa9", 0xe9}, {"\xe8\xa8\xbc", 0x8a3c},
	{"\xf0\x9f\x98\x80", 0x1f600},
};

static void every_name_gives_its_key_and_back(void **state)
{
	struct buffer name = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t key = 0;

		assert_true(keys_parse(span_of(rows[i].name), &key));
		assert_int_equal(key, rows[i].key);
		buffer_clear(&name);
		keys_name(key, &name);
		assert_string_equal(buffer_text(&name), rows[i].name);
	}
	buffer_free(&name);
}

static void what_is_no_name_gives_no_key(void **state)
{
	static const char *const bad[] = {
		"", "jj", "Ctrl-", "Ctrl-1", "Ctrl-Tab", "ctrl-c", "F0", "F13",
		"\xff", "\xc3", "\xed\xa0\x80", "\x01", " ", "Meta-x",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		uint32_t key = 7;

		assert_false(keys_parse(span_of(bad[i]), &key));
	}
}

static void only_characters_are_printable(void **state)
{
	(void)state;
	assert_true(keys_printable(' '));
	assert_true(keys_printable(0x8a3c));
	assert_false(keys_printable(KEYS_BACKSPACE));
	assert_false(keys_printable(KEYS_ENTER));
	assert_false(keys_printable(KEYS_UP));
	assert_false(keys_printable('b' | KEYS_ALT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_gives_its_key_and_back),
		cmocka_unit_test(what_is_no_name_gives_no_key),
		cmocka_unit_test(only_characters_are_printable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
