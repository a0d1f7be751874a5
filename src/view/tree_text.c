/* What a row says: its key, its value, what it unfolds to.  Asks values of the
 * store or of the document in a value; keeps nothing. */
#include "json/decode.h"
#include "store/document.h"
#include "store/inner.h"
#include "trail/bytebuffer.h"
#include "trail/secret.h"
#include "trail/unfold.h"
#include "view/tree_parts.h"

#include "base/memory.h"

#include <stdlib.h>

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

/* The bytes of a buffer, or what is to be said instead. */
static enum bytebuffer_state read_buffer(const struct tree *t,
					 const struct tree_row *row,
					 struct buffer *bytes,
					 struct buffer *summary)
{
	struct bytebuffer b;

	bytebuffer_find(t->store, t->event, row->key, &b);
	return bytebuffer_read(t->store, t->event, &b, bytes, summary);
}

static int64_t time_of(const struct tree *t)
{
	return segment_event(store_segment(t->store, t->event.segment),
			     t->event.index)->time;
}

/* What a leaf means, as it may be shown. */
static void add_text(const struct tree *t, const struct tree_row *row,
		     struct buffer *out)
{
	struct buffer scratch = {0};

	if (row->inner)
		inner_text(inner_of(t, row), row->slot, out);
	else
		buffer_add_span(out, store_text(t->store, t->event.segment,
						tree_value_number(t, row),
						&scratch));
	buffer_free(&scratch);
}

enum unfold_kind tree_look_into(const struct tree *t,
				const struct tree_row *row,
				struct buffer *json, struct buffer *summary)
{
	struct buffer text = {0};
	enum unfold_kind kind = UNFOLD_NOTHING;

	if (row->kind == TREE_BUFFER) {
		if (read_buffer(t, row, &text, summary) == BYTEBUFFER_KNOWN)
			kind = unfold_bytes(buffer_span(&text), time_of(t),
					    json, summary);
	} else if (row->kind == TREE_LEAF &&
		   tree_token_kind(t, row) <= SCAN_STRING_OPEN) {
		add_text(t, row, &text);
		kind = unfold_text(buffer_span(&text), time_of(t), json,
				   summary);
	}
	buffer_wipe(&text);
	return kind;
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

static bool plain_key(struct span key)
{
	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9' && i > 0) || c == '_' ||
		      (c == '-' && i > 0)))
			return false;
	}
	return key.n > 0;
}

static void add_step(const struct tree *t, const struct tree_row *row,
		     struct buffer *scratch, struct buffer *out)
{
	buffer_clear(scratch);
	tree_key(t, row, scratch);
	if (row->key == 0) {
		buffer_add_span(out, buffer_span(scratch));
		return;
	}
	if (out->n > 0)
		buffer_add_byte(out, '.');
	if (plain_key(buffer_span(scratch)))
		buffer_add_span(out, buffer_span(scratch));
	else
		decode_quote(buffer_span(scratch), out);
}

void tree_path(const struct tree *t, const struct tree_row *row,
	       struct buffer *out)
{
	struct buffer path = {0}, scratch = {0};
	const struct tree_row **way = memory_clear(row->depth + 1u,
						   sizeof(*way));
	size_t n = 0;

	for (;;) {
		if (row->kind != TREE_PAGE)
			way[n++] = row;
		if (row->parent == TREE_NONE)
			break;
		row = &t->rows[row->parent];
	}
	while (n > 0)
		add_step(t, way[--n], &scratch, &path);
	buffer_add_span(out, buffer_span(&path));
	buffer_free(&path);
	buffer_free(&scratch);
	free(way);
}

uint32_t tree_value_number(const struct tree *t, const struct tree_row *row)
{
	return row->inner || row->kind != TREE_LEAF
		       ? VALUES_NONE
		       : store_slot(t->store, t->event, row->slot);
}

uint32_t tree_secret_number(const struct tree *t, const struct tree_row *row)
{
	struct bytebuffer b;

	if (row->kind != TREE_BUFFER)
		return tree_value_number(t, row);
	bytebuffer_find(t->store, t->event, row->key, &b);
	return b.hb == UINT32_MAX ? VALUES_NONE
				  : store_slot(t->store, t->event, b.hb);
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
	struct buffer key = {0};
	bool is;

	if (row->inner || row->key == 0)
		return false;
	tree_add_key(t, row, &key);
	is = span_is(buffer_span(&key), "omitted") && span_is(text, "true");
	buffer_free(&key);
	return is;
}

enum tree_look tree_look(const struct tree *t, const struct tree_row *row)
{
	struct buffer text = {0}, summary = {0};
	uint32_t value = tree_value_number(t, row);
	enum tree_look look = TREE_PLAIN;

	if (row->kind == TREE_BUFFER) {
		enum bytebuffer_state state = read_buffer(t, row, &text,
							  &summary);

		look = state == BYTEBUFFER_SECRET ? TREE_SECRET
		     : state == BYTEBUFFER_MASKED ? TREE_MASKED_BY_AWS
						  : TREE_PLAIN;
	} else if (value != VALUES_NONE && store_is_secret(value)) {
		look = TREE_SECRET;
	} else {
		add_text(t, row, &text);
		if (secret_masked_by_aws(tree_token_kind(t, row),
					 buffer_span(&text)))
			look = TREE_MASKED_BY_AWS;
		else if (omitted(t, row, buffer_span(&text)))
			look = TREE_OMITTED;
	}
	buffer_wipe(&text);
	buffer_free(&summary);
	return look;
}

void tree_value(const struct tree *t, const struct tree_row *row,
		struct buffer *out)
{
	uint32_t value = tree_value_number(t, row);
	struct buffer scratch = {0};

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
			t->store, t->event.segment, value, &scratch));
	}
	buffer_free(&scratch);
}

void tree_summary(const struct tree *t, const struct tree_row *row,
		  struct buffer *out)
{
	struct buffer json = {0}, summary = {0};

	tree_look_into(t, row, &json, &summary);
	buffer_add_span(out, buffer_span(&summary));
	buffer_wipe(&json);
	buffer_free(&summary);
}

void tree_preview(const struct tree *t, const struct tree_row *row,
		  struct buffer *out)
{
	enum { MOST = 240 };
	bool array = row->kind == TREE_ARRAY;
	size_t start = out->n;
	uint32_t i = (uint32_t)(row - t->rows) + 1;

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
