/* Owns the list of segments, the marks that come from joining events, the file
 * table and the problems.  Segments flow in from loader threads, which take
 * turns at the lock; readers take no lock for events and values. */
#include "store/store.h"

#include "base/memory.h"
#include "json/decode.h"
#include "store/again.h"
#include "store/files.h"
#include "store/masks.h"
#include "store/places.h"
#include "store/tags.h"
#include "store/tally.h"
#include "store/told.h"
#include "store/twins.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct store {
	struct shapes *shapes;
	struct notes *notes;
	struct digests *digests;
	struct places places;
	_Atomic uint32_t count;
	_Atomic uint64_t version;
	_Atomic uint32_t finished;      /* how often; 0: it is not now */
	struct store_masks masks;
	struct indexes *indexes;
	const struct needles *indicators;
	const struct store_remarks *remarks;

	pthread_mutex_t publishing;     /* of the next five; takes long */
	struct twins *twins;
	struct again *again;
	uint32_t id;                    /* the field of eventIDs */
	uint32_t times;                 /* that loading was over */
	struct store_counts coming;     /* of the segment that is published */

	pthread_mutex_t lock;           /* of all below; never for long */
	struct tags *_Atomic tags;
	struct tags **retired;          /* older ones, until the end */
	size_t retired_count;
	struct files files;
	struct told *told;
	struct store_counts counts;
	size_t twins_memory;
};

static struct place *place_of(const struct store *store, uint32_t segment)
{
	return places_at(&store->places, segment);
}

static const char *no_name(uint32_t rule)
{
	(void)rule;
	return "secret";
}

static bool no_size(uint32_t rule)
{
	(void)rule;
	return false;
}

struct store *store_new(uint32_t fields)
{
	struct store *store = memory_clear(1, sizeof *store);

	store->shapes = shapes_new(fields);
	store->notes = notes_new();
	store->digests = digests_new();
	store->twins = twins_new();
	store->again = again_new();
	store->told = told_new();
	store->masks = (struct store_masks){no_name, no_size, false};
	store->counts = tally_none();
	store->indexes = indexes_new();
	pthread_mutex_init(&store->publishing, NULL);
	pthread_mutex_init(&store->lock, NULL);
	return store;
}

void store_free(struct store *store)
{
	if (!store)
		return;
	places_free(&store->places, store->count);
	for (size_t i = 0; i < store->retired_count; i++)
		tags_free(store->retired[i]);
	tags_free(store->tags);
	free(store->retired);
	again_free(store->again);
	twins_free(store->twins);
	shapes_free(store->shapes);
	notes_free(store->notes);
	digests_free(store->digests);
	files_free(&store->files);
	told_free(store->told);
	indexes_free(store->indexes);
	pthread_mutex_destroy(&store->publishing);
	pthread_mutex_destroy(&store->lock);
	free(store);
}

struct shapes *store_shapes(const struct store *store)
{
	return store->shapes;
}

struct notes *store_notes(const struct store *store)
{
	return store->notes;
}

struct digests *store_digests(const struct store *store)
{
	return store->digests;
}

uint32_t store_segment_count(const struct store *store)
{
	return atomic_load_explicit(&store->count, memory_order_acquire);
}

const struct segment *store_segment(const struct store *store,
				    uint32_t number)
{
	return place_of(store, number)->segment;
}

uint64_t store_version(const struct store *store)
{
	return atomic_load_explicit(&store->version, memory_order_acquire);
}

bool store_dropped(const struct store *store, struct store_event e)
{
	return bits_get(&place_of(store, e.segment)->dropped, e.index);
}

uint64_t store_dropped_word(const struct store *store, uint32_t segment,
			    uint32_t word)
{
	return bits_word(&place_of(store, segment)->dropped, word);
}

static uint64_t id_of(const struct store *store, struct store_event e)
{
	return twins_id(&store_segment(store, e.segment)->values,
			store_field(store, e, store->id));
}

struct store_event store_kept(const struct store *store, struct store_event e)
{
	pthread_mutex_t *publishing = &((struct store *)store)->publishing;

	if (e.segment == STORE_NO_EVENT.segment || !store_dropped(store, e))
		return e;
	/* Nobody waits for a key because of it: there will be another answer. */
	if (pthread_mutex_trylock(publishing) != 0)
		return e;
	e = twins_kept(store->twins, store, id_of(store, e), e);
	pthread_mutex_unlock(publishing);
	return e;
}

bool store_conflict(const struct store *store, struct store_event e)
{
	return bits_get(&place_of(store, e.segment)->conflict, e.index);
}

static const struct segment_event *event_of(const struct store *store,
					    struct store_event e)
{
	return segment_event(store_segment(store, e.segment), e.index);
}

bool store_unverified(const struct store *store, struct store_event e)
{
	return store_file(store, event_of(store, e)->input).unverified;
}

size_t store_place_of(const struct store_event *events, size_t count,
		      struct store_event event)
{
	size_t i = 0;

	while (i < count && !store_same_event(events[i], event))
		i++;
	return i;
}

int store_compare(const struct store *store, struct store_event a,
		  struct store_event b)
{
	const struct segment_event *x = event_of(store, a);
	const struct segment_event *y = event_of(store, b);

	if (x->input != y->input)
		return x->input < y->input ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

bool store_next(const struct store *store, struct store_event *e)
{
	uint32_t count = store_segment_count(store);

	if (e->segment == UINT32_MAX)
		*e = (struct store_event){0, 0};
	else
		e->index++;
	for (; e->segment < count; e->segment++, e->index = 0)
		for (; e->index < store_segment(store, e->segment)->count;
		     e->index++)
			if (!store_dropped(store, *e))
				return true;
	return false;
}

static void mark_conflict(struct store *store, struct store_event e)
{
	struct place *place = place_of(store, e.segment);

	if (!bits_get(&place->conflict, e.index))
		store->coming.conflicts++;
	bits_set(&place->conflict, e.index, place->segment->count, true);
}

static void mark_dropped(struct store *store, struct store_event e,
			 struct store_event kept)
{
	struct place *place = place_of(store, e.segment);

	if (bits_get(&place->conflict, e.index)) {
		bits_set(&place->conflict, e.index, place->segment->count,
			false);
		store->coming.conflicts--;
		mark_conflict(store, kept);
	}
	bits_set(&place->dropped, e.index, place->segment->count, true);
	store->coming.duplicates++;
	tally_event(&store->coming, event_of(store, e), false);
	pthread_mutex_lock(&store->lock);
	tally_dropped(&store->counts,
		      &store->files.file[event_of(store, e)->input]);
	pthread_mutex_unlock(&store->lock);
}

/* Counts events, and joins those that are not gone.  HASH of their eventIDs. */
static void join(struct store *store, uint32_t number, const uint64_t *hash)
{
	static const struct twins_sink sink = {mark_dropped, mark_conflict};
	struct place *place = place_of(store, number);
	uint32_t count = place->segment->count;
	uint64_t *joined = memory_alloc(memory_multiply(count, sizeof *hash));

	for (uint32_t i = 0; i < count; i++) {
		bool gone = again_gone(store->again,
				       (struct store_event){number, i});

		joined[i] = gone ? 0 : hash[i];
		if (gone)
			bits_set(&place->dropped, i, count, true);
		else
			tally_event(&store->coming,
				    segment_event(place->segment, i), true);
	}
	twins_add(store->twins, store, number, joined, count, &sink);
	free(joined);
}

void store_take_segment(struct store *store, struct segment *segment,
			const uint64_t *event_id)
{
	uint32_t number;

	if (segment->count == 0) {
		segment_free(segment);
		return;
	}
	pthread_mutex_lock(&store->publishing);
	store->coming = tally_none();
	store->coming.memory = segment_size(segment);
	number = store->count;
	places_put(&store->places, number, segment);
	for (uint32_t i = 0; i < segment->count; i++)
		again_repeats(store->again, store,
			      (struct store_event){number, i});
	join(store, number, event_id);
	pthread_mutex_lock(&store->lock);
	tally_add(&store->counts, &store->coming);
	store->twins_memory = twins_size(store->twins);
	atomic_store_explicit(&store->count, number + 1,
			      memory_order_release);
	atomic_fetch_add(&store->version, 1);
	pthread_mutex_unlock(&store->lock);
	pthread_mutex_unlock(&store->publishing);
}

uint32_t store_add_file(struct store *store, const char *name)
{
	uint32_t number;

	pthread_mutex_lock(&store->lock);
	number = files_add(&store->files, name);
	pthread_mutex_unlock(&store->lock);
	return number;
}

void store_open_again(struct store *store, uint32_t input)
{
	pthread_mutex_lock(&store->publishing);
	again_open(store->again, store, input);
	pthread_mutex_unlock(&store->publishing);
}

void store_set_file(struct store *store, uint32_t input,
		    const struct store_file *file)
{
	bool whole = file->state != STORE_FILE_PARTLY &&
		     file->state != STORE_FILE_FAILED;

	again_close(store->again, input, whole);
	pthread_mutex_lock(&store->lock);
	files_set(&store->files, input, file, &store->counts);
	atomic_fetch_add(&store->version, 1);
	pthread_mutex_unlock(&store->lock);
}

void store_take_problem(struct store *store,
			const struct store_problem *problem)
{
	pthread_mutex_lock(&store->lock);
	told_add(store->told, problem);
	if (problem->excerpt)
		store->counts.memory += strlen(problem->excerpt) + 1;
	pthread_mutex_unlock(&store->lock);
}

/* Readers of the tables below share the lock; the store itself is theirs to
 * read only. */
static void hold(const struct store *store)
{
	pthread_mutex_lock(&((struct store *)store)->lock);
}

static void release(const struct store *store)
{
	pthread_mutex_unlock(&((struct store *)store)->lock);
}

uint32_t store_file_count(const struct store *store)
{
	size_t n;

	hold(store);
	n = store->files.count;
	release(store);
	return (uint32_t)n;
}

struct store_file store_file(const struct store *store, uint32_t input)
{
	struct store_file file;

	hold(store);
	file = store->files.file[input];
	release(store);
	return file;
}

size_t store_problem_count(const struct store *store)
{
	size_t n;

	hold(store);
	n = told_count(store->told);
	release(store);
	return n;
}

struct store_problem store_problem(const struct store *store, size_t i)
{
	struct store_problem problem;

	hold(store);
	problem = told_get(store->told, i);
	release(store);
	return problem;
}

void store_counts(const struct store *store, struct store_counts *c)
{
	hold(store);
	*c = store->counts;
	c->problems = told_count(store->told);
	c->memory += told_size(store->told);
	c->memory += shapes_size(store->shapes) + store->twins_memory;
	c->files = store->files.count;
	release(store);
}

/* All that was found out of events that meet, once more without those that are
 * gone. */
static void judge(struct store *store)
{
	pthread_mutex_lock(&store->lock);
	files_undrop(&store->files, &store->counts);
	pthread_mutex_unlock(&store->lock);
	twins_free(store->twins);
	store->twins = twins_new();
	store->coming = tally_none();
	for (uint32_t s = 0; s < store->count; s++) {
		struct place *place = place_of(store, s);
		uint32_t count = place->segment->count;
		uint64_t *hash = memory_alloc(memory_multiply(count,
							      sizeof *hash));

		bits_clear(&place->dropped, count);
		bits_clear(&place->conflict, count);
		for (uint32_t i = 0; i < count; i++)
			hash[i] = id_of(store, (struct store_event){s, i});
		join(store, s, hash);
		free(hash);
	}
	pthread_mutex_lock(&store->lock);
	tally_forget(&store->counts);
	tally_add(&store->counts, &store->coming);
	store->twins_memory = twins_size(store->twins);
	pthread_mutex_unlock(&store->lock);
}

void store_finish(struct store *store)
{
	const struct segment **segments;
	struct tags *tags;

	pthread_mutex_lock(&store->publishing);
	if (again_settle(store->again, store))
		judge(store);
	segments = memory_clear(store->count, sizeof *segments);
	for (uint32_t i = 0; i < store->count; i++)
		segments[i] = store_segment(store, i);
	tags = tags_new(segments, store->count);
	free(segments);
	pthread_mutex_lock(&store->lock);
	told_withdraw(store->told, store->again);
	told_sort(store->told);
	if (store->tags) {
		store->retired = memory_resize(store->retired,
					       store->retired_count + 1,
					       sizeof(struct tags *));
		store->retired[store->retired_count++] = store->tags;
	}
	store->tags = tags;
	store->finished = ++store->times;
	atomic_fetch_add(&store->version, 1);
	pthread_mutex_unlock(&store->lock);
	pthread_mutex_unlock(&store->publishing);
}

void store_resume(struct store *store, uint32_t id)
{
	store->id = id;
	again_start(store->again, store);
	told_start(store->told);
	store->finished = 0;
	atomic_fetch_add(&store->version, 1);
}

uint32_t store_finished(const struct store *store)
{
	return store->finished;
}

const void *store_index(const struct store *store,
			const struct indexes_kind *kind)
{
	return indexes_get(store->indexes, store, kind);
}

void store_set_indicators(struct store *store, const struct needles *needles)
{
	store->indicators = needles;
}

const struct needles *store_indicators(const struct store *store)
{
	return store->indicators;
}

void store_set_remarks(struct store *store, const struct store_remarks *r)
{
	store->remarks = r;
}

const struct store_remarks *store_remarks(const struct store *store)
{
	return store->remarks;
}

void store_set_masks(struct store *store, struct store_masks masks)
{
	store->masks = masks;
}

struct span store_text(const struct store *store, uint32_t segment,
		       uint32_t value, struct buffer *scratch)
{
	if (!store_is_secret(value))
		return values_text(&store_segment(store, segment)->values,
				   value);
	buffer_clear(scratch);
	masks_write(&store->masks, store->tags,
		    &store_segment(store, segment)->values, segment, value,
		    scratch);
	return buffer_span(scratch);
}

struct span store_token(const struct store *store, uint32_t segment,
			uint32_t value, struct buffer *scratch)
{
	struct buffer text = {0};

	if (store_is_secret(value)) {
		struct span shown = store_text(store, segment, value, &text);

		buffer_clear(scratch);
		decode_quote(shown, scratch);
	} else {
		buffer_clear(scratch);
		store_clear_token(store, segment, value, scratch);
	}
	buffer_free(&text);
	return buffer_span(scratch);
}

void store_clear_token(const struct store *store, uint32_t segment,
		       uint32_t value, struct buffer *out)
{
	const struct values *v = &store_segment(store, segment)->values;

	scan_token_text(values_kind(v, value), values_token(v, value), out);
}

bool store_is_partly_secret(const struct store *store, uint32_t segment,
			    uint32_t value)
{
	return store_is_secret(value) &&
	       values_partly(&store_segment(store, segment)->values, value);
}

const struct shape *store_shape(const struct store *store,
				struct store_event e)
{
	return shapes_get(store->shapes, event_of(store, e)->shape);
}

uint32_t store_field(const struct store *store, struct store_event e,
		     uint32_t field)
{
	uint16_t slot = store_shape(store, e)->field[field];

	return slot == SHAPES_ABSENT ? VALUES_NONE
				     : store_slot(store, e, slot);
}

uint32_t store_derived(const struct store *store, struct store_event e,
		       uint32_t which)
{
	const struct segment *s = store_segment(store, e.segment);
	uint32_t slots = store_shape(store, e)->slots;

	return slots + which < segment_row_length(s, e.index)
		? segment_row(s, e.index)[slots + which] : VALUES_NONE;
}

uint32_t store_certificates(const struct store *store, struct store_event e)
{
	const struct segment *s = store_segment(store, e.segment);
	uint32_t behind = store_shape(store, e)->slots + STORE_CERTIFICATES;

	return segment_row_length(s, e.index) - behind;
}
