/* The help: the actions that work in one place, narrowed by what is typed. */
#ifndef VIEW_HELP_H
#define VIEW_HELP_H

#include "base/span.h"
#include "view/bindings.h"
#include "view/pane.h"

#include <stddef.h>

struct help {
	struct pane pane;
	enum action actions[ACTION_COUNT];      /* pane.count of them */
	enum actions_place place;
};

/* PLACE: where help was asked for.  Words of TEXT must all be found in an
 * action's name, keys or help; case is ignored. */
void help_list(struct help *, const struct bindings *,
	       enum actions_place place, struct span text);

/* The action under the cursor, or ACTION_NONE. */
enum action help_selected(const struct help *);

#endif
