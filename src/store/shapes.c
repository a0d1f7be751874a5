/* Owns the table of shapes.  A shape is written once, then published by a
 * release store into the hash table, so that finding one takes no lock. */
#include "store/shapes.h"

#include "base/hash.h"
#include "base/memory.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Chunk K holds FIRST << K shapes. */
enum { FIRST = 256, CHUNKS = 25 };

/* Open addressing; a slot holds the shape's number plus one.  A full table is
 * replaced by one of twice the size; old ones stay until the end, since a
 * reader may still be in one. */
struct table {
	struct table *older;
	size_t size;            /* a power of two */
	_Atomic uint32_t slot[];
};

struct shapes {
	uint32_t fields;
	_Atomic uint32_t count;
	_Atomic(struct table *) table;
	_Atomic(struct shape *) chunk[CHUNKS];
	pthread_mutex_t adding;
	_Atomic size_t bytes;
};

static struct table *table_new(size_t size, struct table *older)
{
	struct table *t = memory_clear(1, memory_add(
		sizeof *t, memory_multiply(size, sizeof t->slot[0])));

	t->size = size;
	t->older = older;
	return t;
}

struct shapes *shapes_new(uint32_t fields)
{
	struct shapes *s = memory_clear(1, sizeof *s);

	s->fields = fields;
	atomic_init(&s->table, table_new(1024, NULL));
	pthread_mutex_init(&s->adding, NULL);
	return s;
}

/* Where a shape is kept: in which chunk, and where in it. */
static size_t chunk_of(uint32_t number, size_t *index)
{
	uint64_t place = (uint64_t)number / FIRST + 1;
	unsigned k = 63u - (unsigned)__builtin_clzll(place);

	*index = number - (((size_t)FIRST << k) - FIRST);
	return k;
}

static struct shape *shape_at(const struct shapes *s, uint32_t number)
{
	size_t index, k = chunk_of(number, &index);

	return atomic_load_explicit(&s->chunk[k], memory_order_acquire) +
	       index;
}

void shapes_free(struct shapes *s)
{
	struct table *t, *older;

	if (!s)
		return;
	for (uint32_t i = 0; i < shapes_count(s); i++) {
		struct shape *shape = shape_at(s, i);

		free((char *)shape->template.p);
		free((uint16_t *)shape->field);
		free((uint8_t *)shape->rule);
	}
	for (size_t k = 0; k < CHUNKS; k++)
		free(s->chunk[k]);
	for (t = s->table; t; t = older) {
		older = t->older;
		free(t);
	}
	pthread_mutex_destroy(&s->adding);
	free(s);
}

uint64_t shapes_hash(struct span template)
{
	return hash_span(template);
}

static uint32_t find_in(const struct shapes *s, const struct table *t,
			struct span template, uint64_t hash)
{
	for (size_t i = hash & (t->size - 1);; i = (i + 1) & (t->size - 1)) {
		uint32_t number = atomic_load_explicit(&t->slot[i],
						       memory_order_acquire);
		const struct shape *shape;

		if (number == 0)
			return SHAPES_NONE;
		shape = shape_at(s, number - 1);
		if (shape->hash == hash &&
		    span_equal(shape->template, template))
			return number - 1;
	}
}

uint32_t shapes_find(struct shapes *s, struct span template, uint64_t hash)
{
	return find_in(s, atomic_load_explicit(&s->table,
					       memory_order_acquire),
		       template, hash);
}

static void table_put(struct table *t, uint64_t hash, uint32_t number)
{
	size_t i = hash & (t->size - 1);

	while (atomic_load_explicit(&t->slot[i], memory_order_relaxed) != 0)
		i = (i + 1) & (t->size - 1);
	atomic_store_explicit(&t->slot[i], number + 1, memory_order_release);
}

static void grow(struct shapes *s)
{
	struct table *old = s->table;
	struct table *t = table_new(memory_multiply(old->size, 2), old);

	for (uint32_t i = 0; i < s->count; i++)
		table_put(t, shape_at(s, i)->hash, i);
	atomic_store_explicit(&s->table, t, memory_order_release);
}

static void *copy(const void *p, size_t n)
{
	return p ? memcpy(memory_alloc(n), p, n) : NULL;
}

static uint32_t append(struct shapes *s, const struct shape *shape)
{
	uint32_t number = s->count;
	size_t fields = s->fields * sizeof *shape->field, index, k;
	struct shape *made;

	if (number >= SHAPES_NONE - 1)
		die("too many shapes: %u", number);
	k = chunk_of(number, &index);
	if (index == 0)
		atomic_store_explicit(&s->chunk[k],
				      memory_clear((size_t)FIRST << k,
						   sizeof *made),
				      memory_order_release);
	made = shape_at(s, number);
	*made = *shape;
	made->template.p = copy(shape->template.p, shape->template.n);
	made->field = copy(shape->field, fields);
	made->rule = copy(shape->rule, shape->slots);
	s->bytes += sizeof *made + shape->template.n + fields +
		    (shape->rule ? shape->slots : 0);
	return number;
}

uint32_t shapes_add(struct shapes *s, const struct shape *shape)
{
	uint32_t number;

	pthread_mutex_lock(&s->adding);
	number = shapes_find(s, shape->template, shape->hash);
	if (number == SHAPES_NONE) {
		if ((size_t)s->count * 2 >= ((struct table *)s->table)->size)
			grow(s);
		number = append(s, shape);
		table_put(s->table, shape->hash, number);
		atomic_store_explicit(&s->count, number + 1,
				      memory_order_release);
	}
	pthread_mutex_unlock(&s->adding);
	return number;
}

const struct shape *shapes_get(const struct shapes *s, uint32_t number)
{
	return shape_at(s, number);
}

uint32_t shapes_count(const struct shapes *s)
{
	return atomic_load_explicit(&s->count, memory_order_acquire);
}

size_t shapes_size(const struct shapes *s)
{
	return s->bytes;
}
