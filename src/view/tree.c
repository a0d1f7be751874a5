/* Which rows are shown, and the cursor among them.  Must not know how rows are
 * drawn, nor what a document is. */
#include "view/tree.h"

#include "base/memory.h"
#include "view/tree_parts.h"

#include <stdlib.h>

void tree_free(struct tree *t)
{
	tree_forget(t);
	folds_free(&t->folds);
	for (int i = 0; t->scratch && i < TREE_SCRATCHES; i++)
		buffer_wipe(&t->scratch[i]);
	free(t->scratch);
	tree_forget_glances(t);
	free(t->ancestors);
	free(t->shown);
	*t = (struct tree){.count = 0};
}

/* Values are as deep as it gets, and so are pages: unfolded only on purpose. */
bool tree_wants_inside(const struct tree *t, const struct tree_row *row)
{
	return !folds_get(&t->folds, row->path, UINT16_MAX);
}

static bool hides_members(const struct tree *t, const struct tree_row *row)
{
	return row->kind == TREE_PAGE
		       ? !tree_wants_inside(t, row)
		       : folds_get(&t->folds, row->path, row->depth);
}

bool tree_folded(const struct tree *t, const struct tree_row *row)
{
	return tree_row_holds(row) ? hides_members(t, row)
				   : !row->content && tree_opens(t, row);
}

static bool find_shown(const struct tree *t, uint64_t path, size_t *at)
{
	for (size_t i = 0; i < t->pane.count; i++) {
		if (t->rows[t->shown[i]].path == path) {
			*at = i;
			return true;
		}
	}
	return false;
}

/* To the place the user went to or, where this event has none such, to the
 * nearest one above it. */
static void refocus(struct tree *t)
{
	size_t at = 0;
	bool found = t->focus && find_shown(t, t->focus, &at);

	for (size_t i = 0; i < t->ancestor_count && !found && t->focus; i++)
		found = find_shown(t, t->ancestors[i], &at);
	pane_carry(&t->pane, found ? at : 0);
}

/* What is shown, after a fold or a new document. */
static void refresh(struct tree *t)
{
	size_t offset = t->pane.cursor - t->pane.top, n = 0;

	if (t->count > t->shown_room) {
		t->shown_room = (uint32_t)memory_grown(
			t->shown_room, t->count, sizeof(*t->shown));
		t->shown = memory_resize(t->shown, t->shown_room,
					 sizeof(*t->shown));
	}
	for (uint32_t i = 0; i < t->count; n++) {
		const struct tree_row *row = &t->rows[i];

		t->shown[n] = i;
		i = tree_row_holds(row) && hides_members(t, row) ? row->end
								  : i + 1;
	}
	if (n > t->pane.count)
		pane_set_count(&t->pane, n);
	t->pane.count = n;
	t->pane.top = t->pane.cursor > offset ? t->pane.cursor - offset : 0;
	refocus(t);
	pane_set_count(&t->pane, n);
}

/* The rows of the event, anew: a value may have been unfolded or folded. */
static void reload(struct tree *t)
{
	tree_build(t);
	refresh(t);
}

void tree_show(struct tree *t, const struct store *store,
	       struct store_event event)
{
	if (t->store == store && store_same_event(t->event, event) &&
	    t->count > 0)
		return;
	if (t->store != store) {
		tree_forget(t);
		tree_forget_glances(t);
	}
	tree_make_glances(t);
	if (!t->scratch)
		t->scratch = memory_clear(TREE_SCRATCHES, sizeof(*t->scratch));
	t->store = store;
	t->event = event;
	if (event.segment == STORE_NO_EVENT.segment)
		t->pane = (struct pane){.height = t->pane.height};
	reload(t);
}

const struct tree_row *tree_row_at(const struct tree *t, size_t i)
{
	return i < t->pane.count ? &t->rows[t->shown[i]] : NULL;
}

const struct tree_row *tree_row(const struct tree *t)
{
	return tree_row_at(t, t->pane.cursor);
}

void tree_choose(struct tree *t)
{
	const struct tree_row *row = tree_row(t);
	size_t n = 0;

	if (!row)
		return;
	t->focus = row->path;
	if (row->depth >= t->ancestor_room) {
		t->ancestor_room = memory_grown(t->ancestor_room,
						row->depth + 1u,
						sizeof(*t->ancestors));
		t->ancestors = memory_resize(t->ancestors, t->ancestor_room,
					     sizeof(*t->ancestors));
	}
	for (uint32_t up = row->parent; up != TREE_NONE;
	     up = t->rows[up].parent)
		t->ancestors[n++] = t->rows[up].path;
	t->ancestor_count = n;
}

static bool container(const struct tree *t, const struct tree_row *row)
{
	return tree_row_holds(row) || tree_opens(t, row);
}

static void set_folded(struct tree *t, const struct tree_row *row, bool folded)
{
	bool holds = tree_row_holds(row);

	folds_set(&t->folds, row->path, folded);
	tree_choose(t);
	if (holds)
		refresh(t);
	else
		reload(t);
}

void tree_parent(struct tree *t)
{
	const struct tree_row *row = tree_row(t);
	size_t at;

	if (row && row->parent != TREE_NONE &&
	    find_shown(t, t->rows[row->parent].path, &at)) {
		pane_go(&t->pane, at);
		tree_choose(t);
	}
}

void tree_fold_or_parent(struct tree *t)
{
	const struct tree_row *row = tree_row(t);

	if (!row)
		return;
	if (container(t, row) && !tree_folded(t, row))
		set_folded(t, row, true);
	else
		tree_parent(t);
}

void tree_unfold_or_child(struct tree *t)
{
	const struct tree_row *row = tree_row(t);

	if (!row || !container(t, row))
		return;
	if (tree_folded(t, row)) {
		set_folded(t, row, false);
	} else if (row->members > 0) {
		pane_move(&t->pane, 1);
		tree_choose(t);
	}
}

void tree_toggle(struct tree *t)
{
	const struct tree_row *row = tree_row(t);

	if (row && container(t, row))
		set_folded(t, row, !tree_folded(t, row));
}

void tree_sibling(struct tree *t, int direction)
{
	const struct tree_row *row = tree_row(t);
	size_t at = t->pane.cursor;

	if (!row)
		return;
	for (;;) {
		const struct tree_row *other;

		if (direction < 0 && at == 0)
			return;
		at = direction < 0 ? at - 1 : at + 1;
		other = tree_row_at(t, at);
		if (!other || other->depth < row->depth)
			return;
		if (other->depth == row->depth)
			break;
	}
	pane_go(&t->pane, at);
	tree_choose(t);
}

/* Unfolds what hides a row, and goes there. */
static void reveal(struct tree *t, uint32_t row)
{
	for (uint32_t i = t->rows[row].parent; i != TREE_NONE;
	     i = t->rows[i].parent)
		if (tree_folded(t, &t->rows[i]))
			folds_set(&t->folds, t->rows[i].path, false);
	refresh(t);
	for (size_t i = 0; i < t->pane.count; i++)
		if (t->shown[i] == row)
			pane_go(&t->pane, i);
	tree_choose(t);
}

bool tree_find(struct tree *t, int direction, bool whole,
	       bool (*wanted)(void *, const struct tree_row *), void *context)
{
	uint32_t step = (uint32_t)direction, i;

	if (t->pane.count == 0)
		return false;
	if (whole)
		i = direction > 0 ? 0 : t->count - 1;
	else
		i = t->shown[t->pane.cursor] + step;
	for (; i < t->count; i += step) {
		if (wanted(context, &t->rows[i])) {
			reveal(t, i);
			return true;
		}
	}
	return false;
}

void tree_fold_siblings(struct tree *t, bool folded, bool deep)
{
	const struct tree_row *row = tree_row(t);
	uint32_t from, to;

	if (!row)
		return;
	from = row->parent == TREE_NONE ? 0 : row->parent + 1;
	to = row->parent == TREE_NONE ? t->count : t->rows[row->parent].end;
	for (uint32_t i = from; i < to; i++) {
		const struct tree_row *other = &t->rows[i];

		if ((deep || other->depth == row->depth) &&
		    container(t, other))
			folds_set(&t->folds, other->path, folded);
	}
	tree_choose(t);
	reload(t);
}

void tree_set_level(struct tree *t, unsigned level)
{
	folds_set_level(&t->folds, level);
	tree_choose(t);
	reload(t);
}
