/* Values that hold others are looked into as deep as records are handed around,
 * and what is no event is counted and told, each kind of fault once a record. */
#include "load_support.h"

#define EV(name) "{\"eventName\":\"" name "\",\"eventTime\":\"t\"}"
#define EVQ(name) "{\\\"eventName\\\":\\\"" name "\\\",\\\"eventTime\\\":" \
	"\\\"t\\\"}"

static const struct {
	const char *promise, *text;
	bool strict;
	const char *names;
	uint64_t rejected;
	const char *problems;   /* LINE:COLUMN what, with `; ` between */
} rows[] = {
	{"wrappers in wrappers", "{\"v\":1,\"Records\":[{\"_source\":{"
	 "\"message\":\"{\\\"detail\\\":" EVQ("A") "}\"}}]}", false, "A", 0,
	 ""},
	{"too many of them", "[{\"data\":{\"data\":{\"data\":{\"data\":{\"data"
	 "\":{\"data\":" EV("A") "}}}}}}," EV("B") "]", false, "B", 1,
	 "1:42 not a CloudTrail event"},
	{"broken JSON in a string", "[{\"message\":\"{\\\"eventName\\\":A,"
	 "\\\"eventTime\\\":\\\"t\\\"}\"}]", false, "A~", 0,
	 "1:14 JSON in a string"},
	{"the same, read strictly", "[{\"message\":\"{\\\"eventName\\\":A,"
	 "\\\"eventTime\\\":\\\"t\\\"}\"}," EV("B") "]", true, "B", 1,
	 "1:14 JSON in a string"},
	{"a string that ends too early", "[{\"message\":\"{\\\"eventName\\\":"
	 "\\\"A\\\",\\\"eventTime\\\":\\\"t\\\"\"}]", false, "A!", 0,
	 "1:14 JSON in a string"},
	{"two values in a string", "[{\"message\":\"" EVQ("A") " " EVQ("B")
	 "\"}]", false, "A", 1, "1:14 JSON in a string"},
	{"blanks behind a value in a string", "[{\"message\":\" " EVQ("A")
	 " \\n\"}]", false, "A", 0, ""},
	{"a string that is no JSON", "[{\"message\":\"started\"}," EV("A") "]",
	 false, "A", 1, "1:2 not a CloudTrail event"},
	{"a string that looks like JSON and is none", "[{\"message\":\"{x}\"},"
	 EV("A") "]", false, "A", 1,
	 "1:14 JSON in a string; 1:14 not a CloudTrail event"},
	{"each kind of fault once", "{eventName:'A',eventTime:'t',a:'b',c:'d'}",
	 false, "A~", 0, "1:2 unquoted key; 1:12 single quotes"},
	{"a fault in a holder that is read as a whole", "{\"v\":1,\"Records\":"
	 "[{eventName:\"A\",\"eventTime\":\"t\"},{\"eventName\":\"B\","
	 "\"eventTime\":'t'}]}", false, "A~ B~", 0,
	 "1:20 unquoted key; 1:80 single quotes"},
	{"no events at all, which the file says", "[1,{\"a\":2}]", false, "",
	 2, ""},
	{"a value behind text", EV("A") "\nx\n{\"a\":1}", false, "A", 2,
	 "2:1 text between documents; 3:1 not a CloudTrail event"},
	{"a value behind one that is not read strictly", "[{\"message\":\"{x}"
	 "\"}," EV("A") ",{\"a\":1}]", true, "A", 2,
	 "1:14 JSON in a string; 1:54 not a CloudTrail event"},
	{"a notice without its source", "[{\"detail-type\":\"x\",\"source\":"
	 "[\"aws.acm\"],\"detail\":{}}," EV("A") "]", false, "A", 1,
	 "1:2 not a CloudTrail event"},
};

static void what_holds_records_is_looked_into(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer told = {0};
		struct made m;
		char *names;

		make_store(&m);
		m.strict = rows[i].strict;
		make_file(&m, span_of(rows[i].text), 7);
		make_end(&m);
		names = event_names(&m);
		for (size_t p = 0; p < store_problem_count(m.store); p++) {
			struct error err = store_problem(m.store, p).error;

			buffer_printf(&told, "%s%llu:%llu %.*s",
				      p ? "; " : "",
				      (unsigned long long)err.line,
				      (unsigned long long)err.column,
				      (int)strcspn(err.text, ":"), err.text);
		}
		if (strcmp(names, rows[i].names) != 0 ||
		    strcmp(buffer_text(&told), rows[i].problems) != 0)
			print_error("%s: %s, %s\n", rows[i].promise, names,
				    told.p);
		assert_string_equal(names, rows[i].names);
		assert_string_equal(buffer_text(&told), rows[i].problems);
		assert_int_equal(m.tally.rejected, rows[i].rejected);
		free(names);
		buffer_free(&told);
		unmake(&m);
	}
}

static void many_faults_of_a_kind_are_counted(void **state)
{
	struct error err;
	struct made m;

	(void)state;
	make_text(&m, "{eventName:\"A\",eventTime:\"t\",a:1,b:2}", 1 << 20);
	assert_int_equal(store_problem_count(m.store), 1);
	err = store_problem(m.store, 0).error;
	assert_non_null(strstr(err.text, "; 3 more like it in this record"));
	unmake(&m);
}

static void values_that_are_no_events_are_told_once_a_file(void **state)
{
	struct error err;
	struct made m;

	(void)state;
	make_text(&m, "[" EV("A") ",1,2,3]", 1 << 20);
	assert_int_equal(store_problem_count(m.store), 1);
	err = store_problem(m.store, 0).error;
	assert_int_equal(err.column, sizeof "[" EV("A") ",");
	assert_non_null(strstr(err.hint, "3 values of this file"));
	unmake(&m);
	make_text(&m, "[" EV("A") ",1,2]\nx", 1 << 20);
	assert_int_equal(store_problem_count(m.store), 2);
	err = store_problem(m.store, 0).error;
	assert_non_null(strstr(err.hint, "2 values of this file"));
	unmake(&m);
	make_text(&m, "[" EV("A") ",1]", 1 << 20);
	assert_string_equal(store_problem(m.store, 0).error.hint, "");
	unmake(&m);
}

/* Where the record of an event stands; of JSON in a string, where that does. */
static void events_know_their_place(void **state)
{
	static const struct {
		const char *text;
		uint64_t offset;
		uint32_t line;
	} places[] = {
		{EV("A"), 0, 1},
		{"\n\n  " EV("A"), 4, 3},
		{"{\"Records\":[\n" EV("A") "]}", 13, 2},
		{"{\"v\":1,\n\"Records\":[\n" EV("A") "]}", 20, 3},
		{"{\"v\":1,\"a\":\"x\",\"Records\":[{\"b\":2},\n" EV("A")
		 "]}", 35, 2},
		{"[{\"message\":\n\"" EVQ("A") "\"}]", 14, 2},
		{"{\"detail-type\":\"x\",\"source\":\"y\",\n\"detail\": "
		 EV("A") "}", 43, 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++)
		for (size_t piece = 1; piece < 100; piece += 20) {
			struct store_event e = STORE_NO_EVENT;
			const struct segment_event *event;
			struct made m;

			make_text(&m, places[i].text, piece);
			assert_true(store_next(m.store, &e));
			event = segment_event(store_segment(m.store, 0), 0);
			assert_int_equal(event->offset, places[i].offset);
			assert_int_equal(event->line, places[i].line);
			unmake(&m);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_holds_records_is_looked_into),
		cmocka_unit_test(many_faults_of_a_kind_are_counted),
		cmocka_unit_test(values_that_are_no_events_are_told_once_a_file),
		cmocka_unit_test(events_know_their_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
