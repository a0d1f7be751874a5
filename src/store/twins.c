/* Owns two tables of hashes: eventID to the first event that had it, and, only
 * for eventIDs met again, eventID with content to the event that stays.  The
 * content of an event is looked at only when eventIDs meet.  Equal hashes (64
 * bits, seeded) are taken for equal texts. */
#include "store/twins.h"

#include "base/hash.h"
#include "base/memory.h"
#include "json/decode.h"
#include "json/paths.h"

#include <stdlib.h>

struct entry {
	uint64_t hash;          /* 0: free */
	struct store_event event;
};

struct table {
	struct entry *entry;
	size_t size, count;
};

struct twins {
	struct table first;     /* by eventID */
	struct table kept;      /* by eventID and content */
	struct paths_walk walk;
	struct buffer path, text;
};

struct twins *twins_new(void)
{
	return memory_clear(1, sizeof(struct twins));
}

void twins_free(struct twins *t)
{
	if (!t)
		return;
	free(t->first.entry);
	free(t->kept.entry);
	buffer_free(&t->path);
	buffer_wipe(&t->text);
	free(t);
}

size_t twins_size(const struct twins *t)
{
	return (t->first.size + t->kept.size) * sizeof(struct entry);
}

/* Any size will do, so that the table grows by half and not to the double. */
static size_t home(const struct table *t, uint64_t hash)
{
	return (size_t)(((unsigned __int128)hash * t->size) >> 64);
}

static struct entry *probe(const struct table *t, uint64_t hash)
{
	size_t i = home(t, hash);

	while (t->entry[i].hash != 0 && t->entry[i].hash != hash)
		i = i + 1 == t->size ? 0 : i + 1;
	return &t->entry[i];
}

static void reserve(struct table *t, size_t more)
{
	size_t need = memory_add(t->count, more);
	struct table grown = {.count = t->count};

	if (need <= t->size / 5 * 4)
		return;
	grown.size = memory_grown(t->size, need + need / 4 + 16,
				  sizeof *grown.entry);
	grown.entry = memory_clear(grown.size, sizeof *grown.entry);
	for (size_t i = 0; i < t->size; i++)
		if (t->entry[i].hash != 0)
			*probe(&grown, t->entry[i].hash) = t->entry[i];
	free(t->entry);
	*t = grown;
}

/* The event under HASH; when there was none, E is put there and answered. */
static struct entry *find_or_put(struct table *t, uint64_t hash,
				 struct store_event e)
{
	struct entry *entry = probe(t, hash);

	if (entry->hash == 0) {
		entry->hash = hash;
		entry->event = e;
		t->count++;
	}
	return entry;
}

/* Strings that say the same are the same, however they are quoted. */
static enum scan_kind class_of(enum scan_kind kind)
{
	return kind == SCAN_STRING_SINGLE || kind == SCAN_STRING_OPEN
		? SCAN_STRING : kind;
}

static uint64_t value_hash(struct twins *t, const struct values *v,
			   uint32_t value)
{
	enum scan_kind kind = class_of(values_kind(v, value));
	struct span text = values_token(v, value);

	if (kind == SCAN_STRING) {
		buffer_clear(&t->text);
		decode_string(text, &t->text);
		text = buffer_span(&t->text);
	}
	return hash_pair(hash_span(text), (uint64_t)kind);
}

/* Keys are compared as they are spelt: an escape in a key makes a conflict, not
 * a duplicate, which hides nothing. */
static uint64_t content_hash(struct twins *t, const struct store *store,
			     struct store_event e)
{
	const struct segment *s = store_segment(store, e.segment);
	const uint32_t *row = segment_row(s, e.index);
	uint64_t sum = 1;
	enum paths_event event;

	paths_start(&t->walk, store_shape(store, e)->template);
	while ((event = paths_next(&t->walk)) != PATHS_END) {
		uint64_t value;

		if (event == PATHS_LEAF)
			value = value_hash(t, &s->values, row[t->walk.slot]);
		else if (event == PATHS_OBJECT || event == PATHS_ARRAY)
			value = (uint64_t)event;
		else
			continue;
		buffer_clear(&t->path);
		paths_text(&t->walk, &t->path);
		sum += hash_pair(hash_span(buffer_span(&t->path)), value);
	}
	return sum;
}

static uint64_t class_hash(uint64_t id, uint64_t content)
{
	uint64_t hash = hash_pair(id, content);

	return hash ? hash : 1;
}

static void meet(struct twins *t, struct store *store, uint64_t id,
		 struct store_event first, struct store_event e,
		 const struct twins_sink *sink)
{
	uint64_t first_class = class_hash(id, content_hash(t, store, first));
	uint64_t class = class_hash(id, content_hash(t, store, e));
	struct entry *entry;

	reserve(&t->kept, 2);
	entry = find_or_put(&t->kept, first_class, first);
	if (class != first_class) {
		sink->conflict(store, entry->event);
		entry = find_or_put(&t->kept, class, e);
		sink->conflict(store, entry->event);
	}
	if (entry->event.segment == e.segment && entry->event.index == e.index)
		return;
	if (store_compare(store, entry->event, e) < 0) {
		sink->drop(store, e, entry->event);
		return;
	}
	sink->drop(store, entry->event, e);
	entry->event = e;
}

void twins_add(struct twins *t, struct store *store, uint32_t segment,
	       const uint64_t *hash, uint32_t count,
	       const struct twins_sink *sink)
{
	enum { AHEAD = 8 };

	reserve(&t->first, count);
	for (uint32_t i = 0; i < count; i++) {
		struct store_event e = {segment, i};
		struct entry *entry;

		if (i + AHEAD < count)
			__builtin_prefetch(
				&t->first.entry[home(&t->first,
						     hash[i + AHEAD])]);
		if (hash[i] == 0)
			continue;
		entry = find_or_put(&t->first, hash[i], e);
		if (entry->event.segment != segment ||
		    entry->event.index != i)
			meet(t, store, hash[i], entry->event, e, sink);
	}
}
