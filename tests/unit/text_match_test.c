/* Promises of text/match: patterns mean what PCRE2 says, and none holds a thread
 * up. */
#include "text_match_support.h"

#include <time.h>

struct row {
	struct span pattern;
	struct span value;
	bool expected;
	unsigned flags;
};

static void a_pattern_means_what_perl_says(void **state)
{
	static const struct row rows[] = {
		{SPAN("Denied"), SPAN("AccessDenied"), true, 0},
		{SPAN("denied"), SPAN("AccessDenied"), false, 0},
		{SPAN("(?i)denied"), SPAN("AccessDenied"), true, 0},
		{SPAN("denied"), SPAN("AccessDenied"), true, MATCH_CASELESS},
		{SPAN("^Access"), SPAN("AccessDenied"), true, 0},
		{SPAN("^Denied"), SPAN("AccessDenied"), false, 0},
		{SPAN("Denied$"), SPAN("AccessDenied"), true, 0},
		{SPAN("Access$"), SPAN("AccessDenied"), false, 0},
		{SPAN("^(Export|Import)C"), SPAN("ImportCertificate"), true, 0},
		{SPAN("^(Export|Import)C"), SPAN("DeleteCertificate"), false,
		 0},
		{SPAN(""), SPAN("anything"), true, 0},
		{SPAN(""), {NULL, 0}, true, 0},
		{SPAN("(a+)+b|()"), SPAN("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
		 true, 0},
		{{NULL, 0}, SPAN(""), true, 0},
		{SPAN("^$"), SPAN(""), true, 0},
		{SPAN("^$"), {NULL, 0}, true, 0},
		{SPAN("^$"), SPAN("x"), false, 0},
		{SPAN("."), SPAN(""), false, 0},
		/* a value is one text, whatever is in it */
		{SPAN("^b"), SPAN("a\nb"), false, 0},
		{SPAN("a.b"), SPAN("a\nb"), false, 0},
		{SPAN("a$"), SPAN("a\n"), true, 0},
		{SPAN("a\\z"), SPAN("a\n"), false, 0},
		{SPAN("rm"), SPAN("safe\0;rm -rf"), true, 0},
		{SPAN("safe\\x00;"), SPAN("safe\0;rm -rf"), true, 0},
		{SPAN("\0;"), SPAN("safe\0;rm -rf"), true, 0},
		/* letters of every script */
		{SPAN("^.$"), SPAN("\u6f22"), true, 0},
		{SPAN("^\\w+$"), SPAN("Zo\u00eb"), true, 0},
		{SPAN("(?i)\u00cb"), SPAN("Zo\u00eb"), true, 0},
		{SPAN("\\p{Cyrillic}"), SPAN("p\u0430ypal"), true, 0},
		{SPAN("[^\\x00-\\x7F]"), SPAN("paypal"), false, 0},
		/* bytes that are not UTF-8 */
		{SPAN("after"), SPAN("\xff\xc3 after"), true, 0},
		{SPAN("^after"), SPAN("\xff""after"), false, 0},
		{SPAN("\xed\x9f\xbf"), SPAN("\xed\x9f\xbf"), true, 0},
		{SPAN("a.b"), SPAN("a\xff""b"), false, 0},
		{SPAN("(?s)a.b"), SPAN("a\xed\xa0\x80""b"), false, 0},
		/* literals */
		{SPAN("a.b"), SPAN("axb"), false, MATCH_LITERAL},
		{SPAN("a.b"), SPAN("xa.bx"), true, MATCH_LITERAL},
		{SPAN("A.b"), SPAN("xa.bx"), false, MATCH_LITERAL},
		{SPAN("A.B"), SPAN("xa.bx"), true,
		 MATCH_LITERAL | MATCH_CASELESS},
		{SPAN("(*NO_JIT)"), SPAN("(*NO_JIT)"), true, MATCH_LITERAL},
		{SPAN("\xed\xa0\x80"), SPAN("lone \xed\xa0\x80!"), true,
		 MATCH_LITERAL},
		{SPAN("\xed\xa0\x80"), SPAN("lone \xed\xa0\x81!"), false,
		 MATCH_LITERAL},
		{SPAN("\xff"), SPAN(""), false, MATCH_LITERAL},
		{SPAN("\xff"), {NULL, 0}, false, MATCH_LITERAL},
		/* the same without JIT */
		{SPAN("(*NO_JIT)^a.c$"), SPAN("abc"), true, 0},
		{SPAN("(*NO_JIT)^a.c$"), SPAN("a\xff""c"), false, 0},
		{SPAN("(*NO_JIT)c$"), SPAN("a\xff""c"), true, 0},
		/* the limits of the pattern itself only lower ours */
		{SPAN("(*LIMIT_MATCH=4000000000)a"), SPAN("a"), true, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct match *m = compiled(rows[i].pattern, rows[i].flags);
		enum match_verdict v = match_value(m, worker, rows[i].value,
						   NULL);

		if (v != (rows[i].expected ? MATCH_YES : MATCH_NO))
			fail_msg("/%s/ on \"%s\": %d", rows[i].pattern.p,
				 rows[i].value.p, v);
		match_free(m);
	}
}

static void a_hit_has_its_place(void **state)
{
	static const struct {
		struct span pattern, value;
		size_t from, start, end;
		enum match_verdict expected;
		unsigned flags;
	} rows[] = {
		{SPAN("b+"), SPAN("abbbc"), 0, 1, 4, MATCH_YES, 0},
		{SPAN("b+"), SPAN("abbbc"), 2, 2, 4, MATCH_YES, 0},
		{SPAN("b+"), SPAN("abbbc"), 4, 0, 0, MATCH_NO, 0},
		{SPAN("^a"), SPAN("aa"), 1, 0, 0, MATCH_NO, 0},
		{SPAN("\\bb"), SPAN("ab"), 1, 0, 0, MATCH_NO, 0},
		{SPAN("x*"), SPAN("ab"), 2, 2, 2, MATCH_YES, 0},
		{SPAN("x*"), SPAN("ab"), 9, 2, 2, MATCH_YES, 0},
		{SPAN("x*"), {NULL, 0}, 0, 0, 0, MATCH_YES, 0},
		{SPAN("(a)(b)(c)"), SPAN("xabc"), 0, 1, 4, MATCH_YES, 0},
		{SPAN("\u6f22"), SPAN("a\u6f22"), 0, 1, 4, MATCH_YES, 0},
		{SPAN("\xff"), SPAN("a\xff\xff"), 2, 2, 3, MATCH_YES,
		 MATCH_LITERAL},
		{SPAN("\xff"), SPAN("a\xff""b"), 2, 0, 0, MATCH_NO,
		 MATCH_LITERAL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct match *m = compiled(rows[i].pattern, rows[i].flags);
		size_t start = 0, end = 0;

		assert_int_equal(match_find(m, worker, rows[i].value,
					    rows[i].from, NULL, &start, &end),
				 rows[i].expected);
		assert_int_equal(start, rows[i].start);
		assert_int_equal(end, rows[i].end);
		match_free(m);
	}
}

static void what_is_no_pattern_has_a_place_and_a_hint(void **state)
{
	static const struct {
		struct span pattern;
		unsigned column;   /* 0: versions of PCRE2 differ */
		const char *text, *hint;
		unsigned flags;
	} rows[] = {
		{SPAN("(a"), 3, "closing parenthesis", "\\(", 0},
		{SPAN("a)"), 0, "closing parenthesis", "\\)", 0},
		{SPAN("[a"), 3, "]", "\\[", 0},
		{SPAN("["), 2, "]", "\\[", 0},
		{SPAN("[z-a]"), 0, "range", "\\-", 0},
		{SPAN("[\\d-z]"), 0, "range", "\\-", 0},
		{SPAN("*"), 0, "quantifier", "\\*", 0},
		{SPAN("a|+b"), 0, "quantifier", "\\+", 0},
		{SPAN("a\\"), 3, "\\ at end", "backslash", 0},
		{SPAN("ab\\C"), 0, "\\C", "use .", 0},
		{SPAN("(?<=a*)b"), 0, "lookbehind", "length", 0},
		{SPAN("(((a{0,50}){0,50}){0,50}){0,50}"), 0, "too large",
		 "repeat less", 0},
		{SPAN("a{2,1}"), 0, "out of order", "", 0},
		{SPAN("\\p{Klingon}"), 0, "property", "", 0},
		{SPAN("a\xff""b"), 2, "UTF-8", "", 0},
		{SPAN("a\xff""b"), 2, "UTF-8", "",
		 MATCH_LITERAL | MATCH_CASELESS},
	};
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_null(match_compile(rows[i].pattern, rows[i].flags,
					  &err));
		assert_true(span_starts(span_of(err.text),
					SPAN("regex: ")));
		if (!strstr(err.text, rows[i].text) ||
		    !strstr(err.hint, rows[i].hint) ||
		    (rows[i].hint[0] == '\0') != (err.hint[0] == '\0'))
			fail_msg("%s: %s (%s)", rows[i].pattern.p, err.text,
				 err.hint);
		assert_int_equal(err.line, 1);
		if (rows[i].column)
			assert_int_equal(err.column, rows[i].column);
		assert_in_range(err.column, 1, rows[i].pattern.n + 1);
		assert_int_equal(err.offset + 1, err.column);
	}
	assert_null(match_compile(SPAN("("), 0, NULL));
}

static void patterns_of_any_size_are_answered(void **state)
{
	struct buffer b = {0};
	struct match *m;
	struct error err;

	(void)state;
	for (int i = 0; i < 250; i++)
		buffer_add_text(&b, "(");
	for (int i = 0; i < 250; i++)
		buffer_add_text(&b, ")");
	match_free(compiled(buffer_span(&b), 0));
	buffer_clear(&b);
	for (int i = 0; i < 251; i++)
		buffer_add_text(&b, "(");
	for (int i = 0; i < 251; i++)
		buffer_add_text(&b, ")");
	assert_null(match_compile(buffer_span(&b), 0, &err));
	assert_non_null(strstr(err.hint, "nest less"));
	buffer_clear(&b);
	while (b.n < MATCH_PATTERN)
		buffer_add_byte(&b, 'a');
	m = compiled(buffer_span(&b), 0);
	assert_int_equal(match_value(m, worker, buffer_span(&b), NULL),
			 MATCH_YES);
	match_free(m);
	buffer_add_byte(&b, 'a');
	assert_null(match_compile(buffer_span(&b), 0, &err));
	assert_non_null(strstr(err.text, "longer than"));
	/* Fits once, but not with a look at the clock before each item. */
	buffer_clear(&b);
	while (b.n < 2400)
		buffer_add_text(&b, "(a){9}");
	assert_null(match_compile(buffer_span(&b), 0, &err));
	assert_non_null(strstr(err.text, "too large"));
	buffer_free(&b);
	match_free(NULL);
	match_worker_free(NULL);
}

static double thread_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Patterns that take exponential, cubic or quadratic time. */
static const struct span exploding[] = {
	SPAN("(a+)+$"), SPAN("(a+)+b"), SPAN("(a|a)*b"), SPAN("(a|aa)+[d-z]"),
	SPAN("(a*)*[d-z]"), SPAN("(.*)*[d-z]"), SPAN("(\\w+)*[!-~]!"),
	SPAN("(?s)[a-c](?=[abcx]*+z)"), SPAN("[abcx]*[yz]"),
	SPAN("[a-c][abcx]*[y-z]"), SPAN(".*.*.*[y-z]"),
	SPAN("a.*a.*a.*a.*[d-z]"), SPAN("[ab]*?[ab]*?[ab]*?[y-z]"),
	SPAN("(a?){30}a{30}[y-z]"), SPAN("(a(b)?)+[y-z]"),
	SPAN("^(([a-z])+.)+[A-Z]([a-z])+$"), SPAN("(?:a?a?)*[y-z]"),
	SPAN("(?=(a+))a*b\\1[y-z]"), SPAN("((a{0,5}){0,5}){0,5}[y-z]"),
	SPAN("(.*?,){11}P"), SPAN("(?R)?a+[y-z]"), SPAN("(a+)\\1+[y-z]"),
	SPAN("(*NO_JIT)(a+)+[y-z]"), SPAN("(*NO_JIT)[abcx]*[yz]"),
	SPAN("(*NO_JIT)(?s)[a-c](?=[abcx]*+z)"),
};

static void no_pattern_holds_a_thread_up(void **state)
{
	size_t sizes[] = {64, 256, 257, 1024, 16384, 65536, 8 << 20};
	size_t largest = sizes[sizeof sizes / sizeof *sizes - 1];
	char *text = memory_alloc(largest);
	const char *instrumented = getenv("ACMTUI_INSTRUMENTED");
	double slower = instrumented && *instrumented ? 10 : 1, worst = 0;
	unsigned undecided = 0;

	(void)state;
	memset(text, 'a', largest);
	for (size_t i = 0; i < sizeof exploding / sizeof *exploding; i++) {
		struct match *m = compiled(exploding[i], 0);

		for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
			struct span value = {text, sizes[k]};
			/* 20, and the way between two looks at the clock,
			   which is a whole scan of a huge value. */
			double allowed = sizes[k] > 1 << 20 ? 60 : 30;
			double from = thread_ms(), taken;
			enum match_verdict v;

			/* Several letters, so that no search for a byte ends
			   the matter. */
			text[sizes[k] / 2] = 'b';
			v = match_value(m, worker, value, NULL);
			text[sizes[k] / 2] = 'a';
			taken = thread_ms() - from;
			undecided += v == MATCH_UNDECIDED;
			if (sizes[k] <= 65536 && taken > worst)
				worst = taken;
			if (taken > allowed * slower)
				fail_msg("/%s/ on %zu bytes took %.1f ms",
					 exploding[i].p, sizes[k], taken);
		}
		match_free(m);
	}
	printf("slowest on up to 64 KiB: %.1f ms; %u undecided\n", worst,
	       undecided);
	assert_in_range(undecided, 30, 175);
	free(text);
}

static void what_is_undecided_is_never_a_no(void **state)
{
	char text[65536];
	struct span value = {text, sizeof text};
	struct lines l = {0};
	struct match *m;
	uint64_t yes = 0, undecided = 0;
	struct match_block b;

	(void)state;
	memset(text, 'a', sizeof text);
	m = compiled(SPAN("(?s)[a-c](?=[abcx]*+z)"), 0);
	assert_int_equal(match_value(m, worker, value, NULL),
			 MATCH_UNDECIDED);
	/* Decided where there is an answer within the limits. */
	text[100] = 'z';
	assert_int_equal(match_value(m, worker, value, NULL), MATCH_YES);
	value.n = 100;
	assert_int_equal(match_value(m, worker, value, NULL), MATCH_NO);
	match_free(m);
	/* Each letter is a step that may be taken back. */
	memset(text, 'a', sizeof text);
	value.n = 8192;
	m = compiled(SPAN("^(?:(a)|b)*$"), 0);
	assert_int_equal(match_value(m, worker, value, NULL), MATCH_YES);
	match_free(m);
	value.n = 256;
	m = compiled(SPAN("^((((((((((((((((((((a|b))))))))))))))))))))*$"), 0);
	assert_int_equal(match_value(m, worker, value, NULL), MATCH_YES);
	match_free(m);
	/* In a block only the guilty line is in doubt. */
	add_line(&l, SPAN("aaaz"));
	add_line(&l, (struct span){text, 60});
	add_line(&l, SPAN("b"));
	add_line(&l, SPAN("y"));
	m = compiled(SPAN("(a|aa)+[yz]|y"), 0);
	assert_int_equal(match_value(m, worker, line(&l, 1), NULL),
			 MATCH_UNDECIDED);
	b = (struct match_block){l.bytes.p, l.start, 0, l.count, &yes,
				 &undecided};
	assert_true(match_block(m, worker, &b, NULL));
	assert_int_equal(yes, 9);
	assert_int_equal(undecided, 2);
	match_free(m);
	free_lines(&l);
}

/* Without JIT each group keeps a copy of all that may be captured. */
static void what_needs_too_much_memory_is_undecided(void **state)
{
	static const struct {
		int groups;
		enum match_verdict expected;
	} rows[] = {{100, MATCH_YES}, {2000, MATCH_UNDECIDED}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer pattern = {0};
		struct match *m;

		buffer_add_text(&pattern, "(*NO_JIT)");
		for (int k = 0; k < rows[i].groups; k++)
			buffer_add_text(&pattern, "()");
		m = compiled(buffer_span(&pattern), 0);
		assert_int_equal(match_value(m, worker, SPAN("a"), NULL),
				 rows[i].expected);
		match_free(m);
		buffer_free(&pattern);
	}
}

static void cancelling_ends_a_match_at_once(void **state)
{
	size_t n = 65536;
	char *text = memory_alloc(n);
	atomic_bool cancel;
	struct lines l = {0};
	struct match *m = compiled(SPAN("(?s)[a-c](?=[abcx]*+z)"), 0);
	uint64_t yes[4] = {0}, undecided[4] = {0};
	struct match_block b;
	double from;

	(void)state;
	memset(text, 'a', n);
	atomic_init(&cancel, false);
	from = thread_ms();
	assert_int_equal(match_value(m, worker, (struct span){text, n},
				     &cancel), MATCH_UNDECIDED);
	assert_true(thread_ms() - from > 15);
	atomic_store(&cancel, true);
	from = thread_ms();
	assert_int_equal(match_value(m, worker, (struct span){text, n},
				     &cancel), MATCH_UNDECIDED);
	assert_true(thread_ms() - from < 15);
	for (int i = 0; i < 200; i++)
		add_line(&l, SPAN("a"));
	b = (struct match_block){l.bytes.p, l.start, 0, l.count, yes,
				 undecided};
	assert_false(match_block(m, worker, &b, &cancel));
	assert_int_equal(yes[0] | undecided[0], 0);
	match_free(m);
	free_lines(&l);
	free(text);
}

static void a_quoted_text_finds_itself(void **state)
{
	uint64_t seed = 9;
	struct buffer b = {0}, pattern = {0};
	struct match *m;

	(void)state;
	match_quote(SPAN("a.b"), &pattern);
	assert_string_equal(buffer_text(&pattern), "a\\.b");
	for (int i = 0; i < 2000; i++) {
		static const char signs[] =
			" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\naZ09\0\t";
		size_t n = next_random(&seed) % 12;

		buffer_clear(&b);
		buffer_clear(&pattern);
		buffer_add_byte(&pattern, '^');
		while (b.n < n)
			buffer_add_byte(&b, signs[next_random(&seed) %
						  (sizeof signs - 1)]);
		buffer_add_text(&b, "\u00eb");
		match_quote(buffer_span(&b), &pattern);
		buffer_add_text(&pattern, "$");
		m = compiled(buffer_span(&pattern), 0);
		assert_int_equal(match_value(m, worker, buffer_span(&b),
					     NULL), MATCH_YES);
		buffer_add_byte(&b, 'x');
		assert_int_equal(match_value(m, worker, buffer_span(&b),
					     NULL), MATCH_NO);
		match_free(m);
	}
	buffer_free(&b);
	buffer_free(&pattern);
}

static void a_pattern_of_nothing_is_known(void **state)
{
	static const struct {
		const char *pattern;
		bool expected;
	} rows[] = {
		{"", true}, {"a*", true}, {"a|", true}, {"^$", true},
		{"(?=)", true}, {"a", false}, {".", false}, {"\\b", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct match *m = compiled(span_of(rows[i].pattern), 0);

		assert_int_equal(match_matches_empty(m, worker),
				 rows[i].expected);
		match_free(m);
	}
}

static void the_version_is_told(void **state)
{
	struct buffer b = {0};
	int major, minor;

	(void)state;
	match_version(&b);
	assert_int_equal(sscanf(buffer_text(&b), "%d.%d ", &major, &minor), 2);
	assert_true(major >= 10);
	assert_true(span_ends(buffer_span(&b), SPAN(" with JIT")) ||
		    span_ends(buffer_span(&b), SPAN(" without JIT")));
	buffer_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_means_what_perl_says),
		cmocka_unit_test(a_hit_has_its_place),
		cmocka_unit_test(what_is_no_pattern_has_a_place_and_a_hint),
		cmocka_unit_test(patterns_of_any_size_are_answered),
		cmocka_unit_test(no_pattern_holds_a_thread_up),
		cmocka_unit_test(what_is_undecided_is_never_a_no),
		cmocka_unit_test(what_needs_too_much_memory_is_undecided),
		cmocka_unit_test(cancelling_ends_a_match_at_once),
		cmocka_unit_test(a_quoted_text_finds_itself),
		cmocka_unit_test(a_pattern_of_nothing_is_known),
		cmocka_unit_test(the_version_is_told),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
