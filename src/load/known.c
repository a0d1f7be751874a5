/* Owns the order of the store's files by name. */
#include "load/known.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct named {
	const char *name;
	uint32_t number;
	bool asked;
};

struct known {
	const struct store *store;
	struct named *file;     /* by name, then number */
	size_t count;
	size_t healed;          /* those before were looked at */
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
		k->file[i] = (struct named){
			store_file(store, i).name, i, false};
	qsort(k->file, k->count, sizeof *k->file, by_name);
	return k;
}

void known_free(struct known *k)
{
	if (k)
		free(k->file);
	free(k);
}

/* The first entry of that name that was not asked for, or NULL. */
static struct named *find(const struct known *k, const char *name)
{
	size_t low = 0, high = k->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(k->file[middle].name, name);

		if (order < 0 || (order == 0 && k->file[middle].asked))
			low = middle + 1;
		else
			high = middle;
	}
	return low < k->count && strcmp(k->file[low].name, name) == 0
		       ? &k->file[low] : NULL;
}

static bool is_same(const struct store_file *file, const struct input *input)
{
	struct input_file now;

	if (input->place == INPUT_BROKEN_FOLDER)
		return false;
	/* One that cannot be asked is as before. */
	if (!inputs_look(input, &now))
		return true;
	if (now.kind == INPUT_STREAM)
		return file->state != STORE_FILE_FAILED;
	return now.size == file->size && now.changed[0] == file->changed[0] &&
	       now.changed[1] == file->changed[1];
}

enum known_verdict known_ask(struct known *k, const struct input *input,
			     uint32_t *number)
{
	struct store_file file;
	struct named *named;

	if (input->place == INPUT_STANDARD || input->place == INPUT_TWICE)
		return KNOWN_SAME;
	named = find(k, input->path);
	if (!named)
		return KNOWN_NOT;
	named->asked = true;
	*number = named->number;
	file = store_file(k->store, named->number);
	return file.state != STORE_FILE_WAITING && is_same(&file, input)
		       ? KNOWN_SAME : KNOWN_CHANGED;
}

/* A folder is asked for only while it cannot be listed. */
bool known_healed(struct known *k, uint32_t *number)
{
	while (k->healed < k->count) {
		const struct named *named = &k->file[k->healed++];
		struct store_file file = store_file(k->store, named->number);
		const struct input input = {.path = file.name};
		struct input_file now;

		*number = named->number;
		if (!named->asked && file.state == STORE_FILE_FAILED &&
		    inputs_look(&input, &now))
			return true;
	}
	return false;
}
