/* Owns indexes by their kind, and those that were replaced: readers may still
 * be at work with them. */
#include "store/indexes.h"

#include "base/memory.h"
#include "store/store.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct entry {
	const struct indexes_kind *kind;
	void *index;
	uint64_t version;       /* of the store, when it was made */
	bool old;               /* a newer one is there */
};

struct indexes {
	pthread_mutex_t lock;
	struct entry *entry;
	size_t count;
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
	free(x->entry);
	pthread_mutex_destroy(&x->lock);
	free(x);
}

static struct entry *add(struct indexes *x, struct entry entry)
{
	x->entry = memory_resize(x->entry, x->count + 1, sizeof *x->entry);
	x->entry[x->count] = entry;
	return &x->entry[x->count++];
}

static struct entry *find(struct indexes *x, const struct indexes_kind *kind)
{
	for (size_t i = 0; i < x->count; i++)
		if (x->entry[i].kind == kind && !x->entry[i].old)
			return &x->entry[i];
	return NULL;
}

const void *indexes_get(struct indexes *x, const struct store *store,
			const struct indexes_kind *kind)
{
	uint64_t version = store_version(store);
	struct entry *entry;
	const void *index;
	void *made;

	pthread_mutex_lock(&x->lock);
	entry = find(x, kind);
	if (!entry) {
		entry = add(x, (struct entry){
			kind, kind->make(store, NULL), version, false});
	} else if (entry->version < version) {
		made = kind->make(store, entry->index);
		entry->version = version;
		if (made != entry->index) {
			entry->old = true;
			entry = add(x, (struct entry){kind, made, version,
						      false});
		}
	}
	index = entry->index;
	pthread_mutex_unlock(&x->lock);
	return index;
}
