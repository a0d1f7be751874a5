/* Certificate ARNs are found wherever they stand, and nothing else is. */
#include "trail_support.h"

#include "trail/certificate.h"

#define UUID "12345678-1234-1234-1234-123456789012"
#define ARN "arn:aws:acm:us-east-1:123456789012:certificate/" UUID

static const struct {
	const char *text;
	const char *found;      /* all of them, with blanks between */
} texts[] = {
	{"", ""},
	{"arn", ""},
	{":acm:", ""},
	{ARN, ARN},
	{"x " ARN " y", ARN},
	{ARN "," ARN, ARN " " ARN},
	{"\"" ARN "\"", ARN},
	{"{\"Resource\":\"" ARN "\"}", ARN},
	{"{\\\"Resource\\\":\\\"" ARN "\\\"}", ARN},
	{"Could not find certificate " ARN ".", ARN},
	{"(" ARN ")", ARN},
	{"arn:aws-cn:acm:cn-north-1:123456789012:certificate/" UUID,
	 "arn:aws-cn:acm:cn-north-1:123456789012:certificate/" UUID},
	{"arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/" UUID,
	 "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/" UUID},
	{"arn:aws:acm::123456789012:certificate/" UUID,
	 "arn:aws:acm::123456789012:certificate/" UUID},
	{"arn:aws:acm:eu-west-1:111122223333:certificate/mrk-0123456789abcdef",
	 "arn:aws:acm:eu-west-1:111122223333:certificate/"
	 "mrk-0123456789abcdef"},
	{"arn:aws:acm:eu-west-1:1:certificate/a_b+c=d,e.f@g/h-i",
	 "arn:aws:acm:eu-west-1:1:certificate/a_b+c=d,e.f@g/h-i"},
	{"arn:aws:acm:eu-west-1:1:certificate/12345678-1234-1234-1234-"
	 "12345678901X.", "arn:aws:acm:eu-west-1:1:certificate/"
	 "12345678-1234-1234-1234-12345678901X"},
	{"arn:aws:acm:eu-west-1:1:certificate/12345678_1234-1234-1234-"
	 "123456789012", "arn:aws:acm:eu-west-1:1:certificate/"
	 "12345678_1234-1234-1234-123456789012"},
	/* redacted */
	{"arn:aws:acm:us-east-1:123456789012:certificate/\xe2\x80\xa6",
	 "arn:aws:acm:us-east-1:123456789012:certificate/\xe2\x80\xa6"},
	{"arn:aws:acm:us-east-1:123456789012:certificate/...",
	 "arn:aws:acm:us-east-1:123456789012:certificate/..."},
	{"arn:aws:acm:us-east-1:************:certificate/1234****",
	 "arn:aws:acm:us-east-1:************:certificate/1234****"},
	{"arn:aws:acm:us-east-1:111xxxxxx111:certificate/example",
	 "arn:aws:acm:us-east-1:111xxxxxx111:certificate/example"},
	/* patterns of policies */
	{"arn:aws:acm:*:*:certificate/*", ""},
	{"arn:aws:acm:us-east-1:123456789012:certificate/*", ""},
	{"arn:aws:acm:us-east-1:123456789012:certificate/1234*", ""},
	{"arn:aws:acm:us-east-1:*:certificate/" UUID, ""},
	/* others */
	{"arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/" UUID
	 "/certificate/1234", ""},
	{"arn:aws:iam::123456789012:server-certificate/name", ""},
	{"arn:aws:acm:us-east-1:123456789012:acme-endpoint/" UUID, ""},
	{"aws:acm:arn", ""},
	{"xyz:aws:acm:us-east-1:123456789012:certificate/" UUID, ""},
	{"arn::acm:us-east-1:123456789012:certificate/" UUID, ""},
	{"arn:aws:acm:us-east-1:123456789012:certificate/", ""},
	{"arn:aws:acm:us-east-1:123456789012:certificate", ""},
	{"arn:aws:acm:us-east-1::certificate/" UUID, ""},
	{"arn:aws:acm:us-east-1", ""},
	{"arn:aws:acm:us east:1:certificate/x", ""},
	{"arn:aws:acm:arn:aws:acm:us-east-1:1:certificate/x",
	 "arn:aws:acm:us-east-1:1:certificate/x"},
};

static void finds_every_certificate_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct span text = span_of(texts[i].text), arn;
		struct buffer found = {0};
		char *exact = malloc(text.n > 0 ? text.n : 1);
		size_t at = 0;

		memcpy(exact, text.p, text.n);
		text.p = exact;
		while (certificate_find(text, &at, &arn)) {
			if (found.n > 0)
				buffer_add_byte(&found, ' ');
			buffer_add_span(&found, arn);
			assert_true(arn.p + arn.n == exact + at);
		}
		assert_int_equal(at, text.n);
		assert_text(buffer_span(&found), texts[i].found);
		buffer_free(&found);
		free(exact);
	}
}

static const struct {
	const char *id, *text, *ascii;
} shorts[] = {
	{"", "", ""},
	{"abc", "abc", "abc"},
	{"123456789", "123456789", "123456789"},
	{"1234567890", "1234\xe2\x80\xa6" "7890", "1234~7890"},
	{UUID, "1234\xe2\x80\xa6" "9012", "1234~9012"},
	{"\xe2\x80\xa6", "\xe2\x80\xa6", "\xe2\x80\xa6"},
	/* no character is cut through */
	{"12\xe2\x80\xa6" "45678", "12\xe2\x80\xa6" "5678", "12~5678"},
	{"1234567\xe2\x80\xa6" "12", "1234\xe2\x80\xa6" "12", "1234~12"},
};

static void shortens_ids_to_their_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(shorts); i++) {
		char out[16];
		size_t n = certificate_short(span_of(shorts[i].id), false, out);

		assert_text(((struct span){out, n}), shorts[i].text);
		n = certificate_short(span_of(shorts[i].id), true, out);
		assert_text(((struct span){out, n}), shorts[i].ascii);
	}
}

static void tells_an_id(void **state)
{
	(void)state;
	assert_text(certificate_id(SPAN(ARN)), UUID);
	assert_text(certificate_id(SPAN("arn:aws:sns:r:1:topic")), "topic");
	assert_int_equal(certificate_id(SPAN("no arn")).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_every_certificate_and_nothing_else),
		cmocka_unit_test(shortens_ids_to_their_ends),
		cmocka_unit_test(tells_an_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
