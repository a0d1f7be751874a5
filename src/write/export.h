/* A new file for what is taken out of the program: with mode 0600, never in
 * place of one that is there, never through a link, and gone again when it
 * could not be written whole. */
#ifndef WRITE_EXPORT_H
#define WRITE_EXPORT_H

#include "base/error.h"
#include "base/span.h"

#include <stdbool.h>

struct export {
	int folder, fd;         /* FD appends */
	char *name;
};

/* NAME is one of FOLDER's own: without a slash or control characters.  After
 * true FD is to be written to; then export_end or export_keep. */
bool export_start(struct export *, const char *folder, struct span name,
		  struct error *err);

/* WHOLE: all was written.  True when it is on the disk. */
bool export_end(struct export *, bool whole, struct error *err);

/* FD, which the caller goes on with, and closes. */
int export_keep(struct export *);

#endif
