/* Keys by code and by name.  A key is a code point, a control character, or
 * one of the codes below; a modifier bit may be set. */
#ifndef VIEW_KEYS_H
#define VIEW_KEYS_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* Ctrl-I, Ctrl-M, Ctrl-J and Ctrl-H never mean anything but the first four;
 * whoever decodes keys sees to it. */
enum {
	KEYS_TAB = 9,
	KEYS_ENTER = 13,
	KEYS_ESCAPE = 27,
	KEYS_BACKSPACE = 127,
	KEYS_NAMED = 0x110000,  /* beyond the last code point */
	KEYS_UP,
	KEYS_DOWN,
	KEYS_LEFT,
	KEYS_RIGHT,
	KEYS_HOME,
	KEYS_END,
	KEYS_PAGE_UP,
	KEYS_PAGE_DOWN,
	KEYS_INSERT,
	KEYS_DELETE,
	KEYS_BACK_TAB,
	KEYS_F1,
	KEYS_F12 = KEYS_F1 + 11,
	KEYS_ALT = 1 << 24,     /* set in the code */
	KEYS_CTRL = 1 << 25     /* likewise, of the codes above only */
};

/* The code of Ctrl and a letter. */
static inline uint32_t keys_control(char letter)
{
	return (uint32_t)letter & 31;
}

/* A character that is typed, not a command. */
static inline bool keys_printable(uint32_t key)
{
	return key >= ' ' && key != KEYS_BACKSPACE && key < KEYS_NAMED;
}

/* The key of that name: `j`, `é`, `Ctrl-D`, `Alt-b`, `PgDn`, `F1`, `Space`.
 * False when there is none. */
bool keys_parse(struct span name, uint32_t *key);

/* Appends the name, such that keys_parse gives KEY again. */
void keys_name(uint32_t key, struct buffer *out);

#endif
