/* What is said of a filter once there is data: the nearest to a term that holds
 * for nothing, why an event is shown, what a word may become. */
#include "query/suggest.h"

#include "query/complete.h"
#include "query/why.h"
#include "query_support.h"
#include "write_support.h"

static const char trail[] =
	"{\"Records\":["
	"{\"eventVersion\":\"1.08\",\"eventTime\":\"2024-01-02T03:04:05Z\","
	"\"eventName\":\"ExportCertificate\",\"awsRegion\":\"eu-west-1\","
	"\"userAgent\":\"aws-cli/2.1 Python\",\"requestParameters\":{"
	"\"certificateArn\":\"x\",\"tags\":[{\"key\":\"a\"},{\"key\":\"b b\"}]},"
	"\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"Alice\"}},"
	"{\"eventVersion\":\"1.08\",\"eventTime\":\"2024-01-02T03:04:06Z\","
	"\"eventName\":\"ListCertificates\",\"awsRegion\":\"us-east-1\","
	"\"errorCode\":\"AccessDenied\",\"additionalEventData\":{"
	"\"bytesTransferredOut\":12},"
	"\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"Bob\"}},"
	"{\"eventVersion\":\"1.08\",\"eventTime\":\"2024-01-02T03:04:07Z\","
	"\"eventName\":\"ListCertificates\",\"awsRegion\":\"us-east-1\","
	"\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"Bob\"}}]}";

static struct store *store;

static int set_up(void **state)
{
	(void)state;
	store = support_load("query_suggest_test.json", trail);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	store_free(store);
	return 0;
}

/* A filter of one predicate that holds for nothing, and what is said; NULL:
 * nothing. */
static const struct {
	const char *filter, *said;
} rows[] = {
	{"event=ExportCertficate", "event=ExportCertificate? 1"},
	{"event=listcertificates", "event=ListCertificates? 2"},
	{"event=Certificate", "event=ListCertificates? 2"},
	{"event=port", "event~port? 1"},
	{"event=PORT", "event~(?i)PORT? 1"},
	{"event~list", "event~(?i)list? 2"},
	{"event~/list/", "event~/list/i? 2"},
	{"event~\"list\"", "event~(?i)list? 2"},
	{"accessdenied", "(?i)accessdenied? 1"},
	{"certificateArn?", "not at the top; **.certificateArn? 1"},
	{"certificateArn~x", "not at the top; **.certificateArn? 1"},
	{"bytesTransferredOut>1e9", "not at the top; **.bytesTransferredOut? 1"},
	{"requestParameter.certificateArn=x",
	 "requestParameters.certificateArn? 1"},
	{"requestParameters.userName=x", "not there; **.userName? 3"},
	{"requestparameters.certificateArn?", "requestParameters.certificateArn? 1"},
	{"requestParameters.certificatearn?", "requestParameters.certificateArn? 1"},
	{"requestParameters.certifcateArn?", "requestParameters.certificateArn? 1"},
	{"requestParameters.tags[].kez?", "requestParameters.tags[].key? 1"},
	{"user.*=admin", "userIdentity.*? 3"},
	{"userIdentity.*=zzzz", NULL},
	{"region=mars", NULL},
	{"zzzz", NULL},
	{"is:notice", NULL},
	{"from=192.0.2.1", NULL},
};

static void what_is_nearest_is_named_with_its_count(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct filter *f = filter_parse(span_of(rows[i].filter), NULL);
		struct buffer out = {0};
		bool said;

		assert_non_null(f);
		said = suggest_predicate(store, filter_predicate(f, 0), NULL,
					 &out);
		if (said != (rows[i].said != NULL) ||
		    (said && !span_is(buffer_span(&out), rows[i].said)))
			fail_msg("%s: %s", rows[i].filter,
				 said ? buffer_text(&out) : "nothing");
		buffer_free(&out);
		filter_free(f);
	}
}

/* `holds  event~^Export: ExportCertificate`, `fails  error?: absent`. */
static void write_why(void *context, const struct why *why)
{
	const struct predicate *t = why->predicate;
	struct buffer *out = context;

	buffer_add_text(out, why->verdict == MATCH_YES ? "holds  "
						       : "fails  ");
	buffer_add_span(out, t->text);
	if (why->place.p) {
		buffer_add_text(out, ": ");
		buffer_add_span(out, why->place);
		buffer_add_text(out, " = ");
		buffer_add_span(out, why->value);
	} else if (why->value.p) {
		buffer_add_text(out, ": ");
		buffer_add_span(out, why->value);
	} else if (!t->any && t->test != PREDICATE_MARK) {
		buffer_add_text(out, ": absent");
	}
	buffer_add_byte(out, '\n');
}

static void an_event_is_shown_for_reasons(void **state)
{
	struct store_event second = {0, 1};
	struct filter *f = filter_parse(SPAN(
		"event~^List and !(who=Alice or error!=AccessDenied) Denied "
		"from? error!? time>=2024-01-02T03:04:06 is:error is:write "
		"region in (us-east-1, x) Alice"), NULL);
	struct buffer out = {0};

	(void)state;
	assert_non_null(f);
	why_each(store, second, f, write_why, &out);
	assert_string_equal(buffer_text(&out),
		"holds  event~^List: ListCertificates\n"
		"fails  who=Alice: Bob\n"
		"fails  error!=AccessDenied: AccessDenied\n"
		"holds  Denied: errorCode = AccessDenied\n"
		"fails  from?: absent\n"
		"fails  error!?: AccessDenied\n"
		"holds  time>=2024-01-02T03:04:06: 2024-01-02T03:04:06Z\n"
		"holds  is:error\n"
		"fails  is:write\n"
		"holds  region in (us-east-1, x): us-east-1\n"
		"fails  Alice\n");
	buffer_free(&out);
	filter_free(f);
}

static uint64_t events_of(const struct complete *c, const char *text)
{
	for (size_t i = 0; i < c->count; i++)
		if (span_is(c->item[i].text, text))
			return c->item[i].events;
	return 0;
}

static void fields_are_offered_with_the_events_that_have_them(void **state)
{
	struct complete c;

	(void)state;
	assert_true(complete_fields(store, NULL, &c));
	assert_int_equal(events_of(&c, "event"), 3);
	assert_int_equal(events_of(&c, "error"), 1);
	assert_int_equal(events_of(&c, "from"), 0);
	assert_int_equal(events_of(&c, "eventName"), 3);
	assert_int_equal(events_of(&c, "userIdentity.userName"), 3);
	assert_int_equal(events_of(&c, "requestParameters.tags[].key"), 1);
	assert_int_equal(events_of(&c, "requestParameters.tags[]"), 1);
	assert_int_equal(events_of(&c, "additionalEventData.bytesTransferredOut"),
			 1);
	complete_free(&c);
}

/* Whatever keys are called, at the top and below. */
static void what_is_offered_is_read_as_that_field(void **state)
{
	static const char keys[] =
		"\"n\":1,\"@t\":1,\"$x\":1,\"\xc3\xa9\":1,\"a/b\":1,\"5x\":1,"
		"\"-d\":1,\"a b\":1,\"q\\\"q\":1,\"p.q\":1,\"a[0]\":1,\"\":1,"
		"\"source\":1,\"user\":1,\"EVENTNAME\":1,\"any\":1,\"not\":1,"
		"\"in\":1,\"is\":1,\"a=b\":1,\"x*\":1,\"\\\\\":1,\"\\u0041\":1";
	struct store_event first = {0, 0};
	struct buffer text = {0}, name = {0};
	struct store *odd;
	struct complete c;
	size_t paths = 0;

	(void)state;
	buffer_printf(&text, "{\"eventVersion\":\"1.08\",\"eventName\":\"A\","
		      "\"eventTime\":\"2024-01-02T03:04:05Z\",%s,"
		      "\"requestParameters\":{%s}}", keys, keys);
	odd = support_load("query_suggest_odd.json", buffer_text(&text));
	assert_true(complete_fields(odd, NULL, &c));
	for (size_t i = 0; i < c.count; i++) {
		const struct predicate *t;
		struct filter *f;

		buffer_clear(&text);
		buffer_clear(&name);
		buffer_add_span(&text, c.item[i].text);
		buffer_add_byte(&text, '?');
		f = filter_parse(buffer_span(&text), NULL);
		t = f ? filter_predicate(f, 0) : NULL;
		if (!t || t->any || t->test != PREDICATE_PRESENT ||
		    !columns_present(odd, first, &t->field))
			fail_msg("%s", buffer_text(&text));
		columns_name(&t->field, &name);
		assert_true(span_equal(buffer_span(&name), c.item[i].text));
		paths += t->field.column == COLUMN_PATH;
		filter_free(f);
	}
	assert_int_equal(paths, 2 * 23 + 4);
	complete_free(&c);
	buffer_free(&text);
	buffer_free(&name);
	store_free(odd);
}

static void values_are_offered_the_most_frequent_first(void **state)
{
	struct column_ref ref;
	struct complete c;

	(void)state;
	assert_true(columns_parse(SPAN("event"), &ref, NULL));
	assert_true(complete_values(store, &ref, SPAN(""), NULL, &c));
	assert_int_equal(c.count, 2);
	assert_true(span_is(c.item[0].text, "ListCertificates"));
	assert_int_equal(c.item[0].events, 2);
	complete_free(&c);
	assert_true(complete_values(store, &ref, SPAN("exp"), NULL, &c));
	assert_int_equal(c.count, 1);
	assert_true(span_is(c.item[0].raw, "ExportCertificate"));
	complete_free(&c);
	columns_free(&ref);
	assert_true(columns_parse(SPAN("requestParameters.tags[].key"), &ref,
				  NULL));
	assert_true(complete_values(store, &ref, SPAN(""), NULL, &c));
	assert_int_equal(c.count, 2);
	assert_true(span_is(c.item[1].text, "\"b b\""));
	assert_true(span_is(c.item[1].raw, "b b"));
	complete_free(&c);
	columns_free(&ref);
}

static void counting_ends_when_it_is_told_to(void **state)
{
	atomic_bool cancel = true;
	struct column_ref ref = {.column = COLUMN_EVENT};
	struct complete c;

	(void)state;
	assert_false(complete_fields(store, &cancel, &c));
	assert_false(complete_values(store, &ref, SPAN(""), &cancel, &c));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_nearest_is_named_with_its_count),
		cmocka_unit_test(an_event_is_shown_for_reasons),
		cmocka_unit_test(
			fields_are_offered_with_the_events_that_have_them),
		cmocka_unit_test(what_is_offered_is_read_as_that_field),
		cmocka_unit_test(values_are_offered_the_most_frequent_first),
		cmocka_unit_test(counting_ends_when_it_is_told_to),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
