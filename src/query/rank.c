/* Owns the distinct texts of one column over the events that were added. */
#include "query/rank.h"

#include "base/hash.h"
#include "base/memory.h"
#include "text/decimal.h"

#include <stdlib.h>

struct text {
	struct span span;
	uint64_t prefix;        /* its first 8 bytes, as they compare */
	double value;           /* of a number */
	bool number;
	uint32_t rank;
};

/* Where the numbers of a segment's values are noted, one array an arena. */
struct notes {
	uint32_t *number[3];
};

struct rank {
	const struct store *store;
	const struct column_ref *ref;
	struct notes *notes;            /* by segment */
	uint32_t segments;
	struct text *text;
	size_t count, capacity;
	uint32_t *table;                /* texts that are put together, by
					   hash; number plus one */
	size_t table_size, table_count;
	char **copy;                    /* texts that are nobody's */
	size_t copies, copy_room;
	struct buffer scratch;
};

struct rank *rank_new(const struct store *store, const struct column_ref *ref)
{
	struct rank *r = memory_clear(1, sizeof *r);

	r->store = store;
	r->ref = ref;
	r->segments = store_segment_count(store);
	r->notes = memory_clear(r->segments, sizeof *r->notes);
	return r;
}

void rank_free(struct rank *r)
{
	for (uint32_t i = 0; i < r->segments; i++)
		for (int a = 0; a < 3; a++)
			free(r->notes[i].number[a]);
	for (size_t i = 0; i < r->copies; i++)
		free(r->copy[i]);
	free(r->copy);
	free(r->notes);
	free(r->text);
	free(r->table);
	buffer_free(&r->scratch);
	free(r);
}

static struct span keep(struct rank *r, struct span text)
{
	if (r->copies == r->copy_room) {
		r->copy_room = memory_grown(r->copy_room, r->copies + 1,
					    sizeof *r->copy);
		r->copy = memory_resize(r->copy, r->copy_room,
					sizeof *r->copy);
	}
	r->copy[r->copies] = memory_copy(text.p, text.n);
	return (struct span){r->copy[r->copies++], text.n};
}

static uint64_t prefix_of(struct span s)
{
	uint64_t prefix = 0;

	for (size_t i = 0; i < 8; i++)
		prefix = prefix << 8 |
			 (i < s.n ? (unsigned char)s.p[i] : 0);
	return prefix;
}

/* TEXT must stay; a number's bytes are followed by what is none. */
static uint32_t add_text(struct rank *r, struct span text, bool number)
{
	if (r->count == r->capacity) {
		r->capacity = memory_grown(r->capacity, r->count + 1,
					   sizeof *r->text);
		r->text = memory_resize(r->text, r->capacity,
					sizeof *r->text);
	}
	r->text[r->count] = (struct text){
		text, prefix_of(text), number ? strtod(text.p, NULL) : 0,
		number, 0};
	return (uint32_t)r->count++;
}

static uint32_t count_of(const struct values *v, uint32_t arena)
{
	switch (arena) {
	case VALUES_PLAIN:
		return v->plain.count;
	case VALUES_ESCAPED:
		return v->escaped.count;
	default:
		return v->secret.count;
	}
}

static uint32_t add_value(struct rank *r, uint32_t segment, uint32_t value)
{
	const struct values *v = &store_segment(r->store, segment)->values;
	uint32_t arena = value & VALUES_ARENA;
	uint32_t **notes = &r->notes[segment].number[arena >> 30];
	uint32_t *note;
	struct span text;

	if (!*notes)
		*notes = memory_clear(count_of(v, arena), sizeof **notes);
	note = &(*notes)[value & VALUES_INDEX];
	if (*note)
		return *note - 1;
	text = store_text(r->store, segment, value, &r->scratch);
	if (store_is_secret(value))
		text = keep(r, text);
	*note = add_text(r, text, values_kind(v, value) == SCAN_NUMBER &&
				  !store_is_secret(value)) + 1;
	return *note - 1;
}

static void table_grow(struct rank *r)
{
	size_t size = r->table_size ? r->table_size * 2 : 64;
	uint32_t *table = memory_clear(size, sizeof *table);

	for (size_t i = 0; i < r->table_size; i++) {
		size_t at;

		if (!r->table[i])
			continue;
		at = hash_span(r->text[r->table[i] - 1].span) & (size - 1);
		while (table[at])
			at = (at + 1) & (size - 1);
		table[at] = r->table[i];
	}
	free(r->table);
	r->table = table;
	r->table_size = size;
}

/* The first text of an event whose texts are put together. */
struct first {
	struct rank *rank;
	uint32_t number;
};

static bool add_first(void *context, struct span text, uint32_t value)
{
	struct first *first = context;
	struct rank *r = first->rank;
	size_t at;

	(void)value;
	if (r->table_count * 2 >= r->table_size)
		table_grow(r);
	for (at = hash_span(text) & (r->table_size - 1); r->table[at];
	     at = (at + 1) & (r->table_size - 1)) {
		first->number = r->table[at] - 1;
		if (span_equal(r->text[first->number].span, text))
			return false;
	}
	first->number = add_text(r, keep(r, text), false);
	r->table[at] = first->number + 1;
	r->table_count++;
	return false;
}

uint32_t rank_add(struct rank *r, struct store_event e)
{
	struct first first = {r, RANK_NONE};
	uint32_t value;
	size_t n = columns_values(r->store, e, r->ref, &value, 1);

	if (n == 0)
		return RANK_NONE;
	if (n != SIZE_MAX)
		return add_value(r, e.segment, value);
	columns_each(r->store, e, r->ref, add_first, &first);
	return first.number;
}

/* Doubles of numbers that differ may be equal, but never the wrong way round. */
static int compare_numbers(const struct text *a, const struct text *b)
{
	struct decimal x, y;

	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	if (span_equal(a->span, b->span) || !decimal_parse(a->span, &x) ||
	    !decimal_parse(b->span, &y))
		return 0;
	return decimal_compare(&x, &y);
}

static int compare(const struct text *a, const struct text *b)
{
	int order;

	if (a->number != b->number)
		return a->number ? -1 : 1;
	if (a->number && (order = compare_numbers(a, b)) != 0)
		return order;
	if (a->prefix != b->prefix)
		return a->prefix < b->prefix ? -1 : 1;
	return span_compare(a->span, b->span);
}

/* Merges the sorted halves of FROM[0, n) into TO. */
static void merge(const struct text *text, const uint32_t *from, uint32_t *to,
		  size_t half, size_t n)
{
	size_t i = 0, j = half;

	for (size_t k = 0; k < n; k++)
		if (j == n || (i < half && compare(&text[from[i]],
						   &text[from[j]]) <= 0))
			to[k] = from[i++];
		else
			to[k] = from[j++];
}

void rank_sort(struct rank *r)
{
	size_t n = r->count;
	uint32_t *from = memory_alloc(memory_multiply(n, sizeof *from));
	uint32_t *to = memory_alloc(memory_multiply(n, sizeof *to));

	for (size_t i = 0; i < n; i++)
		from[i] = (uint32_t)i;
	for (size_t width = 1; width < n; width *= 2) {
		uint32_t *other = from;

		for (size_t i = 0; i < n; i += 2 * width) {
			size_t most = n - i < 2 * width ? n - i : 2 * width;

			merge(r->text, from + i, to + i,
			      most < width ? most : width, most);
		}
		from = to;
		to = other;
	}
	for (size_t i = 0; i < n; i++)
		r->text[from[i]].rank =
			i > 0 && compare(&r->text[from[i - 1]],
					 &r->text[from[i]]) == 0
				? r->text[from[i - 1]].rank : (uint32_t)i;
	free(from);
	free(to);
}

uint32_t rank_of(const struct rank *r, uint32_t number)
{
	return number == RANK_NONE ? RANK_NONE : r->text[number].rank;
}
