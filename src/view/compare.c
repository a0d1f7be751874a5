/* Owns the rows.  Paths and values are those of the tree pane. */
#include "view/compare.h"

#include "base/memory.h"
#include "text/stamp.h"
#include "view/tree.h"

#include <stdlib.h>

#define NO_MATCH SIZE_MAX

struct field {
	struct buffer path, value;
	size_t match;                   /* the field of the other event */
	bool told;
};

struct side {
	struct field *field;
	size_t count;
};

/* Every value, and every node without members. */
static struct side read_side(const struct store *store, struct store_event e)
{
	struct side s = {NULL, 0};
	struct tree tree = {.store = NULL};

	tree_show(&tree, store, e);
	s.field = memory_clear(tree.count, sizeof *s.field);
	for (uint32_t i = 0; i < tree.count; i++) {
		const struct tree_row *row = &tree.rows[i];
		struct field *f = &s.field[s.count];

		if (row->inner ||
		    (!tree_row_is_value(row) && row->end > i + 1))
			continue;
		tree_path(&tree, row, &f->path);
		if (tree_row_is_value(row))
			tree_value(&tree, row, &f->value);
		else
			tree_preview(&tree, row, &f->value);
		f->match = NO_MATCH;
		s.count++;
	}
	tree_free(&tree);
	return s;
}

static void free_side(struct side *s)
{
	for (size_t i = 0; i < s->count; i++) {
		buffer_free(&s->field[i].path);
		buffer_free(&s->field[i].value);
	}
	free(s->field);
}

static int by_path(const void *x, const void *y)
{
	const struct field *a = *(const struct field *const *)x;
	const struct field *b = *(const struct field *const *)y;
	int order = span_compare(buffer_span(&a->path), buffer_span(&b->path));

	return order ? order : (a > b) - (a < b);
}

static struct field **sorted(const struct side *s)
{
	struct field **all = memory_clear(s->count, sizeof *all);

	for (size_t i = 0; i < s->count; i++)
		all[i] = &s->field[i];
	if (s->count > 0)
		qsort(all, s->count, sizeof *all, by_path);
	return all;
}

/* A key that stands twice is matched in its order. */
static void match(struct side *old, struct side *new)
{
	struct field **a = sorted(old), **b = sorted(new);
	size_t i = 0, k = 0;

	while (i < old->count && k < new->count) {
		int order = span_compare(buffer_span(&a[i]->path),
					 buffer_span(&b[k]->path));

		if (order == 0) {
			a[i]->match = (size_t)(b[k] - new->field);
			b[k]->match = (size_t)(a[i] - old->field);
		}
		i += order <= 0;
		k += order >= 0;
	}
	free(a);
	free(b);
}

static struct span unquoted(const struct buffer *token)
{
	struct span s = buffer_span(token);

	if (s.n > 1 && s.p[0] == '"')
		s = (struct span){s.p + 1, s.n - 2};
	return s;
}

/* 8-4-4-4-12 hexadecimal digits (RFC 4122). */
static bool is_uuid(struct span s)
{
	if (s.n != 36)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? c != '-'
			 : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
			     (c >= 'A' && c <= 'F')))
			return false;
	}
	return true;
}

static bool is_changing(const struct compare_row *row)
{
	static const char *const keys[] = {
		"eventID", "requestID", "sharedEventID", "eventTime",
	};
	struct span old = unquoted(&row->old), new = unquoted(&row->new);

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (span_is(buffer_span(&row->path), keys[i]))
			return true;
	return (stamp_parse(old) != STAMP_NONE &&
		stamp_parse(new) != STAMP_NONE) ||
	       (is_uuid(old) && is_uuid(new));
}

/* Either may be NULL. */
static void add(struct compare *c, struct field *old, struct field *new)
{
	struct compare_row *row;

	if (old && new && span_equal(buffer_span(&old->value),
				     buffer_span(&new->value))) {
		c->equal++;
		return;
	}
	if (c->count == c->capacity) {
		c->capacity = memory_grown(c->capacity, c->count + 1,
					   sizeof *c->row);
		c->row = memory_resize(c->row, c->capacity, sizeof *c->row);
	}
	row = &c->row[c->count++];
	*row = (struct compare_row){.changing = false};
	buffer_add_span(&row->path, buffer_span(old ? &old->path : &new->path));
	if (old)
		buffer_add_span(&row->old, buffer_span(&old->value));
	if (new)
		buffer_add_span(&row->new, buffer_span(&new->value));
	row->changing = is_changing(row);
}

/* In the order of the old one; what only the new one has stands where it has
 * it. */
static void merge(struct compare *c, struct side *old, struct side *new)
{
	size_t k = 0;

	for (size_t i = 0; i < old->count; i++) {
		struct field *f = &old->field[i];

		for (; k < new->count && (new->field[k].match == NO_MATCH ||
					  new->field[k].told); k++)
			if (!new->field[k].told)
				add(c, NULL, &new->field[k]);
		add(c, f, f->match == NO_MATCH ? NULL : &new->field[f->match]);
		if (f->match != NO_MATCH)
			new->field[f->match].told = true;
	}
	for (; k < new->count; k++)
		if (!new->field[k].told)
			add(c, NULL, &new->field[k]);
}

void compare_events(struct compare *c, const struct store *store,
		    struct store_event old, struct store_event new)
{
	struct side a = read_side(store, old), b = read_side(store, new);

	*c = (struct compare){.old = old, .new = new};
	match(&a, &b);
	merge(c, &a, &b);
	free_side(&a);
	free_side(&b);
}

void compare_free(struct compare *c)
{
	for (size_t i = 0; i < c->count; i++) {
		buffer_free(&c->row[i].path);
		buffer_free(&c->row[i].old);
		buffer_free(&c->row[i].new);
	}
	free(c->row);
	*c = (struct compare){.count = 0};
}
