/* A new file for what is taken out of the program: with mode 0600, never in
 * place of one that is there, never through a link, under its name only once it
 * is whole, and gone when it could not be. */
#ifndef WRITE_EXPORT_H
#define WRITE_EXPORT_H

#include "base/error.h"
#include "base/span.h"

#include <stdbool.h>

struct export {
	int folder, fd;         /* FD appends */
	char *name;
	char *part;             /* its name until it is whole */
};

/* NAME is one of FOLDER's own: without a slash or control characters.  After
 * true FD is to be written to; then export_end or export_keep. */
bool export_start(struct export *, const char *folder, struct span name,
		  struct error *err);

/* WHOLE: all was written.  True when it is on the disk. */
bool export_end(struct export *, bool whole, struct error *err);

/* FD, which the caller goes on with, and closes; -1: not under that name. */
int export_keep(struct export *, struct error *err);

#endif
