/* The store counts what it is given, keeps files and problems in their places,
 * and gives every value through one door. */
#include "store_support.h"

#include <sys/wait.h>
#include <unistd.h>

#define EV(more) "{\"eventName\":\"A\",\"eventTime\":\"2026-01-02T03:04:05Z\"" \
	more "}"

static void files_are_counted_by_their_state(void **state)
{
	static const struct {
		struct store_file file;
		uint64_t done, skipped, failed, unverified, rejected;
	} steps[] = {
		{{.state = STORE_FILE_WAITING}, 0, 0, 0, 0, 0},
		{{.state = STORE_FILE_LOADED, .events = 5, .rejected = 2},
		 1, 0, 0, 0, 2},
		{{.state = STORE_FILE_LOADED, .events = 5, .unverified = true},
		 1, 0, 0, 5, 0},
		{{.state = STORE_FILE_PARTLY, .events = 3}, 1, 0, 0, 0, 0},
		{{.state = STORE_FILE_SKIPPED}, 1, 1, 0, 0, 0},
		{{.state = STORE_FILE_DIGEST}, 1, 1, 0, 0, 0},
		{{.state = STORE_FILE_FAILED}, 1, 0, 1, 0, 0},
	};
	struct store *store = store_new(FIELD_COUNT);
	struct store_counts c;
	uint64_t version;

	(void)state;
	assert_int_equal(store_add_file(store, "one"), 0);
	assert_int_equal(store_add_file(store, "two"), 1);
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct store_file file = steps[i].file;

		file.bytes_out = 10 * i;
		file.why = memory_copy("why", 3);
		version = store_version(store);
		store_set_file(store, 1, &file);
		assert_true(store_version(store) > version);
		store_counts(store, &c);
		assert_int_equal(c.files, 2);
		assert_int_equal(c.files_done, steps[i].done);
		assert_int_equal(c.files_skipped, steps[i].skipped);
		assert_int_equal(c.files_failed, steps[i].failed);
		assert_int_equal(c.unverified, steps[i].unverified);
		assert_int_equal(c.rejected, steps[i].rejected);
		assert_int_equal(c.bytes_out, 10 * i);
		file = store_file(store, 1);
		assert_string_equal(file.name, "two");
		assert_string_equal(file.why, "why");
	}
	assert_string_equal(store_file(store, 0).name, "one");
	assert_int_equal(store_file_count(store), 2);
	for (int i = 0; i < 100; i++)
		store_add_file(store, "more");
	assert_string_equal(store_file(store, 1).name, "two");
	store_free(store);
	store_free(NULL);
}

static void problems_are_told_in_order_of_place(void **state)
{
	static const struct {
		uint32_t input;
		uint64_t offset;
		const char *text;
	} rows[] = {
		{2, 5, "e"}, {0, 9, "c"}, {2, 0, "d"}, {0, 0, "a"},
		{0, 0, "b"}, {2, 5, "f"}, {2, 5, "g"}, {3, 1, "h"},
	};
	struct store *store = store_new(FIELD_COUNT);
	struct store_counts before, after;

	(void)state;
	store_counts(store, &before);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct store_problem p = {
			.input = rows[i].input,
			.excerpt = i % 2 ? memory_copy("x", 1) : NULL};

		error_set(&p.error, "%s", rows[i].text);
		error_at(&p.error, 1, 1, rows[i].offset);
		store_take_problem(store, &p);
	}
	assert_string_equal(store_problem(store, 0).error.text, "e");
	store_finish(store);
	assert_int_equal(store_problem_count(store), COUNT(rows));
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(store_problem(store, i).error.text[0],
				 'a' + (int)i);
	store_counts(store, &after);
	assert_int_equal(after.problems, COUNT(rows));
	assert_true(after.memory >= before.memory + COUNT(rows) * 100);
	store_free(store);
}

static void an_empty_segment_is_none(void **state)
{
	struct store *store = store_new(FIELD_COUNT);
	struct store_event e = STORE_NO_EVENT;
	struct store_counts c;

	(void)state;
	store_take_segment(store, segment_new(), NULL);
	assert_int_equal(store_segment_count(store), 0);
	assert_int_equal(store_version(store), 0);
	assert_false(store_next(store, &e));
	store_counts(store, &c);
	assert_int_equal(c.events, 0);
	assert_true(c.first > c.last);
	assert_false(store_finished(store));
	store_finish(store);
	assert_true(store_finished(store));
	store_free(store);
}

static void events_are_counted_by_what_they_are(void **state)
{
	struct store_counts c;
	struct made m;

	(void)state;
	make_store(&m);
	make_file(&m, SPAN("[" EV("") "," EV(",\"eventID\":\"1\"") ","
			   EV(",\"eventID\":\"1\"") ","
			   EV(",\"eventID\":\"1\",\"a\":1") ",{\"eventName\":"
			   "\"B\",\"eventTime\":\"never\"},{eventName:C,"
			   "eventTime:'2026-01-01T00:00:00Z'},{\"detail-type\""
			   ":\"x\",\"source\":\"aws.acm\",\"detail\":{}},"
			   "{\"eventName\":\"D\",\"eventTime\":\"2026-01-03"
			   "T00:00:00Z\",\"a\":{"), 100);
	make_end(&m);
	store_counts(m.store, &c);
	assert_int_equal(c.events, 7);
	assert_int_equal(c.duplicates, 1);
	assert_int_equal(c.conflicts, 2);
	assert_int_equal(c.notices, 1);
	assert_int_equal(c.relaxed, 2);
	assert_int_equal(c.damaged, 1);
	assert_int_equal(c.untimed, 2);
	assert_int_equal(c.first, INT64_C(1767225600000));
	assert_int_equal(c.last, INT64_C(1767398400000));
	assert_true(c.memory > 0);
	unmake(&m);
}

/* Of 300 events every third is a duplicate; the bits say so one by one and word
 * by word. */
static void dropped_events_are_left_out(void **state)
{
	struct buffer text = {0};
	struct store_event e = STORE_NO_EVENT;
	size_t seen = 0;
	struct made m;

	(void)state;
	for (int i = 0; i < 300; i++)
		buffer_printf(&text, EV(",\"eventID\":\"%d\""),
			      i % 3 == 2 ? i - 1 : i);
	make_store(&m);
	make_file(&m, buffer_span(&text), 1 << 20);
	make_end(&m);
	while (store_next(m.store, &e)) {
		assert_true(e.index % 3 != 2);
		assert_false(store_conflict(m.store, e));
		seen++;
	}
	assert_int_equal(seen, 200);
	for (uint32_t i = 0; i < 300; i++) {
		bool dropped = store_dropped(m.store,
					     (struct store_event){0, i});

		assert_int_equal(dropped, i % 3 == 2);
		assert_int_equal(store_dropped_word(m.store, 0, i / 64) >>
				 (i % 64) & 1, dropped);
	}
	buffer_free(&text);
	unmake(&m);
}

static void a_segment_without_duplicates_has_no_bits(void **state)
{
	struct made m;

	(void)state;
	make_text(&m, EV(""), 1 << 20);
	assert_int_equal(store_dropped_word(m.store, 0, 0), 0);
	assert_false(store_dropped(m.store, (struct store_event){0, 0}));
	unmake(&m);
}

static void identities_are_compared_by_input_then_record(void **state)
{
	struct store_event e[3] = {{0, 0}, {0, 1}, {0, 2}};
	struct made m;

	(void)state;
	make_store(&m);
	make_file(&m, SPAN(EV("") EV("")), 1 << 20);
	make_file(&m, SPAN(EV("")), 1 << 20);
	make_end(&m);
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 3; k++)
			assert_int_equal(store_compare(m.store, e[i], e[k]),
					 (i > k) - (i < k));
	unmake(&m);
}

static void unverified_is_what_a_file_or_a_fault_says(void **state)
{
	struct made m;

	(void)state;
	make_text(&m, EV(""), 1 << 20);
	assert_false(store_unverified(m.store, (struct store_event){0, 0}));
	store_set_file(m.store, 0, &(struct store_file){
		.state = STORE_FILE_PARTLY, .unverified = true, .events = 1});
	assert_true(store_unverified(m.store, (struct store_event){0, 0}));
	unmake(&m);
}

/* What the row holds behind the slots. */
static void derived_values_follow_the_slots(void **state)
{
	static const char arn[] =
		"arn:aws:acm:r:111122223333:certificate/1234";
	struct store_event e = {0, 0}, plain = {0, 1};
	struct buffer scratch = {0};
	struct made m;

	(void)state;
	make_text(&m, EV(",\"errorCode\":\"AccessDenied\",\"a\":\"arn:aws:acm:"
			 "r:111122223333:certificate/1234\",\"b\":\"arn:aws:"
			 "acm:r:111122223333:certificate/5678 and arn:aws:acm:"
			 "r:111122223333:certificate/1234\"") EV(""), 1 << 20);
	assert_int_equal(store_certificates(m.store, e), 2);
	assert_int_equal(store_certificates(m.store, plain), 0);
	assert_true(span_is(store_text(m.store, 0, store_derived(
		m.store, e, STORE_CERTIFICATES), &scratch), arn));
	assert_true(span_is(store_text(m.store, 0, store_derived(
		m.store, e, STORE_TARGET), &scratch), arn));
	assert_true(span_is(store_text(m.store, 0, store_derived(
		m.store, e, STORE_RESULT), &scratch), "AccessDenied"));
	assert_int_equal(store_derived(m.store, e, STORE_CERTIFICATES + 2),
			 VALUES_NONE);
	assert_int_equal(store_derived(m.store, plain, STORE_RESULT),
			 VALUES_NONE);
	assert_int_equal(store_field(m.store, plain, FIELD_ERROR_CODE),
			 VALUES_NONE);
	assert_true(span_is(store_text(m.store, 0, store_field(
		m.store, plain, FIELD_EVENT_NAME), &scratch), "A"));
	buffer_free(&scratch);
	unmake(&m);
}

/* Value by value: what it means, as it is shown in JSON, and in clear. */
static const struct {
	const char *value, *text, *token, *clear;
} doors[] = {
	{"\"x\"", "x", "\"x\"", "\"x\""},
	{"\"\\u0041\\n\"", "A\n", "\"\\u0041\\n\"", "\"\\u0041\\n\""},
	{"1.0", "1.0", "1.0", "1.0"},
	{"null", "null", "null", "null"},
	{"[1, 2, 3,\n4]", "[1, 2, 3,\n4]", "[1, 2, 3,\n4]", "[1, 2, 3,\n4]"},
	{"{\"password\":\"x\"}", "[password, #k1]", "\"[password, #k1]\"",
	 "\"x\""},
	{"{\"sessionToken\":\"\xc3\xa9" "e\"}",
	 "[session token, 2 chars, #k1]",
	 "\"[session token, 2 chars, #k1]\"", "\"\xc3\xa9" "e\""},
	{"{\"macKey\":[1,2,3,4]}", "[MAC key, 4 bytes, #k1]",
	 "\"[MAC key, 4 bytes, #k1]\"", "[1,2,3,4]"},
	{"{\"passphrase\":123}", "[passphrase, #k1]", "\"[passphrase, #k1]\"",
	 "123"},
	{"\"a password=x b\"", "a password=[password, #k1] b",
	 "\"a password=[password, #k1] b\"", "\"a password=x b\""},
	{"\"\\\"password=x \\\\\"", "\"password=[password, #k1] \\",
	 "\"\\\"password=[password, #k1] \\\\\"",
	 "\"\\\"password=x \\\\\""},
};

static void every_value_comes_through_one_door(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(doors); i++) {
		struct buffer record = {0}, scratch = {0};
		uint32_t value;
		struct made m;

		buffer_printf(&record, EV(",\"a\":%s"), doors[i].value);
		make_text(&m, buffer_text(&record), 1 << 20);
		value = store_slot(m.store, (struct store_event){0, 0}, 2);
		buffer_add_text(&scratch, "old");
		assert_true(span_is(store_text(m.store, 0, value, &scratch),
				    doors[i].text));
		assert_true(span_is(store_token(m.store, 0, value, &scratch),
				    doors[i].token));
		buffer_clear(&scratch);
		store_clear_token(m.store, 0, value, &scratch);
		assert_string_equal(buffer_text(&scratch), doors[i].clear);
		assert_int_equal(store_is_partly_secret(m.store, 0, value),
				 store_is_secret(value) &&
				 strstr(doors[i].text, "password=") != NULL);
		buffer_free(&record);
		buffer_free(&scratch);
		unmake(&m);
	}
}

static void masks_have_words_before_they_are_set(void **state)
{
	struct store *store = store_new(FIELD_COUNT);
	struct builder *builder = builder_new(store, NULL);
	struct made m = {.store = store, .builder = builder};
	struct buffer scratch = {0};

	(void)state;
	make_file(&m, SPAN(EV(",\"sessionToken\":\"x\"")), 1 << 20);
	make_end(&m);
	assert_true(span_is(store_text(store, 0, store_slot(
		store, (struct store_event){0, 0}, 2), &scratch),
		"\u2039secret, #k1\u203a"));
	buffer_free(&scratch);
	unmake(&m);
}

/* Asking for a secret as text is a bug, and a number that is none too. */
static void a_secret_is_no_text(void **state)
{
	static const uint32_t values[] = {VALUES_SECRET, VALUES_ARENA};
	struct made m;

	(void)state;
	make_text(&m, EV(",\"password\":\"x\""), 1 << 20);
	for (size_t i = 0; i < COUNT(values); i++) {
		int status;
		pid_t child = fork();

		assert_true(child >= 0);
		if (child == 0) {
			close(STDERR_FILENO);
			values_text(&store_segment(m.store, 0)->values,
				    values[i]);
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 2);
	}
	unmake(&m);
}

/* Thousands of segments, as a slow stream makes them. */
static void segments_may_be_many(void **state)
{
	enum { MANY = 3000 };
	struct store_event e = STORE_NO_EVENT;
	uint32_t n = 0;
	struct made m;

	(void)state;
	make_store(&m);
	for (int i = 0; i < MANY; i++) {
		char text[128];

		snprintf(text, sizeof text, EV(",\"eventID\":\"%d\""), i / 2);
		make_file(&m, span_of(text), sizeof text);
		builder_publish(m.builder, true);
	}
	make_end(&m);
	assert_int_equal(store_segment_count(m.store), MANY);
	while (store_next(m.store, &e)) {
		assert_int_equal(e.segment, 2 * n);
		n++;
	}
	assert_int_equal(n, MANY / 2);
	unmake(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_counted_by_their_state),
		cmocka_unit_test(problems_are_told_in_order_of_place),
		cmocka_unit_test(an_empty_segment_is_none),
		cmocka_unit_test(events_are_counted_by_what_they_are),
		cmocka_unit_test(dropped_events_are_left_out),
		cmocka_unit_test(a_segment_without_duplicates_has_no_bits),
		cmocka_unit_test(identities_are_compared_by_input_then_record),
		cmocka_unit_test(unverified_is_what_a_file_or_a_fault_says),
		cmocka_unit_test(derived_values_follow_the_slots),
		cmocka_unit_test(every_value_comes_through_one_door),
		cmocka_unit_test(masks_have_words_before_they_are_set),
		cmocka_unit_test(a_secret_is_no_text),
		cmocka_unit_test(segments_may_be_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
