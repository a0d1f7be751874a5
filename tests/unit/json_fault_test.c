/* What is wrong with JSON, where and why, and that reading in pieces finds the
 * same. */
#include "json_support.h"

#include "json/fault.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Every kind of fault, with its place and what was never closed. */
static const struct fault_row {
	const char *text;
	const char *what;
	int at;
	int opened; /* -1: nothing */
} fault_rows[] = {
	/* the end */
	{"", "no value", 0, -1},
	{" \n", "no value", 2, -1},
	{"{", "unclosed object", 1, 0},
	{"[", "unclosed array", 1, 0},
	{"[{}", "unclosed array", 3, 0},
	{"{\"a\"", "unclosed object", 4, 0},
	{"{\"a\":", "unclosed object", 5, 0},
	{"{\"a\":1", "unclosed object", 6, 0},
	{"{\"a\":1,", "unclosed object", 7, 0},
	{"[1,", "unclosed array", 3, 0},
	{"[[1,2,3,4],[5", "unclosed array", 13, 11},
	{"{\"a\":{\"b\":[]", "unclosed object", 12, 5},
	{"{\"a\":1 \n\n", "unclosed object", 6, 0},
	{"[ \n", "unclosed array", 1, 0},
	{"\"a", "unclosed string", 2, 0},
	{"{\"a\":\"b", "unclosed string", 7, 5},
	{"{\"a", "unclosed string", 3, 1},
	{"[\"\\", "unclosed string", 3, 1},
	{"[\"\\u12", "unclosed string", 6, 1},
	{"[\"\xe2\x82", "unclosed string", 4, 1},
	/* strings */
	{"\"a\nb\"", "line break in a string", 2, 0},
	{"\"a\rb\"", "line break in a string", 2, 0},
	{"[\"a\tb\"]", "control character in a string", 3, 1},
	{"\"\x1b[0m\"", "control character in a string", 1, 0},
	{"{\"a\x01\":1}", "control character in a string", 3, 1},
	{"\"\\x41\"", "bad escape", 1, 0},
	{"\"\\'\"", "bad escape", 1, 0},
	{"\"a\\u12g4\"", "bad escape", 2, 0},
	{"\"\\u\"", "bad escape", 1, 0},
	{"\"\\x", "bad escape", 1, 0},
	{"\"\xff\"", "invalid UTF-8", 1, 0},
	{"\"a\xc0\x80\"", "invalid UTF-8", 2, 0},
	{"\"\xed\xa0\x80\"", "invalid UTF-8", 1, 0},
	{"\"\xf4\x90\x80\x80\"", "invalid UTF-8", 1, 0},
	{"\"\xe0\x80\x80\"", "invalid UTF-8", 1, 0},
	{"\"\xf0\x80\x80\x80\"", "invalid UTF-8", 1, 0},
	{"\"\x80\"", "invalid UTF-8", 1, 0},
	{"\"\xe2\x82\"", "invalid UTF-8", 1, 0},
	/* numbers */
	{"-", "bad number", 1, -1},
	{"[-]", "bad number", 2, -1},
	{"-a", "bad number", 1, -1},
	{"1.", "bad number", 2, -1},
	{"[1.]", "bad number", 3, -1},
	{"[1.e5]", "bad number", 3, -1},
	{"1e", "bad number", 2, -1},
	{"[1e+]", "bad number", 4, -1},
	{"[1E-x]", "bad number", 4, -1},
	{"01", "bad number", 1, -1},
	{"[-01]", "bad number", 3, -1},
	{"0x1F", "bad number", 1, -1},
	{"1.2.3", "bad number", 3, -1},
	{"[1,2,3,4x]", "bad number", 8, -1},
	{"+1", "bad number", 0, -1},
	{".5", "bad number", 0, -1},
	{"[NaN]", "bad number", 1, -1},
	{"[Infinity]", "bad number", 1, -1},
	/* words */
	{"[byte]", "bare word", 1, -1},
	{"tru", "bare word", 0, -1},
	{"nullx", "bare word", 0, -1},
	{"[True]", "bare word", 1, -1},
	{"[FALSE]", "bare word", 1, -1},
	{"[Null]", "bare word", 1, -1},
	{"{\"a\":byte}", "bare word", 5, -1},
	{"{\"a\":b:1}", "bare word", 5, -1},
	{"[...]", "omission", 1, -1},
	{"{\"a\":1, ...}", "omission", 8, -1},
	{"[1 ...]", "omission", 3, -1},
	{"{\"a\" ...}", "omission", 5, -1},
	{"\xe2\x80\x9c" "a\xe2\x80\x9d", "typographic quote", 0, -1},
	{"{\xe2\x80\x9c" "a\xe2\x80\x9d 1}", "typographic quote", 1, -1},
	{"{\"a\" \xe2\x80\x98}", "typographic quote", 5, -1},
	{"[1 \xe2\x80\x99]", "typographic quote", 3, -1},
	/* between tokens */
	{"[1, // one\n2]", "comment", 4, -1},
	{"[1 /* one */]", "comment", 3, -1},
	{"# one\n1", "comment", 0, -1},
	{"{ #\n}", "comment", 2, -1},
	{"{\"a\" /**/ : 1}", "comment", 5, -1},
	{"{\"a\": /**/ 1}", "comment", 6, -1},
	{"[1/**/]", "comment", 2, -1},
	{"[true//\n]", "comment", 5, -1},
	{"[\xc2\xa0" "1]", "unusual white space", 1, -1},
	{"\xef\xbb\xbf{}", "unusual white space", 0, -1},
	{"[1\xe2\x80\xa8]", "bad number", 2, -1},
	{"[1 \xe2\x80\xa9]", "unusual white space", 3, -1},
	{"{\"a\"\xc2\xa0:1}", "unusual white space", 4, -1},
	{"{\xc2\xa0}", "unusual white space", 1, -1},
	{"\xc2\xa0", "unusual white space", 0, -1},
	{"[\xc2\x85]", "unusual white space", 1, -1},
	{"[\xe2\x80\x80]", "unusual white space", 1, -1},
	{"[\xe2\x80\x8f]", "unusual white space", 1, -1},
	{"[\xe2\x80\xaf]", "unusual white space", 1, -1},
	{"[\xe2\x81\x9f]", "unusual white space", 1, -1},
	{"[\xe2\x81\xa9]", "unusual white space", 1, -1},
	{"[\xe3\x80\x80]", "unusual white space", 1, -1},
	{"[\xe2\x80\x90]", "bare word", 1, -1},
	{"[\xe2\x81\x9e]", "bare word", 1, -1},
	{"[\xe3\x80\x81]", "bare word", 1, -1},
	{"[\xef\xbb\xbe]", "bare word", 1, -1},
	{"[1,\f2]", "stray control character", 3, -1},
	{"[1\v]", "stray control character", 2, -1},
	{"[\x7f]", "stray control character", 1, -1},
	{"{\x01}", "stray control character", 1, -1},
	{"{\"a\"\x02:1}", "stray control character", 4, -1},
	/* brackets */
	{"}", "stray bracket", 0, -1},
	{"]", "stray bracket", 0, -1},
	{"[1}", "wrong bracket", 2, 0},
	{"[}", "wrong bracket", 1, 0},
	{"[1,}", "wrong bracket", 3, 0},
	{"{]", "wrong bracket", 1, 0},
	{"{\"a\":1]", "wrong bracket", 6, 0},
	{"{\"a\":1,]", "wrong bracket", 7, 0},
	/* commas and colons */
	{",", "no value", 0, -1},
	{":", "no value", 0, -1},
	{"[,1]", "extra comma", 1, -1},
	{"[1,,2]", "extra comma", 3, -1},
	{"{,}", "extra comma", 1, -1},
	{"{\"a\":1,,\"b\":2}", "extra comma", 7, -1},
	{"[1,]", "trailing comma", 2, -1},
	{"[1 , ]", "trailing comma", 3, -1},
	{"{\"a\":1,\n}", "trailing comma", 6, -1},
	{"[1 2]", "missing comma", 2, -1},
	{"[1\n\"a\"]", "missing comma", 2, -1},
	{"[\"a\"\"b\"]", "missing comma", 4, -1},
	{"[1 [2]]", "missing comma", 2, -1},
	{"[1 true]", "missing comma", 2, -1},
	{"[1 'a']", "missing comma", 2, -1},
	{"{\"a\":1\n\"b\":2}", "missing comma", 6, -1},
	{"{\"a\":1 'b':2}", "missing comma", 6, -1},
	{"{\"a\":1 b:2}", "missing comma", 6, -1},
	{"{\"a\":1 b \n :2}", "missing comma", 6, -1},
	{"{\"a\":1 {}}", "missing comma", 6, -1},
	{"{\"a\" 1}", "missing colon", 4, -1},
	{"{\"a\" \"b\"}", "missing colon", 4, -1},
	{"{\"a: 1, \"b\": 2}", "unexpected text", 9, -1},
	{"[\xe2\x81\xa0" "1]", "unusual white space", 1, -1},
	{"{\"a\" {}}", "missing colon", 4, -1},
	{"{\"a\" b}", "missing colon", 4, -1},
	{"{\"a\" 'b'}", "missing colon", 4, -1},
	{"{\"a\"::1}", "extra colon", 5, -1},
	{"{\"a\":1:2}", "extra colon", 6, -1},
	{"[\"a\":1]", "extra colon", 4, -1},
	{"[:1]", "extra colon", 1, -1},
	{"[1,:1]", "extra colon", 3, -1},
	/* keys and values */
	{"{\"a\"}", "missing value", 4, -1},
	{"{\"a\" ,\"b\":1}", "missing value", 4, -1},
	{"{\"a\" b:1}", "missing value", 4, -1},
	{"{\"a\"]", "missing value", 4, -1},
	{"{\"a\": }", "missing value", 5, -1},
	{"{\"a\":,\"b\":1}", "missing value", 5, -1},
	{"{\"a\":]", "missing value", 5, -1},
	{"{:1}", "missing key", 1, -1},
	{"{1:2}", "unquoted key", 1, -1},
	{"{1,2}", "missing key", 1, -1},
	{"{null}", "missing key", 1, -1},
	{"{[1]}", "missing key", 1, -1},
	{"{{}}", "missing key", 1, -1},
	{"{\n  Records: []}", "unquoted key", 4, -1},
	{"{\"a\":1, b :2}", "unquoted key", 8, -1},
	{"{'a':1}", "single quotes", 1, -1},
	{"['a']", "single quotes", 1, -1},
	{"{\"a\":'b'}", "single quotes", 5, -1},
	{"'a'", "single quotes", 0, -1},
	/* text */
	{"{byte}", "unexpected text", 1, -1},
	{"{\"a\":\"x\\n\"\n-----BEGIN CERTIFICATE-----\"}",
	 "unexpected text", 11, -1},
	{"{\"a\":1 2}", "unexpected text", 7, -1},
	{"{\"a\":1 null}", "unexpected text", 7, -1},
	{"{\"a\":\"say \"hi\"\"}", "unexpected text", 11, -1},
	{"[1 byte]", "unexpected text", 3, -1},
	{"[1;2]", "bad number", 2, -1},
	{"[\"a\"b]", "unexpected text", 4, -1},
	{"[1 a:2]", "unexpected text", 3, -1},
};

static void a_fault_has_its_place_and_words(void **state)
{
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(fault_rows); i++) {
		const struct fault_row *row = &fault_rows[i];
		size_t n = strlen(row->text);
		char *text = exact_copy(row->text, n);
		struct scan_fault fault = {0};
		const char *after = NULL;

		assert_int_equal(scan_strict(&scan, text, text + n, true,
					     &after, &fault), SCAN_BAD);
		if (strcmp(fault.what, row->what) != 0 ||
		    fault.at - text != row->at)
			fail_msg("%s: got %s at %td", row->text, fault.what,
				 fault.at - text);
		if (row->opened < 0)
			assert_null(fault.opened);
		else
			assert_ptr_equal(fault.opened, text + row->opened);
		assert_non_null(fault.why);
		assert_true(fault.hint || strcmp(row->what, "no value") == 0);
		free(text);
	}
	scan_free(&scan);
}

struct why_row {
	const char *text, *why;
};

static void check_whys(const struct why_row *rows, size_t count)
{
	struct scan scan = {0};

	for (size_t i = 0; i < count; i++) {
		struct span text = exact_span(rows[i].text);
		struct scan_fault fault = {0};
		const char *after;

		assert_int_equal(scan_strict(&scan, text.p, text.p + text.n,
					     true, &after, &fault), SCAN_BAD);
		assert_string_equal(fault.why, rows[i].why);
		free((char *)text.p);
	}
	scan_free(&scan);
}

/* Text may follow a string because its quote was not escaped. */
static void text_is_told_by_what_it_follows(void **state)
{
	static const char quote[] = "it follows the closing quote of a string";
	static const char object[] = "expected ',' or '}' after a value";
	static const char array[] = "expected ',' or ']' after a value";
	static const struct why_row rows[] = {
		{"{\"a\":\"b\"c}", quote}, {"[\"b\"c]", quote},
		{"{\"a\"b}", quote},
		{"{\"a\":\"b\" c}", object}, {"{\"a\":{}c}", object},
		{"[\"b\" c]", array}, {"[[]c]", array},
		{"{\"a\" b}", "expected ':' between a key and its value"},
		{"{a}", "expected a key in double quotes"},
	};

	(void)state;
	check_whys(rows, COUNT(rows));
}

static void a_word_is_told_by_what_was_meant(void **state)
{
	static const char value[] =
		"a value is a string in double quotes, a number, true, "
		"false, null, an object or an array";
	static const char lower[] = "true, false and null are lower case";
	static const char none[] = "JSON has no NaN and no Infinity";
	static const char plus[] = "a number does not begin with '+'";
	static const char point[] = "expected a digit before '.'";
	static const struct why_row rows[] = {
		{"[True]", lower}, {"[FALSE]", lower}, {"[nuLL]", lower},
		{"[nulls]", value}, {"[NaN]", none}, {"[Infinity]", none},
		{"[nan]", value}, {"[+1]", plus}, {"[.5]", point},
		{"[+a]", value}, {"[.a]", value}, {"[x1]", value},
		{"+", value}, {".", value},
	};

	(void)state;
	check_whys(rows, COUNT(rows));
}

/* Reads all beginnings of TEXT: before its end reading is short or has the
 * final verdict already, and the last byte changes nothing. */
static void read_all_beginnings(struct scan *scan, const char *text, size_t n)
{
	struct scan_fault fault = {0}, early = {0};
	const char *after = NULL, *early_after = NULL;
	enum scan_end end = scan_strict(scan, text, text + n, true, &after,
					&fault);

	for (size_t k = 0; k <= n; k++) {
		char *piece = exact_copy(text, k);
		enum scan_end got = scan_strict(scan, piece, piece + k, false,
						&early_after, &early);

		if (got == SCAN_WHOLE) {
			assert_int_equal(end, SCAN_WHOLE);
			assert_int_equal(early_after - piece, after - text);
		} else if (got == SCAN_BAD) {
			assert_int_equal(end, SCAN_BAD);
			assert_int_equal(early.at - piece, fault.at - text);
			assert_string_equal(early.what, fault.what);
			assert_string_equal(early.why, fault.why);
		}
		free(piece);
	}
}

static void reading_in_pieces_changes_no_verdict(void **state)
{
	static const char *const samples[] = {
		"{\"a\":[1,2,3,4,5],\"b\":\"\\u00e9\xc3\xa9\",\"c\":null} ",
		" [true,false,-1.5e-3,{\"x\":{}}] ",
		"\"\xf0\x9f\x98\x80\\\"\" ",
	};
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++)
		read_all_beginnings(&scan, samples[i], strlen(samples[i]));
	for (size_t i = 0; i < COUNT(fault_rows); i++)
		read_all_beginnings(&scan, fault_rows[i].text,
				    strlen(fault_rows[i].text));
	scan_free(&scan);
}

/* The verdict on the beginning of a value. */
static enum scan_end so_far(struct span text)
{
	struct scan scan = {0};
	struct scan_fault fault;
	const char *after;
	enum scan_end end = scan_strict(&scan, text.p, text.p + text.n, false,
					&after, &fault);

	scan_free(&scan);
	return end;
}

/* What no byte more can change; for a word, that takes as many as are looked
 * at. */
static void a_fault_does_not_wait_for_more(void **state)
{
	static const char *const rows[] = {
		"[byte ]", "[byte,", "{\"a\" b}", "[1 ...,", "+1 ,",
		"[tru ]", "{x,",
	};
	struct buffer word = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (so_far(span_of(rows[i])) != SCAN_BAD)
			fail_msg("%s", rows[i]);
	while (word.n < FAULT_AHEAD)
		buffer_add_byte(&word, 'a');
	assert_int_equal(so_far(buffer_span(&word)), SCAN_SHORT);
	buffer_add_byte(&word, 'a');
	assert_int_equal(so_far(buffer_span(&word)), SCAN_BAD);
	buffer_free(&word);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fault_has_its_place_and_words),
		cmocka_unit_test(text_is_told_by_what_it_follows),
		cmocka_unit_test(a_word_is_told_by_what_was_meant),
		cmocka_unit_test(reading_in_pieces_changes_no_verdict),
		cmocka_unit_test(a_fault_does_not_wait_for_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
