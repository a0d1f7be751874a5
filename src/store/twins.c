/* Owns three tables of hashes: eventID to the first event that had it, and, only
 * for eventIDs met again, eventID to that event's content, and both together to
 * the event that stays.  The content of an event is looked at only when eventIDs
 * meet, and only once.  Equal hashes (64 bits, seeded) are taken for equal texts.
 */
#include "store/twins.h"

#include "base/hash.h"
#include "base/memory.h"
#include "json/decode.h"
#include "json/paths.h"

#include <stdlib.h>

struct entry {
	uint64_t hash;          /* 0: free */
	union {
		struct store_event event;
		uint64_t class;
	};
};

struct table {
	struct entry *entry;
	size_t size, count;
};

struct twins {
	struct table first;     /* by eventID */
	struct table class;     /* of the first, by eventID */
	struct table kept;      /* by eventID and content */
	struct paths_walk walk;
	uint64_t way[SCAN_DEPTH + 1];   /* hashes of the walk's containers */
	struct buffer text;
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
	free(t->class.entry);
	free(t->kept.entry);
	buffer_wipe(&t->text);
	free(t);
}

uint64_t twins_id(const struct values *v, uint32_t value)
{
	struct span text = {NULL, 0};

	if (value == VALUES_NONE)
		return 0;
	if ((value & VALUES_ARENA) == VALUES_SECRET)
		text = values_left(v, value);
	else if (values_kind(v, value) != SCAN_NULL)
		text = values_text(v, value);
	return text.n ? hash_span(text) | 1 : 0;
}

size_t twins_size(const struct twins *t)
{
	return (t->first.size + t->class.size + t->kept.size) *
	       sizeof(struct entry);
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

	if (kind == SCAN_STRING || kind == SCAN_RAW) {
		buffer_clear(&t->text);
		if (kind == SCAN_STRING)
			decode_string(text, &t->text);
		else
			scan_squeeze(text, &t->text);
		text = buffer_span(&t->text);
	}
	return hash_pair(hash_span(text), (uint64_t)kind);
}

/* Of the way to the walk's present thing.  Keys are compared as they are spelt:
 * an escape in a key makes a conflict, not a duplicate, which hides nothing. */
static uint64_t way_hash(const struct twins *t)
{
	const struct paths_step *step;
	uint64_t above;

	if (t->walk.depth == 0)
		return 1;
	step = &t->walk.steps[t->walk.depth - 1];
	above = t->way[t->walk.depth - 1];
	return step->key.p ? hash_pair(above, hash_span(step->key))
			   : hash_pair(~above, step->index);
}

static uint64_t content_hash(struct twins *t, const struct store *store,
			     struct store_event e)
{
	const struct segment *s = store_segment(store, e.segment);
	const uint32_t *row = segment_row(s, e.index);
	uint64_t sum = 1;
	enum paths_event event;

	paths_start(&t->walk, store_shape(store, e)->template);
	while ((event = paths_next(&t->walk)) != PATHS_END) {
		uint64_t way, value = (uint64_t)event;

		if (event == PATHS_CLOSE || event == PATHS_SKIPPED)
			continue;
		way = way_hash(t);
		if (event == PATHS_LEAF)
			value = value_hash(t, &s->values, row[t->walk.slot]);
		else
			t->way[t->walk.depth] = way;
		sum += hash_pair(way, value);
	}
	return sum;
}

static uint64_t class_hash(struct twins *t, const struct store *store,
			   uint64_t id, struct store_event e)
{
	uint64_t hash = hash_pair(id, content_hash(t, store, e));

	return hash ? hash : 1;
}

/* The class of the first event with this eventID, worked out when it meets its
 * second. */
static uint64_t class_of_first(struct twins *t, const struct store *store,
			       uint64_t id, struct store_event first)
{
	struct entry *entry;

	reserve(&t->class, 1);
	entry = probe(&t->class, id);
	if (entry->hash == 0) {
		entry->hash = id;
		entry->class = class_hash(t, store, id, first);
		t->class.count++;
	}
	return entry->class;
}

static void meet(struct twins *t, struct store *store, uint64_t id,
		 struct store_event first, struct store_event e,
		 const struct twins_sink *sink)
{
	uint64_t first_class = class_of_first(t, store, id, first);
	uint64_t class = class_hash(t, store, id, e);
	struct entry *entry;

	reserve(&t->kept, 2);
	entry = find_or_put(&t->kept, first_class, first);
	if (class != first_class) {
		sink->conflict(store, entry->event);
		entry = find_or_put(&t->kept, class, e);
		sink->conflict(store, entry->event);
	}
	if (store_same_event(entry->event, e))
		return;
	if (store_compare(store, entry->event, e) < 0) {
		sink->drop(store, e, entry->event);
		return;
	}
	sink->drop(store, entry->event, e);
	entry->event = e;
}

struct store_event twins_kept(struct twins *t, const struct store *store,
			      uint64_t id, struct store_event e)
{
	const struct entry *entry;
	uint64_t class;

	if (id == 0 || t->first.size == 0)
		return e;
	class = class_hash(t, store, id, e);
	entry = t->kept.size ? probe(&t->kept, class) : NULL;
	if (entry && entry->hash != 0)
		return entry->event;
	entry = probe(&t->first, id);
	return entry->hash != 0 &&
	       class_hash(t, store, id, entry->event) == class
		       ? entry->event : e;
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
