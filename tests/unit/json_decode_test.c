/* What a JSON string means, and text as a JSON string. */
#include "json_support.h"

#include "json/decode.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Rows hold NUL, so lengths are told. */
#define TEXT(literal) {(literal), sizeof(literal) - 1}

static void assert_bytes(const struct buffer *got, struct span expected)
{
	assert_int_equal(got->n, expected.n);
	if (got->n > 0)
		assert_memory_equal(got->p, expected.p, expected.n);
}

static void escapes_are_resolved(void **state)
{
	static const struct {
		struct span token, text;
	} row[] = {
		{TEXT(""), TEXT("")},
		{TEXT("plain"), TEXT("plain")},
		{TEXT("\xc3\xa9\xf0\x9f\x98\x80"),
		 TEXT("\xc3\xa9\xf0\x9f\x98\x80")},
		{TEXT("\\\"\\\\\\/\\b\\f\\n\\r\\t"), TEXT("\"\\/\b\f\n\r\t")},
		{TEXT("a\\nb\\nc"), TEXT("a\nb\nc")},
		{TEXT("\\u0041\\u00e9\\u20AC"), TEXT("A\xc3\xa9\xe2\x82\xac")},
		{TEXT("\\uABCD\\uabcd\\uEFEF\\uefef"),
		 TEXT("\xea\xaf\x8d\xea\xaf\x8d\xee\xbf\xaf\xee\xbf\xaf")},
		{TEXT("\\u007f\\u0080\\u07ff\\u0800\\uffff"),
		 TEXT("\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf")},
		{TEXT("a\\u0000b"), TEXT("a\0b")},
		{TEXT("\\ud83d\\ude00"), TEXT("\xf0\x9f\x98\x80")},
		{TEXT("\\uD800\\uDC00\\udbff\\udfff"),
		 TEXT("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf")},
		/* half pairs */
		{TEXT("\\ud83d"), TEXT("\xed\xa0\xbd")},
		{TEXT("\\ude00"), TEXT("\xed\xb8\x80")},
		{TEXT("\\ud83dx"), TEXT("\xed\xa0\xbdx")},
		{TEXT("\\ud83d\\u0041"), TEXT("\xed\xa0\xbd" "A")},
		{TEXT("\\ud83d\\ud83d\\ude00"),
		 TEXT("\xed\xa0\xbd\xf0\x9f\x98\x80")},
		{TEXT("\\ude00\\ud83d"), TEXT("\xed\xb8\x80\xed\xa0\xbd")},
		{TEXT("\\ud83d\\n"), TEXT("\xed\xa0\xbd\n")},
		{TEXT("\\ud83d\\u12"), TEXT("\xed\xa0\xbd\\u12")},
		{TEXT("\\ud83dxudc00"), TEXT("\xed\xa0\xbd" "xudc00")},
		{TEXT("\\ud83d\\ndc00"), TEXT("\xed\xa0\xbd\ndc00")},
		{TEXT("\\ud83d\\ue000"), TEXT("\xed\xa0\xbd\xee\x80\x80")},
		{TEXT("\\u0041\\ude00"), TEXT("A\xed\xb8\x80")},
		{TEXT("\\udc00\\udc00"), TEXT("\xed\xb0\x80\xed\xb0\x80")},
		{TEXT("\\ue000\\udfff"), TEXT("\xee\x80\x80\xed\xbf\xbf")},
		/* what only relaxed reading lets through */
		{TEXT("it\\'s"), TEXT("it's")},
		{TEXT("C:\\dir\\x"), TEXT("C:\\dir\\x")},
		{TEXT("\\"), TEXT("\\")},
		{TEXT("a\\"), TEXT("a\\")},
		{TEXT("\\u"), TEXT("\\u")},
		{TEXT("\\u123"), TEXT("\\u123")},
		{TEXT("\\u12g4"), TEXT("\\u12g4")},
		{TEXT("\\uZ\\n"), TEXT("\\uZ\n")},
		{TEXT("\\u12/4\\u12:4"), TEXT("\\u12/4\\u12:4")},
		{TEXT("\\u12@4\\u12G4"), TEXT("\\u12@4\\u12G4")},
		{TEXT("\\\0"), TEXT("\\\0")},
		{TEXT("a\nb\x1b\0\xff"), TEXT("a\nb\x1b\0\xff")},
	};
	struct buffer text = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		char *token = exact_copy(row[i].token.p, row[i].token.n);

		buffer_clear(&text);
		decode_string((struct span){token, row[i].token.n}, &text);
		assert_bytes(&text, row[i].text);
		free(token);
	}
	buffer_clear(&text);
	decode_string((struct span){NULL, 0}, &text);
	assert_int_equal(text.n, 0);
	buffer_free(&text);
}

static void decoding_appends(void **state)
{
	struct buffer out = {0};

	(void)state;
	buffer_add_text(&out, "a=");
	decode_string(SPAN("\\u0062"), &out);
	decode_quote(SPAN("c"), &out);
	assert_string_equal(buffer_text(&out), "a=b\"c\"");
	buffer_free(&out);
}

static void text_becomes_a_json_string(void **state)
{
	static const struct {
		struct span text, quoted;
	} row[] = {
		{TEXT(""), TEXT("\"\"")},
		{TEXT("plain /"), TEXT("\"plain /\"")},
		{TEXT("say \"hi\" \\"), TEXT("\"say \\\"hi\\\" \\\\\"")},
		{TEXT("\b\t\n\f\r"), TEXT("\"\\b\\t\\n\\f\\r\"")},
		{TEXT("\0\x01\x0b\x1b\x1f\x7f"),
		 TEXT("\"\\u0000\\u0001\\u000b\\u001b\\u001f\\u007f\"")},
		{TEXT("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"),
		 TEXT("\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"")},
		{TEXT("\xc2\x85"), TEXT("\"\xc2\x85\"")},
		{TEXT("\xed\xa0\xbd\xed\xb8\x80x\xed\xbf\xbf"),
		 TEXT("\"\\ud83d\\ude00x\\udfff\"")},
		{TEXT("\xed\xa0\x80"), TEXT("\"\\ud800\"")},
		{TEXT("\xed\x9f\xbf"), TEXT("\"\xed\x9f\xbf\"")},
		{TEXT("\xff"), TEXT("\"\xef\xbf\xbd\"")},
		{TEXT("a\x80z"), TEXT("\"a\xef\xbf\xbdz\"")},
		{TEXT("\xc3"), TEXT("\"\xef\xbf\xbd\"")},
		{TEXT("\xe2\x82"), TEXT("\"\xef\xbf\xbd\xef\xbf\xbd\"")},
		{TEXT("\xed\xa0"), TEXT("\"\xef\xbf\xbd\xef\xbf\xbd\"")},
		{TEXT("\xed" "A\x80"), TEXT("\"\xef\xbf\xbd" "A\xef\xbf\xbd\"")},
		{TEXT("\xed\xa0x"), TEXT("\"\xef\xbf\xbd\xef\xbf\xbdx\"")},
		{TEXT("\xed\xc0\x80"),
		 TEXT("\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"")},
		{TEXT("\xc0\xaf"), TEXT("\"\xef\xbf\xbd\xef\xbf\xbd\"")},
		{TEXT("\xf4\x90\x80\x80"),
		 TEXT("\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"")},
	};
	struct buffer quoted = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		char *text = exact_copy(row[i].text.p, row[i].text.n);

		buffer_clear(&quoted);
		decode_quote((struct span){text, row[i].text.n}, &quoted);
		assert_bytes(&quoted, row[i].quoted);
		free(text);
	}
	buffer_clear(&quoted);
	decode_quote((struct span){NULL, 0}, &quoted);
	assert_string_equal(buffer_text(&quoted), "\"\"");
	buffer_free(&quoted);
}

static void every_utf16_unit_comes_back(void **state)
{
	struct buffer text = {0}, quoted = {0}, again = {0};

	(void)state;
	for (unsigned unit = 0; unit <= 0xffff; unit++) {
		struct scan_fault fault;
		struct scan scan = {0};
		const char *after = NULL;
		char token[7];

		snprintf(token, sizeof token, "\\u%04X", unit);
		buffer_clear(&text);
		buffer_clear(&quoted);
		buffer_clear(&again);
		decode_string((struct span){token, 6}, &text);
		decode_quote(buffer_span(&text), &quoted);
		if (scan_strict(&scan, quoted.p, quoted.p + quoted.n, true,
				&after, &fault) != SCAN_WHOLE)
			fail_msg("%s: %s", token, buffer_text(&quoted));
		decode_string((struct span){scan.tokens[0].text,
					    scan.tokens[0].length}, &again);
		assert_bytes(&again, buffer_span(&text));
		scan_free(&scan);
	}
	buffer_free(&text);
	buffer_free(&quoted);
	buffer_free(&again);
}

/* Quotes TEXT, reads it strictly and decodes it: the same text. */
static void there_and_back(struct span text)
{
	struct buffer quoted = {0}, again = {0};
	struct scan_fault fault;
	struct scan scan = {0};
	const char *after = NULL;

	decode_quote(text, &quoted);
	assert_int_equal(scan_strict(&scan, quoted.p, quoted.p + quoted.n,
				     true, &after, &fault), SCAN_WHOLE);
	assert_int_equal(scan.count, 1);
	decode_string((struct span){scan.tokens[0].text,
				    scan.tokens[0].length}, &again);
	assert_bytes(&again, text);
	buffer_free(&quoted);
	buffer_free(&again);
	scan_free(&scan);
}

static void naughty_strings_go_there_and_back(void **state)
{
	struct buffer file = read_file(shared_folder("conformance/strings"),
				       "blns.json");
	struct buffer text = {0};
	struct scan_fault fault;
	struct scan scan = {0};
	const char *after = NULL;

	(void)state;
	assert_int_equal(scan_strict(&scan, file.p, file.p + file.n, true,
				     &after, &fault), SCAN_WHOLE);
	assert_rebuilt(&scan, file.p, after);
	assert_int_equal(scan.count, 515);
	for (size_t i = 0; i < scan.count; i++) {
		assert_int_equal(scan.tokens[i].kind, SCAN_STRING);
		buffer_clear(&text);
		decode_string((struct span){scan.tokens[i].text,
					    scan.tokens[i].length}, &text);
		there_and_back(buffer_span(&text));
	}
	buffer_free(&text);
	buffer_free(&file);
	scan_free(&scan);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes_are_resolved),
		cmocka_unit_test(decoding_appends),
		cmocka_unit_test(text_becomes_a_json_string),
		cmocka_unit_test(every_utf16_unit_comes_back),
		cmocka_unit_test(naughty_strings_go_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
