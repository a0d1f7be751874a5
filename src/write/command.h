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
	const char *folder;             /* in which; NULL: not known */
};

/* What is looked at, each as its option has it; what is empty is left out. */
struct command_view {
	struct span filter, order, columns;
};

/* Appends `acmtui OPTION... -f FILTER -s ORDER -c COLUMNS PATH...`, each word
 * quoted for sh where it needs it. */
void command_write(const struct command *, const struct command_view *,
		   struct buffer *out);

#endif
