/* Promises of text/match about blocks: the verdicts of a block of values are
 * those of its values, whatever the pattern. */
#define _DEFAULT_SOURCE
#include "exact.h"
#include "text_match_support.h"

#include "text/glance.h"

#include <sys/mman.h>
#include <unistd.h>

static bool bit(const uint64_t *set, uint32_t i)
{
	return set[i / 64] >> (i % 64) & 1;
}

/* What is told without a search is what a search finds, if it comes to an
 * end. */
static void assert_found(const struct match *m, struct span pattern,
			 struct span value, enum match_verdict told)
{
	size_t start, end;
	enum match_verdict found = match_find(m, worker, value, 0, NULL,
					      &start, &end);

	if (found != told && found != MATCH_UNDECIDED)
		fail_msg("/%.*s/ on \"%.*s\": told %d, found %d",
			 (int)pattern.n, pattern.p, (int)value.n, value.p,
			 told, found);
}

/* Values [first, end) in a block against the same ones alone; none outside is
 * touched.  Returns the number that matched. */
static unsigned compare(const struct match *m, struct span pattern,
			const struct lines *l, uint32_t first, uint32_t end)
{
	size_t words = l->count / 64 + 1;
	uint64_t *yes = memory_clear(words, sizeof *yes);
	uint64_t *undecided = memory_clear(words, sizeof *undecided);
	struct match_block b = {l->bytes.p, l->start, first, end, yes,
				undecided};
	unsigned hits = 0;

	assert_true(match_block(m, worker, &b, NULL));
	for (uint32_t i = 0; i < l->count; i++) {
		enum match_verdict in_block =
			bit(yes, i) ? MATCH_YES
			: bit(undecided, i) ? MATCH_UNDECIDED : MATCH_NO;
		enum match_verdict alone = MATCH_NO;

		if (i >= first && i < end) {
			alone = match_value(m, worker, line(l, i), NULL);
			assert_found(m, pattern, line(l, i), alone);
		}
		if (in_block != alone)
			fail_msg("/%.*s/ on \"%.*s\" (%u in %u to %u): %d in "
				 "its block, %d alone", (int)pattern.n,
				 pattern.p, (int)line(l, i).n, line(l, i).p, i,
				 first, end, in_block, alone);
		hits += alone == MATCH_YES;
	}
	free(yes);
	free(undecided);
	return hits;
}

/* A value of up to about N pieces: of what the patterns below look for, of
 * what ends or breaks lines elsewhere, of what is not UTF-8. */
static void random_value(struct buffer *b, uint64_t *seed, size_t n)
{
	static const struct span pieces[] = {
		SPAN("a"), SPAN("b"), SPAN("c"), SPAN("ab"), SPAN("aaa"),
		SPAN("Alice"), SPAN("alice"), SPAN("arn:aws:acm:"),
		SPAN("certificate/"), SPAN("AccessDenied"), SPAN("."),
		SPAN("-"), SPAN("10.0.0.1"), SPAN("203"), SPAN("9"),
		SPAN(" "), SPAN("\t"), SPAN("\r"), SPAN("\0"), SPAN("\\"),
		SPAN("["), SPAN("]"), SPAN("("), SPAN("*"), SPAN("$"),
		SPAN("^"), SPAN("_"), SPAN("x"), SPAN("z"), SPAN("Z"),
		SPAN("\u00eb"), SPAN("\u6f22"), SPAN("\u017f"),
		SPAN("\u212a"), SPAN("\u0663"), SPAN("\u2028"),
		SPAN("\xc2\x85"), SPAN("\xff"), SPAN("\xc3"), SPAN("\xe2\x82"),
		SPAN("\xed\xa0\x80"), SPAN("\xf0\x9f\x98"),
	};
	size_t count = next_random(seed) % (n + 1);

	buffer_clear(b);
	while (count-- > 0)
		buffer_add_span(b, pieces[next_random(seed) %
					  (sizeof pieces / sizeof *pieces)]);
}

static void random_lines(struct lines *l, uint32_t count, uint64_t *seed)
{
	struct buffer b = {0};

	for (uint32_t i = 0; i < count; i++) {
		random_value(&b, seed, next_random(seed) % 20 == 0 ? 120 : 8);
		add_line(l, buffer_span(&b));
	}
	buffer_free(&b);
}

/* Patterns that are searched in blocks. */
static const struct span in_blocks[] = {
	SPAN(""), SPAN("a"), SPAN("alice"), SPAN("(?i)alice"), SPAN("(?i)"),
	SPAN("AccessDenied"), SPAN("AccessDenied|Alice"), SPAN("a|"),
	SPAN("|b"), SPAN("^arn:aws:acm:.*certificate/"), SPAN("^arn:"),
	SPAN("certificate/$"), SPAN("^$"), SPAN("^"), SPAN("$"), SPAN("$^"),
	SPAN("^^a"), SPAN("a$$"), SPAN("$a"), SPAN("a^"), SPAN("a$b"),
	SPAN("^a|b$"), SPAN("(^a|b$)c"), SPAN("(^)*a"), SPAN("(a|$)b?"),
	SPAN("\\b10\\.\\d+\\.\\d+\\.\\d+\\b"), SPAN("\\b"), SPAN("\\bAlice"),
	SPAN("Alice\\b"), SPAN("\\ba\\b"), SPAN("\\d"), SPAN("^\\d+$"),
	SPAN("\\w"), SPAN("^\\w*$"), SPAN("\\w+\\.\\w+"), SPAN("."),
	SPAN(".*"), SPAN("^.*$"), SPAN("^.$"), SPAN("^..$"), SPAN(".+a"),
	SPAN("a.*b"), SPAN("a.b"), SPAN("a.*?b"), SPAN("a+"), SPAN("a+?b"),
	SPAN("a?b"), SPAN("a??b"), SPAN("a{2}"), SPAN("a{2,}"),
	SPAN("^a{1,3}$"), SPAN("a{2,3}?b"), SPAN("a{,3}"), SPAN("a{"),
	SPAN("(a+)+$"), SPAN("(a|aa)+$"), SPAN("(a*)*b"), SPAN("(a|b)*c"),
	SPAN("(?:a|b)+c$"), SPAN("(?:^a|c)b"), SPAN("((a)(b)?)+"), SPAN("()"),
	SPAN("(?:)"), SPAN("[ab]"), SPAN("^[ab]+$"), SPAN("[a-c]+x"),
	SPAN("[0-9a-f]{3}-"), SPAN("[\\d\\-]"), SPAN("[\\w.]+$"),
	SPAN("[]a]"), SPAN("[a\\]]"), SPAN("[ -~]+$"), SPAN("[*+?]"),
	SPAN("(?i)[a-z]+k"), SPAN("(?i)(delete|alice).*(denied|acm)"),
	SPAN("\\."), SPAN("\\[\\]"), SPAN("\\*\\$"), SPAN("\\\\"),
	SPAN("\\("), SPAN("}"), SPAN("]"), SPAN("\u00eb+"), SPAN("[\u00eb]"),
	SPAN("(?i)\u00cb"), SPAN("\u6f22.\u6f22"), SPAN("(?i)s"),
	SPAN("(?i)k$"), SPAN("x*"), SPAN("(x*)*"), SPAN("^(a?){3}a{3}$"),
	SPAN("[ab]*[ab]*[ab]*[ab]*c"),
	SPAN("a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?[d-z]"),
};

/* Patterns that must not be. */
static const struct span not_in_blocks[] = {
	SPAN("[^x]"), SPAN("[^x]*$"), SPAN("\\s"), SPAN("\\W"), SPAN("\\D"),
	SPAN("\\S"), SPAN("\\B"), SPAN("\\R"), SPAN("\\X"), SPAN("\\n"),
	SPAN("\\x0a"), SPAN("\\012"), SPAN("\\N"), SPAN("\\h"), SPAN("\\v"),
	SPAN("\\A"), SPAN("\\Aa"), SPAN("a\\z"), SPAN("a\\Z"), SPAN("\\Ga"),
	SPAN("a\\Kb"), SPAN("(?s).*"), SPAN("(?m)^a"), SPAN("(?x)a b"),
	SPAN("(?-m)^a"), SPAN("(?i:a)"), SPAN("a(?i)b"), SPAN("(?=a)"),
	SPAN("(?!a)"), SPAN("(?<=a)b"), SPAN("(?<!a)b"), SPAN("(?>a+)b"),
	SPAN("(?|a|b)"), SPAN("(?<n>a)"), SPAN("(?#comment)"), SPAN("a++b"),
	SPAN("a*+b"), SPAN("a?+b"), SPAN("a{2}+b"), SPAN("(a)\\1"),
	SPAN("()()()()()()()()(a)\\9"),
	SPAN("(?:\\s)"), SPAN("(?i)\\s"),
	SPAN("(?1)(a)"), SPAN("(*COMMIT)a"), SPAN("(*NO_JIT)a"),
	SPAN("(*CRLF)a"), SPAN("a(*SKIP)b"), SPAN("\\Qa.b\\E"),
	SPAN("[[:space:]]"), SPAN("[[:alpha:]]"), SPAN("[\\s]"),
	SPAN("[\\W]"), SPAN("[\\x01-z]"), SPAN("[\\b]"), SPAN("[\\b-z]"),
	SPAN("[\x01-z]"), SPAN("[a\n]"), SPAN("a\nb"), SPAN("a\tb"),
	SPAN("\\ "), SPAN("\\\x7f"), SPAN("\\\u00eb"),
	SPAN("\\p{L}"), SPAN("\\a"), SPAN("\\e"), SPAN("\\cJ"), SPAN("a(?C1)b"),
};

static void blocks_are_searched_where_that_is_proved(void **state)
{
	size_t n = sizeof in_blocks / sizeof *in_blocks;
	struct match *m;

	(void)state;
	m = compiled(SPAN("a"), 0);
	if (!match_can_block(m)) {
		match_free(m);
		puts("SKIP: this PCRE2 has no JIT");
		skip();
	}
	match_free(m);
	assert_in_range(n, 70, 1000);
	for (size_t i = 0; i < n; i++) {
		m = compiled(in_blocks[i], 0);
		if (!match_can_block(m))
			fail_msg("/%s/ is not searched in blocks",
				 in_blocks[i].p);
		match_free(m);
	}
	n = sizeof not_in_blocks / sizeof *not_in_blocks;
	for (size_t i = 0; i < n; i++) {
		m = compiled(not_in_blocks[i], 0);
		if (match_can_block(m))
			fail_msg("/%s/ is searched in blocks",
				 not_in_blocks[i].p);
		match_free(m);
	}
	m = compiled(SPAN("\\s(?="), MATCH_LITERAL);
	assert_true(match_can_block(m));
	match_free(m);
	m = compiled(SPAN("a\nb"), MATCH_LITERAL);
	assert_false(match_can_block(m));
	match_free(m);
	m = compiled(SPAN("\xff"), MATCH_LITERAL);
	assert_false(match_can_block(m));
	match_free(m);
}

static void a_glance_tells_what_is_straight_or_holds_anywhere(void **state)
{
	static const struct {
		struct span pattern;
		bool straight, anywhere;
	} cases[] = {
		{SPAN(""), true, true}, {SPAN("alice"), true, true},
		{SPAN("(?i)a.c|[xy]\\.\\d"), true, true},
		{SPAN("^a"), true, false}, {SPAN("a$"), true, false},
		{SPAN("a|\\b"), true, false}, {SPAN("a*"), false, true},
		{SPAN("a+"), false, true}, {SPAN("a?"), false, true},
		{SPAN("a{2}"), false, true}, {SPAN("(a)"), false, true},
		{SPAN("[*+?({^$]\\*"), true, true},
		{SPAN("\\s"), false, false}, {SPAN("a++"), false, false},
		{SPAN("a\\"), false, false}, {SPAN("["), false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct span pattern = exact_span(cases[i].pattern.p);
		struct glance told = glance_at(pattern);

		free((char *)pattern.p);
		if (told.straight != cases[i].straight ||
		    told.anywhere != cases[i].anywhere)
			fail_msg("/%s/: %d %d", cases[i].pattern.p,
				 told.straight, told.anywhere);
	}
}

static void a_block_gives_the_verdicts_of_its_values(void **state)
{
	uint64_t seed = 7;
	struct lines l = {0};
	unsigned matched = 0;

	(void)state;
	add_line(&l, SPAN(""));
	random_lines(&l, 1500, &seed);
	add_line(&l, SPAN(""));
	for (int pass = 0; pass < 4; pass++) {
		const struct span *patterns = pass & 1 ? not_in_blocks
						       : in_blocks;
		size_t n = pass & 1
			? sizeof not_in_blocks / sizeof *not_in_blocks
			: sizeof in_blocks / sizeof *in_blocks;

		for (size_t i = 0; i < n; i++) {
			struct match *m = compiled(
				patterns[i], pass & 2 ? MATCH_CASELESS : 0);
			uint32_t first = (uint32_t)next_random(&seed) %
					 l.count;

			matched += compare(m, patterns[i], &l, 0, l.count) > 0;
			compare(m, patterns[i], &l, first, l.count - 1);
			match_free(m);
		}
	}
	assert_in_range(matched, 200, 1000);
	free_lines(&l);
}

static void literals_give_the_same_verdicts_in_blocks(void **state)
{
	static const struct span literals[] = {
		SPAN(""), SPAN("a"), SPAN("ALICE"), SPAN("10.0"), SPAN("$"),
		SPAN("\xff"), SPAN("\xed\xa0\x80"), SPAN("b\nb"), SPAN("\r"),
		SPAN("\0"), SPAN("\u00eb"),
	};
	uint64_t seed = 8;
	struct lines l = {0};

	(void)state;
	random_lines(&l, 1500, &seed);
	for (size_t i = 0; i < sizeof literals / sizeof *literals; i++) {
		struct match *m = compiled(literals[i], MATCH_LITERAL);
		unsigned expected = 0;

		for (uint32_t k = 0; k < l.count; k++)
			expected += span_find(line(&l, k), literals[i]) !=
				    NULL;
		assert_int_equal(compare(m, literals[i], &l, 0, l.count),
				 expected);
		match_free(m);
	}
	free_lines(&l);
}

/* Patterns of the block grammar, put together at random. */
static void random_pattern(struct buffer *b, uint64_t *seed)
{
	static const char *const atoms[] = {
		"a", "b", "z", ".", "^", "$", "\\b", "\\d", "\\w", "[ab]",
		"[a-z]", "[\\d.]", "(a|b)", "(?:a.|b)", "(^|a)", "(b|$)",
		"(a*)", "\\.", "\u00eb", "[\u00eb-\u6f22]", "|", "Alice",
	};
	static const char *const quantifiers[] = {
		"", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}",
		"{1,2}", "{0,3}?", "{2,}",
	};
	size_t parts = 1 + next_random(seed) % 5;

	buffer_clear(b);
	if (next_random(seed) % 4 == 0)
		buffer_add_text(b, "(?i)");
	while (parts-- > 0) {
		buffer_add_text(b, atoms[next_random(seed) %
					 (sizeof atoms / sizeof *atoms)]);
		buffer_add_text(b, quantifiers[next_random(seed) %
					       (sizeof quantifiers /
						sizeof *quantifiers)]);
	}
}

static void random_patterns_agree_in_blocks_too(void **state)
{
	const char *longer = getenv("ACMTUI_LONG");
	uint64_t seed = 20260101;
	struct buffer b = {0};
	unsigned tried = 0, wanted = longer ? 200000 : 2000;

	(void)state;
	while (tried < wanted) {
		struct lines l = {0};
		struct match *m;

		random_pattern(&b, &seed);
		m = match_compile(buffer_span(&b), 0, NULL);
		if (!m)
			continue;
		random_lines(&l, 40, &seed);
		compare(m, buffer_span(&b), &l, 0, l.count);
		free_lines(&l);
		match_free(m);
		tried++;
	}
	buffer_free(&b);
}

static void long_values_stand_between_short_ones(void **state)
{
	char text[70000];
	struct lines l = {0};
	struct match *m;

	(void)state;
	memset(text, 'a', sizeof text);
	for (size_t n = 250; n < 262; n++) {
		add_line(&l, SPAN("short"));
		add_line(&l, (struct span){text, n});
	}
	add_line(&l, (struct span){text, sizeof text});
	add_line(&l, (struct span){text, 256});
	add_line(&l, SPAN(""));
	m = compiled(SPAN("^a{255,}$"), 0);
	assert_int_equal(compare(m, SPAN("^a{255,}$"), &l, 0, l.count), 9);
	match_free(m);
	m = compiled(SPAN("^$"), 0);
	assert_int_equal(compare(m, SPAN("^$"), &l, 0, l.count), 1);
	match_free(m);
	/* Alone it takes longer than it may. */
	free_lines(&l);
	for (int i = 0; i < 21; i++)
		add_line(&l, i == 10 ? (struct span){text, 60000} : SPAN("b"));
	m = compiled(SPAN("[ab]*[yz]"), 0);
	assert_int_equal(compare(m, SPAN("[ab]*[yz]"), &l, 0, l.count), 0);
	match_free(m);
	/* More than one block of lines, hits far apart. */
	free_lines(&l);
	for (int i = 0; i < 20000; i++)
		add_line(&l, i % 4999 == 0 ? SPAN("needle") : SPAN("straw"));
	m = compiled(SPAN("needle"), 0);
	assert_int_equal(compare(m, SPAN("needle"), &l, 0, l.count), 5);
	match_free(m);
	free_lines(&l);
}

static void only_the_values_that_were_asked_for_are_tried(void **state)
{
	struct lines l = {0};
	struct match *m = compiled(SPAN("a"), 0);

	(void)state;
	for (int i = 0; i < 40; i++)
		add_line(&l, SPAN("a"));
	for (uint32_t end = 0; end <= l.count; end++)
		for (uint32_t first = 0; first <= end; first++)
			assert_int_equal(compare(m, SPAN("a"), &l, first, end),
					 end - first);
	match_free(m);
	free_lines(&l);
}

/* What PCRE2 compiles is nothing that a sanitizer looks at. */
static void nothing_is_read_behind_the_values(void **state)
{
	static const uint32_t start[] = {0, 2, 4, 6, 8, 10, 12, 14, 16, 18,
					 20, 22, 24, 26, 28, 30, 32};
	static const struct span patterns[] = {SPAN("z"), SPAN("[yz]")};
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *room = mmap(NULL, page * 2, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t yes = 0, undecided = 0;
	struct match_block b = {room + page - 32, start, 0, 16, &yes,
				&undecided};

	(void)state;
	assert_true(room != MAP_FAILED);
	for (char *p = room + page - 32; p < room + page; p += 2)
		memcpy(p, "a\n", 2);
	assert_int_equal(mprotect(room + page, page, PROT_NONE), 0);
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct match *m = compiled(patterns[i], 0);

		assert_true(match_block(m, worker, &b, NULL));
		assert_int_equal(yes | undecided, 0);
		match_free(m);
	}
	munmap(room, page * 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_searched_where_that_is_proved),
		cmocka_unit_test(
			a_glance_tells_what_is_straight_or_holds_anywhere),
		cmocka_unit_test(a_block_gives_the_verdicts_of_its_values),
		cmocka_unit_test(literals_give_the_same_verdicts_in_blocks),
		cmocka_unit_test(random_patterns_agree_in_blocks_too),
		cmocka_unit_test(long_values_stand_between_short_ones),
		cmocka_unit_test(
			only_the_values_that_were_asked_for_are_tried),
		cmocka_unit_test(nothing_is_read_behind_the_values),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
