/* The SSE2 twin of the scanner and the plain one say the same of any bytes. */
#include "json_support.h"

#include "json/lexeme.h"

/* Both twins on the same bytes. */
static void compare_twins(struct scan *a, struct scan *b, const char *from,
			  const char *end, bool last)
{
	struct scan_fault fault_a = {0}, fault_b = {0};
	const char *after_a = NULL, *after_b = NULL;
	enum scan_end end_a = scan_strict(a, from, end, last, &after_a,
					  &fault_a);
	enum scan_end end_b = scan_strict_plain(b, from, end, last, &after_b,
						&fault_b);

	assert_int_equal(end_a, end_b);
	assert_ptr_equal(after_a, after_b);
	assert_memory_equal(&fault_a, &fault_b, sizeof fault_a);
	assert_same_tokens(a, b);
	assert_int_equal(a->template.n, b->template.n);
	if (a->template.n > 0)
		assert_memory_equal(a->template.p, b->template.p,
				    a->template.n);
	if (end_a == SCAN_WHOLE)
		assert_rebuilt(a, scan_blank(from, end), after_a);
}

static void the_twins_agree_on_mutated_values(void **state)
{
	static const char seed_text[] =
		"{\"eventVersion\": \"1.08\",\n        \"userIdentity\" : {"
		"\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::123456789012:"
		"user/Alice\"},\"hb\":[42,42,42,42,42],\"limit\":10,"
		"\"name\":\"J\xc3\xb6rg \\u20ac \\\"quoted\\\" \xe2\x82\xac\","
		"\"tags\":[\"a\",\"b\",{\"key\":\"k\",\"value\":null}],"
		"\"readOnly\":false,\"managementEvent\":true,\"n\":-1.5e+3 }";
	static const char bytes[] = "\"\\{}[],: \n\t0159-+.eEtfnu\x01\x7f\xc3"
				    "\xa9\xff'/#a";
	struct scan a = {0}, b = {0};
	uint64_t random = 42;

	(void)state;
	for (int round = 0; round < 60000; round++) {
		size_t n = sizeof seed_text - 1;
		size_t from = next_random(&random) % 40;
		size_t changes = next_random(&random) % 4;
		char *text = exact_copy(seed_text, n);

		for (size_t i = 0; i < changes; i++)
			text[next_random(&random) % n] =
				bytes[next_random(&random) %
				      (sizeof bytes - 1)];
		if (round % 3 == 0)
			n -= next_random(&random) % n;
		if (from > n || round % 4)
			from = 0;
		compare_twins(&a, &b, text + from, text + n, round % 2);
		free(text);
	}
	scan_free(&a);
	scan_free(&b);
}

static void the_twins_agree_on_runs_of_every_length(void **state)
{
	struct scan a = {0}, b = {0};

	(void)state;
	for (size_t run = 0; run < 70; run++) {
		for (size_t blanks = 0; blanks < 40; blanks++) {
			struct buffer text = {0};

			buffer_add_text(&text, "{\"");
			for (size_t i = 0; i < run; i++)
				buffer_add_byte(&text, 'k');
			buffer_add_text(&text, "\":");
			for (size_t i = 0; i < blanks; i++)
				buffer_add_byte(&text, " \n\t\r"[i % 4]);
			buffer_add_text(&text, "\"");
			for (size_t i = 0; i < run; i++)
				buffer_add_byte(&text, 'v');
			buffer_add_text(&text, "\\n\xc3\xa9\"}");
			compare_twins(&a, &b, text.p, text.p + text.n, true);
			assert_int_equal(a.count, 1);
			assert_int_equal(a.tokens[0].length, run + 4);
			buffer_free(&text);
		}
	}
	scan_free(&a);
	scan_free(&b);
}

/* RFC 3629, with all its limits. */
static void only_utf8_is_taken_for_it(void **state)
{
	static const struct {
		const char *bytes;
		int length;     /* 0: it is not; -1: it may go on */
	} rows[] = {
		{"\x7f", 1}, {"\xc2\x80", 2}, {"\xdf\xbf", 2},
		{"\xe0\xa0\x80", 3}, {"\xed\x9f\xbf", 3},
		{"\xee\x80\x80", 3}, {"\xef\xbf\xbf", 3},
		{"\xf0\x90\x80\x80", 4}, {"\xf4\x8f\xbf\xbf", 4},
		{"\x80", 0}, {"\xbf", 0}, {"\xc0\x80", 0}, {"\xc1\xbf", 0},
		{"\xc2", -1}, {"\xc2\x7f", 0}, {"\xc2\xc0", 0},
		{"\xe0\x9f\xbf", 0}, {"\xed\xa0\x80", 0},
		{"\xe1\x80", -1}, {"\xe1\x80\x7f", 0}, {"\xe1\x80\xc0", 0},
		{"\xf0\x8f\xbf\xbf", 0}, {"\xf4\x90\x80\x80", 0},
		{"\xf1\x80\x80", -1}, {"\xf1\x80\x80\x7f", 0},
		{"\xf5\x80\x80\x80", 0}, {"\xff\x80\x80\x80", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct span text = exact_span(rows[i].bytes);
		int got = lexeme_utf8(text.p, text.p + text.n);

		if (got != rows[i].length)
			fail_msg("row %zu: %d", i, got);
		free((char *)text.p);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_utf8_is_taken_for_it),
		cmocka_unit_test(the_twins_agree_on_mutated_values),
		cmocka_unit_test(the_twins_agree_on_runs_of_every_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
