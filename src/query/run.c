/* Owns the sets of events that terms held for, by the terms' texts, segment by
 * segment: a segment never changes, so neither does its set. */
#include "query/run.h"

#include "base/memory.h"
#include "query/term.h"

#include <pthread.h>
#include <stdlib.h>

enum { KEPT_TERMS = 16 };

struct kept {
	char *text;
	size_t length;
	struct term_set *set;           /* by segment; yes == NULL: not yet */
	uint32_t segments;
	uint64_t used;                  /* when, in queries */
};

struct run_cache {
	struct kept **kept;
	size_t count;
	uint64_t queries;
	bool finished;                  /* the store was, so tags are final */
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

/* One query. */
struct query {
	const struct store *store;
	struct run_cache *cache;
	const struct filter *filter;
	const atomic_bool *cancel;
	struct run_result *result;
	struct kept **kept;             /* by term */
	uint32_t segments;
	uint64_t (*tally)[2];           /* by segment: passed, undecided */
	uint64_t *terms;                /* by segment, by term */
};

static void evaluate(void *context, size_t task)
{
	struct query *q = context;
	size_t term = task / q->segments;
	uint32_t segment = (uint32_t)(task % q->segments);
	struct term_set *set = &q->kept[term]->set[segment];
	struct match_worker *worker;

	if (set->yes || (q->cancel && *q->cancel))
		return;
	worker = borrow_worker(q->cache);
	term_evaluate(filter_term(q->filter, term), q->store, segment, worker,
		      q->cancel, set);
	return_worker(q->cache, worker);
}

/* Events of word W that are not duplicates, as bits. */
static uint64_t present(const struct query *q, uint32_t segment, size_t w)
{
	uint32_t count = store_segment(q->store, segment)->count;
	uint64_t here = ~UINT64_C(0);

	if ((w + 1) * 64 > count)
		here = (UINT64_C(1) << (count - w * 64)) - 1;
	return here & ~store_dropped_word(q->store, segment, (uint32_t)w);
}

/* Those of word W for which every term holds; *UNDECIDED: those that only
 * undecided terms keep back. */
static uint64_t passing(const struct query *q, uint32_t segment, size_t w,
			uint64_t *undecided, uint64_t *terms)
{
	uint64_t here = present(q, segment, w), all = here, maybe = here;

	for (size_t t = 0; t < filter_terms(q->filter); t++) {
		const struct term_set *set = &q->kept[t]->set[segment];
		uint64_t open = set->undecided ? set->undecided[w] : 0;

		if (terms)
			terms[t] += (uint64_t)__builtin_popcountll(
				set->yes[w] & here);
		all &= set->yes[w];
		maybe &= set->yes[w] | open;
	}
	*undecided = maybe & ~all;
	return all;
}

static void count_segment(void *context, size_t segment)
{
	struct query *q = context;
	size_t words = store_segment(q->store, (uint32_t)segment)->count / 64 +
		       1;
	uint64_t *terms = q->terms + segment * filter_terms(q->filter);

	for (size_t w = 0; w < words; w++) {
		uint64_t undecided;
		uint64_t all = passing(q, (uint32_t)segment, w, &undecided,
				       terms);

		q->tally[segment][0] += (uint64_t)__builtin_popcountll(all);
		q->tally[segment][1] += (uint64_t)
			__builtin_popcountll(undecided);
	}
}

static void add_event(struct query *q, struct store_event e)
{
	struct run_result *r = q->result;
	int64_t time = segment_event(store_segment(q->store, e.segment),
				     e.index)->time;

	r->events[r->count++] = e;
	if (store_derived(q->store, e, STORE_RESULT) != VALUES_NONE)
		r->errors++;
	if (time == SEGMENT_NO_TIME)
		return;
	r->first = time < r->first ? time : r->first;
	r->last = time > r->last ? time : r->last;
}

static void collect_segment(struct query *q, uint32_t segment)
{
	size_t words = store_segment(q->store, segment)->count / 64 + 1;

	for (size_t w = 0; w < words; w++) {
		uint64_t undecided;
		uint64_t all = passing(q, segment, w, &undecided, NULL);

		for (; all; all &= all - 1)
			add_event(q, (struct store_event){
				segment, (uint32_t)(w * 64) +
				(uint32_t)__builtin_ctzll(all)});
	}
}

static void combine(struct query *q, struct jobs *jobs)
{
	struct run_result *r = q->result;
	size_t total = 0;

	jobs_each(jobs, q->segments, count_segment, q);
	for (uint32_t s = 0; s < q->segments; s++) {
		total += q->tally[s][0];
		r->undecided += q->tally[s][1];
		for (size_t t = 0; t < r->term_count; t++)
			r->terms[t] += q->terms[s * r->term_count + t];
	}
	/* A duplicate that is found now makes it fewer, never more. */
	r->events = memory_alloc(memory_multiply(total, sizeof *r->events));
	for (uint32_t s = 0; s < q->segments; s++)
		if (q->tally[s][0] > 0)
			collect_segment(q, s);
}

bool run_query(const struct store *store, struct run_cache *cache,
	       struct jobs *jobs, const struct filter *filter,
	       const struct order *order, const atomic_bool *cancel,
	       struct run_result *result)
{
	struct query q = {.store = store, .cache = cache, .filter = filter,
			  .cancel = cancel, .result = result};
	size_t terms = filter_terms(filter);
	bool done;

	*result = (struct run_result){.first = INT64_MAX, .last = INT64_MIN,
				      .version = store_version(store)};
	forget(cache, cache->finished == store_finished(store) ? KEPT_TERMS
							       : 0);
	cache->finished = store_finished(store);
	cache->queries++;
	q.segments = store_segment_count(store);
	q.kept = memory_clear(terms, sizeof *q.kept);
	q.tally = memory_clear(q.segments, sizeof *q.tally);
	q.terms = memory_clear(memory_multiply(q.segments, terms),
			       sizeof *q.terms);
	for (size_t t = 0; t < terms; t++)
		q.kept[t] = keep(cache, filter_term(filter, t)->text,
				 q.segments);
	jobs_each(jobs, terms * q.segments, evaluate, &q);
	done = !(cancel && *cancel);
	if (done) {
		result->terms = memory_clear(terms, sizeof *result->terms);
		result->term_count = terms;
		combine(&q, jobs);
		order_sort(store, order, result->events, result->count);
	}
	free(q.kept);
	free(q.tally);
	free(q.terms);
	return done;
}

void run_result_free(struct run_result *r)
{
	free(r->events);
	free(r->terms);
	*r = (struct run_result){.first = INT64_MAX, .last = INT64_MIN};
}
