/* A pool of threads and two queues: what somebody at the keys waits for goes
 * before what loads. */
#ifndef BASE_JOBS_H
#define BASE_JOBS_H

#include <stddef.h>

struct jobs;

enum jobs_urgency {
	JOBS_INTERACTIVE,
	JOBS_BACKGROUND
};

/* THREADS of 0: as many as there are processors. */
struct jobs *jobs_new(size_t threads);

/* Runs what is queued, then ends the threads.  NULL is allowed. */
void jobs_free(struct jobs *);

/* From its next job on each thread runs where the caller's leave room, for good:
 * a screen is drawn at once though all processors load.  Where threads have no
 * priority of their own nothing changes. */
void jobs_give_way(struct jobs *);

size_t jobs_threads(const struct jobs *);

/* Queues RUN(CONTEXT).  A job that may take longer than some milliseconds
 * queues its own rest as a new job. */
void jobs_add(struct jobs *, enum jobs_urgency, void (*run)(void *context),
	      void *context);

/* RUN(CONTEXT, I) for each I below N, on the calling thread and on those that
 * are free, as many as JOBS has in all; returns when all are done.  JOBS may be
 * NULL. */
void jobs_each(struct jobs *, size_t n, void (*run)(void *context, size_t i),
	       void *context);

#endif
