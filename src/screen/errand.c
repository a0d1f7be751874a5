/* Hands questions to the pool and answers back.  Owns both on the way; knows
 * neither what they are about nor the screen. */
#include "screen/errand.h"

#include "base/jobs.h"
#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>

struct errand {
	struct errand_manner manner;
	void *context;
	struct jobs *jobs;
	void (*wake)(void);
	atomic_bool cancel;
	pthread_mutex_t lock;           /* of all below */
	pthread_cond_t idle;
	bool running;
	bool dropped;                   /* nobody wants what runs any more:
					   it was overtaken, or forgotten */
	void *present;                  /* the question that is worked on */
	void *next;                     /* or NULL */
	void *answer;                   /* or NULL */
};

struct errand *errand_new(const struct errand_manner *manner, void *context,
			  struct jobs *jobs, void (*wake)(void))
{
	struct errand *e = memory_clear(1, sizeof(*e));

	e->manner = *manner;
	e->context = context;
	e->jobs = jobs;
	e->wake = wake;
	atomic_init(&e->cancel, false);
	pthread_mutex_init(&e->lock, NULL);
	pthread_cond_init(&e->idle, NULL);
	return e;
}

static void forget_next(struct errand *e)
{
	if (e->next)
		e->manner.free_question(e->next);
	e->next = NULL;
}

static void forget_answer(struct errand *e)
{
	if (e->answer)
		e->manner.free_answer(e->answer);
	e->answer = NULL;
}

void errand_free(struct errand *e)
{
	if (!e)
		return;
	pthread_mutex_lock(&e->lock);
	forget_next(e);
	atomic_store(&e->cancel, true);
	while (e->running)
		pthread_cond_wait(&e->idle, &e->lock);
	forget_answer(e);
	pthread_mutex_unlock(&e->lock);
	pthread_cond_destroy(&e->idle);
	pthread_mutex_destroy(&e->lock);
	free(e);
}

/* Takes what waits as what runs; false when nothing does.  Locked. */
static bool take_next(struct errand *e)
{
	if (!e->next)
		return false;
	e->present = e->next;
	e->next = NULL;
	atomic_store(&e->cancel, false);
	return true;
}

/* In place of a part of it.  Locked. */
static void keep_answer(struct errand *e, void *answer)
{
	forget_answer(e);
	if (e->dropped)
		e->manner.free_answer(answer);
	else
		e->answer = answer;
}

static void run(void *context)
{
	struct errand *e = context;
	void (*wake)(void) = e->wake;
	bool more = true;

	while (more) {
		void *answer = e->manner.answer(e->context, e->present,
						&e->cancel);

		e->manner.free_question(e->present);
		pthread_mutex_lock(&e->lock);
		if (answer)
			keep_answer(e, answer);
		e->dropped = false;
		more = take_next(e);
		e->running = more;
		if (!more)
			pthread_cond_broadcast(&e->idle);
		/* From here on E may be freed, unless there is more. */
		pthread_mutex_unlock(&e->lock);
		wake();
	}
}

void errand_hand(struct errand *e, void *part)
{
	pthread_mutex_lock(&e->lock);
	keep_answer(e, part);
	pthread_mutex_unlock(&e->lock);
	e->wake();
}

/* All that was asked so far.  Locked. */
static void drop(struct errand *e)
{
	forget_next(e);
	forget_answer(e);
	e->dropped = e->running;
	atomic_store(&e->cancel, true);
}

void errand_ask(struct errand *e, void *question)
{
	bool start;

	pthread_mutex_lock(&e->lock);
	drop(e);
	e->next = question;
	start = !e->running;
	if (start)
		e->running = take_next(e);
	pthread_mutex_unlock(&e->lock);
	if (!start)
		return;
	if (e->jobs)
		jobs_add(e->jobs, JOBS_INTERACTIVE, run, e);
	else
		run(e);
}

void errand_stop(struct errand *e)
{
	atomic_store(&e->cancel, true);
}

void errand_cancel(struct errand *e)
{
	pthread_mutex_lock(&e->lock);
	drop(e);
	pthread_mutex_unlock(&e->lock);
}

void *errand_take(struct errand *e)
{
	void *answer;

	pthread_mutex_lock(&e->lock);
	answer = e->answer;
	e->answer = NULL;
	pthread_mutex_unlock(&e->lock);
	return answer;
}

bool errand_busy(struct errand *e)
{
	bool busy;

	pthread_mutex_lock(&e->lock);
	busy = e->running || e->answer;
	pthread_mutex_unlock(&e->lock);
	return busy;
}
