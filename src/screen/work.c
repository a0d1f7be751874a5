/* Hands questions to the pool and answers back.  Owns both on the way; knows
 * neither screen nor terminal. */
#include "screen/work.h"

#include "base/jobs.h"
#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>

struct question {
	struct filter *filter;
	struct order order;
};

struct work {
	const struct store *store;
	struct jobs *jobs;
	void (*wake)(void);
	struct run_cache *cache;        /* of the job that runs */
	atomic_bool cancel;
	pthread_mutex_t lock;           /* of all below */
	pthread_cond_t idle;
	bool running;
	struct question present;        /* of the job that runs */
	struct question *next;          /* or NULL */
	struct work_answer *answer;     /* or NULL */
};

struct work *work_new(const struct store *store, struct jobs *jobs,
		      void (*wake)(void))
{
	struct work *w = memory_clear(1, sizeof(*w));

	w->store = store;
	w->jobs = jobs;
	w->wake = wake;
	w->cache = run_cache_new();
	atomic_init(&w->cancel, false);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->idle, NULL);
	return w;
}

static void free_question(struct question *q)
{
	filter_free(q->filter);
	order_free(&q->order);
}

void work_answer_free(struct work_answer *a)
{
	filter_free(a->filter);
	run_result_free(&a->result);
	*a = (struct work_answer){0};
}

static void forget_next(struct work *w)
{
	if (w->next) {
		free_question(w->next);
		free(w->next);
	}
	w->next = NULL;
}

static void forget_answer(struct work *w)
{
	if (w->answer) {
		work_answer_free(w->answer);
		free(w->answer);
	}
	w->answer = NULL;
}

void work_free(struct work *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	forget_next(w);
	atomic_store(&w->cancel, true);
	while (w->running)
		pthread_cond_wait(&w->idle, &w->lock);
	forget_answer(w);
	pthread_mutex_unlock(&w->lock);
	run_cache_free(w->cache);
	pthread_cond_destroy(&w->idle);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

/* Takes what waits as what runs; false when nothing does.  Locked. */
static bool take_next(struct work *w)
{
	if (!w->next)
		return false;
	w->present = *w->next;
	free(w->next);
	w->next = NULL;
	atomic_store(&w->cancel, false);
	return true;
}

/* Locked. */
static void put_answer(struct work *w, const struct run_result *result,
		       const struct strip *strip)
{
	forget_answer(w);
	w->answer = memory_alloc(sizeof(*w->answer));
	*w->answer = (struct work_answer){w->present.filter, *result, *strip};
	w->present.filter = NULL;
}

static void run(void *context)
{
	struct work *w = context;
	void (*wake)(void) = w->wake;
	bool more = true;

	while (more) {
		struct run_result result = {0};
		struct strip strip = {0};
		bool whole = run_query(w->store, w->cache, w->jobs,
				       w->present.filter, &w->present.order,
				       &w->cancel, &result);

		strip_count(&strip, w->store, result.events, result.count,
			    result.first, result.last);
		pthread_mutex_lock(&w->lock);
		if (whole)
			put_answer(w, &result, &strip);
		free_question(&w->present);
		more = take_next(w);
		w->running = more;
		if (!more)
			pthread_cond_broadcast(&w->idle);
		/* From here on W may be freed, unless there is more. */
		pthread_mutex_unlock(&w->lock);
		wake();
	}
}

void work_ask(struct work *w, struct filter *filter, const struct order *order)
{
	bool start;

	pthread_mutex_lock(&w->lock);
	forget_next(w);
	w->next = memory_alloc(sizeof(*w->next));
	*w->next = (struct question){filter, order_copy(order)};
	start = !w->running;
	if (start)
		w->running = take_next(w);
	else
		atomic_store(&w->cancel, true);
	pthread_mutex_unlock(&w->lock);
	if (!start)
		return;
	if (w->jobs)
		jobs_add(w->jobs, JOBS_INTERACTIVE, run, w);
	else
		run(w);
}

bool work_take(struct work *w, struct work_answer *answer)
{
	bool there;

	pthread_mutex_lock(&w->lock);
	there = w->answer;
	if (there) {
		*answer = *w->answer;
		free(w->answer);
		w->answer = NULL;
	}
	pthread_mutex_unlock(&w->lock);
	return there;
}

bool work_busy(struct work *w)
{
	bool busy;

	pthread_mutex_lock(&w->lock);
	busy = w->running || w->answer;
	pthread_mutex_unlock(&w->lock);
	return busy;
}
