/* Regexes that explode: they end, what they leave open is counted and can be
 * listed, and they end at once when nobody waits for them any more. */
#define _XOPEN_SOURCE 700
#include "query/run.h"

#include "query_support.h"
#include "write_support.h"

#include <pthread.h>
#include <time.h>

enum { LONG = 64 << 10, EVENTS = 4 };

/* Each takes longer than any limit on most values below. */
static const char *const exploding[] = {
	"(a+)+$", "(a|a)+$", "(a|aa)+$", "(a*)*$", "(a*)+$", "([a-z]+)*$",
	"(\\w+)+$", "(\\w*\\w*)*$", "((a+)*)*$", "(a|b|ab)*$", "([ab]*)*$",
	"(a+){2,}$", "(?:a+)+$", "(a(a)*)+$", "(aa+)+$", "(a+)+[xy]",
	"(a+a+)+[xy]$", "(.*a)*[xy]", "(a?){40}a{40}$", "(x+x+)+y|(a+a+)+$",
};

static struct store *store;

/* Events whose userAgent is 64 KiB of what the patterns run through. */
static int set_up(void **state)
{
	struct buffer text = {0};

	(void)state;
	for (int i = 0; i < EVENTS; i++) {
		buffer_printf(&text, "{\"eventVersion\":\"1.08\",\"eventName\":"
			      "\"E%d\",\"userAgent\":\"", i);
		for (int k = 0; k < LONG; k++)
			buffer_add_byte(&text, i == 0 && k % 2 ? 'b' : 'a');
		buffer_add_text(&text, "!\"}\n");
	}
	store = support_load("query_run_exploding_test.json", buffer_text(&text));
	buffer_free(&text);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	store_free(store);
	return 0;
}

static struct run_result run(const char *text, const atomic_bool *cancel,
			     bool *whole)
{
	static const struct order by_time = {.count = 0};
	struct run_cache *cache = run_cache_new();
	struct filter *f = filter_parse(span_of(text), NULL);
	struct run_result result;

	assert_non_null(f);
	*whole = run_query(store, cache, NULL, f, &by_time, cancel, &result);
	filter_free(f);
	run_cache_free(cache);
	return result;
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

/* Whoever waits sees every event: it passes, does not, or is undecided, and
 * then it can be listed. */
static void what_explodes_is_counted_and_can_be_listed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(exploding); i++) {
		struct buffer text = {0};
		struct run_result plain, negated, listed;
		bool whole;

		buffer_printf(&text, "user-agent~%s", exploding[i]);
		plain = run(buffer_text(&text), NULL, &whole);
		assert_true(whole);
		buffer_clear(&text);
		buffer_printf(&text, "user-agent!~%s", exploding[i]);
		negated = run(buffer_text(&text), NULL, &whole);
		assert_true(whole);
		buffer_add_text(&text, " is:undecided");
		listed = run(buffer_text(&text), NULL, &whole);
		assert_true(whole);
		assert_int_equal(plain.undecided, negated.undecided);
		assert_int_equal(plain.count + negated.count + plain.undecided,
				 EVENTS);
		assert_int_equal(listed.count, plain.undecided);
		assert_int_equal(listed.undecided, plain.undecided);
		assert_true(plain.undecided >= 3);
		run_result_free(&plain);
		run_result_free(&negated);
		run_result_free(&listed);
		buffer_free(&text);
	}
}

struct waiting {
	const char *text;
	atomic_bool cancel, over;
};

static void *run_until_cancelled(void *context)
{
	struct waiting *w = context;
	struct run_result result;
	bool whole;

	result = run(w->text, &w->cancel, &whole);
	run_result_free(&result);
	w->over = true;
	return NULL;
}

static void what_explodes_ends_when_it_is_cancelled(void **state)
{
	const char *patience = getenv("ACMTUI_INSTRUMENTED");
	/* A busy machine may take a thread away for a while. */
	int64_t most = patience && *patience ? 5000 : 1000, worst = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(exploding); i++) {
		struct waiting w = {.text = exploding[i]};
		pthread_t thread;
		int64_t start;

		assert_int_equal(pthread_create(&thread, NULL,
						run_until_cancelled, &w), 0);
		start = now();
		w.cancel = true;
		assert_int_equal(pthread_join(thread, NULL), 0);
		worst = now() - start > worst ? now() - start : worst;
		assert_true(w.over);
	}
	print_message("ended after %d ms at the latest\n", (int)worst);
	assert_true(worst < most);
}

/* In an expression what is open counts only where something hangs on it. */
static void what_hangs_on_no_open_match_is_decided(void **state)
{
	static const struct {
		const char *text;
		uint64_t count, undecided;
	} rows[] = {
		{"user-agent~(a+)+$ event=zzz", 0, 0},
		{"user-agent~(a+)+$ or event~E", EVENTS, 0},
		{"user-agent~(a|aa)+$ event=E1", 0, 1},
		{"!(user-agent~(a|aa)+$ event=E1)", EVENTS - 1, 1},
		{"event=E1 or user-agent~(a|aa)+$ event=E2", 1, 1},
		{"user-agent~(a|aa)+$ event=E1 is:undecided", 1, 1},
		{"user-agent~(a|aa)+$ event in (E1, E2) !is:undecided", 0, 2},
		{"user-agent~(a|aa)+$ event in (E1, E2) "
		 "!(is:undecided or event=E9)", 0, 2},
		{"user-agent~(a|aa)+$ event in (E1, E2) "
		 "!(is:undecided event=E2)", 1, 2},
		{"event=E1 is:undecided", 0, 0},
		{"is:undecided", 0, 0},
		{"!is:undecided", EVENTS, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		bool whole;
		struct run_result r = run(rows[i].text, NULL, &whole);

		if (r.count != rows[i].count ||
		    r.undecided != rows[i].undecided)
			fail_msg("%s: %d, %d undecided", rows[i].text,
				 (int)r.count, (int)r.undecided);
		run_result_free(&r);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_explodes_is_counted_and_can_be_listed),
		cmocka_unit_test(what_explodes_ends_when_it_is_cancelled),
		cmocka_unit_test(what_hangs_on_no_open_match_is_decided),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
