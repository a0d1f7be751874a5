/* What values hold: JSON, certificates, byte buffers.  To look is slow, and is
 * asked for each row at each draw, so owns what was found in the values that
 * were seen lately. */
#include "base/hash.h"
#include "base/memory.h"
#include "trail/bytebuffer.h"
#include "trail/unfold.h"
#include "view/tree_parts.h"

#include <stdlib.h>

enum { GLANCES = 1024 };       /* a power of two; half of them are used */

struct tree_glance {
	uint64_t key;           /* of the value; 0: nothing yet */
	enum unfold_kind kind;
	enum bytebuffer_state state;
	struct buffer summary;
};

/* The bytes of a buffer, or what is to be said instead. */
static enum bytebuffer_state read_buffer(const struct tree *t,
					 const struct tree_row *row,
					 struct buffer *bytes,
					 struct buffer *summary)
{
	return bytebuffer_read(t->store, t->event,
			       &t->all->buffer[row->slot], bytes, summary);
}

static int64_t time_of(const struct tree *t)
{
	return segment_event(store_segment(t->store, t->event.segment),
			     t->event.index)->time;
}

enum unfold_kind tree_look_into(const struct tree *t,
				const struct tree_row *row,
				struct buffer *json, struct buffer *summary)
{
	struct buffer bytes = {0};
	enum unfold_kind kind = UNFOLD_NOTHING;

	if (row->kind == TREE_BUFFER) {
		if (read_buffer(t, row, &bytes, summary) == BYTEBUFFER_KNOWN)
			kind = unfold_bytes(buffer_span(&bytes), time_of(t),
					    json, summary);
	} else if (row->kind == TREE_LEAF &&
		   tree_token_kind(t, row) <= SCAN_STRING_OPEN) {
		kind = unfold_text(tree_text(t, row), time_of(t), json,
				   summary);
	}
	buffer_wipe(&bytes);
	return kind;
}

/* A leaf of the event's is known by its value, all else by its place. */
static uint64_t key_of(const struct tree *t, const struct tree_row *row)
{
	uint64_t parts[3] = {t->event.segment, tree_value_number(t, row), 0};

	if (row->inner || row->kind == TREE_BUFFER) {
		parts[1] = t->event.index;
		parts[2] = row->path;
	}
	return hash_bytes(parts, sizeof parts) | 1;
}

/* The place of a key, or where it is to be put. */
static struct tree_glance *place_of(const struct tree *t, uint64_t key)
{
	size_t i = key / 2 % GLANCES;

	while (t->glances[i].key != key && t->glances[i].key)
		i = (i + 1) % GLANCES;
	return &t->glances[i];
}

/* All are forgotten when they are many; their buffers stay. */
static void make_room(const struct tree *t)
{
	size_t used = 0;

	for (size_t i = 0; i < GLANCES; i++)
		used += t->glances[i].key != 0;
	for (size_t i = 0; used >= GLANCES / 2 && i < GLANCES; i++)
		t->glances[i].key = 0;
}

static const struct tree_glance *glance(const struct tree *t,
					const struct tree_row *row)
{
	uint64_t key = key_of(t, row);
	struct tree_glance *g = place_of(t, key);
	struct buffer json = {0};

	if (g->key == key)
		return g;
	make_room(t);
	g = place_of(t, key);
	buffer_clear(&g->summary);
	g->key = key;
	g->kind = tree_look_into(t, row, &json, &g->summary);
	g->state = BYTEBUFFER_KNOWN;
	if (row->kind == TREE_BUFFER && g->kind == UNFOLD_NOTHING) {
		struct buffer bytes = {0}, said = {0};

		g->state = read_buffer(t, row, &bytes, &said);
		buffer_wipe(&bytes);
		buffer_free(&said);
	}
	buffer_wipe(&json);
	return g;
}

void tree_forget_glances(struct tree *t)
{
	for (int i = 0; t->glances && i < GLANCES; i++)
		buffer_free(&t->glances[i].summary);
	free(t->glances);
	t->glances = NULL;
}

void tree_make_glances(struct tree *t)
{
	if (!t->glances)
		t->glances = memory_clear(GLANCES, sizeof(*t->glances));
}

/* Most values are told from one look at how they begin. */
static bool may_open(const struct tree *t, const struct tree_row *row)
{
	return row->kind == TREE_BUFFER ||
	       (row->kind == TREE_LEAF && unfold_may(tree_text(t, row)));
}

bool tree_opens(const struct tree *t, const struct tree_row *row)
{
	return may_open(t, row) && glance(t, row)->kind != UNFOLD_NOTHING;
}

enum tree_look tree_buffer_look(const struct tree *t,
				const struct tree_row *row)
{
	enum bytebuffer_state state = glance(t, row)->state;

	return state == BYTEBUFFER_SECRET ? TREE_SECRET
	     : state == BYTEBUFFER_MASKED ? TREE_MASKED_BY_AWS
					  : TREE_PLAIN;
}

void tree_summary(const struct tree *t, const struct tree_row *row,
		  struct buffer *out)
{
	if (may_open(t, row))
		buffer_add_span(out, buffer_span(&glance(t, row)->summary));
}
