/* Judges every byte a program sends to a terminal: text that can be seen, what
 * the terminal's own description contains, and the mark of the tests, nothing
 * else.  Finds the mark across reads. */
#ifndef E2E_ORACLE_H
#define E2E_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

enum { ORACLE_FORMS = 512, ORACLE_FORM = 32, ORACLE_HELD = 256 };

struct oracle_mark {
	unsigned long long bytes;       /* of keys that were read */
	int rows, columns;
	unsigned continued;
	char state[32];
};

/* A form that the description has: `ESC [ ? … h` with its parameters when the
 * final is h or l, otherwise without; or a whole short escape. */
struct oracle {
	char form[ORACLE_FORMS][ORACLE_FORM];
	size_t forms;
	bool control[32];
	bool ascii;             /* nothing beyond it is allowed */
	bool clipboard;         /* OSC 52 is */
	char copied[ORACLE_HELD];       /* what it sent last, in base64 */
	char held[ORACLE_HELD]; /* an escape that has begun */
	size_t held_length;
	unsigned char character[4];
	size_t character_length, character_needs;
	char fault[256];        /* the first one; empty: none */
	unsigned long long sent;
	struct oracle_mark mark;
	unsigned long long marks;
};

/* False when the system does not know the terminal. */
bool oracle_start(struct oracle *, const char *term, bool ascii);

/* Reads bytes up to a mark or to their end; answers how many. */
size_t oracle_read(struct oracle *, const char *bytes, size_t n);

#endif
