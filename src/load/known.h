/* The files that a store has seen, when the arguments are read again. */
#ifndef LOAD_KNOWN_H
#define LOAD_KNOWN_H

#include "load/inputs.h"
#include "store/store.h"

struct known;

/* As the store's table is now; the names are borrowed from it. */
struct known *known_new(const struct store *);
void known_free(struct known *);

/* Whether there is nothing new in the file: it is no log, or as long as what was
 * read of it.  Standard input is never read twice. */
bool known_has(const struct known *, const struct input *);

#endif
