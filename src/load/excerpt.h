/* The line in which something went wrong, fit to be shown: its structure and
 * keys, with long strings and what follows a secret key masked. */
#ifndef LOAD_EXCERPT_H
#define LOAD_EXCERPT_H

#include "base/span.h"

/* About a screen's width of AT's line, in printable ASCII; the caller frees.
 * TEXT begins in front of AT (or at it) outside any string, so that it is known
 * where strings begin, and holds AT or ends there.  *CARET: the column, from 0,
 * of AT. */
char *excerpt_new(struct span text, const char *at, size_t *caret);

#endif
