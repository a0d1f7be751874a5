/* From the bytes that a terminal sends to keys and pasted text.  What is no
 * key, such as answers to questions nobody asked, is swallowed whole, so that
 * it can never run as keys. */
#ifndef SCREEN_INPUT_H
#define SCREEN_INPUT_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { INPUT_SEQUENCES = 64, INPUT_SEQUENCE = 16 };

/* A key of this terminal in its own spelling (terminfo). */
struct input_sequence {
	char bytes[INPUT_SEQUENCE];
	size_t n;
	uint32_t key;
};

/* What the mouse did where, from 0 on. */
enum input_mouse_kind { INPUT_CLICK, INPUT_WHEEL_UP, INPUT_WHEEL_DOWN };
struct input_mouse {
	enum input_mouse_kind kind;
	int row, column;
};

/* Zero-initialised is valid; private but for the mouse. */
struct input {
	struct input_sequence known[INPUT_SEQUENCES];
	size_t known_count;
	struct buffer bytes;
	size_t at;              /* what lies before is done with */
	struct buffer paste;
	bool pasting;
	struct input_mouse mouse;       /* of the latest INPUT_MOUSE */
};

enum input_kind {
	INPUT_NONE,             /* nothing more to be read from what there is */
	INPUT_KEY,
	INPUT_PASTE,
	INPUT_MOUSE,
	INPUT_AWAY              /* the terminal has lost the focus */
};

/* Bytes of a bracketed paste beyond these are dropped. */
enum { INPUT_PASTE_MOST = 64 * 1024 };

/* The keys as this terminal spells them, beside the usual sequences:
 * CAPABILITY gives the string that terminfo has under a name, or NULL. */
void input_learn(struct input *, const char *(*capability)(const char *name));

void input_feed(struct input *, struct span bytes);

/* The next key or paste.  LATE: nothing followed for so long that an escape
 * stands for itself.  A paste is borrowed until the next call. */
enum input_kind input_next(struct input *, bool late, uint32_t *key,
			   struct span *paste);

/* Bytes are there that only more bytes, or their lateness, can explain. */
bool input_waiting(const struct input *);

void input_free(struct input *);

#endif
