/* Owns marks and notes, and the lock around them.  They are few: one is looked
 * for by its hash, and no entry ever goes. */
#include "store/notes.h"

#include "base/hash.h"
#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>

struct entry {
	struct span id, text;           /* owned */
	uint64_t hash;
	bool marked;
	int64_t mark_when, text_when;
};

struct notes {
	pthread_rwlock_t lock;          /* of all below */
	struct entry *entry;
	size_t count, capacity;
	uint32_t *table;                /* entry number + 1; 0: free */
	size_t mask;
	int64_t latest;                 /* WHEN of all */
};

enum { NOTES_FIRST = 64 };

struct notes *notes_new(void)
{
	struct notes *n = memory_clear(1, sizeof *n);

	pthread_rwlock_init(&n->lock, NULL);
	n->table = memory_clear(NOTES_FIRST, sizeof *n->table);
	n->mask = NOTES_FIRST - 1;
	n->latest = INT64_MIN;
	return n;
}

static void free_span(struct span s)
{
	free((char *)s.p);
}

static struct span copy_span(struct span s)
{
	return (struct span){memory_copy(s.p, s.n), s.n};
}

void notes_free(struct notes *n)
{
	for (size_t i = 0; i < n->count; i++) {
		free_span(n->entry[i].id);
		free_span(n->entry[i].text);
	}
	free(n->entry);
	free(n->table);
	pthread_rwlock_destroy(&n->lock);
	free(n);
}

/* The place of ID in the table, or the free one that it would have. */
static uint32_t *place(const struct notes *n, struct span id, uint64_t hash)
{
	size_t at = hash & n->mask;

	for (; n->table[at]; at = (at + 1) & n->mask) {
		const struct entry *e = &n->entry[n->table[at] - 1];

		if (e->hash == hash && span_equal(e->id, id))
			break;
	}
	return &n->table[at];
}

static struct entry *find(const struct notes *n, struct span id)
{
	uint32_t number;

	if (n->count == 0)
		return NULL;
	number = *place(n, id, hash_span(id));
	return number ? &n->entry[number - 1] : NULL;
}

static void grow(struct notes *n)
{
	n->mask = n->mask * 2 + 1;
	free(n->table);
	n->table = memory_clear(n->mask + 1, sizeof *n->table);
	for (size_t i = 0; i < n->count; i++)
		*place(n, n->entry[i].id, n->entry[i].hash) =
			(uint32_t)i + 1;
}

static struct entry *find_or_add(struct notes *n, struct span id,
				 int64_t when)
{
	uint64_t hash = hash_span(id);
	uint32_t *number = place(n, id, hash);

	if (when > n->latest)
		n->latest = when;
	if (*number)
		return &n->entry[*number - 1];
	if (n->count == n->capacity) {
		n->capacity = memory_grown(n->capacity, n->count + 1,
					   sizeof *n->entry);
		n->entry = memory_resize(n->entry, n->capacity,
					 sizeof *n->entry);
	}
	n->entry[n->count] = (struct entry){
		.id = copy_span(id), .text = copy_span(SPAN("")),
		.hash = hash, .mark_when = INT64_MIN, .text_when = INT64_MIN};
	*number = (uint32_t)++n->count;
	if (n->count * 2 > n->mask)
		grow(n);
	return &n->entry[n->count - 1];
}

void notes_mark(struct notes *n, struct span id, bool marked, int64_t when)
{
	struct entry *e;

	pthread_rwlock_wrlock(&n->lock);
	e = find_or_add(n, id, when);
	if (when >= e->mark_when) {
		e->marked = marked;
		e->mark_when = when;
	}
	pthread_rwlock_unlock(&n->lock);
}

void notes_write(struct notes *n, struct span id, struct span text,
		 int64_t when)
{
	struct entry *e;

	pthread_rwlock_wrlock(&n->lock);
	e = find_or_add(n, id, when);
	if (when >= e->text_when) {
		free_span(e->text);
		e->text = copy_span(text);
		e->text_when = when;
	}
	pthread_rwlock_unlock(&n->lock);
}

int64_t notes_when(struct notes *n, int64_t now)
{
	int64_t latest;

	pthread_rwlock_rdlock(&n->lock);
	latest = n->latest;
	pthread_rwlock_unlock(&n->lock);
	return now > latest ? now : latest + 1;
}

static bool is_marked(const struct entry *e)
{
	return e->marked || e->text.n > 0;
}

bool notes_marked(struct notes *n, struct span id)
{
	const struct entry *e;
	bool marked;

	pthread_rwlock_rdlock(&n->lock);
	e = find(n, id);
	marked = e && is_marked(e);
	pthread_rwlock_unlock(&n->lock);
	return marked;
}

bool notes_text(struct notes *n, struct span id, struct buffer *out)
{
	const struct entry *e;
	bool found;

	pthread_rwlock_rdlock(&n->lock);
	e = find(n, id);
	found = e && e->text.n > 0;
	if (found)
		buffer_add_span(out, e->text);
	pthread_rwlock_unlock(&n->lock);
	return found;
}

void notes_count(struct notes *n, size_t *marked, size_t *noted)
{
	*marked = *noted = 0;
	pthread_rwlock_rdlock(&n->lock);
	for (size_t i = 0; i < n->count; i++) {
		*marked += is_marked(&n->entry[i]);
		*noted += n->entry[i].text.n > 0;
	}
	pthread_rwlock_unlock(&n->lock);
}
