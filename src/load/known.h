/* The files that a store has seen, when the arguments are read again. */
#ifndef LOAD_KNOWN_H
#define LOAD_KNOWN_H

#include "load/inputs.h"
#include "store/store.h"

enum known_verdict {
	KNOWN_NOT,              /* it has come since */
	KNOWN_CHANGED,          /* or was not read to where it ends */
	KNOWN_SAME
};

struct known;

/* As the store's table is now; the names are borrowed from it. */
struct known *known_new(const struct store *);
void known_free(struct known *);

/* What is known of the file, and its number in the store unless that is NOT: the
 * next of its name that was not asked for.  Neither standard input nor a pipe is
 * read twice. */
enum known_verdict known_ask(struct known *, const struct input *,
			     uint32_t *number);

/* When the last was asked for: a folder that could not be listed then, and now
 * can; false when there is none left. */
bool known_healed(struct known *, uint32_t *number);

#endif
