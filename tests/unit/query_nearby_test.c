/* The events nearest to one: what is judged one by one is what the whole answer
 * says, in its order, without a gap, whatever the filter and wherever it
 * begins. */
#include "load_support.h"
#include "query/nearby.h"
#include "query/run.h"

enum { EVENTS = 400 };

static const char *const filters[] = {
	"", "e1", "192.0.2.3", "event=Get1", "event!=Get1", "!event=Get1",
	"event~^Get[12]$ error?", "error!?", "error=AccessDenied or who~alice",
	"!(error=AccessDenied or who~alice)", "(event=Get1 or event=Get2) from=192.0.2.1",
	"!(event=Get1 and error?)", "event in (Get1, Get2)", "event not in (Get1)",
	"time>=2026-01-01T00:03", "time=2026-01-01T00:02", "time<2026-01-01T00:01",
	"from in (192.0.2.0/30)", "userIdentity.accessKeyId?", "requestParameters.n>3",
	"requestParameters.n<=2 event=Get0", "is:error", "!is:error", "is:conflict",
	"saved:denied", "!saved:denied", "resources[].ARN~x", "who!~alice",
	"/get/i", "nothing at all", "is:undecided",
	"zebra", "!zebra",
};

static void add_event(struct buffer *out, int i)
{
	static const char *const names[] = {"alice", "bob", "carol \\u0000"};

	buffer_printf(out,
		"{\"eventVersion\":\"1\",\"eventTime\":\"2026-01-01T00:%02d:"
		"%02dZ\",\"eventName\":\"Get%d\",\"sourceIPAddress\":\"192.0."
		"2.%d\",\"eventID\":\"%d\",\"requestParameters\":{\"n\":%d},"
		"\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"%s\","
		"\"accessKeyId\":\"AKIA%d\"}", i * 7 % 300 / 60,
		i * 7 % 60, i % 5, i % 9, i / 2 * 2 == i ? i : i - (i % 20 == 1),
		i % 8, names[i % 3], i % 4);
	if (i % 4 == 0)
		buffer_add_text(out, ",\"errorCode\":\"AccessDenied\"");
	if (i % 20 == 7)
		buffer_add_text(out, " /* zebra */");
	buffer_add_text(out, "}\n");
}

/* In several segments, some events twice. */
static void generate(struct made *m)
{
	struct buffer text = {0};

	make_store(m);
	for (int i = 0; i < EVENTS; i++) {
		add_event(&text, i);
		if (i % 100 == 50)
			add_event(&text, i);
		if (i % 100 < 99)
			continue;
		make_file(m, buffer_span(&text), 4000);
		builder_publish(m->builder, true);
		buffer_clear(&text);
	}
	make_end(m);
	buffer_free(&text);
}

static struct run_result answer(const struct store *store, const char *text)
{
	static const struct order by_time = {.count = 0};
	struct run_cache *cache = run_cache_new();
	struct filter *filter = filter_parse(span_of(text), NULL);
	struct run_result r;

	assert_non_null(filter);
	assert_true(run_query(store, cache, NULL, filter, &by_time, NULL, &r));
	filter_free(filter);
	run_cache_free(cache);
	return r;
}

static bool same(struct store_event a, struct store_event b)
{
	return a.segment == b.segment && a.index == b.index;
}

/* Where the events FOUND stand in the whole answer; they stand there together. */
static size_t place_in(const struct run_result *whole,
		       const struct store_event *found, size_t count)
{
	size_t at = 0;

	while (at < whole->count && !same(whole->events[at], found[0]))
		at++;
	assert_true(at + count <= whole->count);
	for (size_t i = 0; i < count; i++)
		assert_true(same(whole->events[at + i], found[i]));
	return at;
}

static void the_nearest_are_those_of_the_whole_answer(void **state)
{
	struct match_worker *worker = match_worker_new();
	struct run_result all;
	struct made m;
	size_t some = 0;

	(void)state;
	generate(&m);
	assert_true(store_segment_count(m.store) > 2);
	all = answer(m.store, "");
	for (size_t f = 0; f < COUNT(filters); f++) {
		struct filter *filter = filter_parse(span_of(filters[f]), NULL);
		struct run_result whole = answer(m.store, filters[f]);

		for (size_t from = 0; from < all.count; from += 57) {
			struct nearby near = {all.events, all.count,
					      all.events[from], 5, UINT64_MAX,
					      UINT64_MAX};
			size_t count, before = 0, on = 0, at;
			struct store_event *found = nearby_find(
				m.store, filter, &near, worker, NULL, &count);

			for (size_t i = 0, k = 0; i < all.count; i++) {
				if (k == whole.count ||
				    !same(all.events[i], whole.events[k]))
					continue;
				k++;
				before += i < from;
				on += i >= from;
			}
			before = before < 5 ? before : 5;
			on = on < 5 ? on : 5;
			if (filter_lists_undecided(filter))
				before = on = 0;
			assert_int_equal(count, before + on);
			at = count ? place_in(&whole, found, count) : 0;
			assert_true(at < whole.count || count == 0);
			some += count;
			free(found);
		}
		run_result_free(&whole);
		filter_free(filter);
	}
	assert_true(some > 1000);
	run_result_free(&all);
	match_worker_free(worker);
	unmake(&m);
}

static void it_ends_in_time_or_when_it_is_cancelled(void **state)
{
	struct match_worker *worker = match_worker_new();
	struct filter *filter = filter_parse(SPAN("event~Get"), NULL);
	const atomic_bool cancelled = true;
	struct store_event *found;
	struct run_result all;
	struct made m;
	size_t count;

	(void)state;
	generate(&m);
	all = answer(m.store, "");
	for (int i = 0; i < 3; i++) {
		struct nearby near = {all.events, all.count, STORE_NO_EVENT, 5,
				      i == 0 ? 0 : UINT64_MAX,
				      i < 2 ? 0 : UINT64_MAX};

		found = nearby_find(m.store, filter, &near, worker,
				    i == 2 ? &cancelled : NULL, &count);
		assert_int_equal(count, 0);
		free(found);
	}
	run_result_free(&all);
	filter_free(filter);
	match_worker_free(worker);
	unmake(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_are_those_of_the_whole_answer),
		cmocka_unit_test(it_ends_in_time_or_when_it_is_cancelled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
