/* From a document to rows.  Owns the rows that are kept, a set for each shape;
 * knows folds only where a value is unfolded. */
#include "base/memory.h"
#include "store/document.h"
#include "store/inner.h"
#include "trail/bytebuffer.h"
#include "view/tree_parts.h"

#include <stdlib.h>

/* Beyond these all are made anew: some MB. */
enum { KEPT_ROWS = 1 << 16, KEPT_SHAPES = 1024 };

struct building {
	struct tree *tree;
	struct tree_rows *rows;
	bool inside;            /* values that are unfolded are opened */
	struct buffer scratch;
};

static void free_rows(struct tree_rows *rows)
{
	free(rows->row);
	free(rows->buffer);
	*rows = (struct tree_rows){.shape = NULL};
}

/* What belongs to the event alone. */
static void forget_event(struct tree *t)
{
	for (uint16_t i = 0; i < t->inners; i++)
		inner_free(t->inner[i]);
	free(t->inner);
	t->inner = NULL;
	t->inners = 0;
	free_rows(&t->own);
	t->all = NULL;
	t->rows = NULL;
	t->count = 0;
}

void tree_forget(struct tree *t)
{
	forget_event(t);
	for (size_t i = 0; i < t->kept_count; i++)
		free_rows(&t->kept[i]);
	free(t->kept);
	t->kept = NULL;
	t->kept_count = t->kept_rows = 0;
}

/* The path of what ROW's members belong to: a page is none of its own. */
static uint64_t member_base(const struct tree_rows *rows, uint32_t row)
{
	while (row != TREE_NONE && rows->row[row].kind == TREE_PAGE)
		row = rows->row[row].parent;
	return row == TREE_NONE ? 0 : rows->row[row].path;
}

static uint64_t path_of(struct building *b, const struct tree_row *row)
{
	uint64_t base = member_base(b->rows, row->parent);

	if (row->kind == TREE_PAGE)
		return folds_path_index(base + 1, row->index);
	if (row->key == 0)
		return folds_path_index(base, row->index);
	buffer_clear(&b->scratch);
	tree_add_key(b->tree, row, &b->scratch);
	return folds_path(base, b->scratch.p, b->scratch.n);
}

/* An object that is a byte buffer becomes one line. */
static void notice_buffer(struct building *b, struct tree_row *row)
{
	struct tree_rows *rows = b->rows;
	struct bytebuffer buffer;

	if (row->kind != TREE_OBJECT || row->key == 0 || row->inner ||
	    !bytebuffer_find(b->tree->store, b->tree->event, row->key,
			     &buffer))
		return;
	rows->buffer = memory_resize(rows->buffer, rows->buffers + 1u,
				     sizeof *rows->buffer);
	rows->buffer[rows->buffers] = buffer;
	row->kind = TREE_BUFFER;
	row->slot = rows->buffers++;
}

static uint32_t add_row(struct building *b, const struct cJSON *node,
			uint32_t parent, uint32_t index)
{
	static const uint8_t kinds[] = {
		[DOCUMENT_LEAF] = TREE_LEAF, [DOCUMENT_OBJECT] = TREE_OBJECT,
		[DOCUMENT_ARRAY] = TREE_ARRAY, [DOCUMENT_PAGE] = TREE_PAGE,
	};
	struct tree_rows *rows = b->rows;
	struct document_node look = document_look(node);
	struct tree_row row = {.parent = parent, .index = index,
			       .kind = kinds[look.kind], .key = look.key};

	if (parent != TREE_NONE) {
		struct tree_row *above = &rows->row[parent];

		row.depth = above->depth + 1;
		row.inner = above->content ? above->content : above->inner;
		above->members++;
	}
	if (row.kind == TREE_PAGE)
		row.index = look.number;
	if (row.kind == TREE_LEAF)
		row.slot = look.number;
	row.end = rows->count + 1;
	row.path = path_of(b, &row);
	notice_buffer(b, &row);
	if (rows->count == rows->capacity) {
		rows->capacity = (uint32_t)memory_grown(
			rows->capacity, rows->count + 1u, sizeof *rows->row);
		rows->row = memory_resize(rows->row, rows->capacity,
					  sizeof *rows->row);
	}
	rows->row[rows->count] = row;
	return rows->count++;
}

/* The document that the row unfolds to, when it is unfolded: its first
 * member. */
static const struct cJSON *open_inner(struct building *b, struct tree_row *row)
{
	struct tree *t = b->tree;
	struct buffer json = {0};
	struct inner *inner = NULL;

	if (!b->inside || !tree_wants_inside(t, row))
		return NULL;
	buffer_clear(&b->scratch);
	if (t->inners < UINT16_MAX - 1 &&
	    tree_look_into(t, row, &json, &b->scratch) != UNFOLD_NOTHING)
		inner = inner_new(buffer_span(&json));
	buffer_wipe(&json);
	if (!inner)
		return NULL;
	t->inner = memory_resize(t->inner, t->inners + 1u,
				 sizeof(struct inner *));
	t->inner[t->inners++] = inner;
	row->content = t->inners;
	return document_first(inner_root(inner));
}

/* What stands below a row: its own node's members, or those of what it unfolds
 * to. */
static const struct cJSON *members_of(struct building *b, struct tree_row *row,
				      const struct cJSON *node)
{
	return tree_row_holds(row) ? document_first(node)
				   : open_inner(b, row);
}

/* Row by row, without recursion: the rows themselves know the way up. */
static void build(struct building *b, const struct cJSON *root)
{
	struct tree_rows *rows = b->rows;
	const struct cJSON **nodes = NULL;
	const struct cJSON *node = document_look(root).kind == DOCUMENT_LEAF
					   ? root : document_first(root);
	uint32_t parent = TREE_NONE, index = 0;

	while (node || parent != TREE_NONE) {
		struct tree_row *row;
		uint32_t at;

		if (!node) {
			row = &rows->row[parent];
			row->end = rows->count;
			node = document_next(nodes[parent]);
			index = row->index + 1;
			parent = row->parent;
			continue;
		}
		at = add_row(b, node, parent, index);
		nodes = memory_resize(nodes, rows->capacity, sizeof *nodes);
		nodes[at] = node;
		parent = at;
		row = &rows->row[at];
		index = row->kind == TREE_PAGE ? row->index : 0;
		node = node == root ? NULL : members_of(b, row, node);
	}
	free(nodes);
}

static void make_rows(struct tree *t, struct tree_rows *rows, bool inside)
{
	struct building b = {t, rows, inside, {0}};
	struct cJSON *document = document_new(t->store, t->event);

	rows->shape = store_shape(t->store, t->event);
	if (document)
		build(&b, document);
	document_free(document);
	buffer_free(&b.scratch);
}

static const struct tree_rows *rows_of_shape(struct tree *t)
{
	const struct shape *shape = store_shape(t->store, t->event);

	for (size_t i = 0; i < t->kept_count; i++)
		if (t->kept[i].shape == shape)
			return &t->kept[i];
	if (t->kept_rows > KEPT_ROWS || t->kept_count == KEPT_SHAPES)
		tree_forget(t);
	t->kept = memory_resize(t->kept, t->kept_count + 1, sizeof *t->kept);
	t->kept[t->kept_count] = (struct tree_rows){.shape = shape};
	make_rows(t, &t->kept[t->kept_count], false);
	t->kept_rows += t->kept[t->kept_count].count;
	return &t->kept[t->kept_count++];
}

/* Whether a value in this event is unfolded. */
static bool inside_wanted(const struct tree *t)
{
	for (uint32_t i = 0; i < t->count; i++)
		if (!tree_row_holds(&t->rows[i]) &&
		    tree_wants_inside(t, &t->rows[i]) &&
		    tree_opens(t, &t->rows[i]))
			return true;
	return false;
}

static void use(struct tree *t, const struct tree_rows *rows)
{
	t->all = rows;
	t->rows = rows->row;
	t->count = rows->count;
}

void tree_build(struct tree *t)
{
	forget_event(t);
	if (!t->store || t->event.segment == STORE_NO_EVENT.segment)
		return;
	use(t, rows_of_shape(t));
	if (!inside_wanted(t))
		return;
	make_rows(t, &t->own, true);
	use(t, &t->own);
}
