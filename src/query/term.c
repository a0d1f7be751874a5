/* Owns nothing between calls: values flow in from a segment, sets of events
 * flow out. */
#include "query/term.h"

#include "base/memory.h"
#include "query/judge.h"
#include "query/sweep.h"

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

static uint32_t arena_count(const struct values *v, uint32_t arena)
{
	return arena == 0 ? v->plain.count
			  : arena == 1 ? v->escaped.count : v->secret.count;
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

/* What the predicate says of every value of the segment. */
struct verdicts {
	uint8_t *known[3];      /* by arena, by index; 0 is KNOWN_NO */
	uint64_t *hit;          /* a bit for each plain value that is not 0, and
				   one behind them for all others */
	uint32_t plain;         /* values */
	bool some;              /* any bit at all */
};

static void verdicts_start(struct verdicts *v, const struct values *values)
{
	*v = (struct verdicts){.plain = values->plain.count};
	for (uint32_t a = 0; a < 3; a++)
		v->known[a] = memory_clear(arena_count(values, a), 1);
	v->hit = memory_clear(words(v->plain), sizeof *v->hit);
}

static void verdicts_free(struct verdicts *v)
{
	for (int a = 0; a < 3; a++)
		free(v->known[a]);
	free(v->hit);
}

static void learn(struct verdicts *v, uint32_t arena, uint32_t i,
		  uint8_t known)
{
	if (known == KNOWN_NO)
		return;
	v->known[arena][i] = known;
	v->some = true;
	put(v->hit, arena == 0 ? i : v->plain);
}

static bool search_one_by_one(struct judge *j, struct verdicts *v,
			      uint32_t arena)
{
	uint32_t count = arena_count(&j->segment->values, arena);

	for (uint32_t i = 0; i < count; i++) {
		if (i % POLL == 0 && cancelled(j))
			return false;
		learn(v, arena, i,
		      known_text(j, store_text(j->store, j->number,
					       arena << 30 | i,
					       &j->scratch)));
	}
	return true;
}

/* Sets of plain values as match_block fills them. */
struct found {
	uint64_t *yes, *undecided;
};

/* What was found is only likely where a regex or a glance stands for another
 * test; then the test has the last word. */
static bool take_found(struct judge *j, const struct found *found, bool sure,
		       struct verdicts *v)
{
	const struct values_arena *plain = &j->segment->values.plain;

	for (size_t w = 0; w < words(plain->count); w++) {
		uint64_t any = found->yes[w] | found->undecided[w];

		if (any && cancelled(j))
			return false;
		for (; any; any &= any - 1) {
			uint32_t i = (uint32_t)(w * 64) +
				     (uint32_t)__builtin_ctzll(any);
			uint8_t known = get(found->yes, i) ? KNOWN_YES
							   : KNOWN_UNDECIDED;

			if (!sure)
				known = known_text(j, values_arena_text(plain,
									i));
			learn(v, 0, i, known);
		}
	}
	return true;
}

/* Plain values lie line by line and can be searched in blocks. */
static bool search_plain(struct judge *j, const struct found *found,
			 struct verdicts *v)
{
	const struct values_arena *plain = &j->segment->values.plain;
	struct match_block block = {plain->bytes.base, plain->start.base, 0,
				    plain->count, found->yes,
				    found->undecided};
	const struct predicate *t = j->term;

	if (plain->count > 0 && t->regex &&
	    !match_block(t->regex, j->worker, &block, j->cancel))
		return false;
	if (t->four)
		network_glance(block.bytes, block.start, plain->count, false,
			       found->yes);
	if (t->six)
		network_glance(block.bytes, block.start, plain->count, true,
			       found->yes);
	return take_found(j, found, t->test == PREDICATE_MATCHES, v);
}

static bool search_values(struct judge *j, struct verdicts *v)
{
	size_t n = words(j->segment->values.plain.count);
	struct found found;
	bool done;

	if (!j->term->regex && j->term->test != PREDICATE_HOLDS)
		return search_one_by_one(j, v, 0);
	found = (struct found){memory_clear(n, sizeof *found.yes),
			       memory_clear(n, sizeof *found.undecided)};
	done = search_plain(j, &found, v);
	free(found.yes);
	free(found.undecided);
	return done;
}

/* The derived values behind an event's slots are columns, not fields of the log:
 * `any field` does not look at them. */
static uint8_t any_slot(const struct judge *j, const struct verdicts *v,
			uint32_t event)
{
	const uint32_t *row = segment_row(j->segment, event);
	struct store_event e = {j->number, event};
	uint32_t slots = store_shape(j->store, e)->slots;
	uint8_t known = KNOWN_NO;

	for (uint32_t i = 0; i < slots && known != KNOWN_YES; i++) {
		uint8_t k = v->known[row[i] >> 30][row[i] & VALUES_INDEX];

		known = k == KNOWN_YES || k > known ? k : known;
	}
	return known;
}

/* Runs along the rows of all events: most values hold nothing, and only an
 * event with one that does is looked at. */
static void find_events(struct judge *j, const struct verdicts *v)
{
	const struct segment *segment = j->segment;
	const uint32_t *row = segment->row.base;
	const struct segment_event *events = segment->events.base;

	for (uint32_t i = 0; i < segment->count; i++) {
		uint32_t k = events[i].first;
		/* Derived values that every event has are not looked at. */
		uint32_t end = events[i + 1].first - STORE_CERTIFICATES;
		uint64_t any = 0;

		for (; k < end; k++) {
			uint32_t at = row[k] < v->plain ? row[k] : v->plain;

			any |= v->hit[at / 64] >> (at % 64);
		}
		if (any & 1)
			note(j, i, any_slot(j, v, i));
	}
}

static bool evaluate_any(struct judge *j)
{
	struct verdicts v;
	bool done;

	verdicts_start(&v, &j->segment->values);
	done = search_values(j, &v) && search_one_by_one(j, &v, 1) &&
	       search_one_by_one(j, &v, 2);
	if (done && v.some)
		find_events(j, &v);
	verdicts_free(&v);
	return done && !cancelled(j);
}

/* All but what sweeps take. */
static bool evaluate(const struct predicate *term, const struct store *store,
		     uint32_t segment, struct match_worker *worker,
		     const atomic_bool *cancel, struct term_set *set)
{
	struct judge j = {.term = term, .store = store,
			  .segment = store_segment(store, segment),
			  .number = segment, .worker = worker,
			  .cancel = cancel, .set = set};
	const char *path;
	bool by_event = judge_by_time(term) ||
			term->test == PREDICATE_PRESENT ||
			(term->test == PREDICATE_MARK &&
			 !marks_by_value(term->mark, &path));
	bool done = by_event ? evaluate_events(&j) : evaluate_any(&j);

	buffer_wipe(&j.scratch);
	return done;
}

bool term_evaluate(const struct predicate *const *term, size_t count,
		   const struct store *store, uint32_t segment,
		   struct match_worker *worker, const atomic_bool *cancel,
		   struct term_set *set)
{
	const struct predicate **swept = memory_alloc(memory_multiply(
		count, sizeof(struct predicate *)));
	struct term_set *sets = memory_alloc(memory_multiply(count,
							     sizeof *sets));
	size_t n = 0;
	bool done = true;

	for (size_t i = 0; i < count; i++) {
		set[i] = (struct term_set){
			memory_clear(words(store_segment(store,
							 segment)->count),
				     sizeof(uint64_t)), NULL};
		if (!sweep_takes(term[i])) {
			done = done && evaluate(term[i], store, segment,
						worker, cancel, &set[i]);
			continue;
		}
		swept[n] = term[i];
		sets[n++] = set[i];
	}
	done = done && (n == 0 || sweep_segment(swept, n, store, segment,
						worker, cancel, sets));
	/* In the same order. */
	for (size_t i = 0, k = 0; i < count; i++)
		if (sweep_takes(term[i]))
			set[i] = sets[k++];
	for (size_t i = 0; i < count && !done; i++)
		term_free(&set[i]);
	free(swept);
	free(sets);
	return done;
}

void term_free(struct term_set *set)
{
	free(set->yes);
	free(set->undecided);
	*set = (struct term_set){NULL, NULL};
}
