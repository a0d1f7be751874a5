/* trail/domains: which names belong to which certificate. */
#include "load_support.h"

#include "trail/domains.h"

#define ARN "arn:aws:acm:eu-west-1:111122223333:certificate/"
#define ONE ARN "11111111-1111-1111-1111-111111111111"
#define TWO ARN "22222222-2222-2222-2222-222222222222"
#define ACM "\"eventSource\":\"acm.amazonaws.com\",\"eventTime\":" \
	"\"2024-01-02T03:04:05Z\","

/* "ARN's last digit:name " for each link. */
static char *links(const char *records)
{
	struct made m;
	struct buffer out = {0};
	struct domains *domains;
	size_t count;

	make_text(&m, records, 1 << 16);
	domains = domains_new(m.store);
	for (const struct domains_link *link = domains_all(domains, &count);
	     count > 0; link++, count--)
		buffer_printf(&out, "%c:%.*s ",
			      link->certificate.p[link->certificate.n - 1],
			      (int)link->name.n, link->name.p);
	domains_free(domains);
	unmake(&m);
	return buffer_take(&out);
}

static void names_are_joined_from_every_event_that_tells_one(void **state)
{
	static const struct { const char *record, *links; } rows[] = {
		{"{" ACM "\"eventName\":\"RequestCertificate\","
		 "\"requestParameters\":{\"domainName\":\"b.example\","
		 "\"subjectAlternativeNames\":[\"a.example\",\"b.example\"]},"
		 "\"responseElements\":{\"certificateArn\":\"" ONE "\"}}",
		 "1:a.example 1:b.example "},
		{"{" ACM "\"eventName\":\"ResendValidationEmail\","
		 "\"requestParameters\":{\"domain\":\"a.example.\","
		 "\"certificateArn\":\"" TWO "\"}}", "2:a.example "},
		{"{\"version\":\"0\",\"id\":\"n\",\"source\":\"aws.acm\","
		 "\"detail-type\":\"ACM Certificate Available\","
		 "\"time\":\"2024-01-02T03:04:05Z\",\"account\":\"1\","
		 "\"region\":\"eu-west-1\",\"resources\":[\"" TWO "\"],"
		 "\"detail\":{\"CommonName\":\"c.example\"}}",
		 "2:c.example "},
		/* Which of the two would it be? */
		{"{" ACM "\"eventName\":\"X\",\"requestParameters\":{"
		 "\"domainName\":\"a.example\",\"one\":\"" ONE "\","
		 "\"two\":\"" TWO "\"}}", ""},
		/* The domain of an API need not be one of the certificate. */
		{"{\"eventSource\":\"apigateway.amazonaws.com\","
		 "\"eventName\":\"CreateDomainName\",\"eventTime\":"
		 "\"2024-01-02T03:04:05Z\",\"requestParameters\":{"
		 "\"domainName\":\"a.example\",\"certificateArn\":\"" ONE
		 "\"}}", ""},
		{"{" ACM "\"eventName\":\"RequestCertificate\","
		 "\"requestParameters\":{\"domainName\":\"\"},"
		 "\"responseElements\":{\"certificateArn\":\"" ONE "\"}}", ""},
		{"{" ACM "\"eventName\":\"ListCertificates\"}", ""},
		/* What was refused may be wrong. */
		{"{" ACM "\"eventName\":\"ResendValidationEmail\","
		 "\"errorCode\":\"InvalidDomainValidationOptionsException\","
		 "\"requestParameters\":{\"domain\":\"a.example\","
		 "\"certificateArn\":\"" TWO "\"}}", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *got = links(rows[i].record);

		assert_string_equal(got, rows[i].links);
		free(got);
	}
}

static void the_first_event_that_tells_a_name_is_kept(void **state)
{
	static const char records[] =
		"{\"Records\":["
		"{" ACM "\"eventName\":\"A\",\"requestParameters\":{\"domain\":"
		"\"a.example\",\"certificateArn\":\"" TWO "\"}},"
		"{" ACM "\"eventName\":\"B\",\"requestParameters\":{\"domain\":"
		"\"a.example\",\"certificateArn\":\"" TWO "\"}},"
		"{" ACM "\"eventName\":\"C\",\"requestParameters\":{\"domain\":"
		"\"b.example\",\"certificateArn\":\"" ONE "\"}}]}";
	struct made m;
	struct domains *domains;
	const struct domains_link *link;
	size_t count;

	(void)state;
	make_text(&m, records, 1 << 16);
	domains = domains_new(m.store);
	domains_all(domains, &count);
	assert_int_equal(count, 2);
	link = domains_of(domains, SPAN(TWO), &count);
	assert_int_equal(count, 1);
	assert_true(span_is(link->name, "a.example"));
	assert_int_equal(link->event.index, 0);
	domains_of(domains, SPAN(ARN "3"), &count);
	assert_int_equal(count, 0);
	domains_of(domains, SPAN(""), &count);
	assert_int_equal(count, 0);
	domains_free(domains);
	domains_free(NULL);
	unmake(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			names_are_joined_from_every_event_that_tells_one),
		cmocka_unit_test(the_first_event_that_tells_a_name_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
