/* What the files of the tree share. */
#ifndef VIEW_TREE_PARTS_H
#define VIEW_TREE_PARTS_H

#include "trail/unfold.h"
#include "view/tree.h"

/* Gets the rows of the event ready: those of its shape or, while one of its
 * values is unfolded, its own. */
void tree_build(struct tree *);

/* Forgets all rows. */
void tree_forget(struct tree *);

/* Whether the row is an object, an array or a page. */
static inline bool tree_row_holds(const struct tree_row *row)
{
	return row->kind != TREE_LEAF && row->kind != TREE_BUFFER;
}

/* Whether the user unfolded the value in this row, in this event or another. */
bool tree_wants_inside(const struct tree *, const struct tree_row *);

/* The tree's scratch buffers: a text, and a key. */
enum { TREE_TEXT, TREE_KEY, TREE_SCRATCHES };

/* What a leaf means, as it may be shown: in a scratch or where it is kept, until
 * the next text. */
struct span tree_text(const struct tree *, const struct tree_row *);

enum tree_look tree_buffer_look(const struct tree *, const struct tree_row *);

/* Makes room for what is found in values, and forgets all of it. */
void tree_make_glances(struct tree *);
void tree_forget_glances(struct tree *);

/* Appends the decoded key of a row that has one. */
void tree_add_key(const struct tree *, const struct tree_row *,
		  struct buffer *out);

/* What a leaf or a buffer unfolds to, appended as JSON, and what is to be said
 * of it. */
enum unfold_kind tree_look_into(const struct tree *, const struct tree_row *,
				struct buffer *json, struct buffer *summary);

#endif
