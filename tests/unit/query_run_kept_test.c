/* A query gives the same events and counts on any number of threads, from
 * nothing or from what was kept, while the store grows and when it is over; and
 * one that is stopped leaves nothing behind. */
#include "store_support.h"

#include "base/jobs.h"
#include "query/run.h"

#include <pthread.h>

#define EV(n, more) "{\"eventName\":\"N" n "\",\"eventTime\":\"2026-01-02T03:" \
	"04:0" n "Z\",\"eventSource\":\"acm.amazonaws.com\"" more "}\n"

static const struct order by_time = {.count = 0};

/* Events in many segments: some refused, some with secrets, some told twice. */
static void add_events(struct made *m, uint64_t *seed, int count)
{
	struct buffer text = {0};

	for (int i = 0; i < count; i++) {
		int n = (int)(next_random(seed) % 6);

		buffer_printf(&text, "{\"eventName\":\"N%d\",\"eventTime\":"
			      "\"2026-01-02T03:04:0%dZ\",\"eventID\":\"%d\"%s"
			      ",\"userIdentity\":{\"type\":\"IAMUser\","
			      "\"userName\":\"u%d\"},\"x\":{\"y\":\"v\\u00e9%d\"%s}}\n",
			      n, n, (int)(next_random(seed) % 400),
			      n == 3 ? ",\"errorCode\":\"AccessDenied\"" : "",
			      n, n, n == 4 ? ",\"password\":\"s\"" : "");
	}
	make_file(m, buffer_span(&text), 1 << 20);
	builder_publish(m->builder, true);
	buffer_free(&text);
}

static void make_grown(struct made *m, int segments)
{
	uint64_t seed = 9;

	make_store(m);
	for (int i = 0; i < segments; i++)
		add_events(m, &seed, 70);
}

static const char *const filters[] = {
	"", "event~^N[0-2]", "error?", "error!? event!=N1", "AccessDenied",
	"event=N1 event=N1", "event=N1 or error=AccessDenied", "who~u3",
	"!event~^N[0-2] v\xc3\xa9", "x.password~password", "nothing-at-all",
	"x.y~v.4", "source=acm", "file~file-2", "result=ok",
	"(event=N1 or event=N2) !who=u1", "event~.", "is:error has:secret",
	"v v\xc3\xa9", "N1 N", "u3 u", "u33", "u3 u33 u333", "event~^N7 event~^N",
	"event~^N77",
};

/* Whether two results say the same. */
static void assert_same(const struct run_result *a, const struct run_result *b,
			const char *filter)
{
	bool same = a->count == b->count && a->errors == b->errors &&
		    a->undecided == b->undecided && a->first == b->first &&
		    a->last == b->last && a->term_count == b->term_count;

	for (size_t i = 0; same && i < a->count; i++)
		same = a->events[i].segment == b->events[i].segment &&
		       a->events[i].index == b->events[i].index;
	for (size_t i = 0; same && i < a->term_count; i++)
		same = a->terms[i] == b->terms[i];
	for (size_t i = 0; same && i < a->predicate_count; i++)
		same = a->predicates[i] == b->predicates[i];
	if (!same)
		fail_msg("%s: %zu and %zu events", filter, a->count, b->count);
}

static struct run_result run(const struct store *store,
			     struct run_cache *cache, struct jobs *jobs,
			     const char *text)
{
	struct error err = {.text = ""};
	struct filter *filter = filter_parse(span_of(text), &err);
	struct run_result result;

	if (!filter)
		fail_msg("%s: %s", text, err.text);
	assert_true(run_query(store, cache, jobs, filter, &by_time, NULL,
			      &result));
	filter_free(filter);
	return result;
}

static void threads_and_caches_change_nothing(void **state)
{
	static const size_t threads[] = {1, 2, 8};
	struct run_cache *cache = run_cache_new();
	struct made m;

	(void)state;
	make_grown(&m, 9);
	make_end(&m);
	for (size_t i = 0; i < COUNT(filters); i++) {
		struct run_cache *fresh = run_cache_new();
		struct run_result first = run(m.store, fresh, NULL,
					      filters[i]);

		run_cache_free(fresh);
		for (size_t t = 0; t < COUNT(threads); t++) {
			struct jobs *jobs = jobs_new(threads[t]);
			struct run_result again = run(m.store, cache, jobs,
						      filters[i]);

			assert_same(&first, &again, filters[i]);
			run_result_free(&again);
			jobs_free(jobs);
		}
		run_result_free(&first);
	}
	run_cache_free(cache);
	run_cache_free(NULL);
	unmake(&m);
}

/* What was kept stays right while segments come, duplicates are found in old
 * ones, and tags are given at the end. */
static void what_is_kept_grows_with_the_store(void **state)
{
	struct run_cache *cache = run_cache_new();
	uint64_t seed = 9;
	struct made m;

	(void)state;
	make_store(&m);
	for (int step = 0; step < 8; step++) {
		if (step == 7)
			make_end(&m);
		else
			add_events(&m, &seed, 70);
		for (size_t i = 0; i < COUNT(filters); i++) {
			struct run_cache *fresh = run_cache_new();
			struct run_result a = run(m.store, cache, NULL,
						  filters[i]);
			struct run_result b = run(m.store, fresh, NULL,
						  filters[i]);

			assert_same(&a, &b, filters[i]);
			assert_int_equal(a.version, store_version(m.store));
			run_result_free(&a);
			run_result_free(&b);
			run_cache_free(fresh);
		}
	}
	run_cache_free(cache);
	unmake(&m);
}

static void a_tag_is_matched_when_it_is_given(void **state)
{
	struct run_cache *cache = run_cache_new();
	struct run_result result;
	struct made m;

	(void)state;
	make_store(&m);
	make_file(&m, SPAN(EV("1", ",\"password\":\"x\"")), 64);
	builder_publish(m.builder, true);
	result = run(m.store, cache, NULL, "#k1");
	assert_int_equal(result.count, 0);
	run_result_free(&result);
	make_end(&m);
	result = run(m.store, cache, NULL, "#k1");
	assert_int_equal(result.count, 1);
	run_result_free(&result);
	run_cache_free(cache);
	unmake(&m);
}

static size_t count_all(const struct store *store, struct run_cache *cache,
			const char *text)
{
	struct run_result result = run(store, cache, NULL, text);
	size_t count = result.count;

	run_result_free(&result);
	return count;
}

/* Nor is it missed in a file that is read later, though it was asked for before
 * the tag was given there. */
static void a_tag_is_matched_in_what_is_read_later(void **state)
{
	static const char filter[] = "#k1";
	struct run_cache *cache = run_cache_new();
	struct made m;

	(void)state;
	make_text(&m, EV("1", ",\"password\":\"x\""), 64);
	assert_int_equal(count_all(m.store, cache, filter), 1);
	store_resume(m.store, FIELD_EVENT_ID);
	m.builder = builder_new(m.store, NULL);
	make_file(&m, SPAN(EV("2", ",\"password\":\"x\"")), 64);
	builder_publish(m.builder, true);
	assert_int_equal(count_all(m.store, cache, filter), 1);
	make_end(&m);
	assert_int_equal(count_all(m.store, cache, filter), 2);
	run_cache_free(cache);
	unmake(&m);
}

static const struct {
	const char *filter;
	size_t count;
	uint64_t terms[3], errors;
	int64_t first, last;            /* seconds of the minute; -1: none */
} counted[] = {
	{"", 4, {0}, 1, 1, 4},
	{"event~N", 4, {4}, 1, 1, 4},
	{"event=N2 error?", 1, {1, 1}, 1, 2, 2},
	{"event=N2 event=N3", 0, {1, 1}, 0, -1, -1},
	{"error!? event!=N4 acm", 2, {3, 3, 4}, 0, 1, 3},
	{"event=none", 0, {0}, 0, -1, -1},
};

static void terms_errors_and_times_are_counted(void **state)
{
	struct run_cache *cache = run_cache_new();
	const int64_t minute = INT64_C(1767323040000);
	struct made m;

	(void)state;
	make_text(&m, EV("1", "") EV("2", ",\"errorCode\":\"AccessDenied\"")
		  EV("3", "") EV("4", ""), 1 << 20);
	for (size_t i = 0; i < COUNT(counted); i++) {
		struct run_result r = run(m.store, cache, NULL,
					  counted[i].filter);

		assert_int_equal(r.count, counted[i].count);
		assert_int_equal(r.errors, counted[i].errors);
		assert_int_equal(r.undecided, 0);
		for (size_t t = 0; t < r.term_count; t++)
			assert_int_equal(r.terms[t], counted[i].terms[t]);
		if (counted[i].first < 0) {
			assert_true(r.first > r.last);
		} else {
			assert_int_equal(r.first,
					 minute + counted[i].first * 1000);
			assert_int_equal(r.last,
					 minute + counted[i].last * 1000);
		}
		run_result_free(&r);
	}
	run_cache_free(cache);
	unmake(&m);
}

static void a_query_that_is_stopped_has_no_result(void **state)
{
	struct run_cache *cache = run_cache_new();
	struct jobs *jobs = jobs_new(2);
	atomic_bool cancel = true;
	struct made m;

	(void)state;
	make_grown(&m, 4);
	make_end(&m);
	for (size_t i = 1; i < COUNT(filters); i++) {
		struct filter *filter = filter_parse(span_of(filters[i]),
						     NULL);
		struct run_result stopped, whole, again;

		cancel = true;
		assert_false(run_query(m.store, cache, jobs, filter, &by_time,
				       &cancel, &stopped));
		assert_int_equal(stopped.count, 0);
		assert_null(stopped.events);
		assert_null(stopped.terms);
		cancel = false;
		assert_true(run_query(m.store, cache, jobs, filter, &by_time,
				      &cancel, &whole));
		again = run(m.store, cache, NULL, filters[i]);
		assert_same(&whole, &again, filters[i]);
		run_result_free(&whole);
		run_result_free(&again);
		filter_free(filter);
	}
	jobs_free(jobs);
	run_cache_free(cache);
	unmake(&m);
}

struct loading {
	struct made made;
	atomic_bool over;
};

static void *load_slowly(void *context)
{
	struct loading *l = context;
	uint64_t seed = 9;

	for (int i = 0; i < 60; i++)
		add_events(&l->made, &seed, 70);
	make_end(&l->made);
	l->over = true;
	return NULL;
}

/* Each result is whole for what was published when it began. */
static void a_query_runs_while_events_come(void **state)
{
	struct loading loading = {.over = false};
	struct run_cache *cache = run_cache_new();
	struct jobs *jobs = jobs_new(2);
	struct store_counts counts;
	struct run_result last;
	pthread_t thread;
	size_t before = 0;

	(void)state;
	make_store(&loading.made);
	assert_int_equal(pthread_create(&thread, NULL, load_slowly, &loading),
			 0);
	for (bool over = false; !over;) {
		struct run_result all, some;

		over = loading.over;
		some = run(loading.made.store, cache, jobs,
			   "event~^N[0-2] x.y!=y");
		all = run(loading.made.store, cache, jobs, "");
		assert_true(some.count <= all.count);
		assert_true(all.count + 400 >= before);
		before = all.count;
		run_result_free(&some);
		run_result_free(&all);
	}
	pthread_join(thread, NULL);
	last = run(loading.made.store, cache, jobs, "");
	store_counts(loading.made.store, &counts);
	assert_int_equal(last.count, counts.events);
	run_result_free(&last);
	run_cache_free(cache);
	jobs_free(jobs);
	unmake(&loading.made);
}

/* The filter without its term LEFT_OUT. */
static void write_rest(const struct filter *filter, size_t left_out,
		       struct buffer *out)
{
	for (size_t i = 0; i < filter_terms(filter); i++) {
		if (i == left_out)
			continue;
		buffer_add_span(out, filter_term(filter, i)->text);
		buffer_add_byte(out, ' ');
	}
}

static void what_a_term_alone_keeps_out_is_what_comes_without_it(void **state)
{
	struct run_cache *cache = run_cache_new();
	size_t seen = 0;
	struct made m;

	(void)state;
	make_grown(&m, 9);
	make_end(&m);
	for (size_t i = 0; i < COUNT(filters); i++) {
		struct filter *filter = filter_parse(span_of(filters[i]),
						     NULL);
		struct run_result all = run(m.store, cache, NULL, filters[i]);

		for (size_t t = 0; t < all.term_count; t++) {
			struct buffer rest = {0};
			struct run_result without;

			write_rest(filter, t, &rest);
			without = run(m.store, cache, NULL,
				      buffer_text(&rest));
			assert_int_equal(all.freed[t],
					 without.count - all.count);
			seen += all.freed[t] > 0;
			run_result_free(&without);
			buffer_free(&rest);
		}
		run_result_free(&all);
		filter_free(filter);
	}
	assert_true(seen > 0);
	run_cache_free(cache);
	unmake(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_and_caches_change_nothing),
		cmocka_unit_test(what_is_kept_grows_with_the_store),
		cmocka_unit_test(a_tag_is_matched_when_it_is_given),
		cmocka_unit_test(a_tag_is_matched_in_what_is_read_later),
		cmocka_unit_test(terms_errors_and_times_are_counted),
		cmocka_unit_test(a_query_that_is_stopped_has_no_result),
		cmocka_unit_test(a_query_runs_while_events_come),
		cmocka_unit_test(
			what_a_term_alone_keeps_out_is_what_comes_without_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
