/* Owns a table of texts and how many events each was met in.  Paths are found
 * once per shape, values event by event. */
#include "query/complete.h"

#include "base/hash.h"
#include "base/memory.h"
#include "json/paths.h"
#include "query/words.h"

#include <stdlib.h>

enum { MOST = 20000, POLL = 4096 };

struct entry {
	size_t at, length;      /* in BYTES */
	uint64_t events;
	uint64_t last;          /* whom it was counted for last; from 1 */
};

struct tally {
	struct buffer bytes;
	struct entry *entry;
	size_t count, room;
	uint32_t *table;        /* number + 1; 0: free */
	size_t size;
	bool cut;
};

static struct span text_of(const struct tally *t, const struct entry *e)
{
	return (struct span){t->bytes.p + e->at, e->length};
}

static void grow(struct tally *t)
{
	free(t->table);
	t->size = t->size ? t->size * 2 : 256;
	t->table = memory_clear(t->size, sizeof *t->table);
	for (size_t i = 0; i < t->count; i++) {
		size_t at = hash_span(text_of(t, &t->entry[i])) &
			    (t->size - 1);

		while (t->table[at])
			at = (at + 1) & (t->size - 1);
		t->table[at] = (uint32_t)i + 1;
	}
}

static struct entry *add(struct tally *t, struct span text, size_t at)
{
	if (t->count == MOST) {
		t->cut = true;
		return NULL;
	}
	if (t->count == t->room) {
		t->room = memory_grown(t->room, t->count + 1,
				       sizeof *t->entry);
		t->entry = memory_resize(t->entry, t->room,
					 sizeof *t->entry);
	}
	t->entry[t->count] = (struct entry){t->bytes.n, text.n, 0, 0};
	buffer_add_span(&t->bytes, text);
	t->table[at] = (uint32_t)++t->count;
	return &t->entry[t->count - 1];
}

/* Counts EVENTS for the text, but once for each WHO. */
static void count(struct tally *t, struct span text, uint64_t events,
		  uint64_t who)
{
	struct entry *e = NULL;
	size_t at;

	if (t->count * 2 >= t->size)
		grow(t);
	for (at = hash_span(text) & (t->size - 1); t->table[at] && !e;) {
		e = &t->entry[t->table[at] - 1];
		if (!span_equal(text_of(t, e), text)) {
			e = NULL;
			at = (at + 1) & (t->size - 1);
		}
	}
	if (!e)
		e = add(t, text, at);
	if (!e || e->last == who)
		return;
	e->last = who;
	e->events += events;
}

static void tally_free(struct tally *t)
{
	buffer_free(&t->bytes);
	free(t->entry);
	free(t->table);
}

/* A text as a filter has it. */
static void add_written(struct span text, struct buffer *out)
{
	const char *end = text.p + text.n;
	bool plain = text.n > 0 && !memchr("\"/@(", text.p[0], 4) &&
		     words_value_end(text.p, end, WORDS_LISTED) == end &&
		     !memchr(text.p, '\\', text.n);

	for (size_t i = 0; plain && i < text.n; i++)
		plain = text.p[i] > ' ' && text.p[i] < 0x7f;
	if (plain)
		buffer_add_span(out, text);
	else
		words_quote(text, out);
}

static int by_events(const void *a, const void *b)
{
	const struct complete_item *x = a, *y = b;

	if (x->events != y->events)
		return x->events > y->events ? -1 : 1;
	return span_compare(x->raw, y->raw);
}

/* Takes what was counted as items; the texts as they are, then as written. */
static void take(struct tally *t, void (*write)(struct span, struct buffer *),
		 struct complete *c)
{
	size_t *end = memory_clear(t->count, sizeof *end);

	*c = (struct complete){.count = t->count, .cut = t->cut};
	c->item = memory_clear(t->count, sizeof *c->item);
	buffer_add_span(&c->bytes, buffer_span(&t->bytes));
	for (size_t i = 0; i < t->count; i++) {
		write(text_of(t, &t->entry[i]), &c->bytes);
		end[i] = c->bytes.n;
	}
	for (size_t i = 0; i < t->count; i++) {
		const struct entry *e = &t->entry[i];
		size_t from = i ? end[i - 1] : t->bytes.n;

		c->item[i].events = e->events;
		c->item[i].raw = (struct span){c->bytes.p + e->at, e->length};
		c->item[i].text = (struct span){c->bytes.p + from,
						end[i] - from};
	}
	free(end);
	tally_free(t);
}

static bool cancelled(const atomic_bool *cancel, uint32_t i)
{
	return cancel && i % POLL == 0 && *cancel;
}

/* The events of each shape, and of each column; false when cancelled. */
static bool count_shapes(const struct store *store, const atomic_bool *cancel,
			 uint64_t *shape, uint32_t shapes,
			 uint64_t column[COLUMN_COUNT])
{
	struct store_event e = STORE_NO_EVENT;
	uint32_t i = 0;

	while (store_next(store, &e)) {
		uint32_t number = segment_event(store_segment(store, e.segment),
						e.index)->shape;

		if (cancelled(cancel, i++))
			return false;
		if (number < shapes)
			shape[number]++;
		for (int k = 0; k < COLUMN_COUNT; k++) {
			struct column_ref ref = {.column = (enum column)k};

			if (k != COLUMN_RESOURCES && k != COLUMN_IOC)
				column[k] += columns_present(store, e, &ref);
		}
	}
	return true;
}

/* Elements of arrays are told apart by nothing. */
static void without_indexes(struct buffer *path)
{
	size_t n = 0;
	bool quoted = false;

	for (size_t i = 0; i < path->n; i++) {
		char c = path->p[i];

		quoted ^= c == '"' && (i == 0 || path->p[i - 1] != '\\');
		path->p[n++] = c;
		if (c == '[' && !quoted)
			while (i + 1 < path->n && path->p[i + 1] != ']')
				i++;
	}
	path->n = n;
}

static void count_paths(struct tally *t, struct span template, uint64_t events,
			uint64_t who)
{
	struct paths_walk walk;
	struct buffer path = {0};
	enum paths_event event;

	paths_start(&walk, template);
	while ((event = paths_next(&walk)) != PATHS_END) {
		if (event == PATHS_CLOSE || event == PATHS_SKIPPED ||
		    walk.depth == 0)
			continue;
		buffer_clear(&path);
		paths_text(&walk, &path);
		without_indexes(&path);
		count(t, buffer_span(&path), events, who);
	}
	buffer_free(&path);
}

/* Columns first, in their order of frequency. */
static void put_columns(struct complete *c, const uint64_t *column)
{
	struct complete_item *all;
	size_t n = 0;

	all = memory_clear(c->count + COLUMN_COUNT, sizeof *all);
	for (int k = 0; k < COLUMN_COUNT; k++)
		if (column[k] > 0)
			all[n++] = (struct complete_item){
				span_of(columns_info((enum column)k)->name),
				column[k],
				span_of(columns_info((enum column)k)->name)};
	qsort(all, n, sizeof *all, by_events);
	if (c->count > 0)
		memcpy(all + n, c->item, c->count * sizeof *all);
	free(c->item);
	c->item = all;
	c->count += n;
}

bool complete_fields(const struct store *store, const atomic_bool *cancel,
		     struct complete *c)
{
	uint32_t shapes = shapes_count(store_shapes(store));
	uint64_t *shape = memory_clear(shapes, sizeof *shape);
	uint64_t column[COLUMN_COUNT] = {0};
	struct tally t = {.cut = false};
	bool whole = count_shapes(store, cancel, shape, shapes, column);

	for (uint32_t i = 0; whole && i < shapes; i++)
		if (shape[i] > 0)
			count_paths(&t, shapes_get(store_shapes(store),
						   i)->template,
				    shape[i], i + 1);
	free(shape);
	if (!whole) {
		tally_free(&t);
		return false;
	}
	take(&t, columns_quote, c);
	if (c->count > 1)
		qsort(c->item, c->count, sizeof *c->item, by_events);
	put_columns(c, column);
	return true;
}

struct counting {
	struct tally tally;
	struct span head;
	uint64_t who;
};

static bool count_value(void *context, struct span text, uint32_t value)
{
	struct counting *k = context;
	struct span start = {text.p, text.n < k->head.n ? text.n : k->head.n};

	(void)value;
	if (span_equal_ignoring_case(start, k->head))
		count(&k->tally, text, 1, k->who);
	return true;
}

bool complete_values(const struct store *store, const struct column_ref *ref,
		     struct span head, const atomic_bool *cancel,
		     struct complete *c)
{
	struct counting k = {.head = head};
	struct store_event e = STORE_NO_EVENT;
	uint32_t i = 0;

	while (store_next(store, &e)) {
		if (cancelled(cancel, i++)) {
			tally_free(&k.tally);
			return false;
		}
		k.who++;
		columns_each(store, e, ref, count_value, &k);
	}
	take(&k.tally, add_written, c);
	if (c->count > 1)
		qsort(c->item, c->count, sizeof *c->item, by_events);
	return true;
}

void complete_free(struct complete *c)
{
	free(c->item);
	buffer_free(&c->bytes);
	*c = (struct complete){.count = 0};
}
