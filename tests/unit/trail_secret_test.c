/* Every leaf under a secret key is a secret, none beside it, and what AWS has
 * masked stays as it is. */
#include "json_support.h"
#include "exact.h"
#include "trail_support.h"

#include "base/memory.h"
#include "json/paths.h"
#include "trail/secret.h"
#include "trail/secret_choices.h"

/* The rules of all leaves of a template, by what they mask; `-` for none, `~`
 * behind the name for bookkeeping. */
static void write_rules(const char *template, struct buffer *out)
{
	static struct paths_walk walk;
	enum paths_event event;

	paths_start(&walk, span_of(template));
	while ((event = paths_next(&walk)) != PATHS_END) {
		uint8_t rule;

		if (event != PATHS_LEAF && event != PATHS_SKIPPED)
			continue;
		rule = event == PATHS_LEAF ? secret_path_rule(NULL, NULL, &walk)
					   : secret_skipped_rule(NULL, &walk);
		if (out->n > 0)
			buffer_add_text(out, ", ");
		buffer_add_text(out, rule ? secret_name(rule) : "-");
		if (rule & SECRET_BOOKKEEPING)
			buffer_add_byte(out, '~');
	}
}

static const struct {
	const char *template;
	const char *rules;
} paths[] = {
	{"\1", "-"},
	{"[\1]", "-"},
	{"{\"eventName\":\1}", "-"},
	{"{\"responseElements\":{\"credentials\":{\"accessKeyId\":\1,"
	 "\"sessionToken\":\1,\"expiration\":\1}}}",
	 "-, session token, -"},
	{"{\"sessiontoken\":\1,\"SESSIONTOKEN\":\1}",
	 "session token, session token"},
	{"{\"sessionTokens\":\1,\"aSessionToken\":\1}", "-, -"},
	{"{\"privateKey\":\1,\"PrivateKey\":\1,\"privateKeyPlaintext\":\1,"
	 "\"privateIpAddress\":\1,\"privateDnsName\":\1}",
	 "private key, private key, private key, -, -"},
	{"{\"passphrase\":\1,\"passphrases\":\1}", "passphrase, -"},
	{"{\"password\":\1,\"masterUserPassword\":\1,"
	 "\"passwordResetRequired\":\1,\"passwordLastUsed\":\1}",
	 "password, password, -, -"},
	{"{\"secretAccessKey\":\1,\"secretId\":\1,\"SecretARN\":\1}",
	 "secret access key, -, -"},
	{"{\"passphrasez\":\1,\"passphraseZ\":\1,\"passphrase9\":\1,"
	 "\"passphrasea\":\1,\"passphraseA\":\1,\"passphrase0\":\1}",
	 "-, -, -, -, -, -"},
	{"{\".password\":\1,\" (password).\":\1,\".\":\1}",
	 "password, password, -"},
	{"{\"macKey\":\1,\"MacKey\":\1,\"macKeyId\":\1}",
	 "MAC key, MAC key, -"},
	/* below a secret key */
	{"{\"password\":{\"a\":\1,\"b\":[\1,{\"c\":\1}]},\"d\":\1}",
	 "password, password, password, -"},
	{"{\"password\":[\1,\1]}", "password, password"},
	{"{\"a\":{\"password\":{\"x\":\1},\"b\":{\"c\":\1}}}", "password, -"},
	/* written with escapes, or relaxed */
	{"{\"p\\u0061ssword\":\1}", "password"},
	{"{password:\1,'macKey':\1}", "password, MAC key"},
	{"{\"pass\\u0000word\":\1}", "-"},
	/* byte buffers */
	{"{\"privateKey\":{\"hb\":\1,\"offset\":\1,\"isReadOnly\":\1,"
	 "\"bigEndian\":\1,\"nativeByteOrder\":\1,\"mark\":\1,"
	 "\"position\":\1,\"limit\":\1,\"capacity\":\1,\"address\":\1}}",
	 "private key, private key~, private key~, private key~, "
	 "private key~, private key~, private key~, private key~, "
	 "private key~, private key~"},
	{"{\"passphrase\":{\"hb\":\1,\"offset\":\1,\"mark\":\1,"
	 "\"position\":\1,\"limit\":\1,\"capacity\":\1,\"address\":\1}}",
	 "passphrase, passphrase~, passphrase~, passphrase, passphrase, "
	 "passphrase, passphrase~"},
	{"{\"privateKey\":{\"x\":{\"limit\":\1}}}", "private key"},
	{"{\"privateKey\":{\"offset\":[\1]}}", "private key"},
	{"{\"privateKey\":[\1]}", "private key"},
	/* text that was skipped behind one, or instead of one */
	{"{\"a\":\1\2,\"password\":\1\2,\"b\":\1\2}",
	 "-, -, password, password, -, -"},
	{"{\"password\":\1,\2,\"b\":\1}", "password, password, -"},
	{"{\"password\" \2,\"b\":\1}", "password, -"},
	{"{\"o\":{\"password\":\1},\"p\":{\2}}", "password, -"},
	{"{\"password\":{\2}\2,\"b\":\1}", "password, password, -"},
	{"{\"password\":[\2,\1]}", "password, password"},
	{"\2{\"a\":\1}\2", "-, -, -"},
};

static void every_leaf_under_a_secret_key_is_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct buffer rules = {0};

		write_rules(paths[i].template, &rules);
		assert_text(buffer_span(&rules), paths[i].rules);
		buffer_free(&rules);
	}
}

/* One place each: what the leaf's rule is called, "" for none, "friend" where a
 * blob is none, and where that is from (see secrets.def). */
static const struct {
	const char *template, *word, *source;
} policy[] = {
	{"{\"responseElements\":{\"credentials\":{\"sessionToken\":\1}}}",
	 "session-token", "seen"},
	{"{\"securityToken\":\1}", "session-token", "keywords"},
	{"{\"X-Amz-Security-Token\":\1}", "session-token", "guide"},
	{"{\"requestParameters\":{\"privateKey\":{\"hb\":\1}}}", "private-key",
	 "model"},
	{"{\"privateKeyPlaintext\":\1}", "private-key", "model"},
	{"{\"keyPair\":{\"PrivateKey\":\1}}", "private-key", "model"},
	{"{\"passphrase\":\1}", "passphrase", "model"},
	{"{\"macKey\":\1}", "mac-key", "model"},
	{"{\"secretAccessKey\":\1}", "secret-access-key", "model"},
	{"{\"AWS_SECRET_ACCESS_KEY\":\1}", "secret-access-key", "keywords"},
	{"{\"secretKey\":\1}", "secret-access-key", "keywords"},
	{"{\"apiSecretKey\":\1}", "secret-access-key", "model"},
	{"{\"sessionKey\":\1}", "secret-access-key", "guide"},
	{"{\"secretString\":\1}", "secret", "model"},
	{"{\"oidc\":{\"secret\":\1}}", "secret", "model"},
	{"{\"sourceCredentials\":[{\"token\":\1}]}", "token", "model"},
	{"{\"pass\":\1}", "password", "keywords"},
	{"{\"DB_PASS\":\1}", "password", "keywords"},
	{"{\"SIGNATURE\":\1}", "", "no variable of several words"},
	{"{\"environment\":[{\"VAULT_TOKEN\":\1}]}", "token", "keywords"},
	{"{\"secretBinary\":{\"hb\":\1}}", "secret", "model"},
	{"{\"userPoolClient\":{\"clientSecret\":\1}}", "secret", "model"},
	{"{\"masterUserPassword\":\1}", "password", "hidden"},
	{"{\"temporaryPassword\":\1}", "password", "model"},
	{"{\"loginProfile\":{\"password\":\1}}", "password", "model"},
	{"{\"newPasswordValue\":\1}", "password", "kin"},
	{"{\"passwd\":\1}", "password", "keywords"},
	{"{\"pwd\":\1}", "password", "keywords"},
	{"{\"authToken\":\1}", "token", "model"},
	{"{\"accessToken\":\1}", "token", "hidden"},
	{"{\"refreshToken\":\1}", "token", "model"},
	{"{\"idToken\":\1}", "token", "model"},
	{"{\"bearerToken\":\1}", "token", "keywords"},
	{"{\"webIdentityToken\":\1}", "token", "model"},
	{"{\"SigninToken\":\1}", "token", "guide"},
	{"{\"responseElements\":{\"tokenValue\":\1}}", "token", "hidden"},
	{"{\"apiKey\":\1}", "api-key", "keywords"},
	{"{\"x-api-key\":\1}", "api-key", "keywords"},
	{"{\"tokenCode\":\1}", "one-time-code", "model"},
	{"{\"authenticationCode1\":\1}", "one-time-code", "model"},
	{"{\"assertion\":\1}", "assertion", "hidden"},
	{"{\"sAMLAssertion\":\1}", "assertion", "model"},
	{"{\"headers\":{\"Authorization\":\1}}", "authorization", "keywords"},
	{"{\"headers\":{\"cookie\":[\1]}}", "cookie", "keywords"},
	{"{\"X-Amz-Signature\":\1}", "signature", "guide"},
	{"{\"keyMaterial\":\1}", "key-material", "hidden"},
	{"{\"importKeyMaterial\":\1}", "key-material", "model"},
	{"{\"launchTemplateData\":{\"userData\":\1}}", "user-data", "hidden"},
	{"{\"plaintext\":{\"hb\":\1}}", "plaintext", "model"},
	{"{\"plaintextOverride\":\1}", "plaintext", "model"},
	{"{\"acmeAccount\":{\"contacts\":[\1]}}", "contacts", "model"},
	{"{\"environment\":{\"variables\":{\"DB\":\1}}}", "variable", "kin"},
	{"{\"containerDefinitions\":[{\"environment\":[{\"value\":\1}]}]}",
	 "variable", "kin"},
	{"{\"environment\":{\"environmentVariables\":[{\"value\":\1}]}}",
	 "variable", "kin"},
	{"{\"optionSettings\":[{\"value\":\1}]}", "variable", "kin"},
	{"{\"stageVariables\":{\"url\":\1}}", "variable", "kin"},
	{"{\"parameters\":[{\"parameterValue\":\1}]}", "parameter", "kin"},
	/* what stands beside them, or is named alike */
	{"{\"containerDefinitions\":[{\"environment\":[{\"name\":\1}]}]}", "",
	 "kin"},
	{"{\"environment\":{\"mode\":\1}}", "", "kin"},
	{"{\"tags\":[{\"value\":\1}]}", "", "seen"},
	{"{\"variables\":{\"a\":\1}}", "", "kin"},
	{"{\"value\":\1}", "", "kin"},
	{"{\"parameterValue\":\1}", "", "kin"},
	{"{\"parameters\":[{\"parameterKey\":\1}]}", "", "kin"},
	{"{\"credentials\":{\"accessKeyId\":\1}}", "", "pivot"},
	{"{\"userIdentity\":{\"accessKeyId\":\1}}", "", "pivot"},
	{"{\"credentials\":{\"expiration\":\1}}", "", "seen"},
	{"{\"keyId\":\1}", "friend", "seen"},
	{"{\"tags\":[{\"key\":\1}]}", "", "seen"},
	{"{\"s3Key\":\1}", "friend", "seen"},
	{"{\"keySpec\":\1}", "friend", "seen"},
	{"{\"secretId\":\1}", "friend", "seen"},
	{"{\"SecretARN\":\1}", "friend", "seen"},
	{"{\"masterUserSecretArn\":\1}", "friend", "kin"},
	{"{\"privateIpAddress\":\1}", "friend", "seen"},
	{"{\"privateDnsName\":\1}", "friend", "seen"},
	{"{\"sSHPublicKey\":{\"sSHPublicKeyBody\":\1}}", "friend", "seen"},
	{"{\"additionalEventData\":{\"AuthenticationMethod\":\1}}", "friend",
	 "seen"},
	{"{\"additionalEventData\":{\"SignatureVersion\":\1}}", "friend", "seen"},
	{"{\"sessionCredentialFromConsole\":\1}", "friend", "seen"},
	{"{\"metadataOptions\":{\"httpTokens\":\1}}", "friend", "seen"},
	{"{\"nextToken\":\1}", "friend", "seen"},
	{"{\"continuation-token\":\1}", "friend", "model"},
	{"{\"nextPageToken\":\1}", "friend", "model"},
	{"{\"startingToken\":\1}", "friend", "model"},
	{"{\"invalidToken\":\1}", "friend", "guide"},
	{"{\"expiredToken\":\1}", "friend", "guide"},
	{"{\"contentHash\":\1}", "friend", "seen"},
	{"{\"clientToken\":\1}", "friend", "seen"},
	{"{\"clientRequestToken\":\1}", "friend", "kin"},
	{"{\"idempotencyToken\":\1}", "friend", "seen"},
	{"{\"ciphertextBlob\":\1}", "friend", "guide"},
	{"{\"publicKeyBytes\":\1}", "friend", "seen"},
	{"{\"publicKeys\":[\1]}", "friend", "seen"},
	{"{\"certificate\":{\"hb\":\1}}", "", "model"},
	{"{\"certificate\":\1}", "friend", "model"},
	{"{\"certificateChain\":\1}", "friend", "model"},
	{"{\"passwordLastUsed\":\1}", "friend", "seen"},
	{"{\"passwordLastChanged\":\1}", "friend", "kin"},
	{"{\"passwordResetRequired\":\1}", "friend", "seen"},
	{"{\"passwordRequirements\":{\"minLength\":\1}}", "", "model"},
	{"{\"passwordPolicy\":{\"temporaryPasswordValidityDays\":\1}}",
	 "friend", "model"},
	{"{\"passwordPolicy\":{\"passwordHistorySize\":\1}}", "friend",
	 "model"},
	{"{\"auth\":[{\"clientPasswordAuthType\":\1}]}", "friend", "model"},
	{"{\"authentication\":{\"passwordCount\":\1}}", "friend", "model"},
	{"{\"authentication\":{\"passwords\":[\1]}}", "password", "model"},
	{"{\"connectionPasswordEncryption\":{\"awsKmsKeyId\":\1}}", "",
	 "model"},
	{"{\"passwordLength\":\1}", "friend", "model"},
	{"{\"previousSmtpPasswordExpiryTimestamp\":\1}", "friend", "model"},
	{"{\"smtpPasswordVersion\":\1}", "friend", "model"},
	{"{\"smtpPassword\":\1}", "password", "model"},
	{"{\"passwordParam\":\1}", "friend", "model"},
	{"{\"passwordField\":{\"identifier\":\1}}", "", "model"},
	{"{\"passwordFieldXpath\":\1}", "friend", "model"},
	{"{\"passwordButtonXpath\":\1}", "friend", "model"},
	{"{\"forgotPassword\":{\"deliveryMethod\":\1}}", "", "model"},
	{"{\"ingressPointPasswordConfiguration\":{\"secretArn\":\1}}",
	 "friend", "model"},
	{"{\"unusedIamUserPasswordDetails\":{\"lastAccessed\":\1}}", "",
	 "model"},
	{"{\"passwordPolicy\":{\"minimumPasswordLength\":\1}}", "friend", "seen"},
	{"{\"passwordPolicy\":{\"requireNumbers\":\1}}", "", "seen"},
	{"{\"passwordPolicy\":{\"temporaryPassword\":\1}}", "password", "kin"},
	{"{\"maxPasswordAge\":\1}", "friend", "seen"},
	{"{\"passwordReusePrevention\":\1}", "friend", "seen"},
	{"{\"manageMasterUserPassword\":\1}", "friend", "model"},
	{"{\"requestParameters\":{\"passwordMode\":\1}}", "friend", "seen"},
	{"{\"responseElements\":{\"PasswordUpdated\":\1}}", "friend", "seen"},
	{"{\"X-Amz-Credential\":\1}", "friend", "guide"},
	{"{\"authorizationType\":\1}", "", "kin"},
	{"{\"cookies\":{\"forward\":\1}}", "", "kin"},
	{"{\"apiKeySource\":\1}", "", "kin"},
	{"{\"assertionUrl\":\1}", "", "kin"},
};

static uint8_t rule_of(const struct secret_choices *choices,
		       struct secret_keys *keys,
		       const char *template)
{
	static struct paths_walk walk;

	paths_start(&walk, span_of(template));
	while (paths_next(&walk) != PATHS_LEAF)
		continue;
	return secret_leaf_rule(choices, keys, &walk);
}

static const char *word_of(uint8_t rule)
{
	if (rule == SECRET_FRIEND)
		return "friend";
	return rule == SECRET_NONE ? "" : secret_word(rule);
}

static void places_are_judged_by_the_policy(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(policy); i++) {
		const char *word = word_of(rule_of(NULL, NULL, policy[i].template));

		if (strcmp(word, policy[i].word) != 0)
			fail_msg("row %zu (%s): %s: %s", i, policy[i].source,
				 policy[i].template, word);
	}
}

static void of_a_key_much_too_long_the_end_counts(void **state)
{
	struct buffer template = {0};

	(void)state;
	buffer_add_text(&template, "{\"");
	for (int i = 0; i < 5000; i++)
		buffer_add_byte(&template, 'x');
	buffer_add_text(&template, "Password\":\1}");
	assert_string_equal(word_of(rule_of(NULL, NULL, buffer_text(&template))),
			    "password");
	buffer_free(&template);
}

static void a_user_may_mask_and_show_more(void **state)
{
	static const struct {
		const char *template, *word;
	} rows[] = {
		{"{\"a\":{\"b\":\1}}", "chosen"},
		{"{\"a\":{\"b\":{\"c\":[\1]}}}", "chosen"},
		{"{\"a\":{\"c\":\1}}", ""},
		{"{\"x\":{\"y\":{\"note\":\1}}}", "chosen"},
		{"{\"r\":{\"tokenCode\":\1}}", "friend"},
		{"{\"tokenCode\":\1}", "one-time-code"},
		{"{\"a\":{\"b\":{\"shown\":\1}}}", "friend"},
		{"{\"o\":\1}", "chosen"},
		{"{\"o\":{\"p\":\1}}", "chosen"},
		{"{\"d\":{\"e\":\1}}", "chosen"},
		/* In the JSON that a string may hold. */
		{"{\"a\":\1}", "chosen"},
		{"{\"l\":[\1]}", "chosen"},
		{"{\"l\":{\"m\":\1}}", ""},
		{"{\"s\":\1}", "friend"},
	};
	struct error err;
	struct secret_choices *choices = secret_choices_new(
		SPAN("a.b, **.note,d.**,o,l[0].m,s.t"),
		SPAN("r.tokenCode,a.b.shown,s"), &err);

	(void)state;
	assert_non_null(choices);
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(word_of(rule_of(choices, NULL,
						    rows[i].template)),
				    rows[i].word);
	secret_choices_free(choices);
	choices = secret_choices_new(SPAN(""), SPAN(""), &err);
	assert_int_equal(rule_of(choices, NULL, "{\"a\":\1}"), SECRET_NONE);
	secret_choices_free(choices);
	assert_null(secret_choices_new(SPAN("a..b"), SPAN(""), &err));
	assert_null(secret_choices_new(SPAN("a,,b"), SPAN(""), &err));
	assert_null(secret_choices_new(SPAN("a"), SPAN("b["), &err));
	secret_choices_free(NULL);
}

/* A key made of the table's words and of parts of them. */
static void add_key(struct buffer *out, uint64_t *random)
{
	static const char *const parts[] = {
		"password", "Environment", "variables", "environment",
		"parameters", "parameterValue", "value", "stageVariables",
		"optionSettings", "secretAccessKey", "Key", "private-", "token",
		"arn", "_", "nextToken", "environmentVariables", "Policy", "x",
		"p\\u0061sswd", "certificate", "publicKey", "", "lastUsed",
		"aKeyThatIsLongerThanWhatIsRememberedOfAnyKey0123456789",
	};

	buffer_add_byte(out, '"');
	for (uint64_t n = 1 + next_random(random) % 6 / 4; n > 0; n--)
		buffer_add_text(out, parts[next_random(random) % COUNT(parts)]);
	if (next_random(random) % 4 == 0)
		buffer_printf(out, "%u", (unsigned)(next_random(random) % 5000));
	buffer_add_text(out, "\":");
}

static void a_key_is_judged_alike_remembered_or_not(void **state)
{
	struct secret_keys *keys = secret_keys_new();
	uint64_t random = 11;
	size_t hits = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct buffer text = {0};
		uint8_t rule;

		for (uint64_t n = next_random(&random) % 4; n > 0; n--) {
			buffer_add_byte(&text, '{');
			add_key(&text, &random);
			if (next_random(&random) % 4 == 0)
				buffer_add_byte(&text, '[');
		}
		buffer_add_byte(&text, '\1');
		rule = rule_of(NULL, NULL, buffer_text(&text));
		if (rule_of(NULL, keys, buffer_text(&text)) != rule)
			fail_msg("%s", buffer_text(&text));
		hits += rule != SECRET_NONE;
		buffer_free(&text);
	}
	assert_in_range(hits, 2000, 18000);
	free(keys);
}

#define ARN "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db"

enum { PLAIN = 1, BOOK = 1 | SECRET_BOOKKEEPING };

static const struct {
	uint32_t rule;
	enum scan_kind kind;
	const char *token;
	bool secret;
} tokens[] = {
	{PLAIN, SCAN_STRING, "IQoJb3JpZ2lu", true},
	{PLAIN, SCAN_STRING, "", false},
	{PLAIN, SCAN_STRING, "null", true},
	{PLAIN, SCAN_STRING_SINGLE, "x", true},
	{PLAIN, SCAN_STRING_OPEN, "x", true},
	{PLAIN, SCAN_BARE, "byte", true},
	{PLAIN, SCAN_NULL, "null", false},
	{PLAIN, SCAN_TRUE, "true", false},
	{PLAIN, SCAN_FALSE, "false", false},
	/* what a broken secret spilled, and what holds nothing */
	{PLAIN, SCAN_SKIPPED, "ter2\"", true},
	{PLAIN, SCAN_SKIPPED, "2", true},
	{PLAIN, SCAN_SKIPPED, "\" ,", false},
	{PLAIN, SCAN_NUMBER, "1234", true},
	{BOOK, SCAN_NUMBER, "1234", false},
	{BOOK, SCAN_STRING, "hunter2", true},
	{BOOK, SCAN_RAW, "[1,2,3,4]", true},
	/* names a secret */
	{SECRET_SECRET, SCAN_STRING, ARN, false},
	{SECRET_TOKEN, SCAN_STRING, ARN, false},
	{SECRET_PASSWORD, SCAN_STRING, ARN, false},
	{SECRET_PASSWORD, SCAN_STRING, "arn:aws:hunter2", true},
	{SECRET_VARIABLE, SCAN_STRING, ARN, true},
	/* masked by AWS */
	{PLAIN, SCAN_STRING, "**********", false},
	{PLAIN, SCAN_STRING, "***", false},
	{PLAIN, SCAN_STRING, "**", true},
	{PLAIN, SCAN_STRING, "***x", true},
	{PLAIN, SCAN_STRING, "x***", true},
	{PLAIN, SCAN_STRING, "HIDDEN_DUE_TO_SECURITY_REASONS", false},
	{PLAIN, SCAN_STRING, "HIDDEN_DUE_TO_SECURITY_REASONS!", true},
	{PLAIN, SCAN_STRING, "Value hidden due to security reasons.", false},
	{PLAIN, SCAN_STRING, "<sensitiveDataRemoved>", false},
	{PLAIN, SCAN_STRING, "\\u003csensitiveDataRemoved\\u003e", false},
	{PLAIN, SCAN_BARE, "***", true},
	{PLAIN, SCAN_RAW, "[42,42,42,42]", false},
	{PLAIN, SCAN_RAW, "[ 42, 42,\r\n\t42 , 42 ]", false},
	{PLAIN, SCAN_RAW, "[42,42,43,42]", true},
	{PLAIN, SCAN_RAW, "[4242,42,42,42]", true},
	{PLAIN, SCAN_RAW, "[42,42,42,4", true},
	{PLAIN, SCAN_RAW, "[42,42,42,42", true},
	{PLAIN, SCAN_RAW, "[42,42,42,42.5]", true},
	{PLAIN, SCAN_RAW, "[142,42,42,42]", true},
	/* not recorded */
	{PLAIN, SCAN_RAW, "[ byte, byte, byte, ... ]", false},
	{PLAIN, SCAN_RAW, "[\"byte\",\"...\"]", false},
	{PLAIN, SCAN_RAW, "[]", false},
	{PLAIN, SCAN_RAW, "[[[]]]", false},
	{PLAIN, SCAN_RAW, "[byte, byte", false},
	{PLAIN, SCAN_RAW, "[byte, bytes]", true},
	{PLAIN, SCAN_RAW, "[byte, 7]", true},
	{PLAIN, SCAN_RAW, "[....]", true},
};

static void tells_tokens_that_are_none(void **state)
{
	static const struct span with_nul[] = {
		SPAN("[byte\0,byte]"), SPAN("[42,\0,42]"), SPAN("[42\0,42]"),
	};

	(void)state;
	for (size_t i = 0; i < COUNT(with_nul); i++)
		assert_true(secret_token(PLAIN, SCAN_RAW, with_nul[i]));
	assert_true(secret_token(PLAIN, SCAN_SKIPPED, SPAN("\0")));
	for (size_t i = 0; i < COUNT(tokens); i++) {
		struct span token = exact_span(tokens[i].token);

		if (secret_token(tokens[i].rule, tokens[i].kind, token) !=
		    tokens[i].secret)
			fail_msg("row %zu: %s", i, tokens[i].token);
		free((char *)token.p);
	}
}

static void tells_what_aws_has_masked(void **state)
{
	static const struct {
		enum scan_kind kind;
		const char *token;
		bool masked;
	} rows[] = {
		{SCAN_STRING, "***", true}, {SCAN_STRING, "", false},
		{SCAN_RAW, "[42,42,42,42]", true}, {SCAN_RAW, "[]", false},
		{SCAN_NUMBER, "42", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(secret_masked_by_aws(rows[i].kind,
						      span_of(rows[i].token)),
				 rows[i].masked);
}

static const struct {
	const char *text, *name;        /* NULL: no key in it */
	bool more;
} texts[] = {
	{"", NULL, false},
	{"publicKey", NULL, false},
	{"passwordLastUsed", NULL, false},
	{"hunter2", NULL, false},
	{"Invalid token for the secret: pass another", NULL, false},
	{"DB_PASS: hunter2", "password", true},
	{"TOKEN_TTL: 3", NULL, false},
	{"privateKey", "private key", false},
	{"PASSPHRASE", "passphrase", false},
	{"masterUserPassword", "password", false},
	{"password:", "password", false},
	{"{\"password\" : [{", "password", false},
	{"mac-key:", "MAC key", false},
	{"mac_key:", "MAC key", false},
	{"password:hunter2", "password", true},
	{"password=!", "password", true},
	{"x,\"macKey\":1", "MAC key", true},
	{"it's,\"sessionToken\":\"x", "session token", true},
	{"a password b passphrase", "password", true},
	{"{\\\"password\\\":\\\"x\\\"}", "password", true},
	{"pass\\u0077ord\":\"x", "password", true},
	{"\\u0022macKey\\u0022:", "MAC key", false},
	{"\\\\u0022macKey\\\\u0022:\\\\u0022x", "MAC key", true},
	{"macKey\\u0022:\\u0022x", "MAC key", true},
	{"\\\\\\\\u0022macKey\\\\\\\\u0022:\\\\\\\\u0022x", "MAC key", true},
	{"\\\\\\\\\\\\\\\\u0022macKey\\\\\\\\\\\\\\\\u0022", NULL, false},
	{"macKey\\u0061:1", "MAC key", true},
	{"\\u0000\\ud800", NULL, false},
};

static void keys_are_found_in_text_that_cannot_be_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		bool more = !texts[i].more;
		struct span text = exact_span(texts[i].text);
		uint8_t rule = secret_text_rule(text, &more);

		free((char *)text.p);
		if ((rule != 0) != (texts[i].name != NULL) ||
		    more != texts[i].more)
			fail_msg("row %zu: %s", i, texts[i].text);
		if (rule)
			assert_string_equal(secret_name(rule),
					    texts[i].name);
	}
}

static void keys_in_running_text_are_fewer_and_more(void **state)
{
	(void)state;
	assert_int_equal(secret_pair_rule(SPAN("db-password")),
			 SECRET_PASSWORD);
	assert_int_equal(secret_pair_rule(SPAN("sig")), SECRET_SIGNATURE);
	assert_int_equal(secret_pair_rule(SPAN("assertion")), SECRET_NONE);
	assert_int_equal(secret_pair_rule(SPAN("nextToken")), SECRET_NONE);
}

static void lengths_of_passphrases_stay_untold(void **state)
{
	static const struct {
		const char *name;
		bool sized;
	} rules[] = {
		{"session token", true}, {"private key", true},
		{"passphrase", false}, {"password", false},
		{"secret access key", true}, {"MAC key", true},
	};

	(void)state;
	for (uint32_t i = 0; i < COUNT(rules); i++) {
		assert_string_equal(secret_name(i + 1), rules[i].name);
		assert_string_equal(secret_name((i + 1) | SECRET_BOOKKEEPING),
				    rules[i].name);
		assert_int_equal(secret_sized(i + 1), rules[i].sized);
	}
}

static jmp_buf out_of_death;

static void come_back(void)
{
	longjmp(out_of_death, 1);
}

static void a_rule_that_there_is_not_is_a_bug(void **state)
{
	(void)state;
	die_set_hook(come_back);
	if (setjmp(out_of_death) == 0) {
		secret_name(0);
		fail();
	}
	die_set_hook(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_leaf_under_a_secret_key_is_one),
		cmocka_unit_test(places_are_judged_by_the_policy),
		cmocka_unit_test(of_a_key_much_too_long_the_end_counts),
		cmocka_unit_test(a_user_may_mask_and_show_more),
		cmocka_unit_test(a_key_is_judged_alike_remembered_or_not),
		cmocka_unit_test(tells_tokens_that_are_none),
		cmocka_unit_test(tells_what_aws_has_masked),
		cmocka_unit_test(keys_in_running_text_are_fewer_and_more),
		cmocka_unit_test(keys_are_found_in_text_that_cannot_be_read),
		cmocka_unit_test(lengths_of_passphrases_stay_untold),
		cmocka_unit_test(a_rule_that_there_is_not_is_a_bug),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
