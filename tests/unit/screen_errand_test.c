/* Errands: the newest question is answered, and none that was cancelled or
 * overtaken. */
#include "base/jobs.h"
#include "base/memory.h"
#include "screen/errand.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static atomic_bool running, woken;

/* Answers 1 at once, others when they are cancelled: 2 not at all, 3 though
 * nobody wants it. */
static void *answer(void *context, void *question, const atomic_bool *cancel)
{
	int number = *(int *)question;

	(void)context;
	running = true;
	while (number > 1 && !*cancel)
		sched_yield();
	return number == 2 ? NULL : memory_copy(question, sizeof number);
}

static void wake(void)
{
	woken = true;
}

static void ask(struct errand *e, int number)
{
	int *question = memory_alloc(sizeof *question);

	*question = number;
	running = woken = false;
	errand_ask(e, question);
}

static void settle(struct errand *e)
{
	while (errand_busy(e) && !running)
		sched_yield();
}

static void what_is_cancelled_has_no_answer(void **state)
{
	static const struct errand_manner manner = {answer, free, free};
	struct jobs *jobs = jobs_new(2);
	struct errand *e = errand_new(&manner, NULL, jobs, wake);
	int *got;

	(void)state;
	errand_cancel(e);
	for (int number = 2; number <= 3; number++) {
		ask(e, number);
		settle(e);
		errand_cancel(e);
		while (errand_busy(e))
			sched_yield();
		assert_null(errand_take(e));
	}
	ask(e, 1);
	while (!(got = errand_take(e)))
		sched_yield();
	assert_int_equal(*got, 1);
	free(got);
	errand_free(e);
	jobs_free(jobs);
}

static void an_answer_that_waits_is_forgotten(void **state)
{
	static const struct errand_manner manner = {answer, free, free};
	struct errand *e = errand_new(&manner, NULL, NULL, wake);

	(void)state;
	ask(e, 1);
	assert_true(errand_busy(e));
	errand_cancel(e);
	assert_false(errand_busy(e));
	assert_null(errand_take(e));
	errand_free(e);
}

static void wait_for(const atomic_bool *what)
{
	while (!*what)
		sched_yield();
}

/* By one that goes on until it is cancelled: whatever could be taken meanwhile
 * would be an answer to another. */
static void what_is_overtaken_has_no_answer(void **state)
{
	static const struct errand_manner manner = {answer, free, free};
	struct jobs *jobs = jobs_new(2);
	struct errand *e = errand_new(&manner, NULL, jobs, wake);

	(void)state;
	for (int before = 1; before <= 3; before += 2) {
		ask(e, before);
		wait_for(before == 1 ? &woken : &running);
		ask(e, 2);
		wait_for(&running);
		assert_true(errand_busy(e));
		assert_null(errand_take(e));
	}
	errand_free(e);
	jobs_free(jobs);
}

static void what_is_stopped_may_be_answered(void **state)
{
	static const struct errand_manner manner = {answer, free, free};
	struct jobs *jobs = jobs_new(2);
	struct errand *e = errand_new(&manner, NULL, jobs, wake);
	int *got;

	(void)state;
	ask(e, 3);
	wait_for(&running);
	errand_stop(e);
	wait_for(&woken);
	got = errand_take(e);
	assert_non_null(got);
	free(got);
	errand_free(e);
	jobs_free(jobs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_cancelled_has_no_answer),
		cmocka_unit_test(an_answer_that_waits_is_forgotten),
		cmocka_unit_test(what_is_overtaken_has_no_answer),
		cmocka_unit_test(what_is_stopped_may_be_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
