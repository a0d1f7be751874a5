/* Reading with permissions, document by document: what AWS published, what
 * was cut or changed anywhere, what nests deeply, what would be slow. */
#include "json_support.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void what_nests_too_deeply_is_one_leaf(void **state)
{
	static const struct {
		size_t depth;
		const char *inside;
		bool closed;
		enum scan_end end;
		size_t tokens;
		const char *what;  /* of the only notice, or NULL */
	} row[] = {
		{511, "1", true, SCAN_WHOLE, 1, NULL},
		{512, "1", true, SCAN_WHOLE, 1, NULL},
		{512, "[1,2,3,4]", true, SCAN_WHOLE, 1, "nested too deeply"},
		{513, "1", true, SCAN_WHOLE, 1, "nested too deeply"},
		{513, "{\"a\":\"]}\\\"[\"}, 2", true, SCAN_WHOLE, 1,
		 "nested too deeply"},
		{5000, "1", true, SCAN_WHOLE, 1, "nested too deeply"},
		{512, "[\"x]", false, SCAN_BAD, 1, "nested too deeply"},
		{513, "1", false, SCAN_BAD, 1, "nested too deeply"},
	};
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct buffer text = {0};
		const char *after = NULL;
		struct told told;

		for (size_t k = 0; k < row[i].depth; k++)
			buffer_add_byte(&text, '[');
		buffer_add_text(&text, row[i].inside);
		for (size_t k = 0; row[i].closed && k < row[i].depth; k++)
			buffer_add_byte(&text, ']');
		assert_int_equal(read_relaxed(&scan, text.p, text.n, &after,
					      &told), row[i].end);
		if (row[i].closed)
			assert_ptr_equal(after, text.p + text.n);
		assert_int_equal(scan.count, row[i].tokens);
		assert_int_equal(scan.tokens[0].kind == SCAN_RAW,
				 row[i].what != NULL);
		if (row[i].what) {
			assert_string_equal(told.first.what, row[i].what);
			assert_ptr_equal(told.first.at, text.p + SCAN_DEPTH);
		}
		assert_int_equal(told.count, (row[i].what != NULL) +
				 (row[i].end == SCAN_BAD));
		buffer_free(&told.text);
		buffer_free(&text);
	}
	scan_free(&scan);
}

/* Strict and relaxed reading of the same bytes: the same parts, or the same
 * first stumble. */
static void compare_readings(struct scan *strict, struct scan *relaxed,
			     const char *text, size_t n)
{
	struct scan_fault fault = {0};
	const char *after = NULL, *relaxed_after = NULL;
	struct told told;
	enum scan_end end = scan_strict(strict, text, text + n, true, &after,
					&fault);
	enum scan_end got = read_relaxed(relaxed, text, n, &relaxed_after,
					 &told);

	if (end == SCAN_BAD) {
		assert_true(told.count > 0);
		assert_ptr_equal(told.first.at, fault.at);
	} else {
		assert_int_equal(got, SCAN_WHOLE);
		assert_int_equal(told.count, 0);
		assert_ptr_equal(after, relaxed_after);
		assert_same_tokens(strict, relaxed);
		assert_int_equal(strict->template.n, relaxed->template.n);
		assert_memory_equal(strict->template.p, relaxed->template.p,
				    strict->template.n);
	}
	buffer_free(&told.text);
}

static void the_first_notice_is_where_strict_reading_stumbles(void **state)
{
	static const char sample[] =
		"{\"Records\": [{\n  \"eventVersion\": \"1.04\",\n  "
		"\"userIdentity\": {\"type\": \"IAMUser\", \"n\": -1.5e3},\n"
		"  \"hb\": [42, 42, 42, 42, 42], \"tags\": [\"a\", {}],\n"
		"  \"ok\": true, \"no\": null, \"u\": \"J\xc3\xb6rg\\n\"\n}]}";
	static const char bytes[] = "\"\"\"\\{}[],,:: \n\n0159-.eEtn\x01\xc3"
				    "\xa0'/*#a";
	struct scan strict = {0}, relaxed = {0};
	uint64_t random = 7;

	(void)state;
	for (int round = 0; round < 30000; round++) {
		size_t n = sizeof sample - 1;
		size_t changes = next_random(&random) % 5;
		char *text = exact_copy(sample, n);

		for (size_t i = 0; i < changes; i++) {
			size_t at = next_random(&random) % n;

			if (next_random(&random) % 2) {
				memmove(text + at, text + at + 1, n - at - 1);
				n--;
			} else {
				text[at] = bytes[next_random(&random) %
						 (sizeof bytes - 1)];
			}
		}
		if (round % 5 == 0)
			n = next_random(&random) % n;
		compare_readings(&strict, &relaxed, text, n);
		free(text);
	}
	scan_free(&strict);
	scan_free(&relaxed);
}

/* Where attackers would make reading slow: all of these take milliseconds,
 * and would take hours if a byte were looked at again for each other one. */
static void hostile_text_is_read_in_linear_time(void **state)
{
	static const struct {
		const char *head;
		const char *repeated;
	} row[] = {
		{"[", ",\\\"\n"}, {"[", "\"a\n"}, {"[", "'a\n\\'"},
		{"{\"a\": 1 ", ", \""}, {"{\"a\": 1 ", ",      "},
		{"{", "\"a\n"}, {"{", "\"a \" b\n"}, {"[", "/* \n"},
		{"[", "]"}, {"[[[[[[[[", "}"}, {"{", ","}, {"{", ":"},
		{"[", "{}"}, {"[", "\" \n"}, {"{\"a\"", "\"b\""},
		{"[1 ", "{ x "}, {"", "] "}, {"[", "\x01"}, {"[", "a:"},
		{"[", "\"\\"},
	};
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct buffer text = {0};
		const char *after = NULL;

		buffer_add_text(&text, row[i].head);
		while (text.n < 1 << 20)
			buffer_add_text(&text, row[i].repeated);
		assert_true(scan_relaxed(&scan, text.p, text.p + text.n,
					 &after, NULL, NULL) != SCAN_SHORT);
		buffer_free(&text);
	}
	scan_free(&scan);
}

/* "LINE:COLUMN what" for each notice about a document; a kind that repeats
 * is told once, with a + behind it. */
struct places {
	const char *from;
	struct buffer text;
	const char *last;
};

static void note_place(void *context, const struct scan_fault *fault)
{
	struct places *places = context;
	size_t line = 1, column = 1;

	if (places->last == fault->what) {
		if (places->text.p[places->text.n - 1] != '+')
			buffer_add_byte(&places->text, '+');
		return;
	}
	places->last = fault->what;
	for (const char *p = places->from; p < fault->at; p++) {
		column = *p == '\n' ? 1 : column + 1;
		line += *p == '\n';
	}
	buffer_printf(&places->text, "%s%zu:%zu %s",
		      places->text.n ? ", " : "", line, column, fault->what);
}

/* The leaf that PATH names first, as it stands; "" if there is none. */
static const char *leaf(const struct scan *scan, const char *path_text)
{
	static struct paths_walk walk;
	static char text[1024];
	struct paths *path = paths_parse(span_of(path_text), NULL);
	enum paths_event event;

	assert_non_null(path);
	text[0] = '\0';
	paths_start(&walk, buffer_span(&scan->template));
	while ((event = paths_next(&walk)) != PATHS_END) {
		if (event == PATHS_LEAF && paths_match(path, &walk)) {
			const struct scan_token *t = &scan->tokens[walk.slot];

			snprintf(text, sizeof text, "%.*s", (int)t->length,
				 t->text);
			break;
		}
	}
	paths_free(path);
	return text;
}

/* The entries of AWS's own document that are no JSON. */
static const struct {
	const char *file;
	enum scan_end end;
	const char *told;
	struct {
		const char *path, *value;
	} leaves[4];
} examples[] = {
	{"AddTagsToCertificate.json", SCAN_WHOLE, "2:3 unquoted key+",
	 {{"Records[0].eventName", "AddTagsToCertificate"},
	  {"Records[0].userIdentity.userName", "Alice"},
	  {"Records[0].requestParameters.tags[0].key", "Admin"},
	  {"Records[0].recipientAccountId", "123456789012"}}},
	{"ListTagsForCertificate.json", SCAN_WHOLE, "2:3 unquoted key+",
	 {{"Records[0].eventName", "ListTagsForCertificate"},
	  {"Records[0].responseElements", "null"},
	  {"Records[0].eventTime", "2016-04-06T13:30:11Z"},
	  {"Records[0].sourceIPAddress", "192.0.2.0"}}},
	{"RemoveTagsFromCertificate.json", SCAN_WHOLE, "2:3 unquoted key+",
	 {{"Records[0].eventName", "RemoveTagsFromCertificate"},
	  {"Records[0].requestParameters.tags[0].value", "Bob"},
	  {"Records[0].eventID", "0cfa142e-ef74-4b21-9515-47197780c424"},
	  {"Records[0].eventVersion", "1.04"}}},
	{"GetCertificate.json", SCAN_WHOLE, "24:39 line break in a string+",
	 {{"Records[0].eventName", "GetCertificate"},
	  {"Records[0].responseElements.certificate",
	   "-----BEGIN CERTIFICATE-----\n          Base64-encoded "
	   "certificate\n          -----END CERTIFICATE-----"},
	  {"Records[0].eventID", "7aa4f909-00dd-478a-9a00-b2709bcad2bb"},
	  {"Records[0].recipientAccountId", "123456789012"}}},
	{"ImportCertificate.json", SCAN_WHOLE,
	 "20:9 bare word+, 21:9 omission, 35:9 bare word+, 36:9 omission, "
	 "50:9 bare word+, 51:9 omission",
	 {{"eventName", "ImportCertificate"},
	  {"requestParameters.privateKey.hb[0]", "byte"},
	  {"requestParameters.certificate.hb[3]", "..."},
	  {"recipientAccountId", "111122223333"}}},
	{"ExportCertificate.json", SCAN_BAD,
	 "5:51 missing comma, 48:11 unexpected text, 57:4 unclosed object",
	 {{"Records[0].id", "12345678-1234-1234-1234-123456789012"},
	  {"Records[0].detail-type", "AWS API Call via CloudTrail"},
	  {"Records[0].detail.responseElements.privateKey", "**********"},
	  {"Records[0].detail.eventType", "AwsApiCall"}}},
};

static void the_examples_of_the_document_are_understood(void **state)
{
	const char *source = getenv("ACMTUI_SOURCE");
	char folder[4096];
	struct scan scan = {0};

	(void)state;
	snprintf(folder, sizeof folder, "%s/data/examples",
		 source ? source : ".");
	for (size_t i = 0; i < COUNT(examples); i++) {
		struct buffer text = read_file(folder, examples[i].file);
		struct places places = {.from = text.p};
		const char *after = NULL;

		assert_int_equal(scan_relaxed(&scan, text.p, text.p + text.n,
					      &after, note_place, &places),
				 examples[i].end);
		assert_string_equal(buffer_text(&places.text),
				    examples[i].told);
		for (size_t k = 0; k < COUNT(examples[i].leaves); k++)
			assert_string_equal(
				leaf(&scan, examples[i].leaves[k].path),
				examples[i].leaves[k].value);
		buffer_free(&places.text);
		buffer_free(&text);
	}
	scan_free(&scan);
}

/* The eleven entries between ``` in AWS's document, as published: the line of
 * each in it, and what is told about it, counted from its own first line. */
static void the_document_itself_is_understood(void **state)
{
	static const struct {
		size_t line;
		const char *event;
		const char *told;
	} row[] = {
		{50, "AddTagsToCertificate", "2:5 unquoted key+"},
		{88, "DeleteCertificate", ""},
		{125, "DescribeCertificate", ""},
		{159, "ExportCertificate",
		 "4:47 missing comma, 53:7 unexpected text, "
		 "61:3 unclosed object"},
		{227, "ImportCertificate",
		 "20:9 bare word+, 23:9 omission, 37:9 bare word+, "
		 "40:9 omission, 54:9 bare word+, 57:9 omission"},
		{314, "ListCertificates", ""},
		{352, "ListTagsForCertificate", "2:5 unquoted key+"},
		{386, "RemoveTagsFromCertificate", "2:5 unquoted key+"},
		{424, "RequestCertificate", ""},
		{470, "ResendValidationEmail", ""},
		{506, "GetCertificate", "23:41 line break in a string+"},
	};
	const char *folder = shared_folder("");
	struct buffer text = read_file(folder, "acm-cloudtrail.md");
	struct span rest = buffer_span(&text);
	struct scan scan = {0};
	size_t entries = 0;

	(void)state;
	for (const char *p; (p = span_find(rest, SPAN("\n```\n"))); entries++) {
		struct places places = {.from = p + 5};
		const char *after = NULL;
		const char *end;
		size_t line = 1;

		assert_true(entries < COUNT(row));
		rest = span_from(rest, (size_t)(p + 5 - rest.p));
		end = span_find(rest, SPAN("\n```"));
		assert_non_null(end);
		scan_relaxed(&scan, rest.p, end, &after, note_place, &places);
		for (const char *q = text.p; q < places.from; q++)
			line += *q == '\n';
		assert_int_equal(line, row[entries].line);
		assert_string_equal(leaf(&scan, "**.eventName"),
				    row[entries].event);
		assert_string_equal(buffer_text(&places.text),
				    row[entries].told);
		buffer_free(&places.text);
		rest = span_from(rest, (size_t)(end + 4 - rest.p));
	}
	assert_int_equal(entries, COUNT(row));
	buffer_free(&text);
	scan_free(&scan);
}

static void a_document_cut_anywhere_is_kept_to_its_end(void **state)
{
	static const char *const files[] = {
		"ExportCertificate.json", "AddTagsToCertificate.json",
		"GetCertificate.json", "DeleteCertificate.json",
	};
	const char *source = getenv("ACMTUI_SOURCE");
	char folder[4096];
	struct scan scan = {0}, strict = {0};

	(void)state;
	snprintf(folder, sizeof folder, "%s/data/examples",
		 source ? source : ".");
	for (size_t i = 0; i < COUNT(files); i++) {
		struct buffer text = read_file(folder, files[i]);

		for (size_t n = 0; n <= text.n; n += n < 300 ? 1 : 7) {
			char *copy = exact_copy(text.p, n);

			compare_readings(&strict, &scan, copy, n);
			free(copy);
		}
		buffer_free(&text);
	}
	scan_free(&scan);
	scan_free(&strict);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_nests_too_deeply_is_one_leaf),
		cmocka_unit_test(
			the_first_notice_is_where_strict_reading_stumbles),
		cmocka_unit_test(hostile_text_is_read_in_linear_time),
		cmocka_unit_test(the_examples_of_the_document_are_understood),
		cmocka_unit_test(the_document_itself_is_understood),
		cmocka_unit_test(a_document_cut_anywhere_is_kept_to_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
