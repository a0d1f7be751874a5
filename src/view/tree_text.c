/* What a row says: its key and its value.  Asks values of the store or of the
 * document in a value; keeps nothing. */
#include "store/document.h"
#include "store/inner.h"
#include "trail/secret.h"
#include "view/tree_parts.h"

static const struct inner *inner_of(const struct tree *t,
				    const struct tree_row *row)
{
	return row->inner ? t->inner[row->inner - 1] : NULL;
}

void tree_add_key(const struct tree *t, const struct tree_row *row,
		  struct buffer *out)
{
	if (row->inner)
		inner_key(inner_of(t, row), row->key, out);
	else
		document_key(store_shape(t->store, t->event), row->key, out);
}

struct span tree_text(const struct tree *t, const struct tree_row *row)
{
	struct buffer *text = &t->scratch[TREE_TEXT];

	if (!row->inner)
		return store_text(t->store, t->event.segment,
				  tree_value_number(t, row), text);
	buffer_clear(text);
	inner_text(inner_of(t, row), row->slot, text);
	return buffer_span(text);
}

void tree_key(const struct tree *t, const struct tree_row *row,
	      struct buffer *out)
{
	if (row->kind == TREE_PAGE)
		buffer_printf(out, "from %u on", (unsigned)row->index);
	else if (row->key)
		tree_add_key(t, row, out);
	else if (row->parent != TREE_NONE)
		buffer_printf(out, "[%u]", (unsigned)row->index);
}

static void add_step(const struct tree *t, const struct tree_row *row,
		     bool behind, struct buffer *out)
{
	struct buffer *key = &t->scratch[TREE_KEY];

	buffer_clear(key);
	tree_key(t, row, key);
	if (row->key && behind)
		buffer_add_byte(out, '.');
	if (row->key == 0)
		buffer_add_span(out, buffer_span(key));
	else
		paths_add_key(buffer_span(key), out);
}

/* The row next below ABOVE on the way to ROW. */
static const struct tree_row *step_below(const struct tree *t, uint32_t above,
					 const struct tree_row *row)
{
	while (row->parent != above)
		row = &t->rows[row->parent];
	return row;
}

void tree_path(const struct tree *t, const struct tree_row *row,
	       struct buffer *out)
{
	size_t from = out->n;
	uint32_t above = TREE_NONE;

	for (;;) {
		const struct tree_row *step = step_below(t, above, row);

		if (step->kind != TREE_PAGE)
			add_step(t, step, out->n > from, out);
		if (step == row)
			return;
		above = (uint32_t)(step - t->rows);
	}
}

uint32_t tree_value_number(const struct tree *t, const struct tree_row *row)
{
	return row->inner || row->kind != TREE_LEAF
		       ? VALUES_NONE
		       : store_slot(t->store, t->event, row->slot);
}

uint32_t tree_secret_number(const struct tree *t, const struct tree_row *row)
{
	uint32_t hb;

	if (row->kind != TREE_BUFFER)
		return tree_value_number(t, row);
	hb = t->all->buffer[row->slot].hb;
	return hb == UINT32_MAX ? VALUES_NONE
				: store_slot(t->store, t->event, hb);
}

enum scan_kind tree_token_kind(const struct tree *t,
			       const struct tree_row *row)
{
	if (row->inner)
		return inner_kind(inner_of(t, row), row->slot);
	return values_kind(&store_segment(t->store,
					  t->event.segment)->values,
			   tree_value_number(t, row));
}

/* `"omitted":"true"` beside a reason: CloudTrail left out a large field, which
 * is a known way to hide what was in it. */
static bool omitted(const struct tree *t, const struct tree_row *row,
		    struct span text)
{
	struct buffer *key = &t->scratch[TREE_KEY];

	if (row->inner || row->key == 0 || !span_is(text, "true"))
		return false;
	buffer_clear(key);
	tree_add_key(t, row, key);
	return span_is(buffer_span(key), "omitted");
}

enum tree_look tree_look(const struct tree *t, const struct tree_row *row)
{
	uint32_t value = tree_value_number(t, row);
	struct span text;

	if (row->kind == TREE_BUFFER)
		return tree_buffer_look(t, row);
	if (value != VALUES_NONE && store_is_secret(value))
		return TREE_SECRET;
	text = tree_text(t, row);
	if (secret_masked_by_aws(tree_token_kind(t, row), text))
		return TREE_MASKED_BY_AWS;
	return omitted(t, row, text) ? TREE_OMITTED : TREE_PLAIN;
}

void tree_value(const struct tree *t, const struct tree_row *row,
		struct buffer *out)
{
	uint32_t value = tree_value_number(t, row);

	if (row->kind == TREE_BUFFER) {
		tree_summary(t, row, out);
	} else if (row->inner) {
		inner_token(inner_of(t, row), row->slot, out);
	} else {
		/* A mask is a text of ours, not a string of the log's. */
		bool mask = store_is_secret(value) &&
			    !store_is_partly_secret(t->store, t->event.segment,
						    value);

		buffer_add_span(out, (mask ? store_text : store_token)(
			t->store, t->event.segment, value, &t->scratch[TREE_TEXT]));
	}
}

bool tree_says(const struct tree *t, const struct tree_row *row,
	       bool (*says)(void *, struct span), void *context)
{
	const struct bytebuffer *b = NULL;
	struct buffer line = {0};
	bool said = false;

	if (!tree_row_is_value(row))
		return false;
	if (row->kind == TREE_LEAF)
		return says(context, tree_text(t, row));
	b = &t->all->buffer[row->slot];
	for (int i = 0; i < 4 && !said; i++) {
		uint32_t slot = i == 0 ? b->hb : i == 1 ? b->offset
				: i == 2 ? b->limit : b->capacity;

		said = slot != UINT32_MAX &&
		       says(context, store_text(
				t->store, t->event.segment,
				store_slot(t->store, t->event, slot),
				&t->scratch[TREE_TEXT]));
	}
	tree_summary(t, row, &line);
	said = said || says(context, buffer_span(&line));
	buffer_free(&line);
	return said;
}

void tree_preview(const struct tree *t, const struct tree_row *row,
		  struct buffer *out)
{
	enum { MOST = 240 };
	bool array = row->kind == TREE_ARRAY;
	size_t start = out->n;
	uint32_t i = (uint32_t)(row - t->rows) + 1;

	if (row->kind == TREE_PAGE && row->members == 0) {
		buffer_add_text(out, "left out: too many for a tree; r shows "
				     "the text");
		return;
	}
	buffer_printf(out, row->kind == TREE_PAGE ? "%u more:"
			   : array ? "[%u]" : "{%u}", (unsigned)row->members);
	for (; i < row->end && out->n - start < MOST; i = t->rows[i].end) {
		const struct tree_row *member = &t->rows[i];
		bool first = member == row + 1;

		buffer_add_text(out, first ? " " : ", ");
		if (member->key)
			tree_key(t, member, out);
		else if (member->kind == TREE_LEAF ||
			 member->kind == TREE_BUFFER)
			tree_value(t, member, out);
		else
			buffer_add_text(out, member->kind == TREE_ARRAY
						     ? "[]" : "{}");
	}
}
