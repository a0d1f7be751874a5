/* Owns what a query needs beside its question: the store, the threads, what was
 * found before, and the order of all events, along which the first rows of the
 * next filter are found.  When it is answered, the errand knows. */
#include "screen/work.h"

#include "base/clock.h"
#include "base/jobs.h"
#include "base/memory.h"
#include "query/nearby.h"
#include "screen/errand.h"

#include <stdlib.h>
#include <string.h>

/* That a part may take, and until it has found something: what is rare is found
 * sooner by the whole answer. */
enum { PART_NS = 8000000, PART_DOUBT_NS = 2000000 };

struct question {
	struct filter *filter;
	struct order order;
	struct work_wish wish;
};

struct work {
	const struct store *store;
	struct jobs *jobs;
	struct errand *errand;
	/* Of the query that runs: */
	struct run_cache *cache;
	struct match_worker *worker;
	struct store_event *all;        /* TOTAL, in the order of the last
					   question about all */
	size_t total;
	struct order order;
};

static void free_question(void *question)
{
	struct question *q = question;

	filter_free(q->filter);
	order_free(&q->order);
	free(q);
}

void work_answer_free(struct work_answer *a)
{
	filter_free(a->filter);
	run_result_free(&a->result);
	storms_free(&a->storms);
	*a = (struct work_answer){0};
}

static void free_answer(void *answer)
{
	work_answer_free(answer);
	free(answer);
}

/* Hands over what fills the screen, where the order is known. */
static void hand_part(struct work *w, struct question *q,
		      const atomic_bool *cancel)
{
	uint64_t now = clock_ns();
	struct nearby near = {.order = w->all, .total = w->total,
			      .from = q->wish.from, .rows = q->wish.rows,
			      .until = now + PART_NS,
			      .doubt = now + PART_DOUBT_NS};
	struct work_answer *a;

	if (near.rows == 0 || !order_same(&q->order, &w->order))
		return;
	a = memory_clear(1, sizeof *a);
	a->part = true;
	a->result.events = nearby_find(w->store, q->filter, &near, w->worker,
				       cancel, &a->result.count);
	if (a->result.count > 0 && !*cancel)
		errand_hand(w->errand, a);
	else
		free_answer(a);
}

static void keep_all(struct work *w, const struct question *q,
		     const struct run_result *result)
{
	order_free(&w->order);
	w->order = order_copy(&q->order);
	free(w->all);
	w->total = result->count;
	w->all = memory_alloc(memory_multiply(w->total, sizeof *w->all));
	memcpy(w->all, result->events, w->total * sizeof *w->all);
}

/* False when *CANCEL became true. */
static bool find_storms(const struct work *w, const struct question *q,
			struct work_answer *a, const atomic_bool *cancel)
{
	return !q->wish.storms ||
	       storms_find(w->store, a->result.events, a->result.count,
			   cancel, &a->storms);
}

static void *run(void *context, void *question, const atomic_bool *cancel)
{
	struct work *w = context;
	struct question *q = question;
	struct work_answer *a = memory_clear(1, sizeof(*a));
	struct run_result *r = &a->result;

	if (w->total > 0)
		hand_part(w, q, cancel);
	if (!run_query(w->store, w->cache, w->jobs, q->filter, NULL, cancel,
		       r)) {
		free(a);
		return NULL;
	}
	/* Along the files, which is faster than in any other order. */
	strip_count(&a->strip, w->store, r->events, r->count, r->first,
		    r->last);
	if (*cancel) {
		free_answer(a);
		return NULL;
	}
	order_sort(w->store, w->jobs, &q->order, r->events, r->count);
	if (!find_storms(w, q, a, cancel)) {
		free_answer(a);
		return NULL;
	}
	if (filter_terms(q->filter) == 0)
		keep_all(w, q, r);
	a->filter = q->filter;
	q->filter = NULL;
	return a;
}

struct work *work_new(const struct store *store, struct jobs *jobs,
		      void (*wake)(void))
{
	static const struct errand_manner manner = {run, free_question,
						    free_answer};
	struct work *w = memory_clear(1, sizeof(*w));

	w->store = store;
	w->jobs = jobs;
	w->cache = run_cache_new();
	w->worker = match_worker_new();
	w->errand = errand_new(&manner, w, jobs, wake);
	return w;
}

void work_free(struct work *w)
{
	if (!w)
		return;
	errand_free(w->errand);
	run_cache_free(w->cache);
	match_worker_free(w->worker);
	order_free(&w->order);
	free(w->all);
	free(w);
}

void work_ask_wishing(struct work *w, struct filter *filter,
		      const struct order *order, const struct work_wish *wish)
{
	struct question *q = memory_alloc(sizeof(*q));

	*q = (struct question){filter, order_copy(order), *wish};
	errand_ask(w->errand, q);
}

void work_ask(struct work *w, struct filter *filter, const struct order *order)
{
	work_ask_wishing(w, filter, order, &(struct work_wish){.rows = 0});
}

bool work_take(struct work *w, struct work_answer *answer)
{
	struct work_answer *a = errand_take(w->errand);

	if (!a)
		return false;
	*answer = *a;
	free(a);
	return true;
}

void work_cancel(struct work *w)
{
	errand_cancel(w->errand);
}

bool work_busy(struct work *w)
{
	return errand_busy(w->errand);
}
