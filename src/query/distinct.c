/* Owns the counts of each segment for itself, by the numbers of its values.
 * Texts are put together once per distinct value of a segment. */
#include "query/distinct.h"

#include "base/memory.h"
#include "query/eventset.h"
#include "query/unite.h"

#include <stdlib.h>

enum { MEMOS = 1 << 12 };

/* What was counted: by the numbers of a segment's values, or by texts. */
struct tally {
	struct distinct_value *value;
	uint32_t *last;                 /* event + 1 that counted last */
	uint32_t *number;               /* of the value in its segment */
	size_t count, capacity;
};

/* The text that was put together last of some values, by their numbers. */
struct memo {
	uint32_t from[COLUMNS_FIELDS];
	uint32_t number;                /* in the tally, plus one; 0: no text */
	bool set;
};

/* Of one segment.  Texts are compared only where an event has several. */
struct part {
	struct tally values;
	uint32_t *at;                   /* in it, plus one, by value */
	struct tally made;              /* its numbers are those of names */
	struct names *names;
	struct memo *memo;              /* MEMOS, or NULL */
	uint64_t without[2];            /* shown, all */
};

struct counting {
	const struct store *store;
	const struct column_ref *ref;
	const struct eventset *shown;
	uint32_t *place;                /* of the value, by shape */
	enum field from[COLUMNS_FIELDS];        /* of texts put together */
	size_t froms;
	struct part *part;              /* by segment */
	const atomic_bool *cancel;
};

/* An event while it is counted. */
struct meeting {
	const struct counting *c;
	struct part *part;
	struct store_event event;
	const struct segment_event *at;
	bool shown;
	bool any;                       /* it has a value */
	uint32_t met;                   /* the last text */
};

static uint32_t append(struct tally *t, uint32_t number)
{
	if (t->count == t->capacity) {
		t->capacity = memory_grown(t->capacity, t->count + 1,
					   sizeof *t->value);
		t->value = memory_resize(t->value, t->capacity,
					 sizeof *t->value);
		t->last = memory_resize(t->last, t->capacity,
					sizeof *t->last);
		t->number = memory_resize(t->number, t->capacity,
					  sizeof *t->number);
	}
	t->value[t->count] = (struct distinct_value){
		.first = STORE_NO_EVENT};
	t->last[t->count] = 0;
	t->number[t->count] = number;
	return (uint32_t)t->count++;
}

static void tally_free(struct tally *t)
{
	free(t->value);
	free(t->last);
	free(t->number);
}

static void meet(struct meeting *m, struct tally *t, uint32_t i)
{
	struct distinct_value *value = &t->value[i];

	m->any = true;
	if (t->last[i] == m->event.index + 1)
		return;
	t->last[i] = m->event.index + 1;
	value->all++;
	value->shown += m->shown;
	if (unite_is_earlier(m->c->store, m->at->time, m->event, value)) {
		value->first = m->event;
		value->time = m->at->time;
	}
}

static void meet_value(struct meeting *m, uint32_t value)
{
	struct part *p = m->part;
	const struct values *v = &store_segment(m->c->store,
						m->event.segment)->values;
	uint32_t *at;

	if (!p->at)
		p->at = memory_clear(values_count(v), sizeof *p->at);
	at = &p->at[values_place(v, value)];
	if (*at == 0)
		*at = append(&p->values, value) + 1;
	meet(m, &p->values, *at - 1);
}

static bool meet_text(void *context, struct span text, uint32_t value)
{
	struct meeting *m = context;
	struct part *p = m->part;
	uint32_t number;

	(void)value;
	if (!p->names)
		p->names = names_new(m->c->store);
	number = names_add(p->names, text);
	if (number == p->made.count)
		append(&p->made, number);
	meet(m, &p->made, number);
	m->met = number;
	return true;
}

static bool is_value(const struct meeting *m, uint32_t value)
{
	const struct values *v = &store_segment(m->c->store,
						m->event.segment)->values;

	return value != VALUES_NONE &&
	       (m->c->ref->column == COLUMN_PATH ||
		values_kind(v, value) != SCAN_NULL);
}

/* The memo of the event's text, or the one to be used for it. */
static struct memo *memo_of(const struct meeting *m, struct memo *want)
{
	const struct segment *s = store_segment(m->c->store, m->event.segment);
	const struct shape *shape = shapes_get(store_shapes(m->c->store),
					       m->at->shape);
	const uint32_t *row = segment_row(s, m->event.index);
	uint32_t hash = 0;

	*want = (struct memo){.set = true};
	for (size_t i = 0; i < m->c->froms; i++) {
		uint16_t slot = shape->field[m->c->from[i]];

		want->from[i] = slot == SHAPES_ABSENT ? VALUES_NONE
						      : row[slot];
		hash = (hash ^ want->from[i]) * UINT32_C(0x9e3779b1);
	}
	if (!m->part->memo)
		m->part->memo = memory_clear(MEMOS, sizeof *want);
	return &m->part->memo[hash >> 16 & (MEMOS - 1)];
}

static bool is_same(const struct memo *a, const struct memo *b)
{
	uint32_t differs = a->set != b->set;

	for (size_t i = 0; i < COLUMNS_FIELDS; i++)
		differs |= a->from[i] ^ b->from[i];
	return differs == 0;
}

/* Texts put together from the same values are the same. */
static void meet_made(struct meeting *m)
{
	const struct counting *c = m->c;
	struct memo want, *memo = memo_of(m, &want);

	if (is_same(memo, &want)) {
		if (memo->number)
			meet(m, &m->part->made, memo->number - 1);
		return;
	}
	columns_each(c->store, m->event, c->ref, meet_text, m);
	*memo = want;
	memo->number = m->any ? m->met + 1 : 0;
}

static void ask(struct meeting *m)
{
	const struct counting *c = m->c;
	uint32_t value;
	size_t n;

	if (c->froms > 0) {
		meet_made(m);
		return;
	}
	n = columns_values(c->store, m->event, c->ref, &value, 1);

	if (n == 1)
		meet_value(m, value);
	else if (n > 0)
		columns_each(c->store, m->event, c->ref, meet_text, m);
}

static void count_event(struct meeting *m, const uint32_t *row)
{
	const struct counting *c = m->c;
	uint32_t place = c->place[m->at->shape];

	m->any = false;
	if (place < COLUMNS_ASK && is_value(m, row[m->at->first + place]))
		meet_value(m, row[m->at->first + place]);
	else if (place != COLUMNS_NOWHERE)
		ask(m);
	m->part->without[0] += !m->any && m->shown;
	m->part->without[1] += !m->any;
}

/* A mask is a text that is put together: no segment has it. */
static void move_secret(const struct store *store, struct part *p,
			struct span mask, const struct distinct_value *value)
{
	uint32_t number = names_add(p->names, mask);

	if (number == p->made.count)
		append(&p->made, number);
	unite_values(store, &p->made.value[number], value);
}

static void set_text(struct distinct_value *value, struct span text)
{
	value->text = text;
	value->beginning = span_beginning(text);
}

/* What was counted of a segment gets its texts. */
static void add_texts(const struct counting *c, uint32_t segment)
{
	struct part *p = &c->part[segment];
	struct tally *t = &p->values;
	struct buffer scratch = {0};
	size_t kept = 0;

	if (!p->names)
		p->names = names_new(c->store);
	for (size_t i = 0; i < t->count; i++) {
		struct span text = store_text(c->store, segment, t->number[i],
					      &scratch);

		if (store_is_secret(t->number[i])) {
			move_secret(c->store, p, text, &t->value[i]);
			continue;
		}
		t->value[kept] = t->value[i];
		set_text(&t->value[kept++], text);
	}
	t->count = kept;
	for (size_t i = 0; i < p->made.count; i++)
		set_text(&p->made.value[i], names_text(p->names, (uint32_t)i));
	buffer_free(&scratch);
}

static void count_segment(void *context, size_t number)
{
	struct counting *c = context;
	uint32_t segment = (uint32_t)number;
	const struct segment *s = store_segment(c->store, segment);
	const struct segment_event *events = s->events.base;
	struct meeting m = {.c = c, .part = &c->part[number]};

	for (size_t w = 0; w * 64 < s->count; w++) {
		uint64_t here = eventset_present(c->store, segment, w);

		if (c->cancel && w % 16 == 0 && *c->cancel)
			return;
		for (; here; here &= here - 1) {
			uint32_t bit = (uint32_t)__builtin_ctzll(here);

			m.event = (struct store_event){
				segment, (uint32_t)(w * 64) + bit};
			m.at = &events[m.event.index];
			m.shown = c->shown->word[segment][w] >> bit & 1;
			count_event(&m, s->row.base);
		}
	}
	add_texts(c, segment);
}

static void unite(struct distinct *d, const struct counting *c,
		  struct jobs *jobs)
{
	uint32_t segments = c->shown->segments;
	struct unite_list *list = memory_clear(2 * (size_t)segments + 1,
					       sizeof *list);

	*d = (struct distinct){.segments = segments};
	d->texts = memory_clear(segments + 1u, sizeof(struct names *));
	for (uint32_t i = 0; i < segments; i++) {
		struct part *p = &c->part[i];

		list[2 * i] = (struct unite_list){p->values.value,
						  p->values.count};
		list[2 * i + 1] = (struct unite_list){p->made.value,
						      p->made.count};
		d->shown_without += p->without[0];
		d->all_without += p->without[1];
		d->texts[i] = p->names;
		p->names = NULL;
	}
	unite_lists(c->store, jobs, list, 2 * (size_t)segments, d);
	free(list);
}

/* Where no field is from which a text is put together, there is none. */
static uint32_t place_of(const struct counting *c, uint32_t number)
{
	struct shapes *shapes = store_shapes(c->store);
	bool any = c->froms == 0;

	for (size_t i = 0; i < c->froms; i++)
		any |= shapes_get(shapes, number)->field[c->from[i]] !=
		       SHAPES_ABSENT;
	return any ? columns_place(c->store, number, c->ref)
		   : COLUMNS_NOWHERE;
}

bool distinct_count(const struct store *store, struct jobs *jobs,
		    const struct column_ref *ref,
		    const struct store_event *shown, size_t shown_count,
		    const atomic_bool *cancel, struct distinct *d)
{
	struct eventset *set = eventset_new(store, shown, shown_count);
	uint32_t shapes = shapes_count(store_shapes(store));
	struct counting c = {.store = store, .ref = ref, .shown = set,
			     .cancel = cancel};
	bool done;

	c.froms = columns_made_from(ref, c.from);
	c.place = memory_alloc(memory_multiply(shapes, sizeof *c.place));
	c.part = memory_clear(set->segments, sizeof *c.part);
	for (uint32_t i = 0; i < shapes; i++)
		c.place[i] = place_of(&c, i);
	jobs_each(jobs, set->segments, count_segment, &c);
	done = !(cancel && *cancel);
	if (done)
		unite(d, &c, jobs);
	for (uint32_t s = 0; s < set->segments; s++) {
		tally_free(&c.part[s].values);
		tally_free(&c.part[s].made);
		free(c.part[s].at);
		free(c.part[s].memo);
		names_free(c.part[s].names);
	}
	free(c.part);
	free(c.place);
	eventset_free(set);
	return done;
}

void distinct_free(struct distinct *d)
{
	free(d->value);
	for (uint32_t i = 0; i < d->segments; i++)
		names_free(d->texts[i]);
	free(d->texts);
	*d = (struct distinct){.count = 0};
}
