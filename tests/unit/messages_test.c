/* What is said on standard error, to the letter. */
#include "messages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_problem_has_place_line_caret_and_hint(void **state)
{
	struct buffer out = {0};
	struct store_problem problem = {
		.error = {.text = "missing comma: expected ',' or '}'",
			  .hint = "put one", .line = 3, .column = 17},
		.excerpt = (char *)"{\"a\": 1 \"b\": 2}", .caret = 8};

	(void)state;
	messages_problem(&out, SHOW_UNICODE, "a/b.json", &problem);
	assert_string_equal(buffer_text(&out),
		"a/b.json:3:17: missing comma: expected ',' or '}'\n"
		"    {\"a\": 1 \"b\": 2}\n"
		"            ^\n"
		"    hint: put one\n");
	buffer_free(&out);
}

static void a_problem_without_a_place_is_one_line(void **state)
{
	struct buffer out = {0};
	struct store_problem problem = {
		.error = {.text = "cannot open: Permission denied"}};

	(void)state;
	messages_problem(&out, SHOW_UNICODE, "x", &problem);
	assert_string_equal(buffer_text(&out),
			    "x: cannot open: Permission denied\n");
	buffer_free(&out);
}

static void hostile_names_cannot_reach_the_terminal(void **state)
{
	static const struct {
		const char *name;
		enum show_set set;
		const char *shown;
	} row[] = {
		{"a\033[2J\n", SHOW_UNICODE, "a\\u001b[2J\\n: x\n"},
		{"\xe2\x80\xae.json", SHOW_UNICODE, "\\u202e.json: x\n"},
		{"\xff", SHOW_UNICODE, "\\xff: x\n"},
		{"\xc3\xa9", SHOW_UNICODE, "\xc3\xa9: x\n"},
		{"\xc3\xa9", SHOW_ASCII, "\\u00e9: x\n"},
	};
	struct error err;

	(void)state;
	error_set(&err, "x");
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct buffer out = {0};

		messages_error(&out, row[i].set, row[i].name, &err);
		assert_string_equal(buffer_text(&out), row[i].shown);
		buffer_free(&out);
	}
}

static void the_caret_stands_under_the_place_in_a_text(void **state)
{
	static const struct {
		const char *text;
		uint64_t offset;
		const char *lines;
	} row[] = {
		{"usr=x", 0, "    usr=x\n    ^\n"},
		{"a usr=x", 2, "    a usr=x\n      ^\n"},
		{"\xc3\xa9 x", 3, "    \xc3\xa9 x\n      ^\n"},
		{"a\tb", 2, "    a\\tb\n       ^\n"},
		{"abc", 3, "    abc\n       ^\n"},
		{"abc", 99, "    abc\n       ^\n"},
		{"0123456789012345678901234567890123456789x\xc3\xa9y", 42,
		 "    23456789012345678901234567890123456789x\xc3\xa9y\n"
		 "                                           ^\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct buffer out = {0};
		struct error err;
		const char *text;

		error_set(&err, "what: why");
		error_at(&err, 1, row[i].offset + 1, row[i].offset);
		messages_text_error(&out, SHOW_UNICODE, "f",
				    span_of(row[i].text), &err);
		text = strchr(buffer_text(&out), '\n') + 1;
		assert_string_equal(text, row[i].lines);
		buffer_free(&out);
	}
}

static void the_last_line_counts(void **state)
{
	struct buffer out = {0};
	struct store_counts counts = {.events = 12, .files = 3,
				      .problems = 1};

	(void)state;
	messages_last(&out, &counts, 2);
	assert_string_equal(buffer_text(&out),
		"12 events of 3 files, 1 problems, 2 undecided\n");
	buffer_free(&out);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_problem_has_place_line_caret_and_hint),
		cmocka_unit_test(a_problem_without_a_place_is_one_line),
		cmocka_unit_test(hostile_names_cannot_reach_the_terminal),
		cmocka_unit_test(the_caret_stands_under_the_place_in_a_text),
		cmocka_unit_test(the_last_line_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
