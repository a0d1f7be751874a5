/* Which names in running text announce secrets, and what their values are.  None
 * of the secrets here opens anything. */
#include "trail_secret_support.h"

#define ARN "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db"

static const struct row names[] = {
	{"export AWS_SECRET_KEY=wJalr", "export AWS_SECRET_KEY="
	 "<secret-access-key>", "a variable"},
	{"OPENAI_API_KEY=abcd1234", "OPENAI_API_KEY=<api-key>", "a variable"},
	{"VAULT_TOKEN=abcd1234 vault read x", "VAULT_TOKEN=<token> vault read x",
	 "a variable"},
	{"DB_PASS='a b'", "DB_PASS='<password>'", "a variable"},
	{"JWT_SECRET=hunter2", "JWT_SECRET=<secret>", "a variable"},
	{"DJANGO_SECRET_KEY=x", "DJANGO_SECRET_KEY=<secret-access-key>",
	 "a variable"},
	{"AZ_09_TOKEN: x", "AZ_09_TOKEN: <token>", "a variable, YAML"},
	{"_TOKEN=x", "_TOKEN=<token>", "a variable"},
	{"MYSQL_PWD=x mysql PGPASSWORD=y psql", "MYSQL_PWD=<password> mysql "
	 "PGPASSWORD=<password> psql", "a variable"},
	{"--from-literal=DB_PASS=x -e DB_PASS=y", "--from-literal=DB_PASS="
	 "<password> -e DB_PASS=<password>", "a variable, option"},
	{"BYPASS=a COMPASS=b PASS_THROUGH=c TOKEN_TTL=3 KEY_NAME=d", NULL,
	 "other words"},
	{"bypass=a compass=b pass_through=c token_ttl=3 key_name=d", NULL,
	 "other words"},
	{"INVALID_TOKEN: not so S3_EXPIRED_TOKEN: nor so", NULL, "errors"},
	{"NEXT_TOKEN=abcd1234", NULL, "paging"},
	{"AWS_NEXT_TOKEN=abcd1234", NULL, "paging"},
	{"LIST_CONTINUATION_TOKEN=abcd1234", NULL, "paging"},
	{"PAGE_TOKEN=a NEXT_PAGE_TOKEN=b STARTING_TOKEN=c", NULL, "paging"},
	{"CLIENT_REQUEST_TOKEN=abcd1234", NULL, "idempotency"},
	{"TOKEN_URL=x DB_PASS_FILE=y", NULL, "another word behind it"},
	{"db_token=x dbToken=y", NULL, "no variable"},
	{"OPENAI_KEY=x", NULL, "no word of ours"},
	{"DB_SECRET_ARN=" ARN, NULL, "an ARN"},
	{"DB_SECRET=" ARN, NULL, "an ARN"},
	{"DB_SECRET=$(cat x)", NULL, "a reference"},
	{"[\"--password\",\"${X}\"]", NULL, "a reference, option"},
	{"[--password,\"x\"]", "[--password,\"<password>\"]",
	 "an option without quotes"},
	{"[\"--password\n,\"x\"]", "[\"--password\n,\"<password>\"]",
	 "an option that is not closed"},
	{"[\"--password\",\"x", "[\"--password\",\"<password>",
	 "an option, cut"},
	{"x_TOKEN=y", NULL, "no variable"},
	{"[\"-.password\",\"x\"]", NULL, "no option"},
	{"set 'DB_PASS': x", "set 'DB_PASS': <password>", "single quotes"},
	{"set DB_PASS=\\\"x", "set DB_PASS=\\\"<password>", "cut"},
	{"set DB_PASS=\\\"x\\", "set DB_PASS=\\\"<password>", "cut"},
	{"set DB_PASS=\\", NULL, "cut"},
	{"Authorization: Basic x", "Authorization: Basic <authorization>",
	 "a byte"},
};

static const struct row harmless[] = {
	{"stat /etc/passwd: no such file", NULL, "a file"},
	{"/etc/passwd: no such file", NULL, "a file"},
	{"--volume=/etc/passwd=x", NULL, "a file"},
	{"/prod/db/passwd: hunter2", "/prod/db/passwd: <password>",
	 "a parameter"},
	{"etc/passwd: hunter2 passwd: x", "etc/passwd: <password> passwd: "
	 "<password>", "no path"},
	{"PWD=/root OLDPWD='/tmp' HOME=/", NULL, "a folder"},
	{"PWD=hunter2 pwd=/root DB_PWD=/x",
	 "PWD=<password> pwd=<password> DB_PWD=<password>", "no folder"},
	{"secret: " ARN ", more", NULL, "an ARN"},
	{"--secret " ARN, NULL, "an ARN"},
	{ARN "-AbCdEf: not found", NULL, "an ARN"},
	{"passwordHistorySize=5 passwordCount: 2", NULL, "model"},
};

static const struct row documents[] = {
	{"{\"secret\":\"hunter2\"}", "{\"secret\":\"<secret>\"}", "model"},
	{"{\"secret\":\"hunter2\"", "{\"secret\":\"<secret>\"", "model, cut"},
	{"{\"token\":\"hunter2\"}", "{\"token\":\"<token>\"}", "model"},
	{"{\"token\":\"hunter2\"", "{\"token\":\"<token>\"", "model, cut"},
	{"{\"pass\":\"hunter2\"}", "{\"pass\":\"<password>\"}", "keywords"},
	{"{\"pass\":\"hunter2\"", "{\"pass\":\"<password>\"",
	 "keywords, cut"},
	{"{\"apiSecretKey\":\"x\"}", "{\"apiSecretKey\":\"<secret-access-key>\"}",
	 "model"},
	{"{\"DB_PASS\":\"x\"}", "{\"DB_PASS\":\"<password>\"}",
	 "a variable"},
	{"{\"DB_PASS\":\"x\"", "{\"DB_PASS\":\"<password>\"",
	 "a variable, cut"},
	{"{\"parameters\":{\"OPENAI_API_KEY\":\"x\"}}",
	 "{\"parameters\":{\"OPENAI_API_KEY\":\"<api-key>\"}}",
	 "a variable below a key that others ask for"},
	{"[\"mysql\",\"--password\",\"hunter2\",\"-u\",\"root\"]",
	 "[\"mysql\",\"--password\",\"<password>\",\"-u\",\"root\"]",
	 "an option and its value, of a list"},
	{"[\"x\",\"-adminPassword\",\"a b\",\"--api-key\",\"c\"]",
	 "[\"x\",\"-adminPassword\",\"<password>\",\"--api-key\",\"<api-key>\"]",
	 "options and their values"},
	{"[\"--password\",\"hunter2\"", "[\"--password\",\"<password>\"",
	 "a list, cut"},
	{"[\"--password\",\"--user\",\"${PASSWORD}\",\"--token\"]", NULL,
	 "options without a value"},
	{"[\"--password\",5,\"password\",\"x\",\"--x.password\",\"y\",\"-\","
	 "\"z\",\"--\",\"z\"]", NULL, "no options"},
	{"[[],\"x\",\"--password\"]", NULL, "nothing before it"},
	{"{\"a\":\"--password\",\"b\":\"x\"}", NULL, "no list"},
	{"{\"environment\":{\"variables\":{\"DB_PASS\":\"x\"}}}",
	 "{\"environment\":{\"variables\":{\"DB_PASS\":\"<variable>\"}}}",
	 "by path"},
	{"{\"CLIENT_REQUEST_TOKEN\":\"x\",\"TOKEN_TTL\":\"3\"}", NULL,
	 "no secret"},
	{"{\"CLIENT_REQUEST_TOKEN\":\"x\",\"TOKEN_TTL\":\"3\"", NULL,
	 "no secret, cut"},
	{"{\"secret\":\"" ARN "\"}", NULL, "an ARN"},
	{"{\"secret\":\"" ARN "\"", NULL, "an ARN, cut"},
	{"{\"nextToken\":\"x\",\"pageToken\":\"y\"}", NULL, "paging"},
	{"{\"nextToken\":\"x\",\"pageToken\":\"y\"", NULL, "paging, cut"},
};

static void names_of_variables_end_with_what_they_hold(void **state)
{
	(void)state;
	CHECK(names, false);
}

static void what_is_named_alike_is_shown(void **state)
{
	(void)state;
	CHECK(harmless, false);
}

static void a_document_is_judged_alike_whole_or_cut(void **state)
{
	(void)state;
	CHECK(documents, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_variables_end_with_what_they_hold),
		cmocka_unit_test(what_is_named_alike_is_shown),
		cmocka_unit_test(a_document_is_judged_alike_whole_or_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
