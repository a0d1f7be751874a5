/* Names are taken apart by position. */
#include "trail_support.h"

#include "trail/arn.h"

static const struct {
	const char *arn;
	const char *account, *name, *brief, *role, *session, *both;
} rows[] = {
	{"", NULL, NULL, NULL, NULL, NULL, NULL},
	{"arn", NULL, NULL, NULL, NULL, NULL, NULL},
	{"arn:aws:iam::1", "1", NULL, NULL, NULL, NULL, NULL},
	{"arn:aws:iam::1:", "1", "", "", NULL, NULL, NULL},
	{"not:aws:iam::1:user/A", NULL, NULL, NULL, NULL, NULL, NULL},
	{"arn:aws:iam::123456789012:root", "123456789012", "root", "root",
	 NULL, NULL, NULL},
	{"arn:aws:iam::1:user/Alice", "1", "Alice", "Alice", NULL, NULL, NULL},
	{"arn:aws:iam::1:user/a/b/Alice", "1", "Alice", "a/b/Alice", NULL,
	 NULL, NULL},
	{"arn:aws:iam::1:role/R", "1", "R", "R", "R", NULL, NULL},
	{"arn:aws:iam::1:role/a/b/R", "1", "R", "a/b/R", "R", NULL, NULL},
	{"arn:aws:sts::1:assumed-role/R/S", "1", "S", "R/S", "R", "S", "R/S"},
	{"arn:aws:sts::1:assumed-role/R/a@b.c", "1", "a@b.c", "R/a@b.c", "R",
	 "a@b.c", "R/a@b.c"},
	{"arn:aws:sts::1:assumed-role/R", "1", "R", "R", "R", NULL, "R"},
	{"arn:aws:sts::1:federated-user/F", "1", "F", "F", NULL, "F", NULL},
	{"arn:aws:s3:::bucket/a/b.txt", NULL, "b.txt", "bucket/a/b.txt", NULL,
	 NULL, NULL},
	{"arn:aws:s3:::bucket", NULL, "bucket", "bucket", NULL, NULL, NULL},
	{"arn:aws:sns:r:1:topic", "1", "topic", "topic", NULL, NULL, NULL},
	{"arn:aws:sns:r:1:topic:0-0", "1", "0-0", "topic:0-0", NULL, NULL,
	 NULL},
	{"arn:aws:secretsmanager:r:1:secret:prod/db-Ab", "1", "db-Ab",
	 "prod/db-Ab", NULL, NULL, NULL},
	{"arn:aws:logs:r:1:log-group:/aws/x:*", "1", "*", "/aws/x:*", NULL,
	 NULL, NULL},
	{"arn:aws:kms:r:1:key/0-0", "1", "0-0", "0-0", NULL, NULL, NULL},
	{"arn:aws:elasticloadbalancing:r:1:loadbalancer/app/lb/50", "1", "50",
	 "app/lb/50", NULL, NULL, NULL},
};

static void takes_names_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct span arn = span_of(rows[i].arn);

		assert_text(arn_account(arn), rows[i].account);
		assert_text(arn_name(arn), rows[i].name);
		assert_text(arn_short(arn), rows[i].brief);
		assert_text(arn_role(arn), rows[i].role);
		assert_text(arn_session(arn), rows[i].session);
		assert_text(arn_role_session(arn), rows[i].both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_names_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
