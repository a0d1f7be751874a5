/* What -o understands, and that each format ends its lines as it should. */
#define _POSIX_C_SOURCE 200809L
#include "write/output.h"

#include "write_support.h"

static void every_format_is_known_by_its_name(void **state)
{
	static const struct {
		const char *text;
		enum output_format format;
		bool columns;
		size_t fields;
	} row[] = {
		{"table", OUTPUT_TABLE, true, 0},
		{"tsv", OUTPUT_TSV, true, 0},
		{"csv", OUTPUT_CSV, true, 0},
		{"ndjson", OUTPUT_NDJSON, false, 0},
		{"json", OUTPUT_JSON, false, 0},
		{"count", OUTPUT_COUNT, false, 0},
		{"summary", OUTPUT_SUMMARY, false, 0},
		{"values:event", OUTPUT_VALUES, false, 1},
		{"values:event,who,userIdentity.arn", OUTPUT_VALUES, false, 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct output output;
		struct error err;

		assert_true(output_parse(&output, span_of(row[i].text), &err));
		assert_int_equal(output.format, row[i].format);
		assert_int_equal(output_has_columns(&output), row[i].columns);
		assert_int_equal(output.layout.count, row[i].fields);
		output_free(&output);
	}
}

static void what_is_no_format_is_told_with_the_nearest(void **state)
{
	static const struct {
		const char *text, *message, *hint;
	} row[] = {
		{"tabel", "--output: no such format: tabel", "table?"},
		{"ndjosn", "--output: no such format: ndjosn", "ndjson?"},
		{"value:event", "--output: no such format: value", "values?"},
		{"xml", "--output: no such format: xml",
		 "table, tsv, csv, ndjson, json, count, "
		 "values:FIELD[,FIELD]..., summary, report, lifeline:ARN, "
		 "profile:WHO, certificates, coverage, sessions or "
		 "findings"},
		{"", "--output: no such format: ",
		 "table, tsv, csv, ndjson, json, count, "
		 "values:FIELD[,FIELD]..., summary, report, lifeline:ARN, "
		 "profile:WHO, certificates, coverage, sessions or "
		 "findings"},
		{"Table", "--output: no such format: Table", "table?"},
		{"values", "--output: values: which field?", "values:event"},
		{"values:", "--output: values: which field?", "values:event"},
		{"table:x", "--output: table: takes no `:`", ""},
		{"lifelines:x", "--output: no such format: lifelines",
		 "lifeline?"},
		{"lifeline", "--output: lifeline: of what?", "lifeline:ARN"},
		{"profile:", "--output: profile: of what?", "profile:WHO"},
		{"coverage:x", "--output: coverage: takes no subject", ""},
		{"values:tim", "unknown field \"tim\": time?",
		 "--list-columns tells the columns; a JSON path has a dot, or "
		 "stands in quotes"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct output output;
		struct error err = {0};

		assert_false(output_parse(&output, span_of(row[i].text),
					  &err));
		assert_string_equal(err.text, row[i].message);
		assert_string_equal(err.hint, row[i].hint);
		output_free(&output);
	}
}

static char *written(const char *format, const char *trail, bool header)
{
	struct store *store = support_load("output.json", trail);
	struct run_result all = support_all(store);
	struct summary summary = {.result = &all};
	struct output output;
	struct error err;
	struct sink sink;
	int fd = support_sink(&sink, false);

	assert_true(output_parse(&output, span_of(format), &err));
	if (output_has_columns(&output))
		assert_true(layout_parse(&output.layout, SPAN("event,id"),
					 &err));
	output.no_header = !header;
	assert_int_equal(output_write(&output, &sink, store, NULL, &summary), 0);
	output_free(&output);
	free(all.events);
	store_free(store);
	return support_written(&sink, fd);
}

static void every_format_writes_what_it_promises(void **state)
{
	static const char one[] =
		"{\"eventVersion\":\"1.08\",\"eventID\":\"1\","
		"\"eventName\":\"A, b\",\"eventTime\":\"2024-01-02\"}";
	static const struct {
		const char *format, *trail, *header, *bare;
	} row[] = {
		{"table", one, "EVENT  ID\nA, b   1\n", "A, b   1\n"},
		{"table", "[]", "EVENT  ID\n", ""},
		{"tsv", one, "event\tid\nA, b\t1\n", "A, b\t1\n"},
		{"tsv", "[]", "event\tid\n", ""},
		{"csv", one, "event,id\r\n\"A, b\",1\r\n", "\"A, b\",1\r\n"},
		{"csv", "[]", "event,id\r\n", ""},
		{"ndjson", "[]", "", ""},
		{"json", "[]", "{\"Records\":[]}\n", "{\"Records\":[]}\n"},
		{"count", one, "1\n", "1\n"},
		{"count", "[]", "0\n", "0\n"},
		{"values:event", one, "1\tA, b\n", "1\tA, b\n"},
		{"values:event,id", one, "1\tA, b\t1\n", "1\tA, b\t1\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		for (int header = 0; header < 2; header++) {
			char *text = written(row[i].format, row[i].trail,
					     header);

			assert_string_equal(text, header ? row[i].header
							 : row[i].bare);
			free(text);
		}
}

static void records_come_as_they_were_logged(void **state)
{
	static const char trail[] =
		"{\"eventVersion\":\"1.08\", \"eventName\":\"A\",\n"
		" \"eventTime\":\"2024-01-02\", \"requestParameters\":"
		"{\"n\":9007199254740993, \"x\":1E400, \"s\":\"\\u0000\\ud800\"}}";
	static const char line[] =
		"{\"eventVersion\":\"1.08\",\"eventName\":\"A\","
		"\"eventTime\":\"2024-01-02\",\"requestParameters\":"
		"{\"n\":9007199254740993,\"x\":1E400,\"s\":\"\\u0000\\ud800\"}}";
	char *text = written("ndjson", trail, false);
	char want[sizeof line + 32];

	(void)state;
	snprintf(want, sizeof want, "%s\n", line);
	assert_string_equal(text, want);
	free(text);
	text = written("json", trail, false);
	snprintf(want, sizeof want, "{\"Records\":[\n%s\n]}\n", line);
	assert_string_equal(text, want);
	free(text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_is_known_by_its_name),
		cmocka_unit_test(what_is_no_format_is_told_with_the_nearest),
		cmocka_unit_test(every_format_writes_what_it_promises),
		cmocka_unit_test(records_come_as_they_were_logged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
