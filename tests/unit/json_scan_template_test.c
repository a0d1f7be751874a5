/* What a scan leaves, and the way back: holes, the bytes put together again, and
 * without the white space between them. */
#include "json_support.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void holes_are_found_outside_of_keys_only(void **state)
{
	static const struct {
		const char *template;
		size_t holes;
	} row[] = {
		{"", 0}, {"{}", 0}, {"\1", 1}, {"{\"a\":\1,\"b\":\1}", 2},
		{"{\"\1\":\1}", 1}, {"{'\2\1':\2}", 1},
		{"{\"\\\"\1\":\1}", 1}, {"{'\\'\1':\1}", 1},
		{"{\"it's\":\1,'\"':\2}", 2}, {"{\"\1", 0}, {"{\"\\", 0},
		{"{\"\\\"\1", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		size_t n = strlen(row[i].template);
		char *template = exact_copy(row[i].template, n);
		const char *end = template + n;
		const char *p = scan_hole(template, end);
		size_t holes = 0;

		while (p < end) {
			holes++;
			p = scan_hole(p + 1, end);
		}
		assert_ptr_equal(p, end);
		assert_int_equal(holes, row[i].holes);
		free(template);
	}
}

static void a_scan_that_has_not_begun_is_empty(void **state)
{
	struct buffer out = {0};
	struct scan scan = {0};

	(void)state;
	scan_rebuild(&scan, &out);
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
		cmocka_unit_test(holes_are_found_outside_of_keys_only),
		cmocka_unit_test(a_scan_that_has_not_begun_is_empty),
		cmocka_unit_test(
			squeezing_leaves_out_only_what_stands_between_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
