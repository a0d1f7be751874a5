/* What is typed letter by letter gives with each letter what it gives when it is
 * asked at once, though each time only what the letters before it found is looked
 * at. */
#include "load_support.h"
#include "query/narrow.h"
#include "query/run.h"

enum { EVENTS = 640, RARE = 80 };

/* How often only what was found before was asked, and that was enough. */
static size_t narrowed;

bool __real_narrow_evaluate(const struct predicate *, const struct term_set *,
			    const struct store *, uint32_t,
			    struct match_worker *, const atomic_bool *,
			    struct term_set *);
bool __wrap_narrow_evaluate(const struct predicate *, const struct term_set *,
			    const struct store *, uint32_t,
			    struct match_worker *, const atomic_bool *,
			    struct term_set *);

bool __wrap_narrow_evaluate(const struct predicate *t,
			    const struct term_set *within,
			    const struct store *store, uint32_t segment,
			    struct match_worker *worker,
			    const atomic_bool *cancel, struct term_set *set)
{
	bool done = __real_narrow_evaluate(t, within, store, segment, worker,
					   cancel, set);

	narrowed += done;
	return done;
}

static struct filter *read_filter(const char *text)
{
	struct error err = {.text = ""};
	struct filter *filter = filter_parse(span_of(text), &err);

	if (!filter)
		fail_msg("%s: %s", text, err.text);
	return filter;
}

static void only_letters_behind_a_pattern_narrow_it(void **state)
{
	static const struct {
		const char *before, *text;
		bool continues;
	} rows[] = {
		{"Exp", "Export", true},
		{"event~^Exp", "event~^Export", true},
		{"event~^", "event~^E", true},
		{"event!~^Exp", "event~^Export", true},
		{"event~^Exp", "event!~^Export", true},
		{"[0-9]", "[0-9]a", true},
		{"a|b", "a|bc", true},
		{"(?i)a", "(?i)a-_Z9", true},
		{"a\\.b", "a\\.bc", true},
		{"198.18.3", "198.18.33", true},
		{"Export", "Exp", false},
		{"Export", "Export", false},
		{"xport", "Export", false},
		{"event~Exp", "Export", false},
		{"event~Exp", "who~Export", false},
		{"event", "event~a", false},
		{"event", "event=a", false},
		{"event", "event?", false},
		{"event=Exp", "event=Export", false},
		{"a", "a?", false},
		{"a", "a*", false},
		{"ab", "ab{0}", false},
		{"a", "a|b", false},
		{"a\\x4", "a\\x41", false},
		{"(a)\\1", "(a)\\1b", false},
		{"198.18.33.9", "198.18.33.94", false},
		{"198.18.33.9", "198.18.33.9a", false},
		{"/a/", "/a/i", false},
		{"\"a\"", "\"ab\"", false},
		{"who<1", "who<12", false},
		{"is:error", "is:errors", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct filter *before = read_filter(rows[i].before);
		struct filter *filter = filter_parse(span_of(rows[i].text),
						     NULL);
		const struct predicate *b = filter_predicate(before, 0);

		if (filter && (narrow_begins(b) &&
			       narrow_continues(filter_predicate(filter, 0),
						b->key)) != rows[i].continues)
			fail_msg("%s, then %s", rows[i].before, rows[i].text);
		assert_true(filter || !rows[i].continues);
		filter_free(before);
		filter_free(filter);
	}
}

/* Every eightieth event is rare. */
static void add_event(struct buffer *out, int i)
{
	bool rare = i % RARE == 7;

	buffer_printf(out, "{\"eventVersion\":\"1\",\"eventTime\":\"2026-01-01T"
		      "00:%02d:%02dZ\",\"eventName\":\"%s%d\",\"eventID\":\"%d"
		      "\",\"requestParameters\":{\"n\":\"%s%d\",\"\\u0001\":\"%s"
		      "\",\"x\":\"%s\"}}\n", i / 60, i % 60,
		      rare ? "GetRareThing" : "GetThing", i % 3, i,
		      rare ? "needle-" : "hay-", i, rare ? "nee\\u0002dle" : "h",
		      i % 400 == 7 ? "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		      : "x");
}

static void make_some(struct made *m)
{
	struct buffer text = {0};

	make_store(m);
	for (int i = 0; i < EVENTS; i++) {
		add_event(&text, i);
		if (i % (EVENTS / 2) < EVENTS / 2 - 1)
			continue;
		make_file(m, buffer_span(&text), 1 << 20);
		builder_publish(m->builder, true);
		buffer_clear(&text);
	}
	make_end(m);
	buffer_free(&text);
	assert_true(store_segment_count(m->store) > 1);
}

static struct run_result run(const struct store *store,
			     struct run_cache *cache, const char *text)
{
	struct filter *filter = read_filter(text);
	struct run_result result;

	assert_true(run_query(store, cache, NULL, filter, NULL, NULL,
			      &result));
	filter_free(filter);
	return result;
}

static void assert_same(const struct run_result *a, const struct run_result *b,
			const char *text)
{
	bool same = a->count == b->count && a->undecided == b->undecided &&
		    a->terms[0] == b->terms[0];

	for (size_t i = 0; same && i < a->count; i++)
		same = a->events[i].segment == b->events[i].segment &&
		       a->events[i].index == b->events[i].index;
	if (!same)
		fail_msg("%s: %zu and %zu events", text, a->count, b->count);
}

static void typed_and_asked_at_once_are_the_same(void **state)
{
	static const char *const texts[] = {
		"needle-87", "GetRareThing1", "event~^GetRareThing1",
		"event!~^GetRareThing2", "!event~RareThing2", "nee\\u0002dle",
		"requestParameters.n~needle-[0-9]7-", "requestParameters.n!~needle-16",
		"(?i)NEEDLE-567", "hay-1|needle-7", "x(x+x+)+xy",
	};
	struct made m;

	(void)state;
	make_some(&m);
	narrowed = 0;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct run_cache *kept = run_cache_new();
		char text[64];

		for (size_t n = 1; n <= strlen(texts[i]); n++) {
			struct run_cache *fresh = run_cache_new();
			struct run_result typed, once;
			struct filter *filter;

			snprintf(text, sizeof text, "%.*s", (int)n, texts[i]);
			filter = filter_parse(span_of(text), NULL);
			if (filter && filter_terms(filter) > 0) {
				typed = run(m.store, kept, text);
				once = run(m.store, fresh, text);
				assert_same(&typed, &once, text);
				run_result_free(&typed);
				run_result_free(&once);
			}
			filter_free(filter);
			run_cache_free(fresh);
		}
		run_cache_free(kept);
	}
	assert_true(narrowed > COUNT(texts));
	unmake(&m);
}

/* Of the events that hold the text, those of the set are found and no others;
 * where the set is large, none are asked. */
static void events_of_the_set_are_asked_and_no_others(void **state)
{
	struct match_worker *worker = match_worker_new();
	struct filter *filter = read_filter("event!~^GetRare");
	const struct predicate *t = filter_predicate(filter, 0);
	const atomic_bool cancelled = true;
	uint64_t yes[EVENTS / 64 + 1] = {0}, undecided[EVENTS / 64 + 1] = {0};
	struct term_set within = {yes, undecided}, set = {NULL, NULL};
	struct made m;

	(void)state;
	make_some(&m);
	yes[0] = UINT64_C(1) << 7 | UINT64_C(1) << 9;
	undecided[1] = UINT64_C(1) << (RARE + 7) % 64;
	assert_true(narrow_evaluate(t, &within, m.store, 0, worker, NULL, &set));
	assert_int_equal(set.yes[0], UINT64_C(1) << 7);
	assert_int_equal(set.yes[1], undecided[1]);
	for (size_t w = 2; w <= store_segment(m.store, 0)->count / 64; w++)
		assert_int_equal(set.yes[w], 0);
	assert_null(set.undecided);
	term_free(&set);

	assert_false(narrow_evaluate(t, &within, m.store, 0, worker, &cancelled,
				     &set));
	assert_null(set.yes);
	yes[0] = UINT64_MAX;
	assert_false(narrow_evaluate(t, &within, m.store, 0, worker, NULL, &set));
	assert_null(set.yes);
	within.yes = NULL;
	assert_false(narrow_evaluate(t, &within, m.store, 0, worker, NULL, &set));
	assert_null(set.yes);
	unmake(&m);
	filter_free(filter);
	match_worker_free(worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_letters_behind_a_pattern_narrow_it),
		cmocka_unit_test(typed_and_asked_at_once_are_the_same),
		cmocka_unit_test(events_of_the_set_are_asked_and_no_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
