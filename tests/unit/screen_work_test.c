/* Queries in the background: the newest question is answered, whatever was
 * asked before, and nothing is lost when all ends at once. */
#include "base/jobs.h"
#include "load_support.h"
#include "screen/work.h"

#include <semaphore.h>

static sem_t woken;

static void wake(void)
{
	sem_post(&woken);
}

static void some_events(struct made *m)
{
	make_text(m, "{\"eventVersion\":\"1\",\"eventTime\":\"2026-01-01T00:00:"
		  "00Z\",\"eventName\":\"aa\",\"eventID\":\"1\"}\n"
		  "{\"eventVersion\":\"1\",\"eventTime\":\"2026-01-01T00:00:"
		  "01Z\",\"eventName\":\"ab\",\"eventID\":\"2\"}\n", 9999);
}

static void ask(struct work *w, const char *text)
{
	struct order order = {.count = 0};
	struct error err;
	struct filter *filter = filter_parse(span_of(text), &err);

	assert_non_null(filter);
	work_ask(w, filter, &order);
}

static void without_a_pool_the_answer_is_there_at_once(void **state)
{
	struct work_answer answer;
	struct made m;
	struct work *w;

	(void)state;
	some_events(&m);
	w = work_new(m.store, NULL, wake);
	assert_false(work_take(w, &answer));
	ask(w, "event=ab");
	assert_true(work_busy(w));
	assert_true(work_take(w, &answer));
	assert_false(work_busy(w));
	assert_int_equal(answer.result.count, 1);
	work_answer_free(&answer);
	assert_false(work_take(w, &answer));
	ask(w, "");
	work_free(w);
	unmake(&m);
}

static void the_last_question_is_answered(void **state)
{
	struct jobs *jobs = jobs_new(2);
	struct work_answer answer;
	struct made m;
	struct work *w;

	(void)state;
	some_events(&m);
	w = work_new(m.store, jobs, wake);
	for (int round = 0; round < 50; round++) {
		bool last = false;

		for (int i = 0; i < 20; i++)
			ask(w, "a");
		ask(w, "event=ab");
		while (!last) {
			assert_int_equal(sem_wait(&woken), 0);
			if (!work_take(w, &answer))
				continue;
			last = span_is(filter_text(answer.filter),
				       "event=ab");
			assert_int_equal(answer.result.count, last ? 1 : 2);
			work_answer_free(&answer);
		}
	}
	work_free(w);
	jobs_free(jobs);
	unmake(&m);
}

static void it_ends_whatever_runs(void **state)
{
	struct made m;

	(void)state;
	some_events(&m);
	for (int round = 0; round < 100; round++) {
		struct jobs *jobs = jobs_new(2);
		struct work *w = work_new(m.store, jobs, wake);

		ask(w, "a");
		ask(w, "b");
		if (round % 2)
			ask(w, "c");
		work_free(w);
		jobs_free(jobs);
	}
	unmake(&m);
}

static int start(void **state)
{
	(void)state;
	return sem_init(&woken, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_pool_the_answer_is_there_at_once),
		cmocka_unit_test(the_last_question_is_answered),
		cmocka_unit_test(it_ends_whatever_runs),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
