/* Looks for keys that stand twice in one object.  Walks a template once; owns
 * hashes of the keys of what is open, and compares those of an object when it
 * closes.  Knows no values. */
#include "json/repeats.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "json/decode.h"
#include "json/paths.h"

#include <stdint.h>
#include <stdlib.h>

struct keys {
	uint64_t *hash;
	size_t count, room;
	size_t start[SCAN_DEPTH + 1];   /* of what is open at each depth */
};

static void add_key(struct keys *k, const struct paths_step *step)
{
	struct buffer decoded = {0};
	struct span key = step->key;

	if (k->count == k->room) {
		k->room = memory_grown(k->room, k->count + 1, sizeof *k->hash);
		k->hash = memory_resize(k->hash, k->room, sizeof *k->hash);
	}
	if (step->escaped) {
		decode_string(key, &decoded);
		key = buffer_span(&decoded);
	}
	k->hash[k->count++] = hash_bytes(key.p, key.n);
	buffer_free(&decoded);
}

static int by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Forgets the keys from START on; whether two of them are equal. */
static bool close_object(struct keys *k, size_t start)
{
	bool repeats = false;

	if (k->count - start > 1)
		qsort(k->hash + start, k->count - start, sizeof *k->hash,
		      by_number);
	for (size_t i = start + 1; i < k->count && !repeats; i++)
		repeats = k->hash[i] == k->hash[i - 1];
	k->count = start;
	return repeats;
}

bool repeats_some_key(struct span template)
{
	struct paths_walk *w = memory_alloc(sizeof *w);
	struct keys k = {.count = 0};
	enum paths_event event;
	bool found = false;

	paths_start(w, template);
	while (!found && (event = paths_next(w)) != PATHS_END) {
		if (event == PATHS_CLOSE)
			found = close_object(&k, k.start[w->depth]);
		if (event == PATHS_CLOSE || event == PATHS_SKIPPED)
			continue;
		if (w->depth > 0 && w->steps[w->depth - 1].key.p)
			add_key(&k, &w->steps[w->depth - 1]);
		k.start[w->depth] = k.count;
	}
	free(k.hash);
	free(w);
	return found;
}
