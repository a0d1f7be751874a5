/* Owns the sets of events that predicates held for, by the predicates' keys,
 * segment by segment: a segment never changes, so neither does its set. */
#include "query/run.h"

#include "base/memory.h"
#include "query/eventset.h"
#include "query/expression.h"
#include "query/gather.h"
#include "query/narrow.h"
#include "query/sweep.h"

#include <pthread.h>
#include <stdlib.h>

enum { KEPT_TERMS = 32 };

struct kept {
	char *text;
	size_t length;
	struct term_set *set;           /* by segment; yes == NULL: not yet */
	uint32_t segments;
	uint64_t used;                  /* when, in queries */
	const void *joined_by;          /* what joined events then */
	bool begins;                    /* a pattern that letters behind it
					   only narrow */
};

struct run_cache {
	struct kept **kept;
	size_t count;
	uint64_t queries;
	uint32_t finished;              /* the store was, so tags are final */
	pthread_mutex_t lock;           /* of the workers */
	struct match_worker **worker;
	size_t workers, worker_room;
};

struct run_cache *run_cache_new(void)
{
	struct run_cache *c = memory_clear(1, sizeof *c);

	pthread_mutex_init(&c->lock, NULL);
	return c;
}

static void kept_free(struct kept *k)
{
	for (uint32_t i = 0; i < k->segments; i++)
		term_free(&k->set[i]);
	free(k->set);
	free(k->text);
	free(k);
}

/* Forgets what was used longest ago until MOST are left. */
static void forget(struct run_cache *c, size_t most)
{
	while (c->count > most) {
		size_t oldest = 0;

		for (size_t i = 1; i < c->count; i++)
			if (c->kept[i]->used < c->kept[oldest]->used)
				oldest = i;
		kept_free(c->kept[oldest]);
		c->kept[oldest] = c->kept[--c->count];
	}
}

void run_cache_free(struct run_cache *c)
{
	if (!c)
		return;
	forget(c, 0);
	free(c->kept);
	for (size_t i = 0; i < c->workers; i++)
		match_worker_free(c->worker[i]);
	free(c->worker);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

static struct match_worker *borrow_worker(struct run_cache *c)
{
	struct match_worker *worker = NULL;

	pthread_mutex_lock(&c->lock);
	if (c->workers > 0)
		worker = c->worker[--c->workers];
	pthread_mutex_unlock(&c->lock);
	return worker ? worker : match_worker_new();
}

static void return_worker(struct run_cache *c, struct match_worker *worker)
{
	pthread_mutex_lock(&c->lock);
	if (c->workers == c->worker_room) {
		c->worker_room = memory_grown(c->worker_room, c->workers + 1,
					      sizeof(struct match_worker *));
		c->worker = memory_resize(c->worker, c->worker_room,
					  sizeof(struct match_worker *));
	}
	c->worker[c->workers++] = worker;
	pthread_mutex_unlock(&c->lock);
}

/* The sets of a term, kept from an earlier query or new. */
static struct kept *keep(struct run_cache *c, struct span text,
			 uint32_t segments)
{
	struct kept *k = NULL;

	for (size_t i = 0; i < c->count && !k; i++)
		if (span_equal((struct span){c->kept[i]->text,
					     c->kept[i]->length}, text))
			k = c->kept[i];
	if (!k) {
		k = memory_clear(1, sizeof *k);
		k->text = memory_copy(text.p, text.n);
		k->length = text.n;
		c->kept = memory_resize(c->kept, c->count + 1,
					sizeof(struct kept *));
		c->kept[c->count++] = k;
	}
	if (k->segments < segments) {
		k->set = memory_resize(k->set, segments, sizeof *k->set);
		memset(k->set + k->segments, 0,
		       (segments - k->segments) * sizeof *k->set);
		k->segments = segments;
	}
	k->used = c->queries;
	return k;
}

/* What may have changed for the same events is found anew. */
static void refresh(const struct store *store, struct kept *k,
		    const struct predicate *t)
{
	const void *joined_by = t->any ? NULL
				       : columns_joined_by(store, &t->field);
	bool same = joined_by == k->joined_by;

	k->joined_by = joined_by;
	if (same && (t->test != PREDICATE_MARK || !marks_change(t->mark)))
		return;
	for (uint32_t i = 0; i < k->segments; i++)
		term_free(&k->set[i]);
}

/* One query. */
struct query {
	const struct store *store;
	struct run_cache *cache;
	const struct filter *filter;
	const atomic_bool *cancel;
	struct run_result *result;
	struct kept **kept;             /* by predicate */
	struct kept **within;           /* what holds for all that the predicate
					   holds for; NULL: not known */
	size_t *different;              /* predicates with sets of their own:
					   those first that sweep takes, which
					   go along the rows together */
	size_t swept, differ;
	uint32_t segments;
	uint64_t **passed;              /* by segment, a bit an event */
	uint64_t *undecided;            /* by segment */
	uint64_t *counts;               /* by segment, of terms, of what
					   passes but for them, and then of
					   predicates */
};

/* Whether the set is one that is there, or is made from one of which it is a
 * small part. */
static bool is_there(struct query *q, size_t i, uint32_t segment,
		     struct match_worker *worker)
{
	struct term_set *set = &q->kept[i]->set[segment];
	const struct kept *within = q->within[i];

	return set->yes ||
	       (within && segment < within->segments &&
		narrow_evaluate(filter_predicate(q->filter, i),
				&within->set[segment], q->store, segment,
				worker, q->cancel, set));
}

static size_t counters(const struct query *q)
{
	return 2 * q->result->term_count + q->result->predicate_count;
}

/* Fills the sets of COUNT of the different predicates in the segment where they
 * are not kept. */
static void evaluate_some(struct query *q, const size_t *different,
			  size_t count, uint32_t segment)
{
	const struct predicate **term = memory_alloc(memory_multiply(
		count, sizeof(struct predicate *)));
	struct term_set **to = memory_alloc(memory_multiply(
		count, sizeof(struct term_set *)));
	struct term_set *set = memory_alloc(memory_multiply(count,
							    sizeof *set));
	struct match_worker *worker = borrow_worker(q->cache);
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_there(q, different[i], segment, worker))
			continue;
		to[n] = &q->kept[different[i]]->set[segment];
		term[n++] = filter_predicate(q->filter, different[i]);
	}
	if (n > 0 && !(q->cancel && *q->cancel) &&
	    term_evaluate(term, n, q->store, segment, worker, q->cancel, set))
		for (size_t i = 0; i < n; i++)
			*to[i] = set[i];
	return_worker(q->cache, worker);
	free(term);
	free(to);
	free(set);
}

static size_t tasks(const struct query *q)
{
	return q->segments * (q->differ - q->swept + (q->swept > 0));
}

static void evaluate(void *context, size_t task)
{
	struct query *q = context;
	size_t i = task / q->segments, first = 0, count = q->swept;

	if (i > 0 || q->swept == 0) {
		first = q->swept + i - (q->swept > 0);
		count = 1;
	}
	evaluate_some(q, q->different + first, count,
		      (uint32_t)(task % q->segments));
}

/* A word of 64 events that is being worked out. */
struct word {
	const struct query *query;
	uint32_t segment;
	size_t w;
	struct expression expression;
	uint64_t undecided;             /* what is:undecided means */
	uint64_t *yes;                  /* scratch, by term */
};

static struct expression_bounds ask(const void *context, uint32_t i)
{
	const struct word *word = context;
	const struct query *q = word->query;
	const struct predicate *t = filter_predicate(q->filter, i);

	if (t->test == PREDICATE_MARK && t->mark == MARK_UNDECIDED)
		return (struct expression_bounds){word->undecided,
						  word->undecided};
	return expression_of_set(t, &q->kept[i]->set[word->segment], word->w);
}

/* Adds to COUNTS the events that one term alone keeps out, of ONE that only one
 * does. */
static void count_freed(const struct word *word, uint64_t one,
			uint64_t *counts)
{
	for (size_t t = 0; one && t < word->query->result->term_count; t++)
		counts[t] += (uint64_t)__builtin_popcountll(one &
							    ~word->yes[t]);
}

/* Adds those events of the word to COUNTS (may be NULL) for which each term
 * holds, and behind them those for which all others do; answers those for which
 * all do. */
static struct expression_bounds all_terms(const struct word *word,
					  uint64_t here, uint64_t *counts)
{
	const struct query *q = word->query;
	struct expression_bounds all = {here, here};
	uint64_t one = 0;               /* term does not hold */

	for (size_t t = 0; t < q->result->term_count; t++) {
		struct expression_bounds b = expression_term(&word->expression,
							     t);

		one = (one & b.yes) | (all.yes & ~b.yes);
		word->yes[t] = b.yes;
		all.yes &= b.yes;
		all.maybe &= b.maybe;
		if (counts)
			counts[t] += (uint64_t)__builtin_popcountll(b.yes &
								    here);
	}
	if (counts)
		count_freed(word, one, counts + q->result->term_count);
	return all;
}

/* What hangs on matches that gave up, when `is:undecided` means MEANING. */
static uint64_t doubts(struct word *word, uint64_t here, uint64_t meaning)
{
	struct expression_bounds all;

	word->undecided = meaning;
	all = all_terms(word, here, NULL);
	return all.maybe & ~all.yes;
}

/* Those of the word for which every term holds; *UNDECIDED: those that hang on
 * matches that gave up. */
static uint64_t passing(struct word *word, uint64_t *undecided,
			uint64_t *counts)
{
	const struct query *q = word->query;
	uint64_t here = eventset_present(q->store, word->segment, word->w);
	struct expression_bounds all;

	if (!filter_lists_undecided(q->filter)) {
		all = all_terms(word, here, counts);
		*undecided = all.maybe & ~all.yes;
		return all.yes;
	}
	/* What may hold is taken to hold where the doubt itself is asked
	 * for. */
	*undecided = doubts(word, here, ~UINT64_C(0));
	*undecided |= doubts(word, here, 0);
	word->undecided = *undecided;
	return all_terms(word, here, counts).maybe;
}

static void count_predicates(const struct word *word, uint64_t *counts)
{
	const struct query *q = word->query;
	uint64_t here = eventset_present(q->store, word->segment, word->w);

	for (size_t i = 0; i < q->result->predicate_count; i++)
		counts[i] += (uint64_t)__builtin_popcountll(
			ask(word, (uint32_t)i).yes & here);
}

static void count_segment(void *context, size_t segment)
{
	struct query *q = context;
	size_t words = store_segment(q->store, (uint32_t)segment)->count / 64 +
		       1;
	uint64_t *counts = q->counts + segment * counters(q);
	struct word word = {.query = q, .segment = (uint32_t)segment};

	expression_start(&word.expression, q->filter, ask, &word);
	word.yes = memory_alloc(memory_multiply(q->result->term_count,
						sizeof *word.yes));
	q->passed[segment] = memory_alloc(memory_multiply(words,
							  sizeof(uint64_t)));
	for (; word.w < words; word.w++) {
		uint64_t undecided;
		uint64_t all = passing(&word, &undecided, counts);

		count_predicates(&word, counts + 2 * q->result->term_count);
		q->passed[segment][word.w] = all;
		q->undecided[segment] += (uint64_t)
			__builtin_popcountll(undecided);
	}
	free(word.yes);
	expression_end(&word.expression);
}

static void combine(struct query *q, struct jobs *jobs)
{
	struct run_result *r = q->result;
	size_t n = counters(q);
	struct gather found;

	jobs_each(jobs, q->segments, count_segment, q);
	for (uint32_t s = 0; s < q->segments; s++) {
		const uint64_t *counts = q->counts + s * n;

		r->undecided += q->undecided[s];
		for (size_t t = 0; t < r->term_count; t++) {
			r->terms[t] += counts[t];
			r->freed[t] += counts[r->term_count + t];
		}
		for (size_t i = 0; i < r->predicate_count; i++)
			r->predicates[i] += counts[2 * r->term_count + i];
	}
	gather_events(q->store, jobs, q->passed, q->segments, &found);
	r->events = found.events;
	r->count = found.count;
	r->errors = found.errors;
	r->first = found.first;
	r->last = found.last;
}

/* The longest pattern kept that the predicate goes on with; none of this query,
 * whose sets may just be made. */
static struct kept *narrowed(const struct query *q, const struct predicate *t)
{
	const struct run_cache *c = q->cache;
	struct kept *best = NULL;

	for (size_t i = 0; i < c->count; i++) {
		struct kept *k = c->kept[i];

		if (k->begins && k->used < c->queries &&
		    (!best || k->length > best->length) &&
		    narrow_continues(t, (struct span){k->text, k->length}) &&
		    (t->any || k->joined_by == columns_joined_by(q->store,
								&t->field)))
			best = k;
	}
	return best;
}

/* Finds or makes the sets of each predicate; equal ones share them. */
static void prepare(struct query *q)
{
	size_t n = filter_predicates(q->filter);

	q->kept = memory_clear(n, sizeof *q->kept);
	q->within = memory_clear(n, sizeof *q->within);
	q->different = memory_clear(n, sizeof *q->different);
	for (size_t i = 0; i < n; i++) {
		const struct predicate *t = filter_predicate(q->filter, i);
		bool shared = false;

		q->kept[i] = keep(q->cache, t->key, q->segments);
		for (size_t k = 0; k < i && !shared; k++)
			shared = q->kept[k] == q->kept[i];
		if (shared)
			continue;
		refresh(q->store, q->kept[i], t);
		q->kept[i]->begins = narrow_begins(t);
		q->different[q->differ++] = i;
		if (!sweep_takes(t))
			continue;
		q->different[q->differ - 1] = q->different[q->swept];
		q->different[q->swept++] = i;
	}
	for (size_t i = 0; i < n; i++)
		q->within[i] = narrowed(q, filter_predicate(q->filter, i));
}

static void start_result(struct query *q)
{
	struct run_result *r = q->result;

	*r = (struct run_result){
		.first = INT64_MAX, .last = INT64_MIN,
		.version = store_version(q->store),
		.term_count = filter_terms(q->filter),
		.predicate_count = filter_predicates(q->filter)};
	r->terms = memory_clear(r->term_count, sizeof *r->terms);
	r->freed = memory_clear(r->term_count, sizeof *r->freed);
	r->predicates = memory_clear(r->predicate_count,
				     sizeof *r->predicates);
}

bool run_query(const struct store *store, struct run_cache *cache,
	       struct jobs *jobs, const struct filter *filter,
	       const struct order *order, const atomic_bool *cancel,
	       struct run_result *result)
{
	struct query q = {.store = store, .cache = cache, .filter = filter,
			  .cancel = cancel, .result = result};
	uint32_t finished = store_finished(store);
	bool done;

	start_result(&q);
	forget(cache, cache->finished == finished ? KEPT_TERMS : 0);
	cache->finished = finished;
	cache->queries++;
	q.segments = store_segment_count(store);
	prepare(&q);
	q.passed = memory_clear(q.segments, sizeof *q.passed);
	q.undecided = memory_clear(q.segments, sizeof *q.undecided);
	q.counts = memory_clear(memory_multiply(q.segments, counters(&q)),
				sizeof *q.counts);
	jobs_each(jobs, tasks(&q), evaluate, &q);
	done = !(cancel && *cancel);
	if (done) {
		combine(&q, jobs);
		if (order)
			order_sort(store, jobs, order, result->events,
				   result->count);
	} else {
		run_result_free(result);
	}
	free(q.kept);
	free(q.within);
	free(q.different);
	for (uint32_t i = 0; i < q.segments; i++)
		free(q.passed[i]);
	free(q.passed);
	free(q.undecided);
	free(q.counts);
	return done;
}

void run_result_free(struct run_result *r)
{
	free(r->events);
	free(r->terms);
	free(r->freed);
	free(r->predicates);
	*r = (struct run_result){.first = INT64_MAX, .last = INT64_MIN};
}
