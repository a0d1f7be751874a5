/* trail/policy: what opens a thing to everybody. */
#include "trail_support.h"

#include "trail/policy.h"

#define ALLOW(rest) "{\"Effect\":\"Allow\"," rest "}"
#define POLICY(statement) "{\"Version\":\"2012-10-17\",\"Statement\":" statement "}"

static const struct {
	const char *policy;
	bool opens;
} rows[] = {
	{POLICY("[" ALLOW("\"Principal\":\"*\"") "]"), true},
	{POLICY(ALLOW("\"Principal\":\"*\"")), true},
	{POLICY("[" ALLOW("\"Principal\":{\"AWS\":\"*\"}") "]"), true},
	{POLICY("[" ALLOW("\"Principal\":{\"AWS\":[\"111122223333\",\"*\"]}")
		"]"), true},
	{POLICY("[" ALLOW("\"NotPrincipal\":{\"AWS\":\"444455556666\"}") "]"),
	 true},
	{POLICY("[{\"Principal\":\"*\",\"Effect\":\"Allow\"}]"), true},
	{POLICY("[{\"Effect\":\"Deny\",\"Principal\":\"*\"},"
		ALLOW("\"Principal\":\"*\"") "]"), true},
	/* However it is written. */
	{POLICY("[" ALLOW("\"Princip\\u0061l\":\"\\u002a\"") "]"), true},
	{"%7B%22Statement%22:%7B%22Effect%22:%22Allow%22,%22Principal%22:"
	 "%22*%22%7D%7D", true},
	/* An organisation has other accounts; a condition on something else
	 * holds nobody off. */
	{POLICY("[" ALLOW("\"Principal\":\"*\",\"Condition\":{\"StringEquals\":"
			  "{\"aws:PrincipalOrgID\":\"o-1\"}}") "]"), true},
	{POLICY("[" ALLOW("\"Principal\":\"*\",\"Condition\":{\"StringNotEquals"
			  "\":{\"aws:PrincipalAccount\":\"111122223333\"}}")
		"]"), true},
	{POLICY("[" ALLOW("\"Principal\":\"*\",\"Condition\":{\"StringEquals\":"
			  "{\"aws:PrincipalAccount\":\"111122223333\"}}") ","
		ALLOW("\"Principal\":\"*\"") "]"), true},
	{POLICY("[" ALLOW("\"Principal\":\"*\",\"Condition\":{\"StringEquals\":"
			  "{\"aws:PrincipalAccount\":\"111122223333\"}}") "]"),
	 false},
	{POLICY("[{\"Effect\":\"Deny\",\"Principal\":\"*\"}]"), false},
	{POLICY("[{\"Effect\":\"Deny\",\"Principal\":\"*\"},"
		ALLOW("\"Principal\":{\"AWS\":\"111122223333\"}") "]"), false},
	{POLICY("[" ALLOW("\"Principal\":{\"Service\":\"acm.amazonaws.com\"},"
			  "\"Resource\":\"*\",\"Action\":\"*\"") "]"), false},
	{"{\"Other\":[" ALLOW("\"Principal\":\"*\"") "]}", false},
	{"[" ALLOW("\"Principal\":\"*\"") "]", false},
	{POLICY("[\"*\",[],{}]"), false},
	{"*", false},
	{"{\"Statement\":", false},
	{"", false},
};

static void statements_tell_whether_everybody_is_let_in(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (policy_opens_to_all(span_of(rows[i].policy),
					SPAN("111122223333")) !=
		    rows[i].opens)
			fail_msg("row %zu: %s", i, rows[i].policy);
	assert_true(policy_opens_to_all(
		SPAN(POLICY(ALLOW("\"Principal\":\"*\",\"Condition\":{"
				  "\"Bool\":{\"x\":\"true\"}}"))),
		SPAN("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_tell_whether_everybody_is_let_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
