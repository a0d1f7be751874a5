/* Errands: the newest question is answered, and none that was cancelled. */
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

static atomic_bool running;

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

static void never(void)
{
}

static void ask(struct errand *e, int number)
{
	int *question = memory_alloc(sizeof *question);

	*question = number;
	running = false;
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
	struct errand *e = errand_new(&manner, NULL, jobs, never);
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
	struct errand *e = errand_new(&manner, NULL, NULL, never);

	(void)state;
	ask(e, 1);
	assert_true(errand_busy(e));
	errand_cancel(e);
	assert_false(errand_busy(e));
	assert_null(errand_take(e));
	errand_free(e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_cancelled_has_no_answer),
		cmocka_unit_test(an_answer_that_waits_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
