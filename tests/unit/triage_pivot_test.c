/* triage/pivot: pivots are filters, and their counts are those filters'. */
#include "triage_support.h"

#include "query/compose.h"
#include "query/run.h"
#include "trail/row.h"
#include "triage/pivot.h"

static const char trail[] =
	"{\"Records\":["
	"{\"eventID\":\"a\",\"eventTime\":\"2024-01-01T00:00:00Z\","
	"\"eventSource\":\"sts.amazonaws.com\",\"eventName\":\"AssumeRole\","
	"\"awsRegion\":\"eu-west-1\",\"sourceIPAddress\":\"192.0.2.1\","
	"\"requestID\":\"r1\",\"sharedEventID\":\"s1\","
	"\"recipientAccountId\":\"111122223333\",\"userAgent\":\"x \\\"y\\\" (z)\","
	"\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"dora\","
	"\"arn\":\"arn:aws:iam::111122223333:user/dora\","
	"\"accessKeyId\":\"AKIA1\",\"principalId\":\"AIDA1\"}},"
	"{\"eventID\":\"b\",\"eventTime\":\"2024-01-01T00:01:00Z\","
	"\"eventSource\":\"acm.amazonaws.com\",\"eventName\":"
	"\"ExportCertificate\",\"awsRegion\":\"eu-west-1\","
	"\"sourceIPAddress\":\"192.0.2.1\",\"requestID\":\"r2\","
	"\"recipientAccountId\":\"111122223333\",\"userIdentity\":{\"type\":"
	"\"AssumedRole\",\"principalId\":\"AROA1:dora\",\"arn\":\"arn:aws:sts::"
	"111122223333:assumed-role/admin/dora\",\"accessKeyId\":\"ASIA1\","
	"\"sessionContext\":{\"sessionIssuer\":{\"arn\":\"arn:aws:iam::"
	"111122223333:role/admin\",\"userName\":\"admin\"},\"sourceIdentity\":"
	"\"dora\"}},\"requestParameters\":{\"certificateArn\":\"arn:aws:acm:"
	"eu-west-1:111122223333:certificate/1\",\"passphrase\":\"secret!\","
	"\"none\":null,\"odd \\\"key\\\"\":[{\"v\":\"1\"},{\"v\":\"2\"}],"
	"\"n\":12}},"
	"{\"eventID\":\"c\",\"eventTime\":\"2024-01-01T00:02:00Z\","
	"\"eventSource\":\"acm.amazonaws.com\",\"eventName\":"
	"\"ListCertificates\",\"awsRegion\":\"us-east-1\",\"mine\":\"x\","
	"\"sourceIPAddress\":\"192.0.2.2\",\"sharedEventID\":\"s1\","
	"\"userIdentity\":{\"type\":\"AWSAccount\",\"accountId\":"
	"\"444455556666\",\"principalId\":\"AROA1:dora\"},"
	"\"requestParameters\":{\"odd \\\"key\\\"\":[{\"v\":\"2\"}]}},"
	"{\"eventID\":\"d\",\"eventTime\":\"2024-01-01T00:03:00Z\","
	"\"eventName\":\"Nothing\"}]}";

/* "letter filter shown/all;" for each. */
static char *pivots(const struct store *store, uint32_t index)
{
	struct run_result all = support_all(store);
	struct pivot_list list;
	struct buffer out = {0};

	pivot_list(store, all.events[index], &list);
	/* All but the last are shown. */
	assert_true(pivot_count(store, NULL, list.pivot, list.count,
				all.events, all.count - 1, NULL));
	for (size_t i = 0; i < list.count; i++)
		buffer_printf(&out, "%c %s %u/%u;", list.pivot[i].letter,
			      list.pivot[i].filter,
			      (unsigned)list.pivot[i].shown,
			      (unsigned)list.pivot[i].all);
	pivot_free(&list);
	run_result_free(&all);
	return buffer_take(&out);
}

static void every_letter_is_a_filter(void **state)
{
	static const char *const want[] = {
		"p who=\"arn:aws:iam::111122223333:user/dora\" 1/1;"
		"k key=\"AKIA1\" 1/1;"
		"u who=\"dora\" or session=\"dora\" or userIdentity."
		"sessionContext.sourceIdentity=\"dora\" 3/3;"
		"i from=\"192.0.2.1\" 2/2;"
		"a user-agent=\"x \\\"y\\\" (z)\" 1/1;"
		"e event=\"AssumeRole\" 1/1;v source=\"sts.amazonaws.com\" 1/1;"
		"o account=\"111122223333\" 2/2;n region=\"eu-west-1\" 2/2;"
		"g request-id=\"r1\" or sharedEventID=\"s1\" 2/2;",
		"p who=\"arn:aws:sts::111122223333:assumed-role/admin/dora\" "
		"1/1;c certificate=\"arn:aws:acm:eu-west-1:111122223333:"
		"certificate/1\" 1/1;k key=\"ASIA1\" 1/1;"
		"s userIdentity.principalId=\"AROA1:dora\" 2/2;"
		"r userIdentity.sessionContext.sessionIssuer.arn=\"arn:aws:iam"
		"::111122223333:role/admin\" 1/1;"
		"u who=\"dora\" or session=\"dora\" or userIdentity."
		"sessionContext.sourceIdentity=\"dora\" 3/3;"
		"i from=\"192.0.2.1\" 2/2;e event=\"ExportCertificate\" 1/1;"
		"v source=\"acm.amazonaws.com\" 2/2;"
		"o account=\"111122223333\" 2/2;n region=\"eu-west-1\" 2/2;"
		"t target=\"arn:aws:acm:eu-west-1:111122223333:certificate/1\" "
		"1/1;g request-id=\"r2\" 1/1;",
		"p userIdentity.principalId=\"AROA1:dora\" 2/2;"
		"s userIdentity.principalId=\"AROA1:dora\" 2/2;"
		"u who=\"dora\" or session=\"dora\" or userIdentity."
		"sessionContext.sourceIdentity=\"dora\" 3/3;"
		"i from=\"192.0.2.2\" 1/1;e event=\"ListCertificates\" 1/1;"
		"v source=\"acm.amazonaws.com\" 2/2;"
		"o account=\"444455556666\" 1/1;n region=\"us-east-1\" 1/1;"
		"g sharedEventID=\"s1\" 2/2;",
		"p who=\"?\" 0/1;e event=\"Nothing\" 0/1;",
	};
	struct store *store = support_load("trail.json", trail);

	(void)state;
	for (uint32_t i = 0; i < COUNT(want); i++) {
		char *got = pivots(store, i);

		assert_string_equal(got, want[i]);
		free(got);
	}
	store_free(store);
}

/* "drawn; letter filter;" of the keys that tell who it was. */
static char *keys_of(const char *identity)
{
	struct column_ref who = {.column = COLUMN_WHO};
	struct store_event event = STORE_NO_EVENT;
	struct buffer text = {0}, out = {0};
	struct pivot_list list;
	struct store *store;

	buffer_printf(&text, "{\"eventID\":\"a\",\"eventTime\":"
		      "\"2024-01-01T00:00:00Z\",\"eventName\":\"X\","
		      "\"userIdentity\":{%s}}", identity);
	store = support_load("identity.json", buffer_text(&text));
	assert_true(store_next(store, &event));
	columns_text(store, event, &who, &out);
	buffer_add_byte(&out, ';');
	pivot_list(store, event, &list);
	for (size_t i = 0; i < list.count; i++)
		if (strchr("pksru", list.pivot[i].letter))
			buffer_printf(&out, "%c %s;", list.pivot[i].letter,
				      list.pivot[i].filter);
	pivot_free(&list);
	store_free(store);
	buffer_free(&text);
	return buffer_take(&out);
}

#define PERSON(name) "u who=\"" name "\" or session=\"" name "\" or " \
	"userIdentity.sessionContext.sourceIdentity=\"" name "\";"
#define ISSUER(type, arn, name) "\"sessionContext\":{\"sessionIssuer\":{" \
	"\"type\":\"" type "\",\"arn\":\"" arn "\",\"userName\":\"" \
	name "\"}}"

/* Each type of the userIdentity element, as it is drawn and by what it is
 * known: principal, access key, session, role, person. */
static void each_type_of_identity_has_its_keys(void **state)
{
	static const struct { const char *identity, *want; } row[] = {
		{"\"type\":\"Root\",\"principalId\":\"1\",\"arn\":"
		 "\"arn:aws:iam::1:root\",\"accountId\":\"1\","
		 "\"accessKeyId\":\"AKIA1\"",
		 "root@1;p who=\"arn:aws:iam::1:root\";k key=\"AKIA1\";"},
		/* The document's own, which contradicts itself. */
		{"\"type\":\"Root\",\"principalId\":\"1\",\"arn\":"
		 "\"arn:aws:iam::1:user/Alice\",\"accountId\":\"1\","
		 "\"userName\":\"Alice\"",
		 "root@1 (Alice);p who=\"root@1 (Alice)\";"
		 "p who=\"arn:aws:iam::1:user/Alice\";"},
		{"\"type\":\"IAMUser\",\"principalId\":\"AIDA1\",\"arn\":"
		 "\"arn:aws:iam::1:user/p/dora\",\"userName\":\"dora\","
		 "\"accessKeyId\":\"ASIA1\"",
		 "dora;p who=\"arn:aws:iam::1:user/p/dora\";k key=\"ASIA1\";"
		 PERSON("dora")},
		{"\"type\":\"AssumedRole\",\"principalId\":\"AROA1:ci\","
		 "\"arn\":\"arn:aws:sts::1:assumed-role/deploy/ci\","
		 "\"accessKeyId\":\"ASIA1\","
		 ISSUER("Role", "arn:aws:iam::1:role/p/deploy", "deploy"),
		 "deploy/ci;p who=\"arn:aws:sts::1:assumed-role/deploy/ci\";"
		 "k key=\"ASIA1\";s userIdentity.principalId=\"AROA1:ci\";"
		 "r userIdentity.sessionContext.sessionIssuer.arn=\"arn:aws:iam"
		 "::1:role/p/deploy\";" PERSON("ci")},
		{"\"type\":\"AssumedRole\",\"principalId\":\"AROA1:a@b\","
		 "\"arn\":\"arn:aws:sts::1:assumed-role/AWSReservedSSO_Admin_"
		 "0123456789abcdef/a@b\",\"accessKeyId\":\"ASIA1\"",
		 "a@b sso:Admin;p who=\"arn:aws:sts::1:assumed-role/"
		 "AWSReservedSSO_Admin_0123456789abcdef/a@b\";k key=\"ASIA1\";"
		 "s userIdentity.principalId=\"AROA1:a@b\";"
		 "r role=\"AWSReservedSSO_Admin_0123456789abcdef\";"
		 PERSON("a@b")},
		{"\"type\":\"Role\",\"arn\":\"arn:aws:iam::1:role/deploy\"",
		 "deploy;p who=\"arn:aws:iam::1:role/deploy\";r role=\"deploy\";"},
		{"\"type\":\"FederatedUser\",\"principalId\":\"1:fed\","
		 "\"arn\":\"arn:aws:sts::1:federated-user/fed\","
		 "\"accessKeyId\":\"ASIA1\","
		 ISSUER("IAMUser", "arn:aws:iam::1:user/dora", "dora"),
		 "federated-user/fed;p who=\"arn:aws:sts::1:federated-user/fed\";"
		 "k key=\"ASIA1\";s userIdentity.principalId=\"1:fed\";"
		 PERSON("fed")},
		{"\"type\":\"Directory\",\"userName\":\"corp\","
		 "\"principalId\":\"d-1\"",
		 "corp;p userIdentity.principalId=\"d-1\";" PERSON("corp")},
		{"\"type\":\"AWSAccount\",\"accountId\":\"111122223333\","
		 "\"principalId\":\"AROA1:ci\"",
		 "acct:111122223333 AROA1:ci;p userIdentity.principalId="
		 "\"AROA1:ci\";s userIdentity.principalId=\"AROA1:ci\";"
		 PERSON("ci")},
		{"\"type\":\"AWSAccount\",\"accountId\":\"111122223333\","
		 "\"principalId\":\"AIDA1\"",
		 "acct:111122223333 AIDA1;p userIdentity.principalId=\"AIDA1\";"},
		/* Nobody who is known: anonymous access to a bucket. */
		{"\"type\":\"AWSAccount\",\"accountId\":\"ANONYMOUS_PRINCIPAL"
		 "\",\"principalId\":\"\"",
		 "acct:ANONYMOUS_PRINCIPAL;p who=\"acct:ANONYMOUS_PRINCIPAL\";"},
		{"\"type\":\"AWSService\",\"invokedBy\":"
		 "\"ec2.amazonaws.com\"",
		 "ec2.amazonaws.com;p who=\"ec2.amazonaws.com\";"},
		{"\"type\":\"IdentityCenterUser\",\"onBehalfOf\":{\"userId\":"
		 "\"94d0\",\"identityStoreArn\":\"arn:aws:identitystore::1:"
		 "identitystore/d-1\"},\"credentialId\":\"c\"",
		 "94d0;p who=\"94d0\";" PERSON("94d0")},
		{"\"type\":\"SAMLUser\",\"principalId\":\"q=:a@b\","
		 "\"userName\":\"a@b\",\"identityProvider\":\"q=\"",
		 "a@b;p userIdentity.principalId=\"q=:a@b\";" PERSON("a@b")},
		{"\"type\":\"WebIdentityUser\",\"principalId\":"
		 "\"accounts.google.com:app:42\",\"userName\":\"42\","
		 "\"identityProvider\":\"accounts.google.com\"",
		 "42;p userIdentity.principalId=\"accounts.google.com:app:42\";"
		 PERSON("42")},
		{"\"type\":\"Unknown\",\"principalId\":\"p\"",
		 "p;p userIdentity.principalId=\"p\";"},
		{"\"accountId\":\"1\",\"invokedBy\":\"s3.amazonaws.com\"",
		 "s3.amazonaws.com;p who=\"s3.amazonaws.com\";"},
		{"\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:"
		 "assumed-role/deploy/ci\",\"sessionContext\":{"
		 "\"sourceIdentity\":\"dora\"}",
		 "deploy/ci;p who=\"arn:aws:sts::1:assumed-role/deploy/ci\";"
		 "s session=\"ci\";r role=\"deploy\";" PERSON("dora")},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		char *got = keys_of(row[i].identity);

		if (strcmp(got, row[i].want) != 0)
			fail_msg("row %zu: %s, not %s", i, got, row[i].want);
		free(got);
	}
}

static void a_session_is_known_by_its_key_first(void **state)
{
	static const char *const want[] = {
		"key=\"AKIA1\"", "key=\"ASIA1\"",
		"userIdentity.principalId=\"AROA1:dora\"", "who=\"?\""};
	struct store *store = support_load("trail.json", trail);
	struct run_result all = support_all(store);

	(void)state;
	for (size_t i = 0; i < COUNT(want); i++) {
		struct buffer out = {0};

		assert_true(pivot_session(store, all.events[i], &out));
		assert_string_equal(buffer_text(&out), want[i]);
		buffer_free(&out);
	}
	run_result_free(&all);
	store_free(store);
}

/* What stands under a cursor may be any filter. */
static void any_filter_is_counted_as_it_holds(void **state)
{
	static const struct {
		const char *filter;
		uint64_t all;
	} row[] = {
		{"", 4},
		{"sharedEventID!?", 2},
		{"!event=Nothing", 3},
		{"source=acm region=us-east-1", 1},
		{"source=acm sharedEventID!?", 1},
		{"event=Nothing or (source=acm !has:secret)", 2},
		{"!(source=acm or event=Nothing)", 1},
		{"requestParameters.n=12", 1},
		{"requestParameters.none=null", 1},
		{"mfa=null", 0},
		{"requestParameters.\"odd \\\"key\\\"\"[].v=2", 2},
		{"who=admin", 1},
		{"who=dora role=admin", 1},
		{"who=\"admin/dora\"", 1},
		{"target=1", 1},
		{"user-agent=\"x \\\"y\\\" (z)\"", 1},
	};
	struct store *store = support_load("trail.json", trail);

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct pivot p = {.filter = (char *)row[i].filter};

		assert_true(pivot_count(store, NULL, &p, 1, NULL, 0, NULL));
		if (p.all != row[i].all || p.shown != 0)
			fail_msg("%s: %u", row[i].filter, (unsigned)p.all);
	}
	store_free(store);
}

static size_t count_of(const struct store *store, struct run_cache *cache,
		       struct span text)
{
	struct order order = {.count = 0};
	struct run_result result;
	struct filter *filter = filter_parse(text, NULL);
	size_t count;

	assert_non_null(filter);
	assert_true(run_query(store, cache, NULL, filter, &order, NULL,
			      &result));
	count = result.count;
	run_result_free(&result);
	filter_free(filter);
	return count;
}

static struct store *load_sample(void)
{
	struct store *store = store_new(FIELD_COUNT);
	struct jobs *jobs = jobs_new(1);
	struct loader_options options = {0};
	const char *source = getenv("ACMTUI_SOURCE");
	struct buffer path = {0};
	const char *name;
	struct loader *loader;

	if (!source)
		source = getenv("srcdir");
	buffer_printf(&path, "%s/data/sample", source ? source : ".");
	name = buffer_text(&path);
	store_set_masks(store, (struct store_masks){
		.name = secret_name, .sized = secret_sized, .ascii = true});
	loader = loader_new(store, jobs, &options);
	loader_start(loader, &name, 1);
	loader_wait(loader);
	loader_free(loader);
	jobs_free(jobs);
	buffer_free(&path);
	return store;
}

/* Every pivot of every tenth event, over a few filters. */
static void counts_before_are_counts_after(void **state)
{
	static const struct filter_view view = {
		.predicate = {.moment = MOMENT_OPEN_VIEW}};
	static const char *const filters[] = {
		"", "is:error", "source~acm or source~kms", "!who~alice",
		"AccessDenied"};
	struct store *store = load_sample();
	struct run_result all = support_all(store);
	struct run_cache *cache = run_cache_new();
	size_t checked = 0;

	(void)state;
	assert_int_equal(all.count, 519);
	for (size_t f = 0; f < COUNT(filters); f++) {
		struct filter *filter = filter_parse(span_of(filters[f]),
						     NULL);
		struct order order = {.count = 0};
		struct run_result shown;

		run_query(store, cache, NULL, filter, &order, NULL, &shown);
		for (size_t i = f; i < all.count; i += 10) {
			struct pivot_list list;

			pivot_list(store, all.events[i], &list);
			pivot_count(store, NULL, list.pivot, list.count,
				    shown.events, shown.count, NULL);
			for (size_t k = 0; k < list.count; k++) {
				const struct pivot *p = &list.pivot[k];
				struct buffer text = {0};

				compose_add(&view, span_of(filters[f]),
					    span_of(p->filter), &text);
				assert_int_equal(p->shown, count_of(
					store, cache, buffer_span(&text)));
				assert_int_equal(p->all, count_of(
					store, cache, span_of(p->filter)));
				/* It holds for the event itself. */
				assert_true(p->all > 0);
				buffer_free(&text);
				checked++;
			}
			pivot_free(&list);
		}
		run_result_free(&shown);
		filter_free(filter);
	}
	assert_true(checked > 1000);
	run_cache_free(cache);
	run_result_free(&all);
	store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_letter_is_a_filter),
		cmocka_unit_test(each_type_of_identity_has_its_keys),
		cmocka_unit_test(a_session_is_known_by_its_key_first),
		cmocka_unit_test(any_filter_is_counted_as_it_holds),
		cmocka_unit_test(counts_before_are_counts_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
