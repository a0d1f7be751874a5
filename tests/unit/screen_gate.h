/* A gate before the app's only thread: what it would answer waits. */
#ifndef SCREEN_GATE_H
#define SCREEN_GATE_H

#include "base/jobs.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool gate_waits;

static void wait_at_the_gate(void *context)
{
	(void)context;
	gate_waits = true;
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
}

/* All that was asked is answered, and nothing more until the gate is open. */
static inline void close_gate(struct jobs *jobs)
{
	pthread_mutex_lock(&gate);
	gate_waits = false;
	jobs_add(jobs, JOBS_INTERACTIVE, wait_at_the_gate, NULL);
	while (!gate_waits)
		sched_yield();
}

static inline void open_gate(void)
{
	pthread_mutex_unlock(&gate);
}

#endif
