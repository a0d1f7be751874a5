/* Every job is run once, what is urgent before what is not, and a loop is done
 * when it returns, however many threads there are. */
#include "base/jobs.h"
#include "base/memory.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void count_one(void *context)
{
	atomic_fetch_add((atomic_int *)context, 1);
}

static void every_job_is_run_before_the_end(void **state)
{
	static const size_t threads[] = {1, 2, 8};

	(void)state;
	for (size_t t = 0; t < COUNT(threads); t++) {
		struct jobs *jobs = jobs_new(threads[t]);
		atomic_int run = 0;

		assert_int_equal(jobs_threads(jobs), threads[t]);
		for (int i = 0; i < 1000; i++)
			jobs_add(jobs, i % 3 ? JOBS_BACKGROUND
					     : JOBS_INTERACTIVE, count_one,
				 &run);
		jobs_free(jobs);
		assert_int_equal(run, 1000);
	}
	jobs_free(NULL);
}

static void there_are_as_many_threads_as_processors(void **state)
{
	struct jobs *jobs = jobs_new(0);

	(void)state;
	assert_int_equal(jobs_threads(jobs), sysconf(_SC_NPROCESSORS_ONLN));
	jobs_free(jobs);
}

static void note_priority(void *context)
{
	*(int *)context = getpriority(PRIO_PROCESS, 0);
}

static void threads_that_give_way_run_behind_the_caller(void **state)
{
	struct jobs *jobs = jobs_new(1);
	int own = getpriority(PRIO_PROCESS, 0), before = 99, after = 99;

	(void)state;
	jobs_add(jobs, JOBS_BACKGROUND, note_priority, &before);
	jobs_free(jobs);
	jobs = jobs_new(1);
	jobs_give_way(jobs);
	jobs_add(jobs, JOBS_BACKGROUND, note_priority, &after);
	jobs_free(jobs);
	assert_int_equal(before, own);
	assert_int_equal(getpriority(PRIO_PROCESS, 0), own);
#ifdef __linux__
	assert_true(after > own || own >= 10);
#else
	assert_int_equal(after, own);
#endif
}

/* A gate that holds the only thread until all jobs are queued. */
struct gate {
	pthread_mutex_t lock;
	char order[64];
	size_t n;
};

static void wait_at_gate(void *context)
{
	struct gate *g = context;

	pthread_mutex_lock(&g->lock);
	pthread_mutex_unlock(&g->lock);
}

struct letter {
	struct gate *gate;
	char letter;
};

static void write_letter(void *context)
{
	struct letter *l = context;

	l->gate->order[l->gate->n++] = l->letter;
}

static void what_is_urgent_goes_first_and_in_order(void **state)
{
	struct gate gate = {.n = 0};
	struct letter letter[6];
	struct jobs *jobs = jobs_new(1);

	(void)state;
	pthread_mutex_init(&gate.lock, NULL);
	pthread_mutex_lock(&gate.lock);
	jobs_add(jobs, JOBS_INTERACTIVE, wait_at_gate, &gate);
	for (int i = 0; i < 6; i++) {
		letter[i] = (struct letter){&gate, (char)('a' + i)};
		jobs_add(jobs, i % 2 ? JOBS_INTERACTIVE : JOBS_BACKGROUND,
			 write_letter, &letter[i]);
	}
	pthread_mutex_unlock(&gate.lock);
	jobs_free(jobs);
	assert_memory_equal(gate.order, "bdface", 6);
	pthread_mutex_destroy(&gate.lock);
}

/* A job that queues its own rest. */
struct rest {
	struct jobs *jobs;
	int left;
	atomic_int done;
};

static void do_some(void *context)
{
	struct rest *r = context;

	if (--r->left > 0)
		jobs_add(r->jobs, JOBS_BACKGROUND, do_some, r);
	else
		r->done = 1;
}

static void a_job_may_queue_its_rest(void **state)
{
	struct rest rest = {jobs_new(2), 500, 0};

	(void)state;
	jobs_add(rest.jobs, JOBS_BACKGROUND, do_some, &rest);
	jobs_free(rest.jobs);
	assert_int_equal(rest.done, 1);
	assert_int_equal(rest.left, 0);
}

struct loop {
	atomic_int seen[500];
	struct jobs *jobs;
	atomic_int inner;
};

static void see(void *context, size_t i)
{
	struct loop *loop = context;

	atomic_fetch_add(&loop->seen[i], 1);
}

static void a_loop_sees_each_number_once(void **state)
{
	static const size_t sizes[] = {0, 1, 2, 7, 64, 500};
	static const size_t threads[] = {0, 1, 2, 8, 70};

	(void)state;
	for (size_t t = 0; t < COUNT(threads); t++) {
		struct jobs *jobs = threads[t] ? jobs_new(threads[t]) : NULL;

		for (size_t s = 0; s < 4 * COUNT(sizes); s++) {
			size_t n = sizes[s % COUNT(sizes)];
			struct loop loop = {.jobs = jobs};

			jobs_each(jobs, n, see, &loop);
			for (size_t i = 0; i < 500; i++)
				assert_int_equal(loop.seen[i], i < n);
		}
		jobs_free(jobs);
	}
}

static void count_inner(void *context, size_t i)
{
	struct loop *loop = context;

	(void)i;
	atomic_fetch_add(&loop->inner, 1);
}

static void run_inner(void *context, size_t i)
{
	struct loop *loop = context;

	atomic_fetch_add(&loop->seen[i], 1);
	jobs_each(loop->jobs, 5, count_inner, loop);
}

static void run_outer(void *context)
{
	struct loop *loop = context;

	jobs_each(loop->jobs, 20, run_inner, loop);
}

/* Loops in loops and in jobs end although all threads are in them. */
static void loops_may_stand_in_loops(void **state)
{
	(void)state;
	for (size_t threads = 1; threads <= 4; threads++) {
		struct loop loop = {.jobs = jobs_new(threads)};

		for (int i = 0; i < 6; i++)
			jobs_add(loop.jobs, JOBS_BACKGROUND, run_outer,
				 &loop);
		run_outer(&loop);
		jobs_free(loop.jobs);
		for (int i = 0; i < 20; i++)
			assert_int_equal(loop.seen[i], 7);
		assert_int_equal(loop.inner, 7 * 20 * 5);
	}
}

static atomic_int caught;
static pthread_t owner;

static void catch(int number)
{
	(void)number;
	if (pthread_equal(pthread_self(), owner))
		caught++;
}

static void raise_one(void *context)
{
	(void)context;
	kill(getpid(), SIGUSR1);
}

static void signals_are_for_the_thread_that_made_the_pool(void **state)
{
	struct jobs *jobs = jobs_new(2);

	(void)state;
	owner = pthread_self();
	signal(SIGUSR1, catch);
	for (int i = 0; i < 5; i++)
		jobs_each(jobs, 1, see, &(struct loop){.jobs = jobs});
	jobs_add(jobs, JOBS_INTERACTIVE, raise_one, NULL);
	jobs_free(jobs);
	assert_int_equal(caught, 1);
	signal(SIGUSR1, SIG_DFL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_job_is_run_before_the_end),
		cmocka_unit_test(there_are_as_many_threads_as_processors),
		cmocka_unit_test(threads_that_give_way_run_behind_the_caller),
		cmocka_unit_test(what_is_urgent_goes_first_and_in_order),
		cmocka_unit_test(a_job_may_queue_its_rest),
		cmocka_unit_test(a_loop_sees_each_number_once),
		cmocka_unit_test(loops_may_stand_in_loops),
		cmocka_unit_test(signals_are_for_the_thread_that_made_the_pool),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
