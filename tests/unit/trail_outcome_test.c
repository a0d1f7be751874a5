/* How a call ended, what kind it was, and what was missing for it. */
#include "trail_support.h"

#include "trail/outcome.h"

static const struct {
	const char *record;
	const char *result;     /* NULL: it succeeded */
	bool in_record;
} results[] = {
	{"{}", NULL, false},
	{"{\"errorCode\":\"AccessDenied\"}", "AccessDenied", true},
	{"{\"errorCode\":\"AccessDenied\",\"errorMessage\":\"m\"}",
	 "AccessDenied", true},
	{"{\"errorCode\":null}", NULL, false},
	{"{\"errorCode\":\"\"}", NULL, false},
	{"{\"errorMessage\":\"Failed authentication\"}", "error", false},
	{"{\"eventName\":\"ConsoleLogin\",\"errorMessage\":\"Failed "
	 "authentication\",\"responseElements\":{\"ConsoleLogin\":\"Failure\"}"
	 "}", "Failure", true},
	{"{\"eventName\":\"ConsoleLogin\",\"responseElements\":{"
	 "\"ConsoleLogin\":\"Success\"}}", NULL, false},
	{"{\"responseElements\":{\"CheckMfa\":\"Failure\"}}", "Failure", true},
	{"{\"responseElements\":{\"SwitchRole\":\"Failure\"}}", "Failure",
	 true},
	{"{\"responseElements\":{\"PasswordUpdated\":\"Success\"}}", NULL,
	 false},
	{"{\"serviceEventDetails\":{\"UserAuthentication\":\"Failure\"}}",
	 "Failure", true},
	{"{\"serviceEventDetails\":{\"CredentialVerification\":\"Failure\"}}",
	 "Failure", true},
	{"{\"responseElements\":{\"errorCode\":\"InvalidInput\"}}",
	 "InvalidInput", true},
	{"{\"responseElements\":{\"error\":{\"code\":\"X\"}}}", "X", true},
	{"{\"requestParameters\":{\"errorCode\":\"X\"}}", NULL, false},
	{"{\"responseElements\":null}", NULL, false},
};

static void tells_how_a_call_ended(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(results); i++) {
		struct made made;
		uint16_t slot = 0;

		make_record(&made, results[i].record);
		assert_text(outcome_result(&made.record, &slot),
			    results[i].result);
		assert_int_equal(slot != SHAPES_ABSENT, results[i].in_record);
		if (results[i].in_record)
			assert_text(made_text(&made.record, slot),
				    results[i].result);
		free_record(&made);
	}
}

static const struct {
	char glyph;
	const char *name, *source, *read_only;
} glyphs[] = {
	{'R', "DescribeCertificate", "acm.amazonaws.com", NULL},
	{'R', "GetCertificate", "acm.amazonaws.com", "true"},
	{'R', "ListCertificates", "acm.amazonaws.com", NULL},
	{'R', "SearchCertificates", "acm.amazonaws.com", NULL},
	{'R', "ListTagsForCertificate", "acm.amazonaws.com", NULL},
	{'R', "HeadObject", "s3.amazonaws.com", "true"},
	{'R', "LookupEvents", "cloudtrail.amazonaws.com", "true"},
	{'R', "AssumeRole", "sts.amazonaws.com", "true"},
	{'R', "Decrypt", "kms.amazonaws.com", "true"},
	{'R', "DescribeTrails", "cloudtrail.amazonaws.com", "false"},
	{'R', "BatchGetImage", "ecr.amazonaws.com", NULL},
	{'W', "GenerateDataKey", "kms.amazonaws.com", "false"},
	{'W', "RequestCertificate", "acm.amazonaws.com", NULL},
	{'W', "ImportCertificate", "acm.amazonaws.com", NULL},
	{'W', "AddTagsToCertificate", "acm.amazonaws.com", NULL},
	{'W', "RenewCertificate", "acm.amazonaws.com", NULL},
	{'W', "ResendValidationEmail", "acm.amazonaws.com", NULL},
	{'W', "UpdateCertificateOptions", "acm.amazonaws.com", NULL},
	{'W', "PutAccountConfiguration", "acm.amazonaws.com", NULL},
	{'W', "CreateFunction20150331", "lambda.amazonaws.com", "false"},
	{'W', "StartLogging", "cloudtrail.amazonaws.com", "false"},
	{'W', "RunInstances", "ec2.amazonaws.com", "false"},
	{'D', "DeleteRule", "elasticloadbalancing.amazonaws.com", "false"},
	{'D', "DeleteCertificate", "acm.amazonaws.com", NULL},
	{'D', "RevokeCertificate", "acm.amazonaws.com", "false"},
	{'D', "RemoveTagsFromCertificate", "acm.amazonaws.com", NULL},
	{'D', "TerminateInstances", "ec2.amazonaws.com", "false"},
	{'D', "ScheduleKeyDeletion", "kms.amazonaws.com", "false"},
	{'D', "DeleteObject", "s3.amazonaws.com", "true"},
	{'!', "ExportCertificate", "acm.amazonaws.com", NULL},
	{'!', "ExportCertificate", NULL, "true"},
	{'!', "ExportCertificate", "acm", NULL},
	{'!', "GetAcmeExternalAccountBindingCredentials", "acm.amazonaws.com",
	 "true"},
	{'!', "StopLogging", "cloudtrail.amazonaws.com", "false"},
	{'!', "DeleteTrail", "cloudtrail.amazonaws.com", "false"},
	{'!', "UpdateTrail", "cloudtrail.amazonaws.com", "false"},
	{'!', "PutEventSelectors", "cloudtrail.amazonaws.com", "false"},
	{'!', "AssociateEnclaveCertificateIamRole", "ec2.amazonaws.com",
	 "false"},
	{'!', "CreateAccessKey", "iam.amazonaws.com", "false"},
	{'!', "GetSecretValue", "secretsmanager.amazonaws.com", "true"},
	{'!', "CreateKeyPair", "lightsail.amazonaws.com", "false"},
	{'!', "CreateKeyPair", "ec2.amazonaws.com", "false"},
	{'!', "DeleteRule", "events.amazonaws.com", "false"},
	{'W', "CreateKeyPair", "other.amazonaws.com", "false"},
	{'W', "ExportCertificate", "acm-pca.amazonaws.com", "false"},
	{' ', "ConsoleLogin", "signin.amazonaws.com", NULL},
	{'W', "ConsoleLogin", "signin.amazonaws.com", "false"},
	{' ', "Getaway", "x.amazonaws.com", NULL},
	{' ', "", "", NULL},
	{' ', NULL, NULL, NULL},
	{'W', NULL, NULL, "false"},
	{'R', "Get", NULL, NULL},
	{' ', "ANameThatIsLongerThanAnyNameOfACallHasEverBeenInAnyServiceOf"
	      "AmazonAndIsCut", NULL, NULL},
};

static void a_sign_tells_what_a_call_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(glyphs); i++) {
		struct buffer json = {0};
		struct made made;

		buffer_add_text(&json, "{\"a\":1");
		if (glyphs[i].name)
			buffer_printf(&json, ",\"eventName\":\"%s\"",
				      glyphs[i].name);
		if (glyphs[i].source)
			buffer_printf(&json, ",\"eventSource\":\"%s\"",
				      glyphs[i].source);
		if (glyphs[i].read_only)
			buffer_printf(&json, ",\"readOnly\":%s%s%s",
				      i % 2 ? "\"" : "", glyphs[i].read_only,
				      i % 2 ? "\"" : "");
		buffer_add_byte(&json, '}');
		make_record(&made, buffer_text(&json));
		if (outcome_glyph(&made.record) != glyphs[i].glyph)
			fail_msg("%s: '%c'", json.p,
				 outcome_glyph(&made.record));
		free_record(&made);
		buffer_free(&json);
	}
}

static void what_is_no_call_has_no_sign(void **state)
{
	static const char *const records[] = {
		"{\"detail-type\":\"Delete\",\"source\":\"aws.acm\"}",
		"{\"insightDetails\":{\"eventName\":\"DeleteTrail\"}}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		struct made made;

		make_record(&made, records[i]);
		assert_int_equal(outcome_glyph(&made.record), ' ');
		free_record(&made);
	}
}

static const struct {
	const char *message, *needs;
} messages[] = {
	{"", NULL},
	{"Rate exceeded", NULL},
	{"User: arn:aws:iam::1:user/A is not authorized to perform: "
	 "acm:ExportCertificate on resource: arn:aws:acm:us-east-1:1:"
	 "certificate/x because no identity-based policy allows the "
	 "acm:ExportCertificate action", "acm:ExportCertificate"},
	{"You are not authorized to perform this operation. User: arn:aws:iam:"
	 ":1:user/A is not authorized to perform: ec2:CreateVpc on resource: "
	 "x", "ec2:CreateVpc"},
	{"User: x is not authorized to perform: acm-pca:GetCertificate",
	 "acm-pca:GetCertificate"},
	{"User is not authorized to perform: rds:ModifyDBInstance",
	 "rds:ModifyDBInstance"},
	{"User: x is not authorized to perform: \"s3:PutObject\" on resource",
	 "s3:PutObject"},
	{"x is not authorized to perform:iam:*", "iam:*"},
	{"x is not authorized to perform: [sts:AssumeRole]",
	 "sts:AssumeRole"},
	{"x is not authorized to perform: this", NULL},
	{"x is not authorized to perform: iam:", NULL},
	{"x is not authorized to perform: :x", NULL},
	{"x is not authorized to perform:", NULL},
	{"You are not authorized to perform this operation. Encoded "
	 "authorization failure message: abc", NULL},
};

static void names_the_refused_action(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(messages); i++)
		assert_text(outcome_refused_action(
				    span_of(messages[i].message)),
			    messages[i].needs);
}

static void needs_come_from_the_error_message(void **state)
{
	struct made made;

	(void)state;
	make_record(&made, "{\"errorMessage\":\"A is not authorized to "
			   "perform: acm:GetCertificate\"}");
	assert_text(outcome_needs(&made.record), "acm:GetCertificate");
	free_record(&made);
	make_record(&made, "{}");
	assert_text(outcome_needs(&made.record), NULL);
	free_record(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_how_a_call_ended),
		cmocka_unit_test(a_sign_tells_what_a_call_does),
		cmocka_unit_test(what_is_no_call_has_no_sign),
		cmocka_unit_test(names_the_refused_action),
		cmocka_unit_test(needs_come_from_the_error_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
