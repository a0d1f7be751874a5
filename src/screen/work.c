/* Owns what a query needs beside its question: the store, the threads, what was
 * found before.  When it is answered, the errand knows. */
#include "screen/work.h"

#include "base/jobs.h"
#include "base/memory.h"
#include "screen/errand.h"

#include <stdlib.h>

struct question {
	struct filter *filter;
	struct order order;
};

struct work {
	const struct store *store;
	struct jobs *jobs;
	struct run_cache *cache;        /* of the query that runs */
	struct errand *errand;
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
	*a = (struct work_answer){0};
}

static void free_answer(void *answer)
{
	work_answer_free(answer);
	free(answer);
}

static void *run(void *context, void *question, const atomic_bool *cancel)
{
	struct work *w = context;
	struct question *q = question;
	struct work_answer *a = memory_clear(1, sizeof(*a));
	bool whole = run_query(w->store, w->cache, w->jobs, q->filter,
			       &q->order, cancel, &a->result);

	if (!whole) {
		free(a);
		return NULL;
	}
	strip_count(&a->strip, w->store, a->result.events, a->result.count,
		    a->result.first, a->result.last);
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
	w->errand = errand_new(&manner, w, jobs, wake);
	return w;
}

void work_free(struct work *w)
{
	if (!w)
		return;
	errand_free(w->errand);
	run_cache_free(w->cache);
	free(w);
}

void work_ask(struct work *w, struct filter *filter, const struct order *order)
{
	struct question *q = memory_alloc(sizeof(*q));

	*q = (struct question){filter, order_copy(order)};
	errand_ask(w->errand, q);
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

bool work_busy(struct work *w)
{
	return errand_busy(w->errand);
}
