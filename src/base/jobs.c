/* Owns the threads and the queues; knows nothing of what the jobs do. */
#include "base/jobs.h"

#include "base/memory.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

struct job {
	struct job *next;
	void (*run)(void *);
	void *context;
	bool lent;              /* by jobs_each: not freed here */
};

struct queue {
	struct job *first;
	struct job **end;
};

struct jobs {
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct queue queue[JOBS_BACKGROUND + 1];
	bool ending, giving_way;
	size_t threads;
	pthread_t thread[];
};

static void put(struct jobs *jobs, enum jobs_urgency urgency, struct job *job)
{
	struct queue *q = &jobs->queue[urgency];

	job->next = NULL;
	pthread_mutex_lock(&jobs->lock);
	*q->end = job;
	q->end = &job->next;
	pthread_cond_signal(&jobs->work);
	pthread_mutex_unlock(&jobs->lock);
}

/* Under the lock: the next job, or NULL. */
static struct job *take(struct jobs *jobs)
{
	for (int urgency = 0; urgency <= JOBS_BACKGROUND; urgency++) {
		struct queue *q = &jobs->queue[urgency];
		struct job *job = q->first;

		if (!job)
			continue;
		q->first = job->next;
		if (!q->first)
			q->end = &q->first;
		return job;
	}
	return NULL;
}

/* Elsewhere all threads of a process have the same priority. */
static void give_way(void)
{
#ifdef __linux__
	enum { NICE = 10 };

	setpriority(PRIO_PROCESS, 0, NICE);
#endif
}

static void *work(void *context)
{
	struct jobs *jobs = context;
	bool gave_way = false;
	struct job *job;

	pthread_mutex_lock(&jobs->lock);
	for (;;) {
		struct job now;

		while (!(job = take(jobs)) && !jobs->ending)
			pthread_cond_wait(&jobs->work, &jobs->lock);
		if (!job)
			break;
		if (jobs->giving_way && !gave_way)
			give_way();
		gave_way = jobs->giving_way;
		pthread_mutex_unlock(&jobs->lock);
		/* A lent job is gone as soon as it has run. */
		now = *job;
		if (!now.lent)
			free(job);
		now.run(now.context);
		pthread_mutex_lock(&jobs->lock);
	}
	pthread_mutex_unlock(&jobs->lock);
	return NULL;
}

struct jobs *jobs_new(size_t threads)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct jobs *jobs;
	sigset_t all, before;

	if (threads == 0)
		threads = processors > 0 ? (size_t)processors : 1;
	jobs = memory_clear(1, memory_add(sizeof *jobs,
					  memory_multiply(threads,
							  sizeof(pthread_t))));
	pthread_mutex_init(&jobs->lock, NULL);
	pthread_cond_init(&jobs->work, NULL);
	for (int i = 0; i <= JOBS_BACKGROUND; i++)
		jobs->queue[i].end = &jobs->queue[i].first;
	/* Signals are for the thread that owns the terminal. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (jobs->threads < threads &&
	       pthread_create(&jobs->thread[jobs->threads], NULL, work,
			      jobs) == 0)
		jobs->threads++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (jobs->threads == 0)
		die("cannot start a thread");
	return jobs;
}

void jobs_free(struct jobs *jobs)
{
	if (!jobs)
		return;
	pthread_mutex_lock(&jobs->lock);
	jobs->ending = true;
	pthread_cond_broadcast(&jobs->work);
	pthread_mutex_unlock(&jobs->lock);
	for (size_t i = 0; i < jobs->threads; i++)
		pthread_join(jobs->thread[i], NULL);
	pthread_cond_destroy(&jobs->work);
	pthread_mutex_destroy(&jobs->lock);
	free(jobs);
}

void jobs_give_way(struct jobs *jobs)
{
	pthread_mutex_lock(&jobs->lock);
	jobs->giving_way = true;
	pthread_mutex_unlock(&jobs->lock);
}

size_t jobs_threads(const struct jobs *jobs)
{
	return jobs->threads;
}

void jobs_add(struct jobs *jobs, enum jobs_urgency urgency,
	      void (*run)(void *), void *context)
{
	struct job *job = memory_alloc(sizeof *job);

	*job = (struct job){.run = run, .context = context};
	put(jobs, urgency, job);
}

/* A loop that several threads share. */
struct loop {
	void (*run)(void *, size_t);
	void *context;
	size_t n;
	atomic_size_t next;
	pthread_mutex_t lock;
	pthread_cond_t left;
	size_t helpers;         /* in the loop now, under the lock */
};

static void share(struct loop *loop)
{
	size_t i;

	while ((i = atomic_fetch_add(&loop->next, 1)) < loop->n)
		loop->run(loop->context, i);
}

static void help(void *context)
{
	struct loop *loop = context;

	share(loop);
	pthread_mutex_lock(&loop->lock);
	loop->helpers--;
	pthread_cond_signal(&loop->left);
	pthread_mutex_unlock(&loop->lock);
}

/* Takes a lent job back when no thread has begun it. */
static bool withdraw(struct jobs *jobs, struct job *job)
{
	struct queue *q = &jobs->queue[JOBS_INTERACTIVE];
	struct job **at;
	bool found = false;

	pthread_mutex_lock(&jobs->lock);
	for (at = &q->first; *at && *at != job; at = &(*at)->next)
		;
	if (*at == job) {
		found = true;
		*at = job->next;
		if (!*at)
			q->end = at;
	}
	pthread_mutex_unlock(&jobs->lock);
	return found;
}

void jobs_each(struct jobs *jobs, size_t n, void (*run)(void *, size_t),
	       void *context)
{
	enum { MOST = 64 };
	struct loop loop = {.run = run, .context = context, .n = n};
	struct job job[MOST];
	size_t lent = 0;

	/* The caller is one of them. */
	if (jobs && n > 1)
		lent = jobs->threads <= MOST ? jobs->threads - 1 : MOST;
	if (lent >= n)
		lent = n - (n > 0);
	pthread_mutex_init(&loop.lock, NULL);
	pthread_cond_init(&loop.left, NULL);
	loop.helpers = lent;
	for (size_t i = 0; i < lent; i++) {
		job[i] = (struct job){.run = help, .context = &loop,
				      .lent = true};
		put(jobs, JOBS_INTERACTIVE, &job[i]);
	}
	share(&loop);
	for (size_t i = 0; i < lent; i++)
		if (withdraw(jobs, &job[i])) {
			pthread_mutex_lock(&loop.lock);
			loop.helpers--;
			pthread_mutex_unlock(&loop.lock);
		}
	pthread_mutex_lock(&loop.lock);
	while (loop.helpers > 0)
		pthread_cond_wait(&loop.left, &loop.lock);
	pthread_mutex_unlock(&loop.lock);
	pthread_cond_destroy(&loop.left);
	pthread_mutex_destroy(&loop.lock);
}
