/* Owns the distinct texts of one column over the events that were added. */
#include "query/rank.h"

#include "base/hash.h"
#include "base/memory.h"
#include "query/radix.h"
#include "text/decimal.h"

#include <stdlib.h>

struct text {
	struct span span;
	uint32_t rank;
	bool number;
};

/* Where the numbers of a segment's values are noted, one array an arena. */
struct notes {
	uint32_t *number[3];
};

struct rank {
	const struct store *store;
	const struct column_ref *ref;
	uint32_t *place;                /* of the value, by shape */
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
	uint32_t shapes = shapes_count(store_shapes(store));

	r->store = store;
	r->ref = ref;
	r->segments = store_segment_count(store);
	r->notes = memory_clear(r->segments, sizeof *r->notes);
	r->place = memory_alloc(memory_multiply(shapes, sizeof *r->place));
	for (uint32_t i = 0; i < shapes; i++)
		r->place[i] = columns_place(store, i, ref);
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
	free(r->place);
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

/* TEXT must stay; a number's bytes are followed by what is none. */
static uint32_t add_text(struct rank *r, struct span text, bool number)
{
	if (r->count == r->capacity) {
		r->capacity = memory_grown(r->capacity, r->count + 1,
					   sizeof *r->text);
		r->text = memory_resize(r->text, r->capacity,
					sizeof *r->text);
	}
	r->text[r->count] = (struct text){text, 0, number};
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

uint32_t rank_value(const struct rank *r, struct store_event e)
{
	const struct segment *s = store_segment(r->store, e.segment);
	const struct segment_event *event = segment_event(s, e.index);
	uint32_t place = r->place[event->shape], value = VALUES_NONE;

	if (place == COLUMNS_NOWHERE)
		return RANK_NONE;
	if (place < COLUMNS_ASK)
		value = ((const uint32_t *)s->row.base)[event->first + place];
	if (value != VALUES_NONE && values_kind(&s->values, value) != SCAN_NULL)
		return value;
	switch (columns_values(r->store, e, r->ref, &value, 1)) {
	case 0:
		return RANK_NONE;
	case SIZE_MAX:
		return RANK_MADE;
	default:
		return value;
	}
}

uint32_t rank_add(struct rank *r, struct store_event e, uint32_t value)
{
	struct first first = {r, RANK_NONE};

	if (value < RANK_MADE)
		return add_value(r, e.segment, value);
	if (value == RANK_MADE)
		columns_each(r->store, e, r->ref, add_first, &first);
	return first.number;
}

static int compare(const struct text *a, const struct text *b)
{
	struct decimal x, y;
	int order = 0;

	if (a->number && !span_equal(a->span, b->span) &&
	    decimal_parse(a->span, &x) && decimal_parse(b->span, &y))
		order = decimal_compare(&x, &y);
	return order ? order : span_compare(a->span, b->span);
}

/* Texts that are being sorted: of all of one kind those that are alike up to
 * byte AT. */
struct run {
	size_t from, to, at;
};

struct sorting {
	struct text *text;
	struct radix_item *item, *spare;        /* WHAT: the text's number */
	struct run *run;
	size_t runs, room;
};

static struct text *text_of(const struct sorting *s, size_t i)
{
	return &s->text[s->item[i].what];
}

/* Merges the sorted halves of FROM[0, n) into TO. */
static void merge(const struct text *text, const struct radix_item *from,
		  struct radix_item *to, size_t half, size_t n)
{
	size_t i = 0, j = half;

	for (size_t k = 0; k < n; k++)
		if (j == n || (i < half && compare(&text[from[i].what],
						   &text[from[j].what]) <= 0))
			to[k] = from[i++];
		else
			to[k] = from[j++];
}

/* By comparing, and ranks them. */
static void sort_few(struct sorting *s, struct run run)
{
	size_t n = run.to - run.from;
	struct radix_item *from = s->item + run.from;
	struct radix_item *to = s->spare + run.from;

	for (size_t width = 1; width < n; width *= 2) {
		struct radix_item *other = from;

		for (size_t i = 0; i < n; i += 2 * width) {
			size_t most = n - i < 2 * width ? n - i : 2 * width;

			merge(s->text, from + i, to + i,
			      most < width ? most : width, most);
		}
		from = to;
		to = other;
	}
	if (from != s->item + run.from)
		memcpy(s->item + run.from, from, n * sizeof *from);
	for (size_t i = run.from; i < run.to; i++)
		text_of(s, i)->rank =
			i > run.from &&
			compare(text_of(s, i - 1), text_of(s, i)) == 0
				? text_of(s, i - 1)->rank : (uint32_t)i;
}

static void sort_keys(struct sorting *s, struct run run)
{
	size_t n = run.to - run.from;
	struct radix_item *item = s->item + run.from;
	struct radix_item *sorted = radix_sort(item, s->spare + run.from, n);

	if (sorted != item)
		memcpy(item, sorted, n * sizeof *item);
}

/* STEP bytes from AT on, then how many are left there, or more: equal keys with
 * no more are of equal texts. */
enum { STEP = 7, MORE = STEP + 1 };

static uint64_t key_of(struct span text, size_t at)
{
	size_t left = text.n - at;
	uint64_t key = 0;

	for (size_t i = 0; i < STEP; i++)
		key = key << 8 |
		      (i < left ? (unsigned char)text.p[at + i] : 0);
	return key << 8 | (left < MORE ? left : MORE);
}

/* As doubles compare: those that differ may be equal, but never the wrong way
 * round. */
static uint64_t key_of_number(struct span text)
{
	double value = strtod(text.p, NULL);
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static void later(struct sorting *s, struct run run)
{
	if (s->runs == s->room) {
		s->room = memory_grown(s->room, s->runs + 1, sizeof run);
		s->run = memory_resize(s->run, s->room, sizeof run);
	}
	s->run[s->runs++] = run;
}

/* What has one key is sorted further, or ranked. */
static void part(struct sorting *s, struct run run, bool numbers)
{
	for (size_t i = run.from, end; i < run.to; i = end) {
		uint64_t key = s->item[i].key;

		for (end = i + 1; end < run.to && s->item[end].key == key;)
			end++;
		if (numbers && end - i > 1)
			sort_few(s, (struct run){i, end, 0});
		else if (!numbers && end - i > 1 && (key & 0xff) == MORE)
			later(s, (struct run){i, end, run.at + STEP});
		else
			for (size_t k = i; k < end; k++)
				text_of(s, k)->rank = (uint32_t)i;
	}
}

static void sort_numbers(struct sorting *s, size_t n)
{
	struct run all = {0, n, 0};

	for (size_t i = 0; i < n; i++)
		s->item[i].key = key_of_number(text_of(s, i)->span);
	sort_keys(s, all);
	part(s, all, true);
}

static void sort_texts(struct sorting *s, size_t from, size_t to)
{
	enum { FEW = 48 };

	later(s, (struct run){from, to, 0});
	while (s->runs > 0) {
		struct run run = s->run[--s->runs];

		if (run.to - run.from <= FEW) {
			sort_few(s, run);
			continue;
		}
		for (size_t i = run.from; i < run.to; i++)
			s->item[i].key = key_of(text_of(s, i)->span, run.at);
		sort_keys(s, run);
		part(s, run, false);
	}
}

void rank_sort(struct rank *r)
{
	struct sorting s = {.text = r->text};
	size_t numbers = 0, n = 0;

	for (size_t i = 0; i < r->count; i++)
		numbers += r->text[i].number;
	s.item = memory_alloc(memory_multiply(r->count, sizeof *s.item));
	s.spare = memory_alloc(memory_multiply(r->count, sizeof *s.spare));
	for (int kind = 1; kind >= 0; kind--)
		for (size_t i = 0; i < r->count; i++)
			if (r->text[i].number == kind)
				s.item[n++].what = i;
	sort_numbers(&s, numbers);
	sort_texts(&s, numbers, n);
	free(s.item);
	free(s.spare);
	free(s.run);
}

uint32_t rank_of(const struct rank *r, uint32_t number)
{
	return number == RANK_NONE ? RANK_NONE : r->text[number].rank;
}
