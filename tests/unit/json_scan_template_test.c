/* What a scan leaves, and JSON without the white space between its tokens. */
#include "json_support.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void a_scan_that_has_not_begun_is_empty(void **state)
{
	struct buffer out = {0};
	struct scan scan = {0};

	(void)state;
	rebuild(&scan, &out);
	assert_int_equal(out.n, 0);
	scan_free(&scan);
}

/* White space between tokens goes, and every other byte stays. */
static void squeezing_leaves_out_only_what_stands_between_tokens(void **state)
{
	static const struct {
		const char *json, *squeezed;
	} row[] = {
		{"", ""}, {" ", ""}, {"1", "1"}, {" \t\r\n1 \n", "1"},
		{"[1, 2 ,\n 3]", "[1,2,3]"}, {"[ ]", "[]"},
		{"{ \"a\" : { \"b\" : [ true , null ] } }",
		 "{\"a\":{\"b\":[true,null]}}"},
		{"\" a\tb \" ", "\" a\tb \""},
		{"[\"\\\" , \" , \"\\\\\" , 1]", "[\"\\\" , \",\"\\\\\",1]"},
		{"[\" a  ", "[\" a  "}, {"[ \" \\", "[\" \\"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct span json = exact_span(row[i].json);
		struct buffer out = {0};

		scan_squeeze(json, &out);
		assert_string_equal(buffer_text(&out), row[i].squeezed);
		buffer_free(&out);
		free((char *)json.p);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scan_that_has_not_begun_is_empty),
		cmocka_unit_test(
			squeezing_leaves_out_only_what_stands_between_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
