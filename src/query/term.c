/* Owns nothing between calls: values flow in from a segment, a set of events
 * flows out.  Values are judged once and remembered by their number while the
 * segment is gone through. */
#include "query/term.h"

#include "base/memory.h"
#include "query/judge.h"

#include <stdlib.h>

enum { MANY = 64, POLL = 1024 };

/* What is known of a value; 0: nothing yet. */
enum { KNOWN_NO = 1, KNOWN_YES = 2, KNOWN_UNDECIDED = 3 };

_Static_assert(MATCH_NO + 1 == KNOWN_NO && MATCH_YES + 1 == KNOWN_YES &&
	       MATCH_UNDECIDED + 1 == KNOWN_UNDECIDED, "the same order");

struct judge {
	const struct predicate *term;
	const struct store *store;
	const struct segment *segment;
	uint32_t number;                /* of the segment */
	struct match_worker *worker;
	const atomic_bool *cancel;
	struct buffer scratch;
	uint8_t *known[3];              /* by arena, by index */
	uint8_t *group;                 /* by columns_match_group */
	size_t groups;
	struct term_set *set;
};

static size_t words(uint32_t bits)
{
	return (size_t)bits / 64 + 1;
}

static void put(uint64_t *bits, uint32_t i)
{
	bits[i / 64] |= UINT64_C(1) << (i % 64);
}

static bool get(const uint64_t *bits, uint32_t i)
{
	return bits[i / 64] >> (i % 64) & 1;
}

static bool cancelled(const struct judge *j)
{
	return j->cancel && atomic_load_explicit(j->cancel,
						 memory_order_relaxed);
}

/* Verdicts as what is known: one more, so that 0 is free. */
static uint8_t known_text(const struct judge *j, struct span text)
{
	return (uint8_t)(judge_text(j->term, j->worker, text, j->cancel) + 1);
}

/* The verdict over several texts: one that holds is enough. */
struct verdict {
	const struct judge *judge;
	uint8_t known;
};

static bool judge_next(void *context, struct span text, uint32_t value)
{
	struct verdict *v = context;
	uint8_t known = known_text(v->judge, text);

	(void)value;
	if (known > v->known && v->known != KNOWN_YES)
		v->known = known;
	if (known == KNOWN_YES)
		v->known = KNOWN_YES;
	return v->known != KNOWN_YES;
}

static uint32_t arena_count(const struct values *v, uint32_t arena)
{
	return arena == 0 ? v->plain.count
			  : arena == 1 ? v->escaped.count : v->secret.count;
}

/* What the term says of a value of its field. */
static uint8_t judge_value(struct judge *j, uint32_t value)
{
	const struct values *values = &j->segment->values;
	uint32_t arena = (value & VALUES_ARENA) >> 30;
	struct verdict v = {j, KNOWN_NO};
	uint8_t *known;

	if (!j->known[arena])
		j->known[arena] = memory_clear(arena_count(values, arena), 1);
	known = &j->known[arena][value & VALUES_INDEX];
	if (*known)
		return *known;
	columns_match_texts(j->store, &j->term->field,
			    store_text(j->store, j->number, value,
				       &j->scratch), judge_next, &v);
	*known = v.known;
	return v.known;
}

/* Of an event whose texts are put together. */
static uint8_t judge_event(struct judge *j, struct store_event e)
{
	uint32_t group = columns_match_group(j->store, e, &j->term->field);
	struct verdict v = {j, KNOWN_NO};

	if (group < j->groups && j->group[group])
		return j->group[group];
	columns_match_each(j->store, e, &j->term->field, judge_next, &v);
	if (group >= j->groups && group < UINT16_MAX) {
		size_t groups = memory_grown(j->groups, group + 1, 1);

		j->group = memory_resize(j->group, groups, 1);
		memset(j->group + j->groups, 0, groups - j->groups);
		j->groups = groups;
	}
	if (group < j->groups)
		j->group[group] = v.known;
	return v.known;
}

static uint8_t judge_row(struct judge *j, struct store_event e)
{
	uint32_t few[MANY], *value = few;
	size_t n = columns_match_values(j->store, e, &j->term->field, few,
					MANY);
	uint8_t known = KNOWN_NO;

	if (n == SIZE_MAX)
		return judge_event(j, e);
	if (n > MANY) {
		value = memory_alloc(n * sizeof *value);
		columns_match_values(j->store, e, &j->term->field, value, n);
	}
	for (size_t i = 0; i < n && known != KNOWN_YES; i++) {
		uint8_t k = judge_value(j, value[i]);

		known = k == KNOWN_YES || k > known ? k : known;
	}
	if (value != few)
		free(value);
	return known;
}

static void note(struct judge *j, uint32_t event, uint8_t known)
{
	if (known == KNOWN_UNDECIDED) {
		if (!j->set->undecided)
			j->set->undecided = memory_clear(
				words(j->segment->count), sizeof(uint64_t));
		put(j->set->undecided, event);
	} else if (known == KNOWN_YES) {
		put(j->set->yes, event);
	}
}

/* What a predicate asks of each event for itself. */
static bool ask_event(const struct judge *j, struct store_event e)
{
	if (judge_by_time(j->term))
		return judge_time(j->term,
				  segment_event(j->segment, e.index)->time);
	if (j->term->test == PREDICATE_PRESENT)
		return columns_present(j->store, e, &j->term->field);
	return marks_hold(j->store, e, j->term->mark);
}

static bool evaluate_events(struct judge *j)
{
	for (uint32_t i = 0; i < j->segment->count; i++) {
		if (i % POLL == 0 && cancelled(j))
			return false;
		if (ask_event(j, (struct store_event){j->number, i}))
			put(j->set->yes, i);
	}
	return !cancelled(j);
}

static bool evaluate_field(struct judge *j)
{
	for (uint32_t i = 0; i < j->segment->count; i++) {
		if (i % POLL == 0 && cancelled(j))
			return false;
		note(j, i, judge_row(j, (struct store_event){j->number, i}));
	}
	return !cancelled(j);
}

/* Of which values the predicate holds, a set for each arena. */
struct value_set {
	uint64_t *yes[3];
	uint64_t *undecided[3];
	uint64_t *hit;          /* plain values in either */
	bool some;              /* any bit at all */
};

static void value_set_free(struct value_set *s)
{
	for (int a = 0; a < 3; a++) {
		free(s->yes[a]);
		free(s->undecided[a]);
	}
	free(s->hit);
}

static bool search_one_by_one(struct judge *j, struct value_set *s,
			      uint32_t arena)
{
	uint32_t count = arena_count(&j->segment->values, arena);

	for (uint32_t i = 0; i < count; i++) {
		uint8_t known;

		if (i % POLL == 0 && cancelled(j))
			return false;
		known = known_text(j, store_text(j->store, j->number,
						 arena << 30 | i,
						 &j->scratch));
		if (known == KNOWN_YES)
			put(s->yes[arena], i);
		else if (known == KNOWN_UNDECIDED)
			put(s->undecided[arena], i);
	}
	return true;
}

/* Of the values that match the regex of an address, those that do hold it. */
static bool confirm(struct judge *j, struct value_set *s)
{
	const struct values_arena *plain = &j->segment->values.plain;

	for (size_t w = 0; w < words(plain->count); w++) {
		uint64_t likely = s->yes[0][w] | s->undecided[0][w];

		s->yes[0][w] = s->undecided[0][w] = 0;
		if (likely && cancelled(j))
			return false;
		for (; likely; likely &= likely - 1) {
			uint32_t i = (uint32_t)(w * 64) +
				     (uint32_t)__builtin_ctzll(likely);

			if (known_text(j, values_arena_text(plain, i)) ==
			    KNOWN_YES)
				put(s->yes[0], i);
		}
	}
	return true;
}

/* Plain values lie line by line and can be searched in blocks. */
static bool search_plain(struct judge *j, struct value_set *s)
{
	const struct values_arena *plain = &j->segment->values.plain;
	struct match_block block = {plain->bytes.base, plain->start.base, 0,
				    plain->count, s->yes[0], s->undecided[0]};
	const struct predicate *t = j->term;

	if (!t->regex && t->test != PREDICATE_HOLDS)
		return search_one_by_one(j, s, 0);
	if (plain->count > 0 && t->regex &&
	    !match_block(t->regex, j->worker, &block, j->cancel))
		return false;
	if (t->test == PREDICATE_MATCHES)
		return true;
	if (t->four)
		network_glance(block.bytes, block.start, plain->count, false,
			       s->yes[0]);
	if (t->six)
		network_glance(block.bytes, block.start, plain->count, true,
			       s->yes[0]);
	return confirm(j, s);
}

static bool search_values(struct judge *j, struct value_set *s)
{
	const struct values *v = &j->segment->values;

	if (!search_plain(j, s) || !search_one_by_one(j, s, 1) ||
	    !search_one_by_one(j, s, 2))
		return false;
	for (uint32_t a = 0; a < 3; a++)
		for (size_t w = 0; w < words(arena_count(v, a)); w++)
			s->some |= s->yes[a][w] || s->undecided[a][w];
	for (size_t w = 0; w < words(v->plain.count); w++)
		s->hit[w] = s->yes[0][w] | s->undecided[0][w];
	return true;
}

static uint8_t known_value(const struct value_set *s, uint32_t value)
{
	uint32_t arena = value >> 30, index = value & VALUES_INDEX;

	/* VALUES_NONE has no arena. */
	if (arena > 2)
		return KNOWN_NO;
	if (get(s->yes[arena], index))
		return KNOWN_YES;
	return get(s->undecided[arena], index) ? KNOWN_UNDECIDED : KNOWN_NO;
}

/* The derived values behind an event's slots are columns, not fields of the
 * log: `any field` does not look at them. */
static uint8_t any_slot(const struct judge *j, const struct value_set *s,
			uint32_t event)
{
	const uint32_t *row = segment_row(j->segment, event);
	struct store_event e = {j->number, event};
	uint32_t slots = store_shape(j->store, e)->slots;
	uint8_t known = KNOWN_NO;

	for (uint32_t i = 0; i < slots && known != KNOWN_YES; i++) {
		uint8_t k = known_value(s, row[i]);

		known = k == KNOWN_YES || k > known ? k : known;
	}
	return known;
}

/* Runs along the rows of all events: most values hold nothing, and only an
 * event with one that does is looked at. */
static void find_events(struct judge *j, const struct value_set *s)
{
	const struct segment *segment = j->segment;
	const uint32_t *row = segment->row.base;
	const struct segment_event *events = segment->events.base;

	for (uint32_t i = 0; i < segment->count; i++) {
		uint32_t k = events[i].first, end = events[i + 1].first;
		bool hit = false;

		for (; k < end; k++) {
			uint32_t value = row[k];

			hit |= value < VALUES_ESCAPED
				? s->hit[value / 64] >> (value % 64) & 1
				: known_value(s, value) != KNOWN_NO;
		}
		if (hit)
			note(j, i, any_slot(j, s, i));
	}
}

static bool evaluate_any(struct judge *j)
{
	struct value_set s = {.some = false};
	bool done;

	for (uint32_t a = 0; a < 3; a++) {
		size_t n = words(arena_count(&j->segment->values, a));

		s.yes[a] = memory_clear(n, sizeof *s.yes[a]);
		s.undecided[a] = memory_clear(n, sizeof *s.undecided[a]);
	}
	s.hit = memory_clear(words(j->segment->values.plain.count),
			     sizeof *s.hit);
	done = search_values(j, &s);
	if (done && s.some)
		find_events(j, &s);
	value_set_free(&s);
	return done && !cancelled(j);
}

static bool evaluate(struct judge *j)
{
	const struct predicate *t = j->term;
	const char *path;

	if (judge_by_time(t) || t->test == PREDICATE_PRESENT ||
	    (t->test == PREDICATE_MARK && !marks_by_value(t->mark, &path)))
		return evaluate_events(j);
	return t->any ? evaluate_any(j) : evaluate_field(j);
}

bool term_evaluate(const struct predicate *term, const struct store *store,
		   uint32_t segment, struct match_worker *worker,
		   const atomic_bool *cancel, struct term_set *set)
{
	struct judge j = {.term = term, .store = store,
			  .segment = store_segment(store, segment),
			  .number = segment, .worker = worker,
			  .cancel = cancel, .set = set};
	bool done;

	*set = (struct term_set){memory_clear(words(j.segment->count),
					      sizeof(uint64_t)), NULL};
	done = evaluate(&j);
	for (int a = 0; a < 3; a++)
		free(j.known[a]);
	free(j.group);
	buffer_wipe(&j.scratch);
	if (!done)
		term_free(set);
	return done;
}

void term_free(struct term_set *set)
{
	free(set->yes);
	free(set->undecided);
	*set = (struct term_set){NULL, NULL};
}
