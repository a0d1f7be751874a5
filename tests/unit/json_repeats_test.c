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
	{"{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"a\":6}", true},
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

static bool repeats(struct span json)
{
	struct scan scan = {.count = 0};
	struct scan_fault fault;
	const char *after;
	bool found;

	assert_int_equal(scan_strict(&scan, json.p, json.p + json.n, true,
				     &after, &fault), SCAN_WHOLE);
	found = repeats_some_key(buffer_span(&scan.template));
	scan_free(&scan);
	return found;
}

static void keys_that_stand_twice_are_noticed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct span text = exact_span(rows[i].json);

		if (repeats(text) != rows[i].repeats)
			fail_msg("%s", rows[i].json);
		free((char *)text.p);
	}
}

static void they_are_noticed_in_the_deepest_object(void **state)
{
	(void)state;
	for (int twice = 0; twice < 2; twice++) {
		struct buffer text = {0};

		for (int i = 0; i < SCAN_DEPTH; i++)
			buffer_add_text(&text, "{\"a\":");
		buffer_add_text(&text, twice ? "1,\"a\":2" : "1");
		for (int i = 0; i < SCAN_DEPTH; i++)
			buffer_add_byte(&text, '}');
		assert_int_equal(repeats(buffer_span(&text)), twice);
		buffer_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_that_stand_twice_are_noticed),
		cmocka_unit_test(they_are_noticed_in_the_deepest_object),
	};

	hash_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
