/* Overviews in the background: one that nobody waits for any more ends at once,
 * and what is asked next is answered in full. */
#include "base/jobs.h"
#include "load_support.h"
#include "screen/survey.h"
#include "triage/index.h"

#include <sched.h>

enum { EVENTS = 3000 };

static void wake(void)
{
}

static void generate(struct made *m)
{
	struct buffer text = {0};

	for (int i = 0; i < EVENTS; i++)
		buffer_printf(&text, "{\"eventVersion\":\"1\",\"eventTime\":"
			      "\"2026-01-01T00:00:%02dZ\",\"eventName\":\"Get\","
			      "\"eventSource\":\"acm.amazonaws.com\",\"eventID\":"
			      "\"%d\",\"requestParameters\":{\"certificateArn\":"
			      "\"arn:aws:acm:r:111122223333:certificate/%d\"},"
			      "\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":"
			      "\"alice\",\"accessKeyId\":\"AKIA%d\"}}\n", i % 60, i,
			      i, i);
	make_store(m);
	make_file(m, buffer_span(&text), 4000);
	/* As while loading goes on: each version has indexes of its own. */
	builder_publish(m->builder, true);
	buffer_free(&text);
}

static void what_is_cancelled_holds_only_a_part(void **state)
{
	const atomic_bool cancelled = true, goes_on = false;
	struct made m;

	(void)state;
	generate(&m);
	for (int i = 0; i < 2; i++) {
		struct index *index = index_new(m.store);

		index_cancel_by(index, i ? &cancelled : &goes_on);
		index_findings(index, NULL);
		assert_int_equal(index_certificates(index)->count,
				 i ? 0 : EVENTS);
		assert_int_equal(index_sessions(index)->count,
				 i ? 0 : EVENTS);
		index_free(index);
	}
	unmake(&m);
}

static void the_next_overview_is_whole(void **state)
{
	struct jobs *jobs = jobs_new(2);
	struct survey_answer *a;
	struct survey *s;
	struct made m;

	(void)state;
	generate(&m);
	s = survey_new(m.store, jobs, wake);
	for (int i = 0; i < 20; i++) {
		survey_ask_overview(s, OVERVIEW_CERTIFICATES, SPAN(""));
		for (int k = 0; k < i * 10; k++)
			sched_yield();
		survey_cancel(s);
		while (survey_busy(s))
			sched_yield();
		assert_null(survey_take(s));
		survey_ask_overview(s, OVERVIEW_CERTIFICATES, SPAN(""));
		while (!(a = survey_take(s)))
			sched_yield();
		assert_int_equal(a->answer->table[0].rows, EVENTS);
		survey_answer_free(a);
	}
	survey_free(s);
	jobs_free(jobs);
	unmake(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_cancelled_holds_only_a_part),
		cmocka_unit_test(the_next_overview_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
