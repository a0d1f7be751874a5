/* Owns what a predicate says of every value of a segment, while its rows are gone
 * along: most values hold nothing, and only an event with one that does is looked
 * at. */
#include "query/any.h"

#include "base/memory.h"
#include "query/hits.h"
#include "query/judge.h"

#include <stdlib.h>

/* Events are passed over so many at once. */
enum { POLL = 1024, EVENTS = 8 };

/* A bit for each value of the segment, by values_place. */
struct search {
	const struct predicate *term;
	const struct store *store;
	const struct segment *segment;
	uint32_t number;                /* of the segment */
	struct match_worker *worker;
	const atomic_bool *cancel;
	struct buffer scratch;
	uint64_t *yes, *undecided;
	size_t words;
};

static bool cancelled(const struct search *s)
{
	return s->cancel && atomic_load_explicit(s->cancel,
						 memory_order_relaxed);
}

static void put(uint64_t *bits, size_t i)
{
	bits[i / 64] |= UINT64_C(1) << i % 64;
}

static bool get(const uint64_t *bits, size_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

static void judge(struct search *s, size_t place, struct span text)
{
	switch (judge_text(s->term, s->worker, text, s->cancel)) {
	case MATCH_YES:
		put(s->yes, place);
		break;
	case MATCH_UNDECIDED:
		put(s->undecided, place);
		break;
	case MATCH_NO:
		break;
	}
}

/* The values [FIRST, FIRST + COUNT) of an arena. */
static bool judge_each(struct search *s, uint32_t first, uint32_t count)
{
	size_t place = values_place(&s->segment->values, first);

	for (uint32_t i = 0; i < count; i++) {
		if (i % POLL == 0 && cancelled(s))
			return false;
		judge(s, place + i, store_text(s->store, s->number, first + i,
					       &s->scratch));
	}
	return true;
}

/* What was found is only likely where a regex or a glance stands for another
 * test; then the test has the last word. */
static bool judge_found(struct search *s)
{
	for (size_t w = 0; w < s->words; w++) {
		uint64_t found = s->yes[w] | s->undecided[w];

		if (found && cancelled(s))
			return false;
		s->yes[w] = s->undecided[w] = 0;
		for (; found; found &= found - 1) {
			uint32_t i = (uint32_t)(w * 64) +
				     (uint32_t)__builtin_ctzll(found);

			judge(s, i, values_arena_text(
				&s->segment->values.plain, i));
		}
	}
	return true;
}

/* Plain values lie line by line and can be searched in blocks. */
static bool judge_plain(struct search *s)
{
	const struct values_arena *plain = &s->segment->values.plain;
	struct match_block block = {plain->bytes.base, plain->start.base, 0,
				    plain->count, s->yes, s->undecided};
	const struct predicate *t = s->term;

	if (!t->regex && t->test != PREDICATE_HOLDS)
		return judge_each(s, VALUES_PLAIN, plain->count);
	if (plain->count > 0 && t->regex &&
	    !match_block(t->regex, s->worker, &block, s->cancel))
		return false;
	if (t->four)
		network_glance(block.bytes, block.start, plain->count, false,
			       s->yes);
	if (t->six)
		network_glance(block.bytes, block.start, plain->count, true,
			       s->yes);
	return t->test == PREDICATE_MATCHES || judge_found(s);
}

static bool judge_values(struct search *s)
{
	const struct values *v = &s->segment->values;

	return judge_plain(s) &&
	       judge_each(s, VALUES_ESCAPED, v->escaped.count) &&
	       judge_each(s, VALUES_SECRET, v->secret.count);
}

/* As struct hits has them; NULL when there are none. */
static uint64_t *hits_of(const struct search *s)
{
	uint32_t plain = s->segment->values.plain.count;
	size_t count = values_count(&s->segment->values);
	uint64_t *bit = memory_clear(plain / 64u + 2, sizeof *bit);
	uint64_t some = 0, carry = 0;
	size_t i = plain;

	for (size_t w = 0; w <= plain / 64u; w++) {
		uint64_t found = s->yes[w] | s->undecided[w];

		some |= found;
		if (w == plain / 64u)
			found &= (UINT64_C(1) << plain % 64) - 1;
		bit[w] = found << 1 | carry;
		carry = found >> 63;
	}
	bit[plain / 64u + 1] = carry;
	for (size_t w = plain / 64u + 1; w < s->words; w++)
		some |= s->yes[w] | s->undecided[w];
	while (some && i < count && !get(s->yes, i) && !get(s->undecided, i))
		i++;
	if (i < count)
		put(bit, plain + 1);
	if (!some) {
		free(bit);
		bit = NULL;
	}
	return bit;
}

/* The derived values behind an event's slots are columns, not fields of the log:
 * `any field` does not look at them. */
static void find_event(const struct search *s, uint32_t event,
		       struct term_set *set)
{
	const struct values *v = &s->segment->values;
	const uint32_t *row = segment_row(s->segment, event);
	uint32_t slots = store_shape(s->store, (struct store_event){
		s->number, event})->slots;
	bool undecided = false;

	for (uint32_t i = 0; i < slots; i++) {
		size_t place = values_place(v, row[i]);

		if (get(s->yes, place)) {
			put(set->yes, event);
			return;
		}
		undecided |= get(s->undecided, place);
	}
	if (!undecided)
		return;
	if (!set->undecided)
		set->undecided = memory_clear(s->segment->count / 64u + 1,
					      sizeof(uint64_t));
	put(set->undecided, event);
}

static void find_events(const struct search *s, const struct hits *hits,
			struct term_set *set)
{
	const struct segment_event *events = s->segment->events.base;
	const uint32_t *row = s->segment->row.base;
	uint32_t count = s->segment->count;

	for (uint32_t i = 0, end; i < count; i = end) {
		end = count - i < EVENTS ? count : i + EVENTS;
		if (!hits_any(hits, row + events[i].first,
			      events[end].first - events[i].first))
			continue;
		for (uint32_t k = i; k < end; k++)
			if (hits_any(hits, row + events[k].first,
				     events[k + 1].first - events[k].first))
				find_event(s, k, set);
	}
}

bool any_segment(const struct predicate *term, const struct store *store,
		 uint32_t segment, struct match_worker *worker,
		 const atomic_bool *cancel, struct term_set *set)
{
	struct search s = {.term = term, .store = store,
			   .segment = store_segment(store, segment),
			   .number = segment, .worker = worker,
			   .cancel = cancel};
	struct hits hits = {NULL, s.segment->values.plain.count};
	uint64_t *bit = NULL;
	bool done;

	s.words = values_count(&s.segment->values) / 64 + 1;
	s.yes = memory_clear(s.words, sizeof *s.yes);
	s.undecided = memory_clear(s.words, sizeof *s.undecided);
	done = judge_values(&s);
	if (done)
		bit = hits_of(&s);
	hits.bit = bit;
	if (bit)
		find_events(&s, &hits, set);
	free(bit);
	free(s.yes);
	free(s.undecided);
	buffer_wipe(&s.scratch);
	return done && !cancelled(&s);
}
