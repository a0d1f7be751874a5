/* Owns nothing: predicates and sets of events flow in, sets flow out. */
#include "query/narrow.h"

#include "base/memory.h"
#include "query/single.h"

/* One event in so many is the most that is asked for itself: a pass over all
 * values costs less than more of them. */
enum { ONE_IN = 64 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Behind a regex as a whole, or its last alternative, letters are one thing more
 * that has to be there; only an escape may go on with them, as `\x4` does. */
bool narrow_begins(const struct predicate *t)
{
	if (t->test != PREDICATE_MATCHES || t->spelling != PREDICATE_PLAIN)
		return false;
	for (size_t i = 0; i + 1 < t->value.n; i++)
		if (t->value.p[i] == '\\' && is_letter(t->value.p[i + 1]))
			return false;
	return true;
}

bool narrow_continues(const struct predicate *t, struct span key)
{
	if (!narrow_begins(t) || t->key.n <= key.n ||
	    !span_starts(t->key, key))
		return false;
	for (size_t i = key.n; i < t->key.n; i++)
		if (!is_letter(t->key.p[i]))
			return false;
	return true;
}

static uint64_t word_of(const struct term_set *set, size_t w)
{
	return set->yes[w] | (set->undecided ? set->undecided[w] : 0);
}

static bool are_few(const struct term_set *within, uint32_t events)
{
	size_t count = 0;

	for (size_t w = 0; w <= events / 64; w++)
		count += (size_t)__builtin_popcountll(word_of(within, w));
	return count <= events / ONE_IN;
}

/* One predicate that is asked of some events of a segment. */
struct narrowing {
	const struct predicate *predicate;
	const struct store *store;
	uint32_t segment, events;
	struct match_worker *worker;
	const atomic_bool *cancel;
	struct term_set *set;
};

static void ask(const struct narrowing *n, uint32_t event)
{
	struct single single = {.predicate = n->predicate,
				.worker = n->worker, .cancel = n->cancel};
	uint64_t bit = UINT64_C(1) << event % 64;

	single_ask(&single, n->store, (struct store_event){n->segment, event});
	single_free(&single);
	if (single.verdict == MATCH_YES)
		n->set->yes[event / 64] |= bit;
	if (single.verdict != MATCH_UNDECIDED)
		return;
	if (!n->set->undecided)
		n->set->undecided = memory_clear(n->events / 64 + 1,
						 sizeof(uint64_t));
	n->set->undecided[event / 64] |= bit;
}

static bool ask_all(const struct narrowing *n, const struct term_set *within)
{
	for (size_t w = 0; w <= n->events / 64; w++) {
		uint64_t left = word_of(within, w);

		for (; left; left &= left - 1)
			ask(n, (uint32_t)(w * 64) +
			       (uint32_t)__builtin_ctzll(left));
		if (n->cancel && atomic_load_explicit(n->cancel,
						      memory_order_relaxed))
			return false;
	}
	return true;
}

bool narrow_evaluate(const struct predicate *t, const struct term_set *within,
		     const struct store *store, uint32_t segment,
		     struct match_worker *worker, const atomic_bool *cancel,
		     struct term_set *set)
{
	struct predicate said = *t;
	struct narrowing n = {&said, store, segment,
			      store_segment(store, segment)->count, worker,
			      cancel, set};

	if (!within->yes || !are_few(within, n.events))
		return false;
	said.negated = false;
	*set = (struct term_set){memory_clear(n.events / 64 + 1,
					      sizeof(uint64_t)), NULL};
	if (ask_all(&n, within))
		return true;
	term_free(set);
	return false;
}
