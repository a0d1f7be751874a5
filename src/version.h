/* What --version prints. */
#ifndef VERSION_H
#define VERSION_H

#include "base/buffer.h"
#include "base/sandbox.h"

/* Appends a line for acmtui, one for each library it runs with, and one for
 * the sandbox.  CURSES: the name and version of that library. */
void version_write(const char *curses, const struct sandbox_state *,
		   struct buffer *out);

#endif
