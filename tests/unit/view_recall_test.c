/* Lines typed before: back and forth, with the present one kept. */
#include "view/recall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void back_and_forth_keeps_what_is_typed(void **state)
{
	struct recall r = {.count = 0};
	struct span line;

	(void)state;
	recall_note(&r, SPAN("one"));
	recall_note(&r, SPAN("two"));
	recall_note(&r, SPAN(""));
	recall_start(&r);
	assert_false(recall_go(&r, -1, SPAN("now"), &line));
	assert_true(recall_go(&r, 1, SPAN("now"), &line));
	assert_true(span_is(line, "two"));
	assert_true(recall_go(&r, 1, SPAN("two"), &line));
	assert_true(span_is(line, "one"));
	assert_false(recall_go(&r, 1, SPAN("one"), &line));
	assert_true(recall_go(&r, -1, SPAN("one"), &line));
	assert_true(recall_go(&r, -1, SPAN("two"), &line));
	assert_true(span_is(line, "now"));
	recall_free(&r);
}

static void a_line_is_kept_once_and_the_oldest_goes(void **state)
{
	struct recall r = {.count = 0};
	struct span line;
	char text[16];

	(void)state;
	recall_note(&r, SPAN("one"));
	recall_note(&r, SPAN("two"));
	recall_note(&r, SPAN("one"));
	assert_int_equal(r.count, 2);
	assert_true(recall_go(&r, 1, SPAN(""), &line));
	assert_true(span_is(line, "one"));
	for (int i = 0; i < RECALL_MOST; i++) {
		snprintf(text, sizeof text, "%d", i);
		recall_note(&r, span_of(text));
	}
	assert_int_equal(r.count, RECALL_MOST);
	assert_true(span_is(buffer_span(&r.line[0]), "0"));
	recall_free(&r);
}

static void what_is_typed_small_is_found_in_any_case(void **state)
{
	static const struct {
		const char *line, *wanted;
		bool holds;
	} rows[] = {
		{"event=ExportCertificate", "exp", true},
		{"event=ExportCertificate", "Exp", true},
		{"event=ExportCertificate", "EXP", false},
		{"event=ExportCertificate", "certificate", true},
		{"event=ExportCertificate", "import", false},
		{"exp", "export", false},
		{"exp", "", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(recall_holds(span_of(rows[i].line),
					      span_of(rows[i].wanted)),
				 rows[i].holds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(back_and_forth_keeps_what_is_typed),
		cmocka_unit_test(a_line_is_kept_once_and_the_oldest_goes),
		cmocka_unit_test(what_is_typed_small_is_found_in_any_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
