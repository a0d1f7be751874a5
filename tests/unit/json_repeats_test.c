/* A key that stands twice in one object is noticed, whatever it is spelt like. */
#include "json_support.h"

#include "base/hash.h"
#include "json/repeats.h"

static const struct {
	const char *json;
	bool repeats;
} rows[] = {
	{"1", false},
	{"{}", false},
	{"{\"a\":1}", false},
	{"{\"a\":1,\"b\":2,\"A\":3}", false},
	{"{\"a\":1,\"b\":2,\"a\":3}", true},
	{"{\"a\":1,\"\\u0061\":3}", true},
	{"{\"\":1,\"\":3}", true},
	{"{\"a\\u0000b\":1,\"a\":3}", false},
	{"{\"a\":{\"a\":{\"a\":1}}}", false},
	{"{\"a\":{\"b\":1},\"c\":{\"b\":1}}", false},
	{"{\"a\":{\"b\":1,\"b\":1},\"c\":1}", true},
	{"{\"a\":{\"b\":1},\"c\":1,\"a\":{}}", true},
	{"{\"a\":[],\"b\":{},\"a\":[]}", true},
	{"[{\"a\":1},{\"a\":1}]", false},
	{"[{\"a\":1},{\"b\":[{\"a\":1,\"x\":[1],\"a\":2}]}]", true},
};

static void keys_that_stand_twice_are_noticed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct span text = exact_span(rows[i].json);
		struct scan scan = {.count = 0};
		struct scan_fault fault;
		const char *after;

		assert_int_equal(scan_strict(&scan, text.p, text.p + text.n,
					     true, &after, &fault), SCAN_WHOLE);
		if (repeats_some_key(buffer_span(&scan.template)) !=
		    rows[i].repeats)
			fail_msg("%s", rows[i].json);
		scan_free(&scan);
		free((char *)text.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_that_stand_twice_are_noticed),
	};

	hash_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
