/* Owns the counting of values: by number within a segment where a column's
 * values stand in the row, by text across segments and for all that is put
 * together. */
#include "write/tally.h"

#include "base/hash.h"
#include "base/memory.h"
#include "write/cell.h"
#include "write/tsv.h"

#include <stdlib.h>

enum { TALLY_FIRST = 1024, TALLY_CHUNK = 1 << 20, TALLY_POLL = 4096 };

struct entry {
	struct span text;
	uint64_t hash;
	uint64_t count;
	uint64_t event;         /* the last that counted, from 1 */
};

/* Texts that no segment holds. */
struct chunk {
	struct chunk *next;
	size_t used, size;
	char bytes[];
};

struct tally {
	const struct store *store;
	bool clear;
	struct entry *entry;
	size_t count, capacity;
	uint32_t *table;        /* entry number + 1; 0: free */
	size_t mask;
	struct chunk *chunks;
	uint32_t **by_number;   /* for each segment, or NULL */
	uint32_t segments;
	uint64_t event;         /* the present one, from 1 */
	struct buffer scratch;
};

static struct span keep(struct tally *t, struct span text)
{
	struct chunk *c = t->chunks;
	char *p;

	if (!c || c->size - c->used < text.n) {
		size_t size = text.n > TALLY_CHUNK ? text.n : TALLY_CHUNK;

		c = memory_alloc(memory_add(sizeof *c, size));
		*c = (struct chunk){.next = t->chunks, .size = size};
		t->chunks = c;
	}
	p = c->bytes + c->used;
	if (text.n)
		memcpy(p, text.p, text.n);
	c->used += text.n;
	return (struct span){p, text.n};
}

static void rehash(struct tally *t)
{
	size_t size = (t->mask + 1) * 2;

	free(t->table);
	t->table = memory_clear(size, sizeof *t->table);
	t->mask = size - 1;
	for (size_t i = 0; i < t->count; i++) {
		size_t at = t->entry[i].hash & t->mask;

		while (t->table[at])
			at = (at + 1) & t->mask;
		t->table[at] = (uint32_t)i + 1;
	}
}

/* The entry of TEXT, made when there is none; BORROWED text outlives the
 * tally. */
static struct entry *find(struct tally *t, struct span text, bool borrowed)
{
	uint64_t hash = hash_span(text);
	size_t at = hash & t->mask;

	for (; t->table[at]; at = (at + 1) & t->mask) {
		struct entry *e = &t->entry[t->table[at] - 1];

		if (e->hash == hash && span_equal(e->text, text))
			return e;
	}
	if (t->count == t->capacity) {
		if (t->count >= UINT32_MAX / 2)
			die("too many different values to count");
		t->capacity = memory_grown(t->capacity, t->count + 1,
					   sizeof *t->entry);
		t->entry = memory_resize(t->entry, t->capacity,
					 sizeof *t->entry);
	}
	t->entry[t->count] = (struct entry){
		.text = borrowed ? text : keep(t, text), .hash = hash};
	t->table[at] = (uint32_t)++t->count;
	if (t->count * 2 > t->mask)
		rehash(t);
	return &t->entry[t->count - 1];
}

/* TEXT occurs in the present event. */
static void meet(struct tally *t, struct span text)
{
	struct entry *e = find(t, text, false);

	if (e->event != t->event) {
		e->event = t->event;
		e->count++;
	}
}

static void meet_number(struct tally *t, uint32_t segment, uint32_t value)
{
	const struct values *v = &store_segment(t->store, segment)->values;
	uint32_t **numbers = &t->by_number[segment];

	if (!*numbers)
		*numbers = memory_clear(values_count(v), sizeof **numbers);
	++(*numbers)[values_place(v, value)];
}

static void add_number(struct tally *t, uint32_t segment, uint32_t value,
		       uint32_t count)
{
	bool secret = store_is_secret(value);
	struct span text = store_text(t->store, segment, value, &t->scratch);
	struct buffer clear = {0};

	if (secret && t->clear) {
		cell_clear_value(t->store, segment, value, text, &clear);
		text = buffer_span(&clear);
	}
	find(t, text, !secret)->count += count;
	buffer_wipe(&clear);
}

/* From numbers of segments to texts. */
static void merge(struct tally *t)
{
	static const uint32_t arenas[] = {VALUES_PLAIN, VALUES_ESCAPED,
					  VALUES_SECRET};

	for (uint32_t s = 0; s < t->segments; s++) {
		const struct values *v = &store_segment(t->store, s)->values;
		const uint32_t counts[] = {v->plain.count, v->escaped.count,
					   v->secret.count};
		const uint32_t *number = t->by_number[s];

		if (!number)
			continue;
		for (size_t a = 0; a < 3; a++)
			for (uint32_t i = 0; i < counts[a]; i++, number++)
				if (*number)
					add_number(t, s, arenas[a] | i,
						   *number);
		free(t->by_number[s]);
		t->by_number[s] = NULL;
	}
}

/* The texts of one field of one event. */
struct texts {
	struct tally *tally;
	uint32_t segment;
	struct buffer bytes;
	size_t *end;
	size_t count, capacity;
};

static bool add_text(void *context, struct span text, uint32_t value)
{
	struct texts *x = context;

	if (x->tally->clear)
		cell_clear_value(x->tally->store, x->segment, value, text,
				 &x->bytes);
	else
		buffer_add_span(&x->bytes, text);
	if (x->count == x->capacity) {
		x->capacity = memory_grown(x->capacity, x->count + 1,
					   sizeof *x->end);
		x->end = memory_resize(x->end, x->capacity, sizeof *x->end);
	}
	x->end[x->count++] = x->bytes.n;
	return true;
}

static struct span text_at(const struct texts *x, size_t i)
{
	size_t from = i ? x->end[i - 1] : 0;

	if (x->count == 0)
		return (struct span){"", 0};
	return (struct span){x->bytes.p + from, x->end[i] - from};
}

static void gather(struct tally *t, struct texts *x, struct store_event event,
		   const struct column_ref *ref)
{
	x->tally = t;
	x->segment = event.segment;
	x->count = 0;
	buffer_clear(&x->bytes);
	columns_each(t->store, event, ref, add_text, x);
}

/* One field; false when the event has none. */
static bool count_one(struct tally *t, struct texts *x,
		      struct store_event event, const struct column_ref *ref)
{
	uint32_t value;
	size_t n = columns_values(t->store, event, ref, &value, 1);

	if (n == 1 && value != VALUES_NONE) {
		meet_number(t, event.segment, value);
		return true;
	}
	if (n == 0)
		return false;
	gather(t, x, event, ref);
	for (size_t i = 0; i < x->count; i++)
		meet(t, text_at(x, i));
	return x->count > 0;
}

/* Several fields: every combination of their values. */
static bool count_combinations(struct tally *t, struct texts *x, size_t *at,
			       struct store_event event,
			       const struct column_ref *ref, size_t fields)
{
	size_t found = 0, f;

	for (f = 0; f < fields; f++) {
		gather(t, &x[f], event, &ref[f]);
		found += x[f].count;
		at[f] = 0;
	}
	if (!found)
		return false;
	do {
		buffer_clear(&t->scratch);
		for (f = 0; f < fields; f++) {
			if (f)
				buffer_add_byte(&t->scratch, '\t');
			tsv_cell(text_at(&x[f], at[f]), &t->scratch);
		}
		meet(t, buffer_span(&t->scratch));
		for (f = fields; f-- > 0 && ++at[f] >= x[f].count;)
			at[f] = 0;
	} while (f != SIZE_MAX);
	return true;
}

static int by_count(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return span_compare(x->text, y->text);
}

static void print(struct tally *t, struct sink *sink, size_t fields)
{
	if (t->count)
		qsort(t->entry, t->count, sizeof *t->entry, by_count);
	for (size_t i = 0; i < t->count; i++) {
		const struct entry *e = &t->entry[i];
		size_t from;

		buffer_printf(&sink->row, "%llu\t",
			      (unsigned long long)e->count);
		from = sink->row.n;
		if (fields == 1)
			tsv_cell(e->text, &sink->row);
		else
			buffer_add_span(&sink->row, e->text);
		sink_show(sink, from);
		buffer_add_byte(&sink->row, '\n');
		if (!sink_turn(sink))
			return;
	}
}

static void tally_free(struct tally *t)
{
	while (t->chunks) {
		struct chunk *next = t->chunks->next;

		free(t->chunks);
		t->chunks = next;
	}
	for (uint32_t s = 0; s < t->segments; s++)
		free(t->by_number[s]);
	free(t->by_number);
	free(t->entry);
	free(t->table);
	buffer_wipe(&t->scratch);
}

uint64_t tally_write(struct sink *sink, const struct store *store,
		     const struct run_result *result,
		     const struct column_ref *ref, size_t fields, bool clear)
{
	struct tally t = {.store = store, .clear = clear,
			  .mask = TALLY_FIRST - 1,
			  .segments = store_segment_count(store)};
	struct texts *x = memory_clear(fields, sizeof *x);
	size_t *at = memory_clear(fields, sizeof *at);
	uint64_t without = 0;

	t.table = memory_clear(TALLY_FIRST, sizeof *t.table);
	t.by_number = memory_clear(t.segments + 1u, sizeof *t.by_number);
	for (size_t i = 0; i < result->count; i++) {
		struct store_event event = result->events[i];

		if (i % TALLY_POLL == 0 && !sink_turn(sink))
			break;
		t.event = i + 1;
		without += fields == 1
			? !count_one(&t, x, event, ref)
			: !count_combinations(&t, x, at, event, ref, fields);
	}
	merge(&t);
	print(&t, sink, fields);
	for (size_t f = 0; f < fields; f++) {
		buffer_wipe(&x[f].bytes);
		free(x[f].end);
	}
	free(x);
	free(at);
	tally_free(&t);
	return without;
}
