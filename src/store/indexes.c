/* Owns indexes by their kind, and those that were replaced: readers may still
 * be at work with them. */
#include "store/indexes.h"

#include "base/memory.h"
#include "store/store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { KINDS = 8 };

/* Written under the lock, read without: the version last. */
struct entry {
	const struct indexes_kind *kind;
	void *_Atomic index;
	_Atomic uint64_t version;       /* of the store, when it was made */
};

struct replaced {
	const struct indexes_kind *kind;
	void *index;
};

struct indexes {
	pthread_mutex_t lock;
	struct entry entry[KINDS];
	_Atomic size_t count;
	struct replaced *replaced;
	size_t replacements;
};

struct indexes *indexes_new(void)
{
	struct indexes *x = memory_clear(1, sizeof *x);

	pthread_mutex_init(&x->lock, NULL);
	return x;
}

void indexes_free(struct indexes *x)
{
	for (size_t i = 0; i < x->count; i++)
		x->entry[i].kind->free(x->entry[i].index);
	for (size_t i = 0; i < x->replacements; i++)
		x->replaced[i].kind->free(x->replaced[i].index);
	free(x->replaced);
	pthread_mutex_destroy(&x->lock);
	free(x);
}

static struct entry *find(struct indexes *x, const struct indexes_kind *kind)
{
	size_t count = atomic_load_explicit(&x->count, memory_order_acquire);

	for (size_t i = 0; i < count; i++)
		if (x->entry[i].kind == kind)
			return &x->entry[i];
	return NULL;
}

static void renew(struct indexes *x, const struct store *store,
		  const struct indexes_kind *kind, uint64_t version)
{
	struct entry *e = find(x, kind);
	void *before = e ? e->index : NULL;
	void *made = kind->make(store, before);

	if (!e) {
		if (x->count == KINDS)
			die("too many kinds of indexes");
		e = &x->entry[x->count];
		e->kind = kind;
	} else if (made != before) {
		x->replaced = memory_resize(x->replaced, x->replacements + 1,
					    sizeof *x->replaced);
		x->replaced[x->replacements++] = (struct replaced){kind,
								   before};
	}
	atomic_store(&e->index, made);
	atomic_store(&e->version, version);
	if (!before)
		atomic_fetch_add(&x->count, 1);
}

const void *indexes_get(struct indexes *x, const struct store *store,
			const struct indexes_kind *kind)
{
	uint64_t version = store_version(store);
	struct entry *e = find(x, kind);

	if (e && atomic_load_explicit(&e->version, memory_order_acquire) >=
			 version)
		return e->index;
	pthread_mutex_lock(&x->lock);
	e = find(x, kind);
	if (!e || e->version < version)
		renew(x, store, kind, version);
	pthread_mutex_unlock(&x->lock);
	return find(x, kind)->index;
}
