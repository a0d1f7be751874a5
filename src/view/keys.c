/* Names of keys.  Knows nothing of what a terminal sends or of what a key
 * does. */
#include "view/keys.h"

#include "text/utf8.h"

#include <stddef.h>

static const struct {
	const char *name;
	uint32_t key;
} names[] = {
	{"Tab", KEYS_TAB},
	{"Enter", KEYS_ENTER},
	{"Esc", KEYS_ESCAPE},
	{"Space", ' '},
	{"Backspace", KEYS_BACKSPACE},
	{"Up", KEYS_UP},
	{"Down", KEYS_DOWN},
	{"Left", KEYS_LEFT},
	{"Right", KEYS_RIGHT},
	{"Home", KEYS_HOME},
	{"End", KEYS_END},
	{"PgUp", KEYS_PAGE_UP},
	{"PgDn", KEYS_PAGE_DOWN},
	{"Insert", KEYS_INSERT},
	{"Del", KEYS_DELETE},
	{"BackTab", KEYS_BACK_TAB},
	{"F1", KEYS_F1},
	{"F2", KEYS_F1 + 1},
	{"F3", KEYS_F1 + 2},
	{"F4", KEYS_F1 + 3},
	{"F5", KEYS_F1 + 4},
	{"F6", KEYS_F1 + 5},
	{"F7", KEYS_F1 + 6},
	{"F8", KEYS_F1 + 7},
	{"F9", KEYS_F1 + 8},
	{"F10", KEYS_F1 + 9},
	{"F11", KEYS_F1 + 10},
	{"F12", KEYS_F12},
};

enum { NAMES = sizeof(names) / sizeof(names[0]) };

/* One code point that fills TEXT, or false: names come from users'
 * configuration, too. */
static bool one_character(struct span text, uint32_t *key)
{
	struct utf8_char c;

	if (text.n == 0)
		return false;
	c = utf8_decode(text.p, text.p + text.n);
	*key = c.code;
	return c.kind == UTF8_SCALAR && c.length == text.n &&
	       c.code > ' ' && (c.code < 0x7f || c.code >= 0xa0);
}

bool keys_parse(struct span name, uint32_t *key)
{
	uint32_t flags = 0;

	if (span_starts(name, SPAN("Alt-")) && name.n > 4) {
		flags = KEYS_ALT;
		name = span_from(name, 4);
	}
	if (span_starts(name, SPAN("Ctrl-")) && name.n > 5) {
		name = span_from(name, 5);
		if (name.n == 1 && name.p[0] >= 'A' && name.p[0] <= 'Z') {
			*key = keys_control(name.p[0]) | flags;
			return true;
		}
		flags |= KEYS_CTRL;
	}
	for (size_t i = 0; i < NAMES; i++) {
		if (!span_is(name, names[i].name))
			continue;
		if ((flags & KEYS_CTRL) && names[i].key < KEYS_NAMED)
			return false;
		*key = names[i].key | flags;
		return true;
	}
	if ((flags & KEYS_CTRL) || !one_character(name, key))
		return false;
	*key |= flags;
	return true;
}

void keys_name(uint32_t key, struct buffer *out)
{
	uint32_t code = key & ~(uint32_t)(KEYS_ALT | KEYS_CTRL);
	char bytes[4];

	if (key & KEYS_ALT)
		buffer_add_text(out, "Alt-");
	if (key & KEYS_CTRL)
		buffer_add_text(out, "Ctrl-");
	for (size_t i = 0; i < NAMES; i++) {
		if (names[i].key == code) {
			buffer_add_text(out, names[i].name);
			return;
		}
	}
	if (code < ' ') {
		buffer_add_text(out, "Ctrl-");
		buffer_add_byte(out, (char)(code + '@'));
	} else {
		buffer_add(out, bytes, utf8_encode(code, bytes));
	}
}
