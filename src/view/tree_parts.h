/* What the files of the tree share. */
#ifndef VIEW_TREE_PARTS_H
#define VIEW_TREE_PARTS_H

#include "trail/unfold.h"
#include "view/tree.h"

/* Appends the decoded key of a row that has one. */
void tree_add_key(const struct tree *, const struct tree_row *,
		  struct buffer *out);

/* What a leaf or a buffer unfolds to, appended as JSON, and what is to be said
 * of it. */
enum unfold_kind tree_look_into(const struct tree *, const struct tree_row *,
				struct buffer *json, struct buffer *summary);

#endif
