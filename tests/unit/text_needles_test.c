/* Lists of literals and networks: what is in them, and what they are found in. */
#include "exact.h"
#include "base/buffer.h"
#include "text/needles.h"

#include <stdio.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

#define LONG "a_word_that_is_longer_than_people_write_it_but_not_than_a_log_may_hold"

static bool note(void *context, size_t i)
{
	buffer_printf(context, "%zu ", i);
	return true;
}

static bool note_once(void *context, size_t i)
{
	note(context, i);
	return false;
}

static struct needles *make(const char *lines)
{
	struct needles *n = needles_new();
	struct span text = exact_span(lines);

	needles_add_lines(n, text);
	free((char *)text.p);
	return n;
}

static void a_list_has_a_literal_a_line(void **state)
{
	static const struct {
		const char *lines, *read;
	} rows[] = {
		{"a\nb\n", "a|b|"}, {"a", "a|"}, {"", ""}, {"\n\n", ""},
		{" a b \t\r\n\r\n#c\n # d\n", "a b|"}, {"a\nb\na\n", "a|b|"},
		{"\xef\xbb\xbf" "a\n\xef\xbb\xbf" "b", "a|\xef\xbb\xbf" "b|"},
		{"evil[.]example\nevil(.)x\nevil[dot]y\nevil(dot)z",
		 "evil.example|evil.x|evil.y|evil.z|"},
		{"hxxps[://]a[.]b\nHXXP://c\nhxx\n", "https://a.b|http://c|hxx|"},
		{"hxxp", "http|"},
		{"a[@]b\na[at]c\n1[:]2\n[", "a@b|a@c|1:2|[|"},
	};

	(void)state;
	needles_free(NULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct needles *n = make(rows[i].lines);
		struct buffer out = {0};

		for (size_t k = 0; k < needles_count(n); k++) {
			buffer_add_span(&out, needles_get(n, k));
			buffer_add_byte(&out, '|');
		}
		assert_string_equal(buffer_text(&out), rows[i].read);
		buffer_free(&out);
		needles_free(n);
	}
}

static void needles_are_found_as_whole_words(void **state)
{
	static const struct {
		const char *lines, *text, *found;
	} rows[] = {
		{"alice", "alice", "0 "}, {"alice", "from alice, too", "0 "},
		{"alice", "alices", ""}, {"alice", "malice", ""},
		{"alice", "Alice", ""}, {"alice", "alice2", ""},
		{"x1", "x10", ""}, {"x1", "0x1", ""}, {"x1", "x19", ""},
		{"x1", "x1Z", ""}, {"x1", "Ax1", ""}, {"x1", "x1z", ""},
		{"alice", "alice_", ""}, {"alice", "alic\xc3\xa9", ""},
		{"alice", "\xe6\xbc\x80" "alice", ""},
		{"alice", "alice alice", "0 0 "}, {"alice", "", ""},
		{"a b", "x a b y", "0 "}, {"a b", "a c", ""}, {"a b", "a bc", ""},
		{"a b", "a", ""}, {".evil.", "x.evil.y", "0 "},
		{".evil.", "evil.", ""}, {".evil.", "evil.evil.x", "0 "},
		{"-x-", "y-x-", "0 "}, {"x-", "x-y", "0 "}, {"x-", "yx-", ""},
		{"-x", "--x-", "0 "}, {"-x", "-xy", ""},
		{"--", "a--b", "0 "}, {"--", "a-b", ""}, {"", "a", ""},
		{"-", "a-b", "0 "},
		{"192.0.2.0/24", "from 192.0.2.9:80", "0 "},
		{"192.0.2.0/24", "from 192.0.3.9", ""},
		{"192.0.2.7", "at 192.0.2.7.", "0 0 "},
		{"192.0.2.0/24\n192.0.2.0/24", "from 192.0.2.9", "0 "},
		{"192.0.2.0/24\n198.51.100.0/24\n192.0.0.0/16",
		 "192.0.2.1 198.51.100.1", "0 2 1 "},
		{"x\n2001:db8::/32", "[2001:db8::1]", "1 "},
		{"192.0.2.0/24\n--", "192.0.2.9 --", "0 1 "},
		{"a\nb\n--", "b -- a", "1 0 2 "},
		{LONG, "a " LONG, "0 "}, {LONG, LONG "s", ""},
		{"--\n!!\n++", "a -- b ++ c !! d", "0 1 2 "},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct needles *n = make(rows[i].lines);
		struct span text = exact_span(rows[i].text);
		struct buffer out = {0}, first = {0};

		needles_within(n, text, note, &out);
		if (!span_is(buffer_span(&out), rows[i].found))
			fail_msg("%s in %s: %s", rows[i].lines, rows[i].text,
				 buffer_text(&out));
		needles_within(n, text, note_once, &first);
		assert_int_equal(first.n, out.n > 0 ? 2 : 0);
		free((char *)text.p);
		buffer_free(&out);
		buffer_free(&first);
		needles_free(n);
	}
}

static void a_text_may_be_a_needle_or_in_its_network(void **state)
{
	struct needles *n = make("alice\n192.0.2.0/24\n198.51.100.1\nbob");
	bool four, six;

	(void)state;
	assert_int_equal(needles_equal(n, SPAN("alice")), 0);
	assert_int_equal(needles_equal(n, SPAN("bob")), 3);
	assert_true(needles_equal(n, SPAN("alic")) == SIZE_MAX);
	assert_true(needles_equal(n, SPAN("")) == SIZE_MAX);
	assert_int_equal(needles_equal(n, SPAN("192.0.2.200")), 1);
	assert_int_equal(needles_equal(n, SPAN("192.0.2.0/24")), 1);
	needles_add(n, SPAN("192.0.2.7"), true);
	assert_int_equal(needles_equal(n, SPAN("192.0.2.7")), 4);
	assert_int_equal(needles_equal(n, SPAN("198.51.100.1")), 2);
	assert_true(needles_equal(n, SPAN("198.51.100.2")) == SIZE_MAX);
	assert_false(needles_is_network(n, 0));
	assert_true(needles_is_network(n, 1));
	needles_networks(n, &four, &six);
	assert_true(four && !six);
	needles_add(n, SPAN("2001:db8::/32"), true);
	needles_networks(n, &four, &six);
	assert_true(four && six);
	assert_int_equal(needles_equal(n, SPAN("2001:db8::1")), 5);
	needles_free(n);
}

static void literals_are_copied(void **state)
{
	static const char *const texts[] = {"--", "ab", "-a-"};
	struct needles *n = needles_new();

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct span text = exact_span(texts[i]);

		needles_add(n, text, true);
		free((char *)text.p);
		assert_true(span_is(needles_get(n, i), texts[i]));
	}
	needles_free(n);
}

static void nothing_is_nothing_and_stands_nowhere(void **state)
{
	struct needles *n = needles_new();
	struct buffer out = {0};

	(void)state;
	needles_add(n, SPAN(""), true);
	assert_int_equal(needles_equal(n, SPAN("")), 0);
	needles_within(n, SPAN("a -"), note, &out);
	assert_int_equal(out.n, 0);
	needles_free(n);
}

/* First as a text, then as a network too, and never twice. */
static void networks_count_only_where_asked_for(void **state)
{
	struct needles *n = needles_new();
	bool four, six;

	(void)state;
	assert_true(needles_equal(n, SPAN("192.0.2.1")) == SIZE_MAX);
	needles_add(n, SPAN("192.0.2.0/24"), false);
	needles_add(n, SPAN("x"), true);
	assert_true(needles_equal(n, SPAN("192.0.2.1")) == SIZE_MAX);
	needles_networks(n, &four, &six);
	assert_false(four || six);
	needles_add(n, SPAN("192.0.2.0/24"), true);
	needles_networks(n, &four, &six);
	assert_true(four && !six);
	needles_add(n, SPAN("192.0.2.0/24"), true);
	assert_int_equal(needles_equal(n, SPAN("192.0.2.1")), 0);
	assert_int_equal(needles_count(n), 2);
	needles_free(n);
}

static void many_are_found_as_well_as_few(void **state)
{
	struct needles *n = needles_new();
	char text[32];

	(void)state;
	for (unsigned i = 0; i < 5000; i++) {
		snprintf(text, sizeof text, "n%u x", i * 7);
		needles_add(n, span_of(text), true);
	}
	assert_int_equal(needles_count(n), 5000);
	for (unsigned i = 0; i < 5000; i++) {
		struct buffer out = {0}, want = {0};

		snprintf(text, sizeof text, "n%u x", i * 7);
		assert_int_equal(needles_equal(n, span_of(text)), i);
		needles_within(n, span_of(text), note, &out);
		buffer_printf(&want, "%u ", i);
		assert_true(span_equal(buffer_span(&out), buffer_span(&want)));
		snprintf(text, sizeof text, "n%u x", i * 7 + 1);
		assert_true(needles_equal(n, span_of(text)) == SIZE_MAX);
		buffer_free(&out);
		buffer_free(&want);
	}
	needles_free(n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_has_a_literal_a_line),
		cmocka_unit_test(needles_are_found_as_whole_words),
		cmocka_unit_test(a_text_may_be_a_needle_or_in_its_network),
		cmocka_unit_test(literals_are_copied),
		cmocka_unit_test(nothing_is_nothing_and_stands_nowhere),
		cmocka_unit_test(networks_count_only_where_asked_for),
		cmocka_unit_test(many_are_found_as_well_as_few),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
