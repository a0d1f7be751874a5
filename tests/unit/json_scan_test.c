/* Strict reading: what is JSON, and that a value comes apart and together again
 * without loss. */
#define _DEFAULT_SOURCE
#include "json_long.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void keep_fault(void *context, const struct scan_fault *fault)
{
	*(struct scan_fault *)context = *fault;
}

static enum scan_end read_text(struct scan *scan, const char *text, size_t n,
			       bool last, const char **after,
			       struct scan_fault *fault)
{
	return scan_strict(scan, text, text + n, last, after, fault);
}

static const struct {
	const char *text;
	const char *template; /* o: a hole */
	const char *tokens;   /* kind letter and text, each behind a | */
} values[] = {
	{"1", "o", "|n1"},
	{" \t\r\n1", "o", "|n1"},
	{"\"\"", "o", "|s"},
	{"\"a\"", "o", "|sa"},
	{"\"a\\n\"", "o", "|ea\\n"},
	{"\"\\u00e9\\ud800\"", "o", "|e\\u00e9\\ud800"},
	{"\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"", "o",
	 "|s\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
	{"true", "o", "|t"},
	{"false", "o", "|f"},
	{"null", "o", "|0"},
	{"-0", "o", "|n-0"},
	{"-1.5e+07", "o", "|n-1.5e+07"},
	{"9007199254740993", "o", "|n9007199254740993"},
	{"1E400", "o", "|n1E400"},
	{"0.0E-0", "o", "|n0.0E-0"},
	{"{}", "{}", ""},
	{"[]", "[]", ""},
	{"{ }", "{ }", ""},
	{"[ \n ]", "[ \n ]", ""},
	{"{\"a\":1}", "{\"a\":o}", "|n1"},
	{"{ \"a\" : 1 , \"b\" : \"x\" }", "{ \"a\" : o , \"b\" : o }",
	 "|n1|sx"},
	{"{\"a\":1,\"a\":1}", "{\"a\":o,\"a\":o}", "|n1|n1"},
	{"{\"\":null}", "{\"\":o}", "|0"},
	{"{\"\\\"{\":[{}]}", "{\"\\\"{\":[{}]}", ""},
	{"[\"a\",\"b\",\"c\",\"d\"]", "[o,o,o,o]", "|sa|sb|sc|sd"},
	{"[1,2,3]", "[o,o,o]", "|n1|n2|n3"},
	{"[1,2,3,4]", "o", "|r[1,2,3,4]"},
	{"[ 1 ,\n 2.5, -3e1,4 ]", "o", "|r[ 1 ,\n 2.5, -3e1,4 ]"},
	{"[1,2,3,\"4\"]", "[o,o,o,o]", "|n1|n2|n3|s4"},
	{"[1,2,3,4,null]", "[o,o,o,o,o]", "|n1|n2|n3|n4|0"},
	{"[1,2,3,4,[5]]", "[o,o,o,o,[o]]", "|n1|n2|n3|n4|n5"},
	{"{\"hb\":[42,42,42,42],\"offset\":0}",
	 "{\"hb\":o,\"offset\":o}", "|r[42,42,42,42]|n0"},
	{"[[1,2,3,4],[1]]", "[o,[o]]", "|r[1,2,3,4]|n1"},
	{"[{\"a\":[true,false,{\"b\":[]}]}]",
	 "[{\"a\":[o,o,{\"b\":[]}]}]", "|t|f"},
};

static void a_value_comes_apart_into_template_and_tokens(void **state)
{
	static const char letters[] = "s'\"ntf0r.#";
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		size_t n = strlen(values[i].text);
		char *text = exact_copy(values[i].text, n);
		struct buffer tokens = {0};
		struct scan_fault fault;
		const char *after = NULL;

		assert_int_equal(read_text(&scan, text, n, true, &after,
					   &fault), SCAN_WHOLE);
		assert_ptr_equal(after, text + n);
		assert_string_equal(visible(&scan), values[i].template);
		for (size_t k = 0; k < scan.count; k++) {
			const struct scan_token *t = &scan.tokens[k];
			bool literal = t->kind >= SCAN_TRUE &&
				       t->kind <= SCAN_NULL;

			buffer_printf(&tokens, "|%c", t->escaped
						? 'e' : letters[t->kind]);
			if (!literal)
				buffer_add(&tokens, t->text, t->length);
		}
		assert_string_equal(buffer_text(&tokens), values[i].tokens);
		assert_rebuilt(&scan, scan_blank(text, text + n), text + n);
		buffer_free(&tokens);
		free(text);
	}
	scan_free(&scan);
}

static void reading_stops_behind_the_value(void **state)
{
	static const struct {
		const char *text;
		size_t after;
	} row[] = {
		{"{} {}", 2}, {"  [1],", 5}, {"1,2", 1}, {"1 2", 1},
		{"\"a\"\"b\"", 3}, {"null]", 4}, {"true\n", 4}, {"[]]", 2},
		{"false}", 5}, {"0:", 1}, {"12\"", 2}, {"1e5{", 3},
		{"true//", 4}, {"1/**/", 1}, {"[1,2,3,4]x", 9},
	};
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct scan_fault fault;
		const char *after = NULL;

		for (int last = 0; last < 2; last++) {
			assert_int_equal(read_text(&scan, row[i].text,
						   strlen(row[i].text), last,
						   &after, &fault),
					 SCAN_WHOLE);
			assert_int_equal(after - row[i].text, row[i].after);
		}
	}
	scan_free(&scan);
}

static void a_scalar_at_the_end_is_whole_only_when_nothing_follows(void **state)
{
	static const char *const row[] = {"1", "-0.5", "1e9", "true", "false",
					  "null", " 7"};
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		size_t n = strlen(row[i]);
		struct scan_fault fault;
		const char *after = NULL;

		assert_int_equal(read_text(&scan, row[i], n, false, &after,
					   &fault), SCAN_SHORT);
		assert_int_equal(read_text(&scan, row[i], n, true, &after,
					   &fault), SCAN_WHOLE);
	}
	scan_free(&scan);
}

static void a_value_cut_short_is_short_or_bad_but_never_whole(void **state)
{
	static const char value[] =
		"{\"Records\": [{\"eventName\": \"a\\u00e9\\\\\xc3\xa9\", "
		"\"hb\": [42, -1, 0.5, 1e-9, 2], \"x\": [true, false, null, "
		"1, \"\xf0\x9f\x98\x80 and some more text\", {}, []]}]}";
	struct scan scan = {0};

	(void)state;
	for (size_t n = 0; n < sizeof value - 1; n++) {
		char *text = exact_copy(value, n);
		struct scan_fault fault = {0};
		const char *after = NULL;

		assert_int_equal(read_text(&scan, text, n, false, &after,
					   &fault), SCAN_SHORT);
		assert_int_equal(read_text(&scan, text, n, true, &after,
					   &fault), SCAN_BAD);
		assert_true(fault.at >= text && fault.at <= text + n);
		free(text);
	}
	scan_free(&scan);
}

static void nesting_ends_at_the_limit(void **state)
{
	static const struct {
		int depth;
		bool whole;
	} row[] = {{1, true}, {511, true}, {512, true}, {513, false},
		   {100000, false}};
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		for (int object = 0; object < 2; object++) {
			const char *open = object ? "{\"a\":" : "[";
			struct buffer text = {0};
			struct scan_fault fault = {0};
			const char *after = NULL;
			enum scan_end end;

			for (int k = 0; k < row[i].depth; k++)
				buffer_add_text(&text, open);
			buffer_add_byte(&text, '1');
			for (int k = 0; k < row[i].depth; k++)
				buffer_add_byte(&text, object ? '}' : ']');
			end = read_text(&scan, text.p, text.n, true, &after,
					&fault);
			assert_int_equal(end, row[i].whole ? SCAN_WHOLE
							   : SCAN_BAD);
			assert_int_equal(scan_strict_plain(&scan, text.p,
					 text.p + text.n, true, &after,
					 &fault), end);
			if (row[i].whole) {
				assert_rebuilt(&scan, text.p, after);
			} else {
				assert_string_equal(fault.what,
						    "nested too deeply");
				assert_ptr_equal(fault.at, text.p +
					SCAN_DEPTH * strlen(open));
			}
			buffer_free(&text);
		}
	}
	scan_free(&scan);
}

static void a_value_has_less_than_4_gib(void **state)
{
	struct scan scan = {0};
	struct scan_fault fault = {0};
	const char *after = NULL;
	size_t size;
	char *text = long_text(&size);

	(void)state;
	memcpy(text, " [\"", 3);
	for (int last = 0; last < 2; last++) {
		assert_int_equal(read_text(&scan, text, size, last, &after,
					   &fault), SCAN_BAD);
		assert_string_equal(fault.what, "value too long");
		assert_int_equal(fault.at - (text + 1), UINT32_MAX);
		assert_ptr_equal(fault.opened, text + 2);
	}
	assert_int_equal(read_text(&scan, text, (size_t)UINT32_MAX + 1, false,
				   &after, &fault), SCAN_SHORT);
	if (getenv("ACMTUI_LONG")) {
		assert_int_equal(scan_relaxed(&scan, text, text + size,
					      &after, keep_fault, &fault),
				 SCAN_BAD);
		assert_string_equal(fault.what, "value too long");
		assert_int_equal(fault.at - (text + 1), UINT32_MAX);
	}
	memcpy(text, "[b] ", 4);
	assert_int_equal(scan_relaxed(&scan, text, text + size, &after,
				      NULL, NULL), SCAN_WHOLE);
	assert_ptr_equal(after, text + 3);
	assert_int_equal(scan.count, 1);
	munmap(text, size);
	scan_free(&scan);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_comes_apart_into_template_and_tokens),
		cmocka_unit_test(reading_stops_behind_the_value),
		cmocka_unit_test(
			a_scalar_at_the_end_is_whole_only_when_nothing_follows),
		cmocka_unit_test(
			a_value_cut_short_is_short_or_bad_but_never_whole),
		cmocka_unit_test(nesting_ends_at_the_limit),
		cmocka_unit_test(a_value_has_less_than_4_gib),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
