/* What is found in documents, bytes and what was encoded, and which blobs are
 * none.  None of the secrets here opens anything. */
#include "trail_secret_support.h"

#include "json/decode.h"

/* 20 letters in order; in base64 48 bytes of text, 48 of no text. */
#define LETTERS20 "abcdefghijklmnopqrst"
#define TEXT64 "dGhpcyBpcyBhIGhhcm1sZXNzIHRleHQsIGxvbmcgZW5vdWdoIHRvIGxvb2sgYXQu"
#define BYTES64 "5WV26zRz8j85vabvIvcr0OK74HpC1VsupdmkJcWpeMkydEFtLUvYYXFEM9lGZqcl"

static const struct row documents[] = {
	{"{\"user\":\"a\",\"password\":\"hunter2\"}",
	 "{\"user\":\"a\",\"password\":\"<password>\"}", "by key"},
	{" [ {\"sessionToken\" : \"x\", \"n\": 1.0} ] ",
	 " [ {\"sessionToken\" : \"<session-token>\", \"n\": 1.0} ] ",
	 "blanks stay"},
	{"{\"tokenCode\":123456}", "{\"tokenCode\":\"<one-time-code>\"}",
	 "a number"},
	{"{\"password\":null,\"passwordLastUsed\":\"x\",\"pwd\":\"\"}", NULL,
	 "nothing there"},
	{"{\"environment\":{\"variables\":{\"A\":\"b\"}}}",
	 "{\"environment\":{\"variables\":{\"A\":\"<variable>\"}}}", "by path"},
	{"[{\"assertion\":\"x\"}]", "[{\"assertion\":\"<assertion>\"}]",
	 "an array"},
	{" \n{\"environment\":{\"variables\":{\"A\":\"b\"}}}",
	 " \n{\"environment\":{\"variables\":{\"A\":\"<variable>\"}}}",
	 "by path, behind blanks"},
	{"{\"a\":\"see password=hunter2 there\"}",
	 "{\"a\":\"see password=<password> there\"}", "a part"},
	{"{\"a\":\"tab\\tpassword=hunter2\"}", "{\"a\":\"<password>\"}",
	 "escaped: all of the value"},
	{"{\"a\":\"http://a\\u0000u:b@c\"}", NULL, "a NUL"},
	{"{\"a\":\"{\\\"macKey\\\":\\\"x\\\"}\",\"b\":1}",
	 "{\"a\":\"<mac-key>\",\"b\":1}", "JSON in JSON"},
	{"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
	 "\"Action\":[\"secretsmanager:GetSecretValue\"],\"Resource\":\"*\"}]}",
	 NULL, "a policy"},
	{"%7B%22password%22%3A%22hunter2%22%7D", "<password>",
	 "URL-encoded JSON"},
	{"%7B%22Version%22%3A%222012-10-17%22%7D", NULL, "URL-encoded JSON"},
	{"cGFzc3dvcmQ9aHVudGVyMiBhbmQgc29tZSBtb3JlIHRleHQ=", "<password>",
	 "base64 of text"},
	{"dGhpcyBpcyBhIGhhcm1sZXNzIHRleHQsIGxvbmcgZW5vdWdoIHRvIGxvb2sgYXQ=",
	 NULL, "base64 of text"},
	{"eyJwYXNzd29yZCI6Imh1bnRlcjIiLCJ1c2VyIjoiYWxpY2UifQ==", "<password>",
	 "base64 of JSON"},
	{"eyJwYXNzd29yZCI6Imh1bnRlcjIiLCJ1c2VyIjoiYWxpY2UifQ==\n", "<password>",
	 "base64 with its line's end"},
	{"\neyJwYXNzd29yZCI6Imh1bnRl\r\ncjIiLCJ1c2VyIjoiYWxpY2UifQ==\r\n",
	 "<password>", "base64 in lines"},
	{"eyJwYXNzd29yZCI6Imh1bnRl cjIiLCJ1c2VyIjoiYWxpY2UifQ==", NULL,
	 "two words"},
	{" %7B%22macKey%22%3A%22hunter2%22%7D", "<mac-key>",
	 "URL-encoded JSON behind a blank"},
	{"%0A%7B%22macKey%22%3A%22hunter2%22%7D", "<mac-key>",
	 "URL-encoded JSON behind an encoded one"},
	{"%7B%22cmd%22%3A%22mysql%20--password%3Dabcd%22%2C%22macKey%22%3A%22"
	 "hunter2%22%7D", "<password>", "both in the text and in what it encodes"},
	{"  %7B%22macKey%22%3A%5B%22hunter2%22%5D%7D", "<mac-key>",
	 "URL-encoded JSON behind blanks"},
	{"%7B%22a%22%3A%22" WORD256 "%22%7D", NULL, "a long one"},
	{"        ", NULL, "blanks"},
	{"%Y-%m-%d", NULL, "not URL-encoded"},
	{"{\"a\":[45,45,45,45,45,66,69,71,73,78,32,80,82,73,86,65,84,69,32,75,"
	 "69,89,45,45,45,45,45]}", "{\"a\":\"<private-key>\"}",
	 "bytes in JSON"},
	{"{\"a\":[1,2,3,4,5]}", NULL, "numbers in JSON"},
	{"{\"a\":[1.5,2,3,4,5]}", NULL, "no bytes in JSON"},
	{"cGFzc3dvcmQ9aHVudGVyMiBhbmQgc29tZSBtb3Jl", "<password>", "base64, as short as it may be"},
	{"%7b%22pwd%22%3A%22hunter2%22%7d", "<password>", "in lower case"},
	{"%5B%7B%22pwd%22%3A%22hunter2%22%7D%5D", "<password>", "an array"},
	{"%5b%7b%22pwd%22%3a%22hunter2%22%7d%5d", "<password>", "an array"},
	{"{\"a\":1} password=hunter2", "{\"a\":1} password=<password>",
	 "text behind JSON"},
	{"{\"a\":\"{\\\"password\\\":\\\"x\\\",\\\"macKey\\\":\\\"y\\\"}\"}",
	 "{\"a\":\"<password>\"}", "two in one value"},
	{"{\"a\":\"{\\\"b\\\":\\\"tab\\\\tpwd=hunter2\\\",\\\"pwd\\\":\\\"y\\\"}\","
	 "\"c\":\"\\tpwd=hunter2\"}",
	 "{\"a\":\"<password>\",\"c\":\"<password>\"}",
	 "one value told before and after another"},
	{"{\"a\":\"\\tpwd=hunter2\",\"pwd\":\"y\"}",
	 "{\"a\":\"<password>\",\"pwd\":\"<password>\"}",
	 "one told before another, behind it"},
	{"{\"a\":\"x%20pwd%3Dhunter2\"}", "{\"a\":\"x%20pwd%3D<password>\"}",
	 "URL-encoded text"},
	{"{\"hb\":[42,42,42,42],\"passphrase\":[42,42,42,42]}", NULL,
	 "masked by AWS"},
};

/* The same is secret in JSON that ends in the middle. */
static const struct row cut[] = {
	{"{\"password\":[\"a b\",\"c\"",
	 "{\"password\":[\"<password>\",\"<password>\"", "an array"},
	{"{\"password\":[\"a b\",\"c d",
	 "{\"password\":[\"<password>\",\"<password>", "in an element"},
	{"{\"tokenCode\": 123456", "{\"tokenCode\": \"<one-time-code>\"",
	 "a number"},
	{"{\"tokenCode\": 123456,", "{\"tokenCode\": \"<one-time-code>\",",
	 "behind a number"},
	{"{\"macKey\":[1,2", "{\"macKey\":[\"<mac-key>\",\"<mac-key>\"", "numbers"},
	{"{\"passphrase\":\"correct horse, battery: sta",
	 "{\"passphrase\":\"<passphrase>", "several words"},
	{"{\"passphrase\":\"correct horse, battery: staple\",\"a\":[",
	 "{\"passphrase\":\"<passphrase>\",\"a\":[", "several words"},
	{"{\"password\":\"a\\\"b", "{\"password\":\"<password>", "escaped"},
	{"{\"password\":\"a\\", "{\"password\":\"<password>",
	 "in an escape"},
	{"{\"environment\":{\"variables\":{\"A\":\"b",
	 "{\"environment\":{\"variables\":{\"A\":\"<variable>", "by path"},
	{"{\"secretString\":{\"a\":{\"b\":1},\"c\":\"d\"",
	 "{\"secretString\":{\"a\":{\"b\":\"<secret>\"},"
	 "\"c\":\"<secret>\"", "below a key"},
	{"{\"a\":\"{\\\"pwd\\\":\\\"b c", "{\"a\":\"<password>",
	 "JSON in JSON"},
	{"{\"a\":\"see password=hunter2 th",
	 "{\"a\":\"see password=<password> th", "a part"},
	{"{\"a\":\"password=hunter2\\n", "{\"a\":\"<password>",
	 "a part, escaped"},
	{"{\"a\":1,\"password=hunter2",
	 "{\"a\":1,\"password=<password>", "in a key"},
	{"{\"password\":\"x\",\"passwordLastUsed\"",
	 "{\"password\":\"<password>\",\"passwordLastUsed\"",
	 "a key behind it"},
	{"{\"password\":tru", "{\"password\":\"<password>\"", "in a word"},
	{"{\"password\":null,\"pwd\":\"", NULL, "nothing there"},
	{"{\"passwordLastUsed\":\"a b\",\"n\":[1,2,3,4", NULL, "no secret"},
	{"{\"a\":\"AKIAIOSFODNN7EXAMPLE\",\"b\":\"" WORD40 "\",\"c\":[", NULL,
	 "each value by itself"},
	{"%7B%22password%22%3A%22a+b", "<password>", "URL-encoded"},
	{"eyJwYXNzd29yZCI6ImEgYiIsInVzZXIiOiJhbGljZSIsImIiOiJj", "<password>",
	 "base64"},
	{"[INFO] password: hunter2", "[INFO] password: <password>", "no JSON"},
	{"[password=hunter2", "[password=<password>", "in a word"},
	{"{\"password\" hunter2", "{\"password\" \"<password>\"",
	 "no colon"},
};

/* Nor need it be JSON. */
static const struct row broken[] = {
	{"{\"password\" hunter2 or so", "{\"password\" \"<password>\" or so",
	 "no colon"},
	{"{\"environment\":{\"variables\":{\"A\":\"b\"}}} pwd=hunter2",
	 "{\"environment\":{\"variables\":{\"A\":\"<variable>\"}}} "
	 "pwd=<password>", "text behind it"},
	{"{\"pwd=\xff\":\"hunter2\"}", "{\"pwd=<password>\":\"<password>\"}",
	 "a key in no encoding, but when masked"},
	{"{'macKey':'x y','b':1}", "{'macKey':'<mac-key>','b':1}",
	 "single quotes"},
};

static const struct row blobs[] = {
	{"." WORD256, "<blob>", "no base64"},
	{WORD256 "x", "<blob>", "no order in it"},
	{WORD256, NULL, "256 characters"},
	{TEXT64 TEXT64 TEXT64 TEXT64 TEXT64, NULL, "base64 of text"},
	{TEXT64 WORD256, "<blob>", "base64 that begins like text"},
	{"%" WORD256, "<blob>", "no URL-encoded JSON"},
	{"%7" WORD256, "<blob>", "no URL-encoded JSON"},
	{BYTES64 BYTES64 BYTES64 BYTES64 BYTES64, "<blob>",
	 "base64 of text in no encoding"},
	{"MIHJMAMGASoDgcEA" WORD256, NULL, "base64 of a public key"},
	{WORD256 " " WORD256, NULL, "two words"},
	{WORD40 WORD40 WORD40 "YXdz", "<session-token>", "trufflehog"},
	{LETTERS20 LETTERS20 LETTERS20 LETTERS20
	 "ABCDEFGHIJKLMNOPQRSTUVWYXdz0123", "<session-token>",
	 "characters that come once"},
	{WORD40 WORD40 "q8Zr1LmX0vTb7NcYYXdz", "<session-token>",
	 "100 characters"},
	{WORD40 WORD40 "q8Zr1LmX0vTb7NcYXdz", NULL, "99 characters"},
	{"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	 "00", NULL, "hexadecimal digits"},
};

static const struct row friendly[] = {
	{WORD256 "x", NULL, "nextToken"},
	{WORD40 WORD40 WORD40 "YXdz", "<session-token>", "trufflehog"},
	{"IQoJb3JpZ2luX2VjEXAMPLE0000", "<session-token>", "STS today"},
	{"-----BEGIN PRIVATE KEY-----\nMIIE", "<private-key>", "RFC 7468"},
};

static void documents_in_strings_are_read_by_their_keys(void **state)
{
	(void)state;
	CHECK(documents, false);
}

static void documents_that_were_cut_are_read_by_their_keys(void **state)
{
	(void)state;
	CHECK(cut, false);
}

static void what_is_nearly_a_document_is_read_by_its_keys(void **state)
{
	(void)state;
	CHECK(broken, false);
}

static void blobs_are_secret_unless_their_key_is_a_friend(void **state)
{
	(void)state;
	CHECK(blobs, false);
	CHECK(friendly, true);
}

static void bytes_are_judged_by_what_they_spell(void **state)
{
	static const struct row rows[] = {
		{"[45,45,45,45,45,66,69,71,73,78,32,80,82,73,86,65,84,69,32,75,"
		 "69,89,45,45,45,45,45]", "\"<private-key>\"", "PEM"},
		{"[112,97,115,115,119,111,114,100,61,120,0,0]",
		 "\"<password>\"", "password=x, padded"},
		{"[-1,2,112,97,115,115,119,111,114,100,61,120,3,-1]",
		 "\"<password>\"", "password=x, between others"},
		{"[97,1,99,71,70,122,99,51,100,118,99,109,81,57,97,72,86,117,"
		 "100,71,86,121,77,105,66,104,98,109,81,103,99,50,57,116,90,"
		 "83,66,116,98,51,74,108,1,1]",
		 "\"<password>\"", "base64 of password=hunter2, between others"},
		{"[97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,"
		 "97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,97,"
		 "97,97,97,97]", NULL, "longer than the next"},
		{"[1,99,71,70,122,99,51,100,118,99,109,81,57,97,72,86,117,"
		 "100,71,86,121,77,105,66,104,98,109,81,103,99,50,57,116,90,"
		 "83,66,116,98,51,74,108]",
		 "\"<password>\"", "base64 of password=hunter2, behind another"},
		{"[1,112,119,100,61,120,120,120,120,1]", "\"<password>\"",
		 "pwd=xxxx, as short as it may be"},
		{"[1,123,34,109,97,99,75,101,121,34,58,91,34,97,34,93,125]",
		 "\"<mac-key>\"", "JSON, behind another"},
		{"[112,97,115,115,119,111,3,114,100,61,120,97,97,97,97]", NULL,
		 "no word"},
		{"[123,34,109,97,99,75,101,121,34,58,34,120,34,125,0,0]",
		 "\"<mac-key>\"", "JSON, padded"},
		{"[112,119,100,61,97,98,99,100]", "\"<password>\"", "pwd=abcd"},
		{"[112,97,115,115,119,111,114,100,61,120]", "\"<password>\"",
		 "password=x"},
		{"[112,97,115,115,119,111,114,100,61,120,13,10,9]",
		 "\"<password>\"", "password=x, a line's end and a tab"},
		{"[48,46,2,1,0,48,5,6,3,43,101,112,4,34,4,32,0,0,0,0,0,0,0,0,0,"
		 "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,-1]",
		 "\"<private-key>\"", "DER"},
		{"[0,112,97,115,115,119,111,114,100,61,120]",
		 "\"<password>\"", "password=x behind a zero"},
		{"[0,48,46,2,1,0,48,5,6,3,43,101,112,4,34,4,32,0,0,0,0,0,0,0,"
		 "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]",
		 "\"<private-key>\"", "DER, padded"},
		{"[48,46,2,1,0,48,5,6,3,43,101,112,4,34,4,32,0,0,0,0,0,0,0,"
		 "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1]",
		 NULL, "more behind it"},
		{"[0,0,0,0,0,0,0,0,0]", NULL, "zeros"},
		{"[72,101,108,108,111,44,32,119,111,114,108,100]", NULL,
		 "Hello, world"},
		{"[-119,80,78,71]", NULL, "a picture"},
		{"[1.5,2,3,4]", NULL, "no bytes"},
		{"[1,2,3,400]", NULL, "no bytes"},
		{"[42,42,42,42]", NULL, "masked by AWS"},
		{"[", NULL, "broken"},
	};
	struct secret_find *find = secret_find_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = {0};

		write_found(find, SCAN_RAW, span_of(rows[i].text), false,
			    &out);
		assert_text(buffer_span(&out), rows[i].found ? rows[i].found
							     : rows[i].text);
		buffer_free(&out);
	}
	secret_find_free(find);
}

/* Of any length: none reads on behind the last byte. */
static void zeros_hold_no_secret(void **state)
{
	enum { MOST = 64 };
	struct buffer text = {0};

	(void)state;
	for (int count = 1; count <= MOST; count++) {
		struct secret_find *find = secret_find_new();

		buffer_clear(&text);
		for (int i = 0; i < count; i++)
			buffer_add_text(&text, i > 0 ? ",0" : "[0");
		buffer_add_byte(&text, ']');
		assert_int_equal(secret_find_in(find, SCAN_RAW,
						buffer_span(&text), false)
					 ->count, 0);
		secret_find_free(find);
	}
	buffer_free(&text);
}

static void no_text_holds_no_secret(void **state)
{
	struct secret_find *find = secret_find_new();
	const struct secret_parts *parts;

	(void)state;
	parts = secret_find_in(find, SCAN_STRING, (struct span){NULL, 0}, false);
	assert_int_equal(parts->count, 0);
	secret_find_free(find);
}

static void documents_are_told_apart_by_their_keys(void **state)
{
	enum { MANY = 500 };
	struct secret_find *find = secret_find_new();
	struct buffer text = {0};

	(void)state;
	for (int i = 0; i < 2 * MANY; i++) {
		const struct secret_parts *parts;

		buffer_clear(&text);
		buffer_printf(&text, "{\"key%d\":[", i % MANY);
		for (int leaf = i % 4; leaf > 0; leaf--)
			buffer_add_text(&text, "\"x\",");
		buffer_add_text(&text, "0],\"pwd\":\"y\"}");
		parts = secret_find_in(find, SCAN_STRING, buffer_span(&text),
				       false);
		assert_int_equal(parts->count, 1);
		assert_int_equal(parts->part[0].to, text.n - 2);
	}
	buffer_free(&text);
	secret_find_free(find);
}

static void every_text_of_many_is_decoded(void **state)
{
	enum { MANY = 40 };
	struct secret_find *find = secret_find_new();
	struct buffer text = {0};
	const struct secret_parts *parts;

	(void)state;
	buffer_add_byte(&text, '[');
	for (int i = 0; i < MANY; i++)
		buffer_printf(&text, "%s\"\\tpwd=hunter%d\"", i > 0 ? "," : "", i);
	buffer_add_byte(&text, ']');
	parts = secret_find_in(find, SCAN_STRING, buffer_span(&text), false);
	assert_int_equal(parts->count, MANY);
	buffer_free(&text);
	secret_find_free(find);
}

/* Each more deeply quoted than the one before. */
static void nesting_ends_somewhere(void **state)
{
	struct secret_find *find = secret_find_new();
	struct buffer text = {0}, out = {0};

	(void)state;
	buffer_add_text(&text, "{\"password\":\"hunter2\"}");
	for (int i = 0; i < 12; i++) {
		struct buffer next = {0};

		write_found(find, SCAN_STRING, buffer_span(&text), false,
			    &out);
		/* Six times: the text itself and five decodings. */
		assert_int_equal(span_find(buffer_span(&out), SPAN("hunter")) ==
				 NULL, i < 6);
		buffer_clear(&out);
		buffer_add_text(&next, "{\"a\":");
		decode_quote(buffer_span(&text), &next);
		buffer_add_byte(&next, '}');
		buffer_free(&text);
		text = next;
	}
	buffer_free(&text);
	buffer_free(&out);
	secret_find_free(find);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_in_strings_are_read_by_their_keys),
		cmocka_unit_test(documents_that_were_cut_are_read_by_their_keys),
		cmocka_unit_test(what_is_nearly_a_document_is_read_by_its_keys),
		cmocka_unit_test(blobs_are_secret_unless_their_key_is_a_friend),
		cmocka_unit_test(bytes_are_judged_by_what_they_spell),
		cmocka_unit_test(zeros_hold_no_secret),
		cmocka_unit_test(no_text_holds_no_secret),
		cmocka_unit_test(documents_are_told_apart_by_their_keys),
		cmocka_unit_test(every_text_of_many_is_decoded),
		cmocka_unit_test(nesting_ends_somewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
