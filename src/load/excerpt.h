/* The line in which something went wrong, fit to be shown: its structure and
 * keys, with long strings, secrets and what follows a secret's key masked. */
#ifndef LOAD_EXCERPT_H
#define LOAD_EXCERPT_H

#include "base/span.h"
#include "trail/secret_find.h"

/* About a screen's width of AT's line, in printable ASCII; the caller frees.
 * TEXT begins in front of AT (or at it) and holds AT or ends there.  BEGINS: a
 * value begins where TEXT does, so that no secret can lie across that place;
 * otherwise nothing but structure is shown.  FIND is working space.  *CARET: the
 * column, from 0, of AT. */
char *excerpt_new(struct span text, const char *at, bool begins,
		  struct secret_find *find, size_t *caret);

#endif
