/* Records are found in every container, in pieces of every size, and nothing
 * that is broken costs a good neighbour. */
#include "load_support.h"

#define EV(name) "{\"eventVersion\":\"1.08\",\"eventTime\":" \
	"\"2026-01-02T03:04:05Z\",\"eventName\":\"" name "\"}"
#define EVQ(name) "{\\\"eventVersion\\\":\\\"1.08\\\",\\\"eventTime\\\":" \
	"\\\"2026-01-02T03:04:05Z\\\",\\\"eventName\\\":\\\"" name "\\\"}"
#define NOTICE(source) "{\"version\":\"0\",\"id\":\"1\",\"detail-type\":" \
	"\"ACM Certificate Expired\",\"source\":\"" source "\",\"time\":" \
	"\"2026-01-02T03:04:05Z\",\"resources\":[],\"detail\":" \
	"{\"DaysToExpiry\":0}}"

/* Text, the events in it, how many values are none, how many problems. */
static const struct {
	const char *promise, *text, *names;
	uint64_t rejected, problems;
	int container;          /* of the first event */
} containers[] = {
	{"a Records document", "{\"Records\":[" EV("A") "," EV("B") "]}",
	 "A B", 0, 0, SEGMENT_RECORDS},
	{"the same over lines", "{\n \"Records\" : [\n " EV("A") "\n ,\n "
	 EV("B") "\n ]\n}\n", "A B", 0, 0, SEGMENT_RECORDS},
	{"no records", "{\"Records\":[]}", "", 0, 0, -1},
	{"no records, in a list", "[]", "", 0, 0, -1},
	{"a byte order mark", "\xef\xbb\xbf{\"Records\":[" EV("A") "]}", "A",
	 0, 0, SEGMENT_RECORDS},
	{"lines that end with CR LF", "{\"Records\":[\r\n" EV("A") ",\r\n"
	 EV("B") "\r\n]}\r\n", "A B", 0, 0, SEGMENT_RECORDS},
	{"Records behind another member", "{\"v\":1,\"Records\":[" EV("A")
	 "," EV("B") "]}", "A B", 0, 0, SEGMENT_RECORDS},
	{"members behind Records", "{\"Records\":[" EV("A") "],\"n\":{\"x\":"
	 "[1]},\"Records\":[" EV("B") "]}", "A B", 0, 0, SEGMENT_RECORDS},
	{"a bare record", EV("A"), "A", 0, 0, SEGMENT_RECORD},
	{"one a line", EV("A") "\n" EV("B") "\n" EV("C"), "A B C", 0, 0,
	 SEGMENT_RECORD},
	{"one after another", EV("A") EV("B"), "A B", 0, 0, SEGMENT_RECORD},
	{"documents one after another", "{\"Records\":[" EV("A") "]}"
	 "{\"Records\":[" EV("B") "]}", "A B", 0, 0, SEGMENT_RECORDS},
	{"a list", "[" EV("A") "," EV("B") "]", "A B", 0, 0, SEGMENT_ARRAY},
	{"a list of documents", "[{\"Records\":[" EV("A") "," EV("B") "]},"
	 "{\"Records\":[" EV("C") "]}]", "A B C", 0, 0, SEGMENT_RECORDS},
	{"a list of lists", "[[" EV("A") "],[" EV("B") "]]", "A B", 0, 0,
	 SEGMENT_ARRAY},
	{"an EventBridge envelope", "{\"version\":\"0\",\"id\":\"1\","
	 "\"detail-type\":\"AWS API Call via CloudTrail\",\"source\":"
	 "\"aws.acm\",\"detail\":" EV("A") "}", "A", 0, 0,
	 SEGMENT_EVENTBRIDGE},
	{"one inside Records", "{\"Records\":[{\"detail-type\":\"x\","
	 "\"source\":\"aws.acm\",\"detail\":" EV("A") "}," EV("B") "]}",
	 "A B", 0, 0, SEGMENT_EVENTBRIDGE},
	{"lookup-events", "{\"Events\":[{\"EventId\":\"1\",\"Resources\":[],"
	 "\"CloudTrailEvent\":\"" EVQ("A") "\"},{\"CloudTrailEvent\":\""
	 EVQ("B") "\"}],\"NextToken\":\"x\"}", "A B", 0, 0, SEGMENT_LOOKUP},
	{"lookup-events as lines", "{\"EventId\":\"1\",\"CloudTrailEvent\":\""
	 EVQ("A") "\"}\n{\"EventId\":\"2\",\"CloudTrailEvent\":\"" EVQ("B")
	 "\"}\n", "A B", 0, 0, SEGMENT_LOOKUP},
	{"lookup-events with records", "{\"Events\":[" EV("A") "]}", "A", 0,
	 0, SEGMENT_LOOKUP},
	{"CloudWatch Logs, subscribed", "{\"messageType\":\"DATA_MESSAGE\","
	 "\"logEvents\":[{\"id\":\"1\",\"timestamp\":1,\"message\":\""
	 EVQ("A") "\"}]}", "A", 0, 0, SEGMENT_LOGS},
	{"CloudWatch Logs, asked", "{\"events\":[{\"timestamp\":1,"
	 "\"message\":\"" EVQ("A") "\"},{\"message\":\"" EVQ("B") "\"}]}",
	 "A B", 0, 0, SEGMENT_LOGS},
	{"_raw", "[{\"_raw\":\"" EVQ("A") "\",\"_time\":1}]", "A", 0, 0,
	 SEGMENT_WRAPPER},
	{"message as text", "{\"message\":\"" EVQ("A") "\"}", "A", 0, 0,
	 SEGMENT_WRAPPER},
	{"message as an object", "{\"message\":" EV("A") "}", "A", 0, 0,
	 SEGMENT_WRAPPER},
	{"input.message", "{\"input\":{\"message\":\"" EVQ("A") "\"}}", "A",
	 0, 0, SEGMENT_WRAPPER},
	{"_source", "{\"_index\":\"i\",\"_source\":" EV("A") "}", "A", 0, 0,
	 SEGMENT_WRAPPER},
	{"data", "{\"data\":" EV("A") "}", "A", 0, 0, SEGMENT_WRAPPER},
	{"aws.cloudtrail", "{\"@timestamp\":\"t\",\"aws\":{\"cloudtrail\":"
	 EV("A") "}}", "A", 0, 0, SEGMENT_WRAPPER},
	{"@timestamp beside the record", "{\"@timestamp\":\"t\",\"eventTime\":"
	 "\"2026-01-02T03:04:05Z\",\"eventName\":\"A\"}", "A", 0, 0,
	 SEGMENT_RECORD},
	{"an Insight", "{\"eventVersion\":\"1.07\",\"eventTime\":\"2026-01-02"
	 "T03:04:05Z\",\"eventType\":\"AwsCloudTrailInsight\","
	 "\"insightDetails\":{\"eventName\":\"A\"}}", "A", 0, 0,
	 SEGMENT_RECORD},
	{"an aggregated event", "{\"eventVersion\":\"1.0\",\"eventId\":\"1\","
	 "\"eventCategory\":\"Aggregated\",\"summary\":{}}", "", 0, 0,
	 SEGMENT_RECORD},
	{"a notice of ACM's", NOTICE("aws.acm"), "ACM Certificate Expired'",
	 0, 0, SEGMENT_ENVELOPE},
	{"a notice of another service's", "[" EV("A") "," NOTICE("aws.health")
	 "]", "A", 1, 1, SEGMENT_ARRAY},
	{"the other first, then ACM's", NOTICE("aws.health") NOTICE("aws.acm"),
	 "ACM Certificate Expired'", 1, 1, SEGMENT_ENVELOPE},
	{"ACM's first, then the other", NOTICE("aws.acm") NOTICE("aws.health"),
	 "ACM Certificate Expired'", 1, 1, SEGMENT_ENVELOPE},
	{"JSON that is no event", "{\"a\":1}", "", 1, 0, -1},
	{"values that are none, beside one", "[1,\"x\"," EV("A") ",null]",
	 "A", 3, 1, SEGMENT_ARRAY},
	{"a record that tells of a message", "{\"eventTime\":\"2026-01-02T03:"
	 "04:05Z\",\"eventName\":\"A\",\"message\":" EV("B") "}", "A", 0, 0,
	 SEGMENT_RECORD},
};

static void every_container_in_every_piece(void **state)
{
	static const size_t pieces[] = {1, 7, 64, 1 << 20};

	(void)state;
	for (size_t i = 0; i < COUNT(containers); i++)
		for (size_t p = 0; p < COUNT(pieces); p++) {
			struct made m;
			struct store_event first = STORE_NO_EVENT;
			char *names;

			make_text(&m, containers[i].text, pieces[p]);
			names = event_names(&m);
			if (strcmp(names, containers[i].names) != 0)
				print_error("%s, by %zu\n",
					    containers[i].promise, pieces[p]);
			assert_string_equal(names, containers[i].names);
			assert_int_equal(m.tally.rejected,
					 containers[i].rejected);
			if (m.tally.problems != containers[i].problems)
				print_error("%s\n", containers[i].promise);
			assert_int_equal(m.tally.problems,
					 containers[i].problems);
			if (containers[i].container >= 0) {
				assert_true(store_next(m.store, &first));
				assert_int_equal(
					segment_event(store_segment(
						m.store, first.segment),
						first.index)->container,
					containers[i].container);
			}
			free(names);
			unmake(&m);
		}
}

/* Broken text, what is read of it, and the problems as LINE:COLUMN what. */
static const struct {
	const char *promise, *text, *names, *problems;
} broken[] = {
	{"a comma is missing between records", "[" EV("A") " " EV("B") "]",
	 "A B", "1:77 missing comma"},
	{"a comma too many at the end", "[" EV("A") ",]", "A",
	 "1:77 trailing comma"},
	{"the list is never closed", "{\"Records\":[" EV("A"), "A",
	 "1:87 end of file"},
	{"the object is never closed", "{\"Records\":[" EV("A") "]\n", "A",
	 "2:1 end of file"},
	{"the name of the list is not quoted", "{Records:[" EV("A") "]}", "A",
	 "1:2 unquoted key"},
	{"the name of the list is in single quotes", "{'Records':[" EV("A")
	 "]}", "A", "1:2 unquoted key"},
	{"documents with commas between", EV("A") "," EV("B") "," EV("C"),
	 "A B C", "1:75 comma between documents"},
	{"a record with a bare word", "[{\"eventName\":A,\"eventTime\":\"t\"},"
	 EV("B") "]", "A~ B", "1:15 bare word"},
	{"a record without its end", "[" EV("A") ",{\"eventName\":\"B\","
	 "\"eventTime\":\"t\"," EV("C") "," EV("D") "]", "A B! C D",
	 "1:110 unclosed object"},
};

static void what_is_broken_is_told_and_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++) {
		struct made m;
		struct buffer told = {0};
		char *names;

		make_text(&m, broken[i].text, 16);
		names = event_names(&m);
		for (size_t p = 0; p < store_problem_count(m.store); p++) {
			struct error err = store_problem(m.store, p).error;

			buffer_printf(&told, "%s%llu:%llu %.*s",
				      p ? "; " : "",
				      (unsigned long long)err.line,
				      (unsigned long long)err.column,
				      (int)strcspn(err.text, ":"), err.text);
			assert_string_not_equal(err.hint, "");
		}
		if (strcmp(names, broken[i].names) != 0 ||
		    strcmp(buffer_text(&told), broken[i].problems) != 0)
			print_error("%s: %s\n", broken[i].promise,
				    buffer_text(&told));
		assert_string_equal(names, broken[i].names);
		assert_string_equal(buffer_text(&told), broken[i].problems);
		buffer_free(&told);
		free(names);
		unmake(&m);
	}
}

/* Files that were reserved before they were written end in them. */
static void a_nul_between_documents_is_text(void **state)
{
	static const struct {
		struct span text;
		const char *names;
	} rows[] = {
		{{"\0", 1}, ""},
		{{"\0\0\0\0", 4}, ""},
		{{EV("A") "\0", sizeof EV("A")}, "A"},
		{{EV("A") "\0\0" EV("B"), 2 * sizeof EV("A")}, "A B"},
		{{"[" EV("A") "\0" EV("B") "]", 2 * sizeof EV("A") + 1}, "A B"},
		{{"[" EV("A") "]\0[" EV("B") "]", 2 * sizeof EV("A") + 3},
		 "A B"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct made m;
		char *names;

		make_store(&m);
		make_file(&m, rows[i].text, 9);
		make_end(&m);
		names = event_names(&m);
		assert_string_equal(names, rows[i].names);
		assert_int_not_equal(m.tally.rejected + m.tally.problems, 0);
		free(names);
		unmake(&m);
	}
}

static void strict_reading_refuses_what_is_broken(void **state)
{
	struct made m;
	char *names;

	(void)state;
	make_store(&m);
	m.strict = true;
	make_file(&m, SPAN("[{\"eventName\":A,\"eventTime\":\"t\"}," EV("B")
			   ",{eventName:\"C\",eventTime:\"t\"}," EV("D") "]"),
		  1 << 20);
	make_end(&m);
	names = event_names(&m);
	assert_string_equal(names, "B D");
	assert_int_equal(m.tally.rejected, 2);
	assert_int_equal(m.tally.problems, 2);
	free(names);
	unmake(&m);
}

/* 400 records on one line, and a defect of one character in each of many
 * places: every other record is read strictly, and the broken place is told. */
static void one_defect_loses_no_neighbour(void **state)
{
	enum { RECORDS = 400 };
	static const char defects[] = {'"', '{', '}', '[', ']', ',', ':',
				       'x', '\\', '\n', 0};
	struct buffer good = {0};
	size_t begin[RECORDS + 1];
	unsigned tried = 0;

	(void)state;
	buffer_add_text(&good, "{\"Records\":[");
	for (int i = 0; i < RECORDS; i++) {
		begin[i] = good.n;
		buffer_printf(&good, "%s{\"eventVersion\":\"1.08\",\"user"
			      "Identity\":{\"type\":\"IAMUser\",\"arn\":"
			      "\"arn:aws:iam::111122223333:user/u%d\"},"
			      "\"eventTime\":\"2026-01-02T03:04:05Z\","
			      "\"eventName\":\"N%d\",\"requestParameters\":"
			      "{\"a\":[{\"b\":1},{\"b\":%d}]},\"eventID\":"
			      "\"id-%d\"}", i ? "," : "", i, i, i, i);
	}
	begin[RECORDS] = good.n;
	buffer_add_text(&good, "]}");
	for (int d = 0; d < 120; d++) {
		int broken_one = (d * 53 + 7) % RECORDS;
		size_t length = begin[broken_one + 1] - begin[broken_one];
		size_t at = begin[broken_one] + (size_t)d * 131 % length;
		char defect = defects[(size_t)d % COUNT(defects)];
		struct buffer bad = {0};
		struct made m;
		struct store_event e = STORE_NO_EVENT;
		bool seen[RECORDS] = {false};

		if (defect == good.p[at])
			defect = 'x';
		buffer_add(&bad, good.p, at);
		if (defect)
			buffer_add_byte(&bad, defect);
		buffer_add(&bad, good.p + at + 1, good.n - at - 1);
		make_store(&m);
		make_file(&m, buffer_span(&bad), 4096);
		make_end(&m);
		while (store_next(m.store, &e)) {
			char *name = field_text(&m, e, FIELD_EVENT_NAME);
			int n;

			if (sscanf(name, "N%d", &n) == 1 && n >= 0 &&
			    n < RECORDS &&
			    !(segment_event(store_segment(m.store, e.segment),
					    e.index)->marks &
			      SEGMENT_RELAXED))
				seen[n] = true;
			free(name);
		}
		for (int i = 0; i < RECORDS; i++) {
			if (!seen[i] && i != broken_one)
				print_error("defect %d: %d lost, %d broken: "
					    "%.*s\n", d, i, broken_one, 60,
					    bad.p + (at > 30 ? at - 30 : 0));
			assert_true(seen[i] || i == broken_one);
		}
		tried++;
		unmake(&m);
		buffer_free(&bad);
	}
	assert_int_equal(tried, 120);
	buffer_free(&good);
}

/* Whatever is read strictly stands in the file byte for byte. */
static void rebuilt_equals_logged(void **state)
{
	static const char *const records[] = {
		"{ \"eventName\" : \"A\" ,\n\t\"eventTime\":\"t\", \"n\": ["
		" 1,2 , 3,4 ], \"e\":{}, \"l\":[] }",
		"{\"eventName\":\"\\u0000\\ud800\\/\",\"eventTime\":\"t\","
		"\"eventName\":\"twice\",\"x\":1.0,\"y\":1E400,"
		"\"z\":9007199254740993,\"b\":[true,false,null]}",
		"{\"eventName\":\"A\",\"eventTime\":\"t\",\"privateKey\":"
		"[\"a\",{\"b\":[\"c\", \"d\"]} , 7],\"Tag\":\"1\",\"tag\":1}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		struct made m;
		struct store_event e = STORE_NO_EVENT;
		struct buffer out = {0};

		make_text(&m, records[i], 5);
		assert_true(store_next(m.store, &e));
		document_text(m.store, e, true, &out);
		assert_string_equal(buffer_text(&out), records[i]);
		buffer_free(&out);
		unmake(&m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_container_in_every_piece),
		cmocka_unit_test(what_is_broken_is_told_and_read),
		cmocka_unit_test(a_nul_between_documents_is_text),
		cmocka_unit_test(strict_reading_refuses_what_is_broken),
		cmocka_unit_test(one_defect_loses_no_neighbour),
		cmocka_unit_test(rebuilt_equals_logged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
