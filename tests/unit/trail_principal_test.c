/* Who made a call is said as a person would say it. */
#include "trail_support.h"

#include "trail/principal.h"

#define USER(members) "{\"userIdentity\":{" members "}}"

static const struct {
	const char *record;
	const char *who;
} rows[] = {
	/* Root */
	{USER("\"type\":\"Root\",\"principalId\":\"123456789012\","
	      "\"arn\":\"arn:aws:iam::123456789012:root\","
	      "\"accountId\":\"123456789012\""), "root@123456789012"},
	{USER("\"type\":\"Root\",\"arn\":\"arn:aws:iam::123456789012:user/"
	      "Alice\",\"accountId\":\"123456789012\",\"userName\":\"Alice\""),
	 "root@123456789012 (Alice)"},
	{USER("\"type\":\"Root\",\"arn\":\"arn:aws:iam::1:root\","
	      "\"accountId\":\"1\",\"userName\":\"an-alias\""), "root@1"},
	{USER("\"type\":\"Root\",\"arn\":\"arn:aws:iam::1:root\""), "root@1"},
	{USER("\"type\":\"Root\""), "root"},
	{USER("\"type\":\"Root\",\"invokedBy\":\"signin.amazonaws.com\","
	      "\"accountId\":\"1\""), "root@1"},
	/* IAMUser */
	{USER("\"type\":\"IAMUser\",\"userName\":\"Alice\",\"arn\":"
	      "\"arn:aws:iam::1:user/Alice\""), "Alice"},
	{USER("\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::1:user/dev/Bob\""),
	 "Bob"},
	{USER("\"type\":\"IAMUser\",\"principalId\":\"AIDAEXAMPLE\""),
	 "AIDAEXAMPLE"},
	{USER("\"type\":\"IAMUser\",\"accountId\":\"1\",\"userName\":"
	      "\"HIDDEN_DUE_TO_SECURITY_REASONS\""),
	 "HIDDEN_DUE_TO_SECURITY_REASONS"},
	{USER("\"type\":\"IAMUser\",\"userName\":\"\\u0416\\u0000x\""),
	 "\xd0\x96"},
	/* AssumedRole */
	{USER("\"type\":\"AssumedRole\",\"principalId\":\"AROAX:S\",\"arn\":"
	      "\"arn:aws:sts::1:assumed-role/Deploy/ci-42\""), "Deploy/ci-42"},
	{USER("\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:assumed-role/"
	      "R/i-0123456789abcdef0\""), "R/i-0123456789abcdef0"},
	{USER("\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:assumed-role/"
	      "R/a-session-name-that-goes-on-for-sixty-four-characters-and-"
	      "stays\""),
	 "R/a-session-name-that-goes-on-for-sixty-four-characters-and-stays"},
	{USER("\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:assumed-role/"
	      "AWSReservedSSO_AdminAccess_0123456789abcdef/alice\""),
	 "alice sso:AdminAccess"},
	{USER("\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:assumed-role/"
	      "AWSReservedSSO_developer_admin_asdf/foo@bar.com\""),
	 "foo@bar.com sso:developer_admin_asdf"},
	{USER("\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:assumed-role/"
	      "AWSReservedSSO_X_0123456789abcdeg/a\""),
	 "a sso:X_0123456789abcdeg"},
	{USER("\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:assumed-role/"
	      "AWSReservedSSO_X_0123456789abcdef\""),
	 "AWSReservedSSO_X_0123456789abcdef"},
	{USER("\"type\":\"AssumedRole\",\"principalId\":\"AROAX:sess\","
	      "\"sessionContext\":{\"sessionIssuer\":{\"type\":\"Role\","
	      "\"arn\":\"arn:aws:iam::1:role/p/R\",\"userName\":\"R\"}}"),
	 "R/sess"},
	{USER("\"type\":\"AssumedRole\",\"accountId\":\"11111\","
	      "\"sessionContext\":{\"sessionIssuer\":{\"accountId\":\"2222\","
	      "\"type\":\"Role\",\"userName\":\"auditor\"}}"), "auditor"},
	{USER("\"type\":\"AssumedRole\",\"principalId\":\"AROAX:sess\""),
	 "AROAX:sess"},
	{USER("\"type\":\"AssumedRole\",\"accountId\":\"123456789012\""),
	 "acct:123456789012"},
	/* Role */
	{USER("\"type\":\"Role\",\"arn\":\"arn:aws:iam::1:role/a/R\""), "R"},
	{USER("\"type\":\"Role\",\"userName\":\"R\""), "R"},
	/* FederatedUser */
	{USER("\"type\":\"FederatedUser\",\"principalId\":\"1:fed\",\"arn\":"
	      "\"arn:aws:sts::1:federated-user/fed\",\"sessionContext\":{"
	      "\"sessionIssuer\":{\"type\":\"IAMUser\",\"arn\":"
	      "\"arn:aws:iam::1:user/Alice\",\"userName\":\"Alice\"}}"),
	 "federated-user/fed"},
	{USER("\"type\":\"FederatedUser\",\"principalId\":\"1:fed\""),
	 "federated-user/fed"},
	{USER("\"type\":\"FederatedUser\",\"accountId\":\"1\""), "acct:1"},
	/* Directory */
	{USER("\"type\":\"Directory\",\"userName\":\"corp\\\\alice\""),
	 "corp\\alice"},
	{USER("\"type\":\"Directory\",\"principalId\":\"d-1\""), "d-1"},
	/* AWSAccount */
	{USER("\"type\":\"AWSAccount\",\"principalId\":\"AROAX:lambda\","
	      "\"accountId\":\"111122223333\""),
	 "acct:111122223333 AROAX:lambda"},
	{USER("\"type\":\"AWSAccount\",\"accountId\":\"111122223333\""),
	 "acct:111122223333"},
	{USER("\"type\":\"AWSAccount\",\"principalId\":\"AIDAX\""), "AIDAX"},
	{USER("\"type\":\"AWSAccount\",\"principalId\":\"\","
	      "\"accountId\":\"111122223333\""), "acct:111122223333"},
	/* AWSService */
	{USER("\"type\":\"AWSService\",\"invokedBy\":\"ec2.amazonaws.com\""),
	 "ec2.amazonaws.com"},
	{USER("\"type\":\"AWSService\",\"principalId\":\"ecs.amazonaws.com\""),
	 "ecs.amazonaws.com"},
	/* the others */
	{USER("\"type\":\"IdentityCenterUser\",\"accountId\":\"1\","
	      "\"onBehalfOf\":{\"userId\":\"94d00cd8\",\"identityStoreArn\":"
	      "\"arn:aws:identitystore::1:identitystore/d-1\"}"), "94d00cd8"},
	{USER("\"type\":\"IdentityCenterUser\",\"accountId\":\"1\""),
	 "acct:1"},
	{USER("\"type\":\"SAMLUser\",\"principalId\":\"ZRu9=:a@b.c\","
	      "\"userName\":\"a@b.c\",\"identityProvider\":\"ZRu9=\""),
	 "a@b.c"},
	{USER("\"type\":\"SAMLUser\",\"principalId\":\"ZRu9=:a@b.c\""),
	 "ZRu9=:a@b.c"},
	{USER("\"type\":\"WebIdentityUser\",\"principalId\":"
	      "\"accounts.google.com:app:42\",\"userName\":\"42\""), "42"},
	{USER("\"type\":\"Unknown\",\"principalId\":\"AROAX:U\",\"arn\":"
	      "\"arn:aws:sts::1:assumed-role/"
	      "AWSReservedSSO_AdminAccess_1b74cd717d47002b/Alice\""),
	 "Alice sso:AdminAccess"},
	{USER("\"type\":\"NewKind\",\"userName\":\"x\""), "x"},
	/* no type */
	{USER("\"principalId\":\"AIDAX\""), "AIDAX"},
	{USER("\"accountId\":\"1\",\"invokedBy\":\"s3.amazonaws.com\""),
	 "s3.amazonaws.com"},
	{USER("\"arn\":\"arn:aws:iam::1:root\""), "root@1"},
	{USER("\"arn\":\"arn:aws:iam::1:user/Alice\""), "Alice"},
	{USER("\"arn\":\"arn:aws:sts::1:federated-user/f\""),
	 "federated-user/f"},
	{USER("\"arn\":\"nonsense\",\"principalId\":\"p\""), "p"},
	{USER("\"type\":null,\"userName\":null,\"accountId\":\"1\""),
	 "acct:1"},
	{USER(""), "?"},
	{"{\"userIdentity\":null}", "?"},
	{"{\"userIdentity\":\"root\"}", "?"},
	{"{}", "?"},
	/* no call */
	{"{\"version\":\"0\",\"id\":\"1\",\"detail-type\":\"ACM Certificate "
	 "Expired\",\"source\":\"aws.acm\",\"account\":\"1\"}", "aws.acm"},
	{"{\"eventType\":\"AwsCloudTrailInsight\",\"insightDetails\":{"
	 "\"eventName\":\"RunInstances\"}}", "CloudTrail Insights"},
};

static void says_who_by_the_type_of_identity(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer who = {0};
		struct made made;

		make_record(&made, rows[i].record);
		principal_who(&made.record, &who);
		/* a NUL of the log stays, and is followed by its text */
		if (strstr(rows[i].record, "\\u0000")) {
			assert_true(who.n == 4 && memcmp(who.p, "\xd0\x96\0x",
							 4) == 0);
			who.n = 2;
		}
		assert_text(buffer_span(&who), rows[i].who);
		buffer_free(&who);
		free_record(&made);
	}
}

static const struct {
	const char *record;
	const char *via, *role, *session;
} others[] = {
	{"{}", "", NULL, NULL},
	{USER("\"type\":\"IAMUser\",\"userName\":\"Alice\",\"accountId\":"
	      "\"1\",\"invokedBy\":\"s3.amazonaws.com\""),
	 "s3.amazonaws.com", NULL, NULL},
	{USER("\"type\":\"AWSService\",\"invokedBy\":\"s3.amazonaws.com\""),
	 "", NULL, NULL},
	{USER("\"type\":\"SAMLUser\",\"identityProvider\":\"idp\","
	      "\"principalId\":\"ZRu9=:a\""), "idp", NULL, NULL},
	{"{\"recipientAccountId\":\"2\",\"userIdentity\":{\"accountId\":\"1\","
	 "\"invokedBy\":\"x\",\"sessionContext\":{\"sourceIdentity\":"
	 "\"alice\"}}}", "x; for alice; acct:1", NULL, NULL},
	{"{\"recipientAccountId\":\"1\",\"userIdentity\":{\"accountId\":\"1\"}"
	 "}", "", NULL, NULL},
	{"{\"recipientAccountId\":null,\"userIdentity\":{\"accountId\":\"1\"}"
	 "}", "", NULL, NULL},
	{"{\"recipientAccountId\":\"1111111111111111111111111111111111111\","
	 "\"userIdentity\":{\"accountId\":"
	 "\"2222222222222222222222222222222222222\"}}",
	 "acct:2222222222222222222222222222222222222", NULL, NULL},
	{USER("\"type\":\"AssumedRole\",\"arn\":"
	      "\"arn:aws:sts::1:assumed-role/R/S\""), "", "R", "S"},
	{USER("\"type\":\"AssumedRole\",\"principalId\":\"AROA****:S\","
	      "\"sessionContext\":{\"sessionIssuer\":{\"arn\":"
	      "\"arn:aws:iam::1:role/R\"}}"), "", "R", "S"},
	{USER("\"type\":\"AssumedRole\",\"principalId\":\"AROA\","
	      "\"sessionContext\":{\"sessionIssuer\":{\"userName\":\"R\"}}"),
	 "", "R", NULL},
	{USER("\"type\":\"FederatedUser\",\"principalId\":\"1:f\","
	      "\"sessionContext\":{\"sessionIssuer\":{\"userName\":\"Alice\","
	      "\"arn\":\"arn:aws:iam::1:user/Alice\"}}"), "", NULL, "f"},
	{USER("\"type\":\"WebIdentityUser\",\"principalId\":\"a.b:c:d\""), "",
	 NULL, NULL},
	{USER("\"type\":\"WebIdentityUser\",\"principalId\":\"a:c:d\""), "",
	 NULL, NULL},
	{USER("\"principalId\":\":x\""), "", NULL, NULL},
	{USER("\"principalId\":\"AROA:\""), "", NULL, NULL},
};

static void tells_role_session_and_what_decorates(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(others); i++) {
		struct buffer via = {0};
		struct made made;

		make_record(&made, others[i].record);
		principal_via(&made.record, &via);
		assert_text(buffer_span(&via),
			    via.n || *others[i].via ? others[i].via : NULL);
		assert_text(principal_role(&made.record), others[i].role);
		assert_text(principal_session(&made.record),
			    others[i].session);
		buffer_free(&via);
		free_record(&made);
	}
}

/* What a reader of texts notes down: the fields it was asked for. */
static bool asked[FIELD_COUNT];

static struct span noting(const struct record *r, uint32_t slot)
{
	asked[slot] = true;
	return (struct span){r->context, 0};
}

static void looks_at_the_fields_it_names_only(void **state)
{
	uint16_t field[FIELD_COUNT];
	struct record record = {field, noting, ""};
	struct buffer who = {0};
	size_t i;

	(void)state;
	for (i = 0; i < FIELD_COUNT; i++)
		field[i] = (uint16_t)i;
	principal_who(&record, &who);
	for (i = 0; principal_fields[i] != FIELD_COUNT; i++)
		asked[principal_fields[i]] = false;
	for (i = 0; i < FIELD_COUNT; i++)
		assert_false(asked[i]);
	buffer_free(&who);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_who_by_the_type_of_identity),
		cmocka_unit_test(tells_role_session_and_what_decorates),
		cmocka_unit_test(looks_at_the_fields_it_names_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
