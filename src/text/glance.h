/* What can be told of a regular expression without taking it apart: a guarantee
 * each, so that `false` means nothing. */
#ifndef TEXT_GLANCE_H
#define TEXT_GLANCE_H

#include "base/span.h"

#include <stdbool.h>

struct glance {
	bool lines;             /* over several lines at once, each followed by a
				   line feed, it finds what it finds in each
				   alone */
	bool straight;          /* LINES, and nothing in it repeats or groups: at
				   no place it takes more steps than it has
				   bytes */
	bool anywhere;          /* LINES, and no place matters to it: what it
				   finds in empty text it finds in any */
};

struct glance glance_at(struct span pattern);

#endif
