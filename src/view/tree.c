/* From a document to rows, and the folds between them.  Must not know how rows
 * are drawn; asks values of the store only, never of the document. */
#include "view/tree.h"

#include "base/memory.h"
#include "store/document.h"
#include "store/inner.h"
#include "trail/bytebuffer.h"
#include "trail/unfold.h"
#include "view/tree_parts.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

static void clear(struct tree *t)
{
	for (uint16_t i = 0; i < t->inners; i++)
		inner_free(t->inner[i]);
	free(t->inner);
	t->inner = NULL;
	t->inners = 0;
	free(t->rows);
	free(t->shown);
	t->rows = NULL;
	t->shown = NULL;
	t->count = t->capacity = 0;
}

void tree_free(struct tree *t)
{
	clear(t);
	folds_free(&t->folds);
	buffer_free(&t->scratch);
	free(t->ancestors);
	t->ancestors = NULL;
}

static bool container(const struct tree_row *row)
{
	return row->opens || (row->kind != TREE_LEAF &&
			      row->kind != TREE_BUFFER);
}

/* The path of what ROW's members belong to: a page is none of its own. */
static uint64_t member_base(const struct tree *t, uint32_t row)
{
	while (row != TREE_NONE && t->rows[row].kind == TREE_PAGE)
		row = t->rows[row].parent;
	return row == TREE_NONE ? 0 : t->rows[row].path;
}

static uint64_t path_of(const struct tree *t, const struct tree_row *row,
			struct buffer *scratch)
{
	uint64_t base = member_base(t, row->parent);

	if (row->kind == TREE_PAGE)
		return folds_path_index(base + 1, row->index);
	if (row->key == 0)
		return folds_path_index(base, row->index);
	buffer_clear(scratch);
	tree_add_key(t, row, scratch);
	return folds_path(base, scratch->p, scratch->n);
}

static enum tree_kind kind_of(const cJSON *node)
{
	if (node->string && node->string[0] == '+')
		return TREE_PAGE;
	if (cJSON_IsArray(node))
		return TREE_ARRAY;
	return cJSON_IsObject(node) ? TREE_OBJECT : TREE_LEAF;
}

static bool is_buffer(const struct tree *t, const struct tree_row *row)
{
	struct bytebuffer b;

	return row->kind == TREE_OBJECT && row->key > 0 && !row->inner &&
	       bytebuffer_find(t->store, t->event, row->key, &b);
}

/* The document that the row unfolds to, when it is unfolded: its root. */
static const cJSON *open_inner(struct tree *t, struct tree_row *row)
{
	struct buffer json = {0};
	struct inner *inner = NULL;

	if (t->inners < UINT16_MAX - 1 &&
	    tree_look_into(t, row, &json, &t->scratch) != UNFOLD_NOTHING)
		inner = inner_new(buffer_span(&json));
	buffer_wipe(&json);
	if (!inner)
		return NULL;
	t->inner = memory_resize(t->inner, t->inners + 1u,
				 sizeof(struct inner *));
	t->inner[t->inners++] = inner;
	row->content = t->inners;
	return inner_root(inner);
}

/* What stands below a row: its own node's members, or those of what it unfolds
 * to. */
static const cJSON *members_of(struct tree *t, struct tree_row *row,
			       const cJSON *node)
{
	const cJSON *root;

	if (row->kind == TREE_BUFFER || row->kind == TREE_LEAF) {
		root = tree_folded(t, row) ? NULL : open_inner(t, row);
		return root ? root->child : NULL;
	}
	return node->child;
}

static uint32_t add_row(struct tree *t, const cJSON *node, uint32_t parent,
			uint32_t index, struct buffer *scratch)
{
	struct tree_row row = {.parent = parent, .index = index,
			       .kind = (uint8_t)kind_of(node)};

	if (t->count == t->capacity) {
		t->capacity = (uint32_t)memory_grown(t->capacity,
						     t->count + 1u,
						     sizeof(*t->rows));
		t->rows = memory_resize(t->rows, t->capacity,
					sizeof(*t->rows));
	}
	if (parent != TREE_NONE) {
		row.depth = t->rows[parent].depth + 1;
		row.inner = t->rows[parent].content ? t->rows[parent].content
						    : t->rows[parent].inner;
		t->rows[parent].members++;
	}
	if (row.kind == TREE_PAGE)
		row.index = (uint32_t)strtoul(node->string + 1, NULL, 10);
	else if (node->string)
		row.key = (uint32_t)strtoul(node->string, NULL, 10);
	if (row.kind == TREE_LEAF)
		row.slot = (uint32_t)node->valuedouble;
	row.end = t->count + 1;
	row.path = path_of(t, &row, scratch);
	if (is_buffer(t, &row))
		row.kind = TREE_BUFFER;
	row.opens = tree_look_into(t, &row, scratch, &t->scratch) != UNFOLD_NOTHING;
	t->rows[t->count] = row;
	return t->count++;
}

/* Row by row, without recursion: the rows themselves know the way up. */
static void build(struct tree *t, const cJSON *root)
{
	const cJSON **nodes = NULL;
	const cJSON *node = container(&(struct tree_row){
		.kind = (uint8_t)kind_of(root)}) ? root->child : root;
	struct buffer scratch = {0};
	uint32_t parent = TREE_NONE, index = 0;

	for (;;) {
		uint32_t row;

		if (!node && parent == TREE_NONE)
			break;
		if (!node) {
			t->rows[parent].end = t->count;
			node = nodes[parent]->next;
			index = t->rows[parent].index + 1;
			parent = t->rows[parent].parent;
			continue;
		}
		row = add_row(t, node, parent, index, &scratch);
		nodes = memory_resize(nodes, t->capacity, sizeof(*nodes));
		nodes[row] = node;
		if (container(&t->rows[row])) {
			parent = row;
			index = t->rows[row].kind == TREE_PAGE
					? t->rows[row].index : 0;
			node = members_of(t, &t->rows[row], node);
		} else {
			node = node == root ? NULL : node->next;
			index++;
		}
	}
	buffer_free(&scratch);
	free(nodes);
}

bool tree_folded(const struct tree *t, const struct tree_row *row)
{
	/* Pages and values are as deep as it gets: unfolded only on purpose. */
	return container(row) &&
	       folds_get(&t->folds, row->path,
			 row->kind == TREE_PAGE || row->opens ? UINT16_MAX
							      : row->depth);
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

	for (uint32_t i = 0; i < t->count; n++) {
		t->shown[n] = i;
		i = tree_folded(t, &t->rows[i]) ? t->rows[i].end : i + 1;
	}
	if (n > t->pane.count)
		pane_set_count(&t->pane, n);
	t->pane.count = n;
	t->pane.top = t->pane.cursor > offset ? t->pane.cursor - offset : 0;
	refocus(t);
	pane_set_count(&t->pane, n);
}

/* The rows of the event, anew. */
static void reload(struct tree *t)
{
	struct cJSON *document;

	clear(t);
	if (!t->store || t->event.segment == STORE_NO_EVENT.segment)
		return;
	document = document_new(t->store, t->event);
	if (document)
		build(t, document);
	document_free(document);
	t->shown = memory_clear(t->count ? t->count : 1, sizeof(*t->shown));
	refresh(t);
}

void tree_show(struct tree *t, const struct store *store,
	       struct store_event event)
{
	if (t->store == store && t->event.segment == event.segment &&
	    t->event.index == event.index && t->count > 0)
		return;
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
	t->ancestors = memory_resize(t->ancestors, row->depth + 1u,
				     sizeof(*t->ancestors));
	for (uint32_t up = row->parent; up != TREE_NONE;
	     up = t->rows[up].parent)
		t->ancestors[n++] = t->rows[up].path;
	t->ancestor_count = n;
}

static void set_folded(struct tree *t, const struct tree_row *row, bool folded)
{
	bool opens = row->opens;

	folds_set(&t->folds, row->path, folded);
	tree_choose(t);
	if (opens)
		reload(t);
	else
		refresh(t);
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
	if (container(row) && !tree_folded(t, row))
		set_folded(t, row, true);
	else
		tree_parent(t);
}

void tree_unfold_or_child(struct tree *t)
{
	const struct tree_row *row = tree_row(t);

	if (!row || !container(row))
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

	if (row && container(row))
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

		if (container(other) && (deep || other->depth == row->depth))
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
