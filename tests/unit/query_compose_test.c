/* Filter text made of fields and values: it reads as what was meant. */
#include "query/compose.h"

#include "query/filter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct filter_view view = {
	.predicate = {.moment = MOMENT_OPEN_VIEW}};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void values_are_quoted_where_they_need_it(void **state)
{
	static const struct {
		const char *field, *value, *term;
	} rows[] = {
		{"event", "ExportCertificate", "event=ExportCertificate"},
		{"who", "Deploy/ci-42", "who=Deploy/ci-42"},
		{"who", "/slashed/", "who=/slashed/"},
		{"user-agent", "aws-cli/2.15.0 md/awscrt",
		 "user-agent=\"aws-cli/2.15.0 md/awscrt\""},
		{"user-agent", "", "user-agent=\"\""},
		{"user-agent", "\"", "user-agent=\"\\\"\""},
		{"user-agent", "a\tb\\", "user-agent=\"a\\tb\\\\\""},
		{"message", ")", "message=)"},
		{"from", "192.0.2.7", "from=192.0.2.7"},
		{"from", "2001:db8::1", "from=2001:db8::1"},
		{"requestParameters.certificateArn", "arn:aws:acm:x",
		 "requestParameters.certificateArn=arn:aws:acm:x"},
		{"requestParameters.\"aws:acm\"", "x y",
		 "requestParameters.\"aws:acm\"=\"x y\""},
		{"time", "2026-03-01T09:00:05Z", "time=2026-03-01T09:00:05Z"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = {0};
		struct span value = span_of(rows[i].value);

		assert_true(compose_term(span_of(rows[i].field), &value, 1,
					 false, &out));
		assert_string_equal(buffer_text(&out), rows[i].term);
		buffer_free(&out);
	}
}

/* What the reader makes of a value decides, for all of these. */
static void every_byte_is_read_back_as_itself(void **state)
{
	(void)state;
	for (int i = 1; i < 0x80; i++) {
		const char text[] = {'a', (char)i, 'b', (char)i};

		for (size_t from = 0; from < 2; from++) {
			struct span value = {text + from, 4 - from};
			struct buffer out = {0};
			struct filter *f;

			assert_true(compose_term(SPAN("who"), &value, 1, true,
						 &out));
			f = filter_parse(buffer_span(&out), NULL);
			assert_true(span_equal(filter_predicate(f, 0)->value,
					       value));
			assert_true(filter_predicate(f, 0)->negated);
			filter_free(f);
			buffer_free(&out);
		}
	}
}

static void what_no_text_can_say_is_refused(void **state)
{
	struct buffer out = {0};
	struct span bytes = SPAN("\xff"), plain = SPAN("x");

	(void)state;
	buffer_add_text(&out, "before");
	assert_false(compose_term(SPAN("who"), &bytes, 1, false, &out));
	assert_false(compose_term(SPAN("noSuchField"), &plain, 1, false,
				  &out));
	assert_false(compose_presence(SPAN("noSuchField"), true, &out));
	assert_string_equal(buffer_text(&out), "before");
	buffer_free(&out);
}

static void several_values_are_a_list(void **state)
{
	const struct span values[] = {SPAN("a, b"), SPAN("c\"")};
	struct buffer out = {0};

	(void)state;
	assert_true(compose_term(SPAN("resources"), values, 2, false, &out));
	assert_string_equal(buffer_text(&out),
			    "resources in (\"a, b\", \"c\\\"\")");
	buffer_clear(&out);
	assert_true(compose_term(SPAN("resources"), values, 2, true, &out));
	assert_string_equal(buffer_text(&out),
			    "resources not in (\"a, b\", \"c\\\"\")");
	buffer_clear(&out);
	assert_true(compose_presence(SPAN("error"), false, &out));
	assert_string_equal(buffer_text(&out), "error!?");
	buffer_free(&out);
}

static void a_term_holds_beside_the_whole_filter(void **state)
{
	static const struct {
		const char *filter, *sum;
	} rows[] = {
		{"", "who=x"}, {"  ", "who=x"}, {"a b", "a b who=x"},
		{"a or b", "(a or b) who=x"},
		{"(a or b)", "(a or b) who=x"},
		{"(a) or (b)", "((a) or (b)) who=x"},
		{"a or event=b(c", "(a or event=b(c ) who=x"},
		{"!(a or b)", "!(a or b) who=x"},
		{"(Delete|Put)Bucket", "(Delete|Put)Bucket who=x"},
		{"a who=x", "a who=x"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = {0};

		compose_add(&view, span_of(rows[i].filter), SPAN("who=x"), &out);
		assert_string_equal(buffer_text(&out), rows[i].sum);
		buffer_free(&out);
	}
}

static void a_term_with_or_is_put_in_brackets(void **state)
{
	static const struct {
		const char *filter, *term, *sum;
	} rows[] = {
		{"", "who=x or role=x", "who=x or role=x"},
		{"a", "who=x or role=x", "a (who=x or role=x)"},
		{"a", "(who=x or role=x)", "a (who=x or role=x)"},
		{"a or b", "who=x or role=a(", "(a or b) (who=x or role=a( )"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = {0};

		assert_true(compose_add(&view, span_of(rows[i].filter),
					span_of(rows[i].term), &out));
		assert_string_equal(buffer_text(&out), rows[i].sum);
		buffer_free(&out);
	}
}

static void terms_on_the_field_only_are_replaced(void **state)
{
	static const struct {
		const char *filter, *sum;
	} rows[] = {
		{"who=a", "who=x"},
		{"who=a event=b !who~c", "event=b who=x"},
		{"user=a (who=b or who=c) (who=b or event=c)",
		 "(who=b or event=c) who=x"},
		{"who=a or who=b", "who=x"},
		{"who=a or event=b", "(who=a or event=b) who=x"},
		{"a role=b", "a role=b who=x"},
		{"saved:exports who?", "saved:exports who=x"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = {0};

		compose_replace(&view, span_of(rows[i].filter),
				SPAN("who"), SPAN("who=x"), &out);
		assert_string_equal(buffer_text(&out), rows[i].sum);
		buffer_free(&out);
	}
}

static void the_opposite_is_written_as_one_would(void **state)
{
	static const struct {
		const char *term, *opposite;
	} rows[] = {
		{"event=A", "event!=A"},
		{"event!=A", "event=A"},
		{"!event=A", "event=A"},
		{"who~^svc", "who!~^svc"},
		{"error?", "error!?"},
		{"event in (A, B)", "event not in (A, B)"},
		{"alice", "!alice"},
		{"!alice", "alice"},
		{"203.0.113.7", "!203.0.113.7"},
		{"is:error", "!is:error"},
		{"!is:error", "is:error"},
		{"time>=2026-03-01", "!time>=2026-03-01"},
		{"who=A or who=B", "!(who=A or who=B)"},
		{"(who=A or who=B)", "!(who=A or who=B)"},
		{"!(who=A or who=B)", "(who=A or who=B)"},
		{"not is:error", "!not is:error"},
		{"saved:exports", "!saved:exports"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = {0};

		if (!compose_negate(&view, span_of(rows[i].term), &out) ||
		    strcmp(buffer_text(&out), rows[i].opposite) != 0)
			fail_msg("%s: %s", rows[i].term, buffer_text(&out));
		buffer_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_quoted_where_they_need_it),
		cmocka_unit_test(every_byte_is_read_back_as_itself),
		cmocka_unit_test(what_no_text_can_say_is_refused),
		cmocka_unit_test(several_values_are_a_list),
		cmocka_unit_test(a_term_holds_beside_the_whole_filter),
		cmocka_unit_test(a_term_with_or_is_put_in_brackets),
		cmocka_unit_test(terms_on_the_field_only_are_replaced),
		cmocka_unit_test(the_opposite_is_written_as_one_would),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
