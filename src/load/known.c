/* Owns the order of the store's files by name. */
#include "load/known.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct named {
	const char *name;
	uint32_t number;
};

struct known {
	const struct store *store;
	struct named *file;     /* by name, then number */
	size_t count;
};

static int by_name(const void *a, const void *b)
{
	const struct named *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order : (one->number > other->number) -
			       (one->number < other->number);
}

struct known *known_new(const struct store *store)
{
	struct known *k = memory_clear(1, sizeof *k);

	k->store = store;
	k->count = store_file_count(store);
	k->file = memory_clear(k->count ? k->count : 1, sizeof *k->file);
	for (uint32_t i = 0; i < k->count; i++)
		k->file[i] = (struct named){store_file(store, i).name, i};
	qsort(k->file, k->count, sizeof *k->file, by_name);
	return k;
}

void known_free(struct known *k)
{
	if (k)
		free(k->file);
	free(k);
}

/* The latest entry of that name, or NULL. */
static const struct named *find(const struct known *k, const char *name)
{
	size_t low = 0, high = k->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(k->file[middle].name, name) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && strcmp(k->file[low - 1].name, name) == 0
		       ? &k->file[low - 1] : NULL;
}

bool known_has(const struct known *k, const struct input *input)
{
	const struct named *named;
	struct store_file file;
	struct stat status;

	if (input->place == INPUT_STANDARD || input->place == INPUT_TWICE)
		return true;
	named = find(k, input->path);
	if (!named)
		return false;
	file = store_file(k->store, named->number);
	if (file.state == STORE_FILE_SKIPPED ||
	    file.state == STORE_FILE_DIGEST)
		return true;
	/* One that cannot be asked is as before. */
	if (stat(input->path, &status) != 0)
		return true;
	return S_ISREG(status.st_mode)
		       ? (uint64_t)status.st_size == file.bytes_in
		       : file.state != STORE_FILE_WAITING;
}
