/* What each column says of an event: its values, what it matches, what is
 * drawn. */
#include "trail_support.h"

#include "load/builder.h"
#include "store/store.h"
#include "trail/columns.h"

#define ID1 "12345678-1234-1234-1234-123456789012"
#define ID2 "87654321-1234-1234-1234-123456780000"
#define ARN1 "arn:aws:acm:us-east-1:123456789012:certificate/" ID1
#define ARN2 "arn:aws:acm:us-east-1:123456789012:certificate/" ID2
#define SHORT1 "1234\xe2\x80\xa6" "9012"

/* A store with one event of JSON. */
static struct store *store_with(const char *json, bool notice)
{
	struct store *store = store_new(FIELD_COUNT);
	struct builder *builder = builder_new(store, NULL);
	struct builder_origin origin = {
		.input = store_add_file(store, "logs/a.json.gz"),
		.container = notice ? SEGMENT_ENVELOPE : SEGMENT_RECORDS};
	struct scan scan = {0};
	struct scan_fault fault;
	const char *after;

	store_set_masks(store, (struct store_masks){secret_name, secret_sized,
						    true});
	if (scan_strict(&scan, json, json + strlen(json), true, &after,
			&fault) != SCAN_WHOLE)
		fail_msg("%s: %s", json, fault.what);
	builder_add(builder, &scan, notice, &origin);
	builder_free(builder);
	scan_free(&scan);
	store_finish(store);
	return store;
}

static bool add_text(void *context, struct span text, uint32_t value)
{
	struct buffer *out = context;

	(void)value;
	if (out->n > 0)
		buffer_add_byte(out, '|');
	buffer_add_span(out, text);
	return true;
}

static struct column_ref column(const char *name)
{
	struct column_ref ref;
	struct error err;

	if (!columns_parse(span_of(name), &ref, &err))
		fail_msg("%s", err.text);
	return ref;
}

/* What the fast way tells: each value of the row, and what it stands for. */
static void match_fast(const struct store *store, struct store_event e,
		       const struct column_ref *ref, struct buffer *out)
{
	uint32_t value[64];
	struct buffer scratch = {0};
	size_t n = columns_match_values(store, e, ref, value, 64);

	assert_true(n != SIZE_MAX && n <= 64);
	for (size_t i = 0; i < n; i++) {
		struct span text = store_text(store, e.segment, value[i],
					      &scratch);

		if (columns_match_plain(ref))
			add_text(out, text, value[i]);
		else
			columns_match_texts(store, ref, text, add_text,
					    out);
	}
	buffer_free(&scratch);
}

struct face {
	const char *column;
	const char *values;     /* with | between them */
	const char *matches;    /* NULL: as the values */
	const char *drawn;      /* NULL: as the values, with "; " */
};

static void check_values(const struct store *store, struct store_event e,
			 const struct column_ref *ref, const char *want)
{
	struct buffer out = {0}, scratch = {0};
	uint32_t value[64];
	size_t n = columns_values(store, e, ref, value, 64);

	columns_each(store, e, ref, add_text, &out);
	assert_text(buffer_span(&out), out.n || *want ? want : NULL);
	if (n != SIZE_MAX) {
		buffer_clear(&out);
		for (size_t i = 0; i < n; i++)
			add_text(&out, store_text(store, e.segment, value[i],
						  &scratch), value[i]);
		assert_text(buffer_span(&out), out.n || *want ? want : NULL);
	}
	buffer_free(&out);
	buffer_free(&scratch);
}

static void check_matches(const struct store *store, struct store_event e,
			  const struct column_ref *ref, const char *want)
{
	struct buffer out = {0};

	columns_match_each(store, e, ref, add_text, &out);
	assert_text(buffer_span(&out), out.n || *want ? want : NULL);
	if (columns_match_values(store, e, ref, NULL, 0) != SIZE_MAX) {
		buffer_clear(&out);
		match_fast(store, e, ref, &out);
		assert_text(buffer_span(&out), out.n || *want ? want : NULL);
	}
	buffer_free(&out);
}

static void check(const struct store *store, struct store_event e,
		  const struct face *face)
{
	struct column_ref ref = column(face->column);
	struct buffer out = {0}, joined = {0};

	check_values(store, e, &ref, face->values);
	check_matches(store, e, &ref,
		      face->matches ? face->matches : face->values);
	columns_text(store, e, &ref, &out);
	for (const char *p = face->values; *p; p++) {
		buffer_add_byte(&joined, *p == '|' ? ';' : *p);
		if (*p == '|')
			buffer_add_byte(&joined, ' ');
	}
	if (!span_is(buffer_span(&out), face->drawn ? face->drawn
						   : buffer_text(&joined)))
		fail_msg("%s drawn as \"%.*s\"", face->column, (int)out.n,
			 out.p);
	buffer_free(&out);
	buffer_free(&joined);
	columns_free(&ref);
}

static void check_all(const char *json, bool notice, const struct face *faces,
		      size_t count)
{
	struct store *store = store_with(json, notice);
	struct store_event e = STORE_NO_EVENT;

	assert_true(store_next(store, &e));
	for (size_t i = 0; i < count; i++) {
		check(store, e, &faces[i]);
	}
	store_free(store);
}

static void a_call_is_told_by_its_columns(void **state)
{
	static const char json[] =
		"{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":"
		"\"AssumedRole\",\"principalId\":\"AROAX:ci-42\",\"arn\":"
		"\"arn:aws:sts::111122223333:assumed-role/Deploy/ci-42\","
		"\"accountId\":\"111122223333\",\"accessKeyId\":\"ASIAX\","
		"\"sessionContext\":{\"sessionIssuer\":{\"type\":\"Role\","
		"\"arn\":\"arn:aws:iam::111122223333:role/x/Deploy\","
		"\"userName\":\"Deploy\"},\"attributes\":{"
		"\"mfaAuthenticated\":\"false\"}},\"invokedBy\":"
		"\"s3.amazonaws.com\"},"
		"\"eventTime\":\"2024-05-06T07:08:09Z\",\"eventSource\":"
		"\"acm.amazonaws.com\",\"eventName\":\"ExportCertificate\","
		"\"awsRegion\":\"us-east-1\",\"sourceIPAddress\":"
		"\"192.0.2.1\",\"userAgent\":\"aws-cli/2\",\"errorCode\":"
		"\"AccessDenied\",\"errorMessage\":\"User: x is not "
		"authorized to perform: acm:ExportCertificate\","
		"\"requestParameters\":{\"certificateArn\":\"" ARN1 "\","
		"\"passphrase\":\"hunter2\",\"domainName\":null},"
		"\"responseElements\":null,\"requestID\":\"R\",\"eventID\":"
		"\"E\",\"readOnly\":true,\"resources\":[{\"ARN\":\"" ARN1
		"\",\"type\":\"T\"},{\"ARN\":\"" ARN2 "\"},{\"ARN\":null},"
		"{\"ARNPrefix\":\"p\"}],"
		"\"eventType\":\"AwsApiCall\",\"eventCategory\":"
		"\"Management\",\"recipientAccountId\":\"123456789012\","
		"\"vpcEndpointId\":\"vpce-1\",\"tlsDetails\":{\"tlsVersion\":"
		"\"TLSv1.3\",\"cipherSuite\":\"AES\"}}";
	static const struct face faces[] = {
		{"glyph", "!", NULL, NULL},
		{"time", "2024-05-06T07:08:09Z", NULL, "2024-05-06 07:08:09"},
		{"event", "ExportCertificate", NULL, NULL},
		{"who", "Deploy/ci-42",
		 "Deploy/ci-42|arn:aws:sts::111122223333:assumed-role/"
		 "Deploy/ci-42|Deploy/ci-42|Deploy|ci-42|ci-42", NULL},
		{"from", "192.0.2.1", NULL, NULL},
		{"result", "AccessDenied", NULL, NULL},
		{"target", ARN1, ARN1 "|" ID1 "|" ARN2 "|" ID2 "|" ARN1 "|"
		 ID1, SHORT1 " +1"},
		{"region", "us-east-1", NULL, NULL},
		{"certificate", ARN1 "|" ARN2, ARN1 "|" ID1 "|" ARN2 "|" ID2,
		 SHORT1 " +1"},
		{"account", "123456789012", NULL, NULL},
		{"source", "acm.amazonaws.com", "acm.amazonaws.com|acm",
		 "acm"},
		{"user-agent", "aws-cli/2", NULL, NULL},
		{"key", "ASIAX", NULL, NULL},
		{"session", "ci-42", "ci-42|ci-42|AROAX:ci-42", NULL},
		{"role", "Deploy", "Deploy|Deploy|Deploy", NULL},
		{"via", "s3.amazonaws.com|111122223333", NULL,
		 "s3.amazonaws.com; acct:111122223333"},
		{"error", "AccessDenied", NULL, NULL},
		{"message", "User: x is not authorized to perform: "
		 "acm:ExportCertificate", NULL, NULL},
		{"resources", ARN1 "|" ARN2 "|p", NULL, NULL},
		{"needs", "acm:ExportCertificate", NULL, NULL},
		{"id", "E", NULL, NULL},
		{"request-id", "R", NULL, NULL},
		{"type", "AwsApiCall", NULL, NULL},
		{"category", "Management", NULL, NULL},
		{"version", "1.08", NULL, NULL},
		{"read-only", "true", NULL, NULL},
		{"mfa", "no", "no|false", NULL},
		{"tls", "TLSv1.3", "TLSv1.3|AES", NULL},
		{"vpce", "vpce-1", NULL, NULL},
		{"container", "Records", NULL, NULL},
		{"file", "logs/a.json.gz", "logs/a.json.gz|a.json.gz", NULL},
		/* paths */
		{"eventname", "ExportCertificate", NULL, NULL},
		{"requestParameters.passphrase", "[passphrase, #k1]", NULL,
		 NULL},
		{"requestParameters", ARN1 "|[passphrase, #k1]|null", NULL,
		 NULL},
		{"responseElements", "null", NULL, NULL},
		{"resources[].type", "T", NULL, NULL},
		{"resources[1]", ARN2, NULL, NULL},
		{"**.userName", "Deploy", NULL, NULL},
		{"certificateArn", "", NULL, NULL},
		{"resources[1].*", ARN2, NULL, NULL},
		{"tlsDetails.*", "TLSv1.3|AES", NULL, NULL},
		{"\"eventID\"", "E", NULL, NULL},
	};

	(void)state;
	check_all(json, false, faces, COUNT(faces));
}

static void what_is_not_there_is_empty(void **state)
{
	static const struct face faces[] = {
		{"glyph", "", NULL, NULL}, {"time", "", NULL, NULL},
		{"event", "", NULL, NULL}, {"who", "?", NULL, NULL},
		{"from", "", NULL, NULL}, {"result", "ok", NULL, ""},
		{"target", "", NULL, NULL}, {"region", "", NULL, NULL},
		{"certificate", "", NULL, NULL}, {"account", "", NULL, NULL},
		{"source", "", NULL, NULL}, {"user-agent", "", NULL, NULL},
		{"key", "", NULL, NULL}, {"session", "", NULL, NULL},
		{"role", "", NULL, NULL}, {"via", "", NULL, NULL},
		{"error", "", NULL, NULL}, {"message", "", NULL, NULL},
		{"resources", "", NULL, NULL}, {"needs", "", NULL, NULL},
		{"id", "x", NULL, NULL}, {"mfa", "", NULL, NULL},
		{"tls", "", NULL, NULL}, {"vpce", "", NULL, NULL},
		{"read-only", "", NULL, NULL},
	};

	(void)state;
	check_all("{\"eventID\":\"x\",\"errorCode\":null}", false, faces,
		  COUNT(faces));
}

static void other_kinds_of_events_have_their_own_words(void **state)
{
	static const struct face user[] = {
		{"who", "root@1 (Alice)", "root@1 (Alice)|Alice|"
		 "arn:aws:iam::1:user/Alice|Alice", NULL},
		{"time", "not a time", NULL, NULL},
		{"source", "acm", "acm|acm", "acm"},
		{"account", "1", NULL, NULL},
		{"mfa", "yes", "yes|Yes", NULL},
		{"target", "example.com", NULL, NULL},
		{"role", "", NULL, NULL},
		{"session", "", NULL, NULL},
	};
	static const struct face named[] = {
		{"target", ARN1, ARN1 "|" ID1 "|" ARN1 "|" ID1,
		 "example.com " SHORT1},
		{"who", "federated-user/f", "federated-user/f|"
		 "arn:aws:iam::1:user/A|A", NULL},
		{"role", "", NULL, NULL},
		{"session", "f", "f|1:f", NULL},
	};
	static const struct face role[] = {
		{"role", "R", NULL, NULL},
		{"mfa", "maybe", "maybe|maybe", NULL},
		{"target", "arn:aws:iam::1:role/x/T", NULL, "x/T"},
		{"source", "s3.amazonaws.com.cn", "s3.amazonaws.com.cn|s3",
		 "s3"},
	};
	static const struct face notice[] = {
		{"event", "ACM Certificate Expired", NULL, NULL},
		{"who", "aws.acm", NULL, NULL},
		{"result", "", NULL, NULL},
		{"source", "aws.acm", "aws.acm|aws.acm", NULL},
		{"time", "2024-05-06T07:08:09Z", NULL, "2024-05-06 07:08:09"},
		{"account", "123456789012", NULL, NULL},
		{"region", "us-east-1", NULL, NULL},
		{"id", "n1", NULL, NULL},
		{"resources", ARN1, NULL, NULL},
		{"certificate", ARN1, ARN1 "|" ID1, SHORT1},
		{"container", "notice", NULL, NULL},
	};
	static const struct face insight[] = {
		{"event", "RunInstances", NULL, NULL},
		{"source", "ec2.amazonaws.com", "ec2.amazonaws.com|ec2",
		 "ec2"},
		{"who", "CloudTrail Insights", NULL, NULL},
		{"result", "", NULL, NULL},
	};

	(void)state;
	check_all("{\"userIdentity\":{\"type\":\"Root\",\"arn\":"
		  "\"arn:aws:iam::1:user/Alice\",\"accountId\":\"1\","
		  "\"userName\":\"Alice\"},\"eventTime\":\"not a time\","
		  "\"eventSource\":\"acm\",\"additionalEventData\":{"
		  "\"MFAUsed\":\"Yes\"},\"requestParameters\":{\"domainName\":"
		  "\"example.com\"}}", false, user, COUNT(user));
	check_all("{\"userIdentity\":{\"type\":\"FederatedUser\","
		  "\"principalId\":\"1:f\",\"sessionContext\":{"
		  "\"sessionIssuer\":{\"arn\":\"arn:aws:iam::1:user/A\","
		  "\"userName\":\"A\"}}},\"requestParameters\":{"
		  "\"domainName\":\"example.com\"},\"responseElements\":{"
		  "\"certificateArn\":\"" ARN1 "\"}}", false, named,
		  COUNT(named));
	check_all("{\"userIdentity\":{\"type\":\"AssumedRole\","
		  "\"sessionContext\":{\"sessionIssuer\":{\"userName\":"
		  "\"R\"},\"attributes\":{\"mfaAuthenticated\":\"maybe\"}}},"
		  "\"eventSource\":\"s3.amazonaws.com.cn\","
		  "\"requestParameters\":{\"roleArn\":"
		  "\"arn:aws:iam::1:role/x/T\"}}", false, role, COUNT(role));
	check_all("{\"version\":\"0\",\"id\":\"n1\",\"detail-type\":\"ACM "
		  "Certificate Expired\",\"source\":\"aws.acm\",\"account\":"
		  "\"123456789012\",\"time\":\"2024-05-06T07:08:09Z\","
		  "\"region\":\"us-east-1\",\"resources\":[\"" ARN1 "\"],"
		  "\"detail\":{\"DaysToExpiry\":1}}", true, notice,
		  COUNT(notice));
	check_all("{\"eventType\":\"AwsCloudTrailInsight\",\"insightDetails\":"
		  "{\"eventName\":\"RunInstances\",\"eventSource\":"
		  "\"ec2.amazonaws.com\"}}", false, insight, COUNT(insight));
}

static void ascii_is_kept_to_where_it_is_asked_for(void **state)
{
	struct store *store = store_with("{\"requestParameters\":{"
					 "\"certificateArn\":\"" ARN1 "\"}}",
					 false);
	struct store_event e = STORE_NO_EVENT;
	struct column_ref ref = column("target");
	struct buffer out = {0};

	(void)state;
	ref.ascii = true;
	assert_true(store_next(store, &e));
	columns_text(store, e, &ref, &out);
	assert_text(buffer_span(&out), "1234~9012");
	buffer_free(&out);
	store_free(store);
}

static bool stop(void *context, struct span text, uint32_t value)
{
	(void)text;
	(void)value;
	++*(int *)context;
	return false;
}

/* More values than the usual few. */
static void long_lists_are_whole_and_can_be_left(void **state)
{
	struct buffer json = {0}, out = {0};
	struct store_event e = STORE_NO_EVENT;
	struct column_ref ref = column("requestParameters.names[]");
	struct store *store;
	uint32_t value[3];
	size_t bars = 0;
	int calls = 0;

	(void)state;
	buffer_add_text(&json, "{\"requestParameters\":{\"names\":[");
	for (int i = 0; i < 100; i++)
		buffer_printf(&json, "%s\"n%d\"", i ? "," : "", i);
	buffer_add_text(&json, "]}}");
	store = store_with(buffer_text(&json), false);
	assert_true(store_next(store, &e));
	columns_each(store, e, &ref, add_text, &out);
	for (size_t i = 0; i < out.n; i++)
		bars += out.p[i] == '|';
	assert_int_equal(bars, 99);
	buffer_clear(&out);
	columns_match_each(store, e, &ref, add_text, &out);
	for (size_t i = 0; i < out.n; i++)
		bars -= out.p[i] == '|';
	assert_int_equal(bars, 0);
	assert_int_equal(columns_values(store, e, &ref, value, 3), 100);
	columns_each(store, e, &ref, stop, &calls);
	assert_int_equal(calls, 1);
	columns_match_each(store, e, &ref, stop, &calls);
	assert_int_equal(calls, 2);
	buffer_free(&json);
	buffer_free(&out);
	columns_free(&ref);
	store_free(store);
}

static void groups_tell_events_apart(void **state)
{
	static const struct {
		const char *json;
		bool notice;
		const char *column;
		char group;     /* equal ones are equal */
	} rows[] = {
		{"{\"eventName\":\"GetX\"}", false, "glyph", 'R'},
		{"{\"eventName\":\"ListX\"}", false, "glyph", 'R'},
		{"{\"eventName\":\"PutX\"}", false, "glyph", 'W'},
		{"{\"eventName\":\"PutX\"}", false, "container", 'c'},
		{"{\"eventName\":\"PutX\"}", true, "container", 'n'},
		{"{\"eventName\":\"PutX\"}", false, "file", 'f'},
		{"{\"eventName\":\"A\"}", false, "result", 'o'},
		{"{\"eventName\":\"B\"}", false, "result", 'o'},
		{"{\"errorCode\":\"E\"}", false, "result", 'e'},
		{"{\"insightDetails\":{\"eventName\":\"I\"}}", false, "result",
		 'i'},
	};
	uint32_t group[COUNT(rows)];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct store *store = store_with(rows[i].json, rows[i].notice);
		struct column_ref ref = column(rows[i].column);
		struct store_event e = STORE_NO_EVENT;

		assert_true(store_next(store, &e));
		assert_true(columns_match_values(store, e, &ref, NULL, 0) ==
			    SIZE_MAX);
		group[i] = columns_match_group(store, e, &ref);
		for (size_t k = 0; k < i; k++)
			if (strcmp(rows[i].column, rows[k].column) == 0)
				assert_int_equal(group[i] == group[k],
						 rows[i].group ==
							 rows[k].group);
		store_free(store);
	}
}

static const struct {
	const char *text;
	enum column column;     /* COLUMN_COUNT with NAME NULL: an error */
	const char *name;       /* as columns_name has it, or the error */
} names[] = {
	{"who", COLUMN_WHO, "who"},
	{"WHO", COLUMN_WHO, "who"},
	{"user", COLUMN_WHO, "who"},
	{"user-agent", COLUMN_USER_AGENT, "user-agent"},
	{"User_Agent", COLUMN_USER_AGENT, "user-agent"},
	{"agent", COLUMN_USER_AGENT, "user-agent"},
	{"ip", COLUMN_FROM, "from"},
	{"resources", COLUMN_RESOURCES, "resources"},
	{"eventname", COLUMN_PATH, "eventName"},
	{"EVENTNAME", COLUMN_PATH, "eventName"},
	{"useragent", COLUMN_PATH, "userAgent"},
	{"requestparameters", COLUMN_PATH, "requestParameters"},
	{"certificateArn", COLUMN_PATH, "certificateArn"},
	{"sessionIssuer", COLUMN_PATH, "sessionIssuer"},
	{"a.b", COLUMN_PATH, "a.b"},
	{"requestParameters.certificateArn", COLUMN_PATH,
	 "requestParameters.certificateArn"},
	{"resources[0].ARN", COLUMN_PATH, "resources[0].ARN"},
	{"**.userName", COLUMN_PATH, "**.userName"},
	{"\"usr\"", COLUMN_PATH, "\"usr\""},
	{"*", COLUMN_PATH, "*"},
};

static void names_and_paths_are_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct column_ref ref = column(names[i].text), copy;
		struct buffer name = {0};

		assert_int_equal(ref.column, names[i].column);
		columns_name(&ref, &name);
		assert_text(buffer_span(&name), names[i].name);
		copy = columns_copy(&ref);
		columns_free(&ref);
		buffer_clear(&name);
		columns_name(&copy, &name);
		assert_text(buffer_span(&name), names[i].name);
		assert_int_equal(copy.column, names[i].column);
		columns_free(&copy);
		buffer_free(&name);
	}
}

static void an_unknown_name_is_answered_with_near_ones(void **state)
{
	static const struct {
		const char *text, *error;
	} rows[] = {
		{"usr", "unknown field \"usr\": user-agent? who?"},
		{"whoo", "unknown field \"whoo\": who?"},
		{"evnt", "unknown field \"evnt\": event?"},
		{"certifcate", "unknown field \"certifcate\": certificate?"},
		{"principl", "unknown field \"principl\": who?"},
		{"zzzzzz", "unknown field \"zzzzzz\""},
		{"certificatearn", "unknown field \"certificatearn\": "
		 "certificate?"},
		{"", "no field named"},
		{"a..b", "not a path: expected a key (in double quotes if it "
			 "is not a word), * or **"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct column_ref ref;
		struct error err;

		assert_false(columns_parse(span_of(rows[i].text), &ref, &err));
		assert_string_equal(err.text, rows[i].error);
		assert_false(columns_parse(span_of(rows[i].text), &ref, NULL));
	}
}

static void the_list_tells_every_column_once(void **state)
{
	struct buffer list = {0};
	size_t lines = 0;
	const char *p;

	(void)state;
	columns_list(&list);
	p = buffer_text(&list);
	for (size_t i = 0; i < list.n; i++)
		lines += list.p[i] == '\n';
	assert_int_equal(lines, COLUMN_COUNT);
	for (int c = 0; c < COLUMN_COUNT; c++) {
		const struct column_info *info = columns_info((enum column)c);
		size_t n = strlen(info->name);

		assert_true(strncmp(p, info->name, n) == 0 && p[n] == ' ');
		assert_non_null(strstr(p, info->help));
		assert_true(info->width > 0);
		assert_non_null(info->title);
		p = strchr(p, '\n') + 1;
	}
	assert_non_null(strstr(list.p, "(also: user, principal)\n"));
	buffer_free(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_is_told_by_its_columns),
		cmocka_unit_test(what_is_not_there_is_empty),
		cmocka_unit_test(other_kinds_of_events_have_their_own_words),
		cmocka_unit_test(ascii_is_kept_to_where_it_is_asked_for),
		cmocka_unit_test(long_lists_are_whole_and_can_be_left),
		cmocka_unit_test(groups_tell_events_apart),
		cmocka_unit_test(names_and_paths_are_told_apart),
		cmocka_unit_test(an_unknown_name_is_answered_with_near_ones),
		cmocka_unit_test(the_list_tells_every_column_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
