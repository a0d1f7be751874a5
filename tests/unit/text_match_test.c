/* Promises of text/match: patterns mean what PCRE2 says, a block of values
 * gives the verdicts of its values, and no pattern holds a thread up. */
#include "base/memory.h"
#include "text/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

static struct match_worker *worker;

static int set_up(void **state)
{
	(void)state;
	worker = match_worker_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	match_worker_free(worker);
	return 0;
}

static struct match *compiled(struct span pattern, unsigned flags)
{
	struct error err;
	struct match *m = match_compile(pattern, flags, &err);

	if (!m)
		fail_msg("%.*s: %s", (int)pattern.n, pattern.p, err.text);
	return m;
}

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

/* Values one after another as a store keeps them. */
struct lines {
	struct buffer bytes;
	uint32_t *start;
	uint32_t count, capacity;
};

static void add_line(struct lines *l, struct span value)
{
	if (l->count + 2 > l->capacity) {
		l->capacity = l->capacity * 2 + 64;
		l->start = memory_resize(l->start, l->capacity,
					 sizeof *l->start);
		l->start[0] = 0;
	}
	buffer_add_span(&l->bytes, value);
	buffer_add_byte(&l->bytes, '\n');
	l->start[++l->count] = (uint32_t)l->bytes.n;
}

static struct span line(const struct lines *l, uint32_t i)
{
	return (struct span){l->bytes.p + l->start[i],
			     l->start[i + 1] - l->start[i] - 1};
}

static void free_lines(struct lines *l)
{
	buffer_free(&l->bytes);
	free(l->start);
	*l = (struct lines){0};
}

static bool bit(const uint64_t *set, uint32_t i)
{
	return set[i / 64] >> (i % 64) & 1;
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

		if (i >= first && i < end)
			alone = match_value(m, worker, line(l, i), NULL);
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

static uint64_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return *seed >> 33;
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
	SPAN("(?1)(a)"), SPAN("(*COMMIT)a"), SPAN("(*NO_JIT)a"),
	SPAN("(*CRLF)a"), SPAN("a(*SKIP)b"), SPAN("\\Qa.b\\E"),
	SPAN("[[:space:]]"), SPAN("[[:alpha:]]"), SPAN("[\\s]"),
	SPAN("[\\W]"), SPAN("[\\x01-z]"), SPAN("[\\b]"), SPAN("[\\b-z]"),
	SPAN("[\x01-z]"), SPAN("[a\n]"), SPAN("a\nb"), SPAN("a\tb"),
	SPAN("\\ "), SPAN("\\\x7f"), SPAN("\\\u00eb"),
	SPAN("\\p{L}"), SPAN("\\e"), SPAN("\\cJ"), SPAN("a(?C1)b"),
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
	compare(m, SPAN("^$"), &l, 3, 3);
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
		cmocka_unit_test(blocks_are_searched_where_that_is_proved),
		cmocka_unit_test(a_block_gives_the_verdicts_of_its_values),
		cmocka_unit_test(literals_give_the_same_verdicts_in_blocks),
		cmocka_unit_test(random_patterns_agree_in_blocks_too),
		cmocka_unit_test(long_values_stand_between_short_ones),
		cmocka_unit_test(no_pattern_holds_a_thread_up),
		cmocka_unit_test(what_is_undecided_is_never_a_no),
		cmocka_unit_test(cancelling_ends_a_match_at_once),
		cmocka_unit_test(a_quoted_text_finds_itself),
		cmocka_unit_test(a_pattern_of_nothing_is_known),
		cmocka_unit_test(the_version_is_told),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
