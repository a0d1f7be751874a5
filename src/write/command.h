/* The command line that shows the same again, to be typed into a shell. */
#ifndef WRITE_COMMAND_H
#define WRITE_COMMAND_H

#include "base/buffer.h"
#include "base/span.h"

#include <stddef.h>

/* As it was given; borrowed. */
struct command {
	const char *const *option;      /* those that say what is read and how,
					   as "--name=value" */
	size_t options;
	const char *const *path;
	size_t paths;
};

/* Appends `acmtui OPTION... -f FILTER PATH...`, each word quoted for sh where it
 * needs it; an empty FILTER is left out. */
void command_write(const struct command *, struct span filter,
		   struct buffer *out);

#endif
