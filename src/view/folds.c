/* A small hash table of paths.  Knows nothing of documents. */
#include "view/folds.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { LEVEL = 2 };

struct folds_entry {
	uint64_t path;          /* 0: free */
	bool folded;
};

static struct folds_entry *find(const struct folds *f, uint64_t path)
{
	size_t i = path & (f->capacity - 1);

	while (f->entries[i].path && f->entries[i].path != path)
		i = (i + 1) & (f->capacity - 1);
	return &f->entries[i];
}

bool folds_get(const struct folds *f, uint64_t path, unsigned depth)
{
	const struct folds_entry *entry = f->count ? find(f, path) : NULL;

	if (entry && entry->path)
		return entry->folded;
	return depth + 1 >= (f->level ? f->level : LEVEL);
}

static void grow(struct folds *f)
{
	struct folds old = *f;

	f->capacity = old.capacity ? old.capacity * 2 : 64;
	f->entries = memory_clear(f->capacity, sizeof(*f->entries));
	for (size_t i = 0; i < old.capacity; i++)
		if (old.entries[i].path)
			*find(f, old.entries[i].path) = old.entries[i];
	free(old.entries);
}

void folds_set(struct folds *f, uint64_t path, bool folded)
{
	struct folds_entry *entry;

	if (f->count * 2 >= f->capacity)
		grow(f);
	entry = find(f, path);
	f->count += entry->path == 0;
	*entry = (struct folds_entry){path, folded};
}

void folds_set_level(struct folds *f, unsigned level)
{
	folds_free(f);
	f->level = level;
}

void folds_free(struct folds *f)
{
	free(f->entries);
	*f = (struct folds){.level = f->level};
}

/* FNV-1a: paths are few, and a clash would only fold one node too many. */
static uint64_t mix(uint64_t hash, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
	return hash ? hash : 1;
}

uint64_t folds_path(uint64_t parent, const char *key, size_t n)
{
	return mix(mix(parent ^ 0xcbf29ce484222325u, ".", 1), key, n);
}

uint64_t folds_path_index(uint64_t parent, uint64_t index)
{
	char bytes[sizeof(index)];

	memcpy(bytes, &index, sizeof(index));
	return mix(mix(parent ^ 0xcbf29ce484222325u, "[", 1), bytes,
		   sizeof(bytes));
}
