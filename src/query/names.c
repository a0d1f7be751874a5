/* Owns a table of texts and two memories of value numbers: a small one, and,
 * while the events of one segment are read one after another, one of all its
 * plain values. */
#define _GNU_SOURCE
#include "query/names.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>

enum { FIRST = 16, MEMO = 1 << 10, CHUNK = 1 << 12, RUN = 1 << 10 };

struct name {
	struct span text;
	uint64_t hash;
};

struct memo {
	uint32_t segment, value, number;
};

struct chunk {
	struct chunk *next;
	size_t used, size;
	char bytes[];
};

struct names {
	const struct store *store;
	struct name *name;
	uint32_t count;
	size_t capacity;
	uint64_t *table;        /* number + 1 below the upper half of the
				   hash; 0: free */
	size_t mask;
	struct chunk *chunks;
	struct buffer scratch;
	struct memo *memo;              /* MEMO, made when first used */
	uint32_t segment;               /* of the last value */
	uint32_t run;                   /* values of it in a row */
	uint32_t *dense;                /* number + 1 of its plain values, or
					   NULL */
	size_t dense_room;
};

struct names *names_new(const struct store *store)
{
	struct names *n = memory_clear(1, sizeof *n);

	n->store = store;
	n->table = memory_clear(FIRST, sizeof *n->table);
	n->mask = FIRST - 1;
	return n;
}

void names_free(struct names *n)
{
	if (!n)
		return;
	while (n->chunks) {
		struct chunk *next = n->chunks->next;

		free(n->chunks);
		n->chunks = next;
	}
	free(n->name);
	free(n->table);
	free(n->memo);
	free(n->dense);
	buffer_free(&n->scratch);
	free(n);
}

static struct span keep(struct names *n, struct span text)
{
	struct chunk *c = n->chunks;
	char *p;

	if (!c || c->size - c->used < text.n) {
		size_t size = c && c->size < CHUNK << 6 ? c->size * 2 : CHUNK;

		if (size < text.n)
			size = text.n;

		c = memory_alloc(memory_add(sizeof *c, size));
		*c = (struct chunk){.next = n->chunks, .size = size};
		n->chunks = c;
	}
	p = c->bytes + c->used;
	if (text.n > 0)
		memcpy(p, text.p, text.n);
	c->used += text.n;
	return (struct span){p, text.n};
}

static uint64_t entry(uint64_t hash, uint32_t number)
{
	return (hash & ~(uint64_t)UINT32_MAX) | (number + 1u);
}

static void rehash(struct names *n)
{
	size_t size = (n->mask + 1) * 2;

	free(n->table);
	n->table = memory_clear(size, sizeof *n->table);
	n->mask = size - 1;
	for (uint32_t i = 0; i < n->count; i++) {
		size_t at = n->name[i].hash & n->mask;

		while (n->table[at])
			at = (at + 1) & n->mask;
		n->table[at] = entry(n->name[i].hash, i);
	}
}

/* The place in the table of TEXT, or where it is to go. */
static size_t place(const struct names *n, struct span text, uint64_t hash)
{
	size_t at = hash & n->mask;

	for (; n->table[at]; at = (at + 1) & n->mask)
		if ((n->table[at] ^ hash) >> 32 == 0 &&
		    span_equal(n->name[(uint32_t)n->table[at] - 1].text,
			       text))
			break;
	return at;
}

uint32_t names_find(const struct names *n, struct span text)
{
	return (uint32_t)n->table[place(n, text, hash_span(text))] - 1;
}

static uint32_t add(struct names *n, struct span text, bool borrow)
{
	uint64_t hash = hash_span(text);
	size_t at = place(n, text, hash);

	if (n->table[at])
		return (uint32_t)n->table[at] - 1;
	if (n->count == n->capacity) {
		n->capacity = memory_grown(n->capacity, n->count + 1u,
					   sizeof *n->name);
		n->name = memory_resize(n->name, n->capacity,
					sizeof *n->name);
	}
	n->name[n->count] = (struct name){
		borrow ? text : keep(n, text), hash};
	n->table[at] = entry(hash, n->count++);
	if ((size_t)n->count * 2 > n->mask)
		rehash(n);
	return n->count - 1;
}

uint32_t names_add(struct names *n, struct span text)
{
	return add(n, text, false);
}

static uint32_t look_up(struct names *n, uint32_t segment, uint32_t value)
{
	return add(n, store_text(n->store, segment, value, &n->scratch),
		   !store_is_secret(value));
}

static uint32_t through_memo(struct names *n, uint32_t segment,
			     uint32_t value)
{
	struct memo *memo;

	if (!n->memo) {
		n->memo = memory_alloc(MEMO * sizeof *n->memo);
		for (size_t i = 0; i < MEMO; i++)
			n->memo[i].value = VALUES_NONE;
	}
	memo = &n->memo[(value ^ value >> 10) % MEMO];
	if (memo->value != value || memo->segment != segment)
		*memo = (struct memo){segment, value,
				      look_up(n, segment, value)};
	return memo->number;
}

/* The segment is being read from front to back: remember all of it. */
static void start_dense(struct names *n, uint32_t segment)
{
	size_t count = store_segment(n->store, segment)->values.plain.count;

	if (count > n->dense_room) {
		n->dense = memory_resize(n->dense, count, sizeof *n->dense);
		n->dense_room = count;
	}
	if (count > 0)
		memset(n->dense, 0, count * sizeof *n->dense);
}

uint32_t names_value(struct names *n, uint32_t segment, uint32_t value)
{
	if (value == VALUES_NONE)
		return NAMES_NONE;
	if (n->segment != segment) {
		n->segment = segment;
		n->run = 0;
	}
	if (n->run < RUN && ++n->run == RUN)
		start_dense(n, segment);
	if (n->run < RUN || (value & VALUES_ARENA) != VALUES_PLAIN)
		return through_memo(n, segment, value);
	if (!n->dense[value])
		n->dense[value] = look_up(n, segment, value) + 1;
	return n->dense[value] - 1;
}

uint32_t names_count(const struct names *n)
{
	return n->count;
}

struct span names_text(const struct names *n, uint32_t number)
{
	return n->name[number].text;
}

static int by_text(const void *a, const void *b, void *names)
{
	const struct names *n = names;

	return span_compare(n->name[*(const uint32_t *)a].text,
			    n->name[*(const uint32_t *)b].text);
}

uint32_t *names_sorted(const struct names *n)
{
	uint32_t *order = memory_alloc(n->count * sizeof *order + 1);

	for (uint32_t i = 0; i < n->count; i++)
		order[i] = i;
	if (n->count > 1)
		qsort_r(order, n->count, sizeof *order, by_text, (void *)n);
	return order;
}
