/* An array under a secret key becomes one leaf that holds its bytes; all else
 * stays as it was read. */
#include "load_support.h"

#include "load/collapse.h"
#include "rebuilt.h"

static const struct {
	const char *text;
	const char *template;   /* `o` for a hole, `x` for skipped text */
	const char *raw;        /* the tokens that are raw, with `|` between */
} rows[] = {
	{"{\"a\":[1,\"b\"],\"c\":2}", "{\"a\":[o,o],\"c\":o}", ""},
	{"{\"password\":\"a\"}", "{\"password\":o}", ""},
	{"{\"password\":[]}", "{\"password\":[]}", ""},
	{"{\"password\":[{},[]]}", "{\"password\":[{},[]]}", ""},
	{"{\"password\":[1]}", "{\"password\":o}", "[1]"},
	{"{\"password\": [ \"a\" , \"b\" ] ,\"c\":1}",
	 "{\"password\": o ,\"c\":o}", "[ \"a\" , \"b\" ]"},
	{"{\"password\":[[\"a\"],[\"b\"]],\"c\":[1,2]}",
	 "{\"password\":o,\"c\":[o,o]}", "[[\"a\"],[\"b\"]]"},
	{"{\"password\":{\"x\":[\"a\"],\"y\":1}}",
	 "{\"password\":{\"x\":o,\"y\":o}}", "[\"a\"]"},
	{"{\"password\":[{\"k\":[1]},true,null]}", "{\"password\":o}",
	 "[{\"k\":[1]},true,null]"},
	{"{\"macKey\":[1],\"n\":3,\"passphrase\":[2,\"x\"]}",
	 "{\"macKey\":o,\"n\":o,\"passphrase\":o}", "[1]|[2,\"x\"]"},
	{"{\"password\":[1,2,3,4]}", "{\"password\":o}", "[1,2,3,4]"},
	{"[{\"password\":[1]},[2]]", "[{\"password\":o},[o]]", "[1]"},
	/* relaxed */
	{"{'password':['a',\"b\"],c:1}", "{'password':o,c:o}", "['a',\"b\"]"},
	{"{password:[a b, c]}", "{password:o}", "[a b, c]"},
	{"{\"password\":[/* x */ 1 // y\n]}", "{\"password\":o}",
	 "[/* x */ 1 // y\n]"},
	/* another's bracket closes it too, and is not its own */
	{"{\"a\":{\"password\":[\"x\"},\"b\":1}",
	 "{\"a\":{\"password\":o},\"b\":o}", "[\"x\""},
	/* damaged */
	{"{\"password\":[\"a\",\"b", "{\"password\":o", "[\"a\",\"b"},
	{"{\"password\":[\"a\", ", "{\"password\":o", "[\"a\", "},
	{"{\"password\":[1", "{\"password\":o", "[1"},
	{"{\"password\":['a", "{\"password\":o", "['a"},
};

static void read_either(struct scan *scan, struct span text)
{
	const char *end = text.p + text.n, *after;
	struct scan_fault fault;

	if (scan_strict(scan, text.p, end, true, &after, &fault) != SCAN_WHOLE)
		scan_relaxed(scan, text.p, end, &after, NULL, NULL);
}

static void write_raw(const struct scan *scan, struct buffer *out)
{
	for (size_t i = 0; i < scan->count; i++)
		if (scan->tokens[i].kind == SCAN_RAW) {
			if (out->n > 0)
				buffer_add_byte(out, '|');
			buffer_add(out, scan->tokens[i].text,
				   scan->tokens[i].length);
		}
}

static void arrays_under_secret_keys_are_one_leaf(void **state)
{
	static struct paths_walk walk;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct scan scan = {.count = 0};
		struct buffer raw = {0}, again = {0};
		struct span text = span_of(rows[i].text);

		read_either(&scan, text);
		collapse_secret_arrays(&scan, NULL, NULL, &walk);
		write_raw(&scan, &raw);
		rebuild(&scan, &again);
		if (!span_equal(buffer_span(&again), text))
			fail_msg("%s is not rebuilt", rows[i].text);
		for (size_t k = 0; k < scan.template.n; k++)
			if (scan.template.p[k] == SCAN_HOLE)
				scan.template.p[k] = 'o';
		assert_string_equal(buffer_text(&scan.template),
				    rows[i].template);
		assert_string_equal(buffer_text(&raw), rows[i].raw);
		buffer_free(&raw);
		buffer_free(&again);
		scan_free(&scan);
	}
}

/* As many walks over the record as it has such arrays would take minutes. */
static void many_arrays_take_linear_time(void **state)
{
	enum { ARRAYS = 60000 };
	static struct paths_walk walk;
	struct buffer text = {0};
	struct scan scan = {.count = 0};
	uint64_t begin = cpu_ms();

	(void)state;
	buffer_add_text(&text, "{\"a\":1");
	for (int i = 0; i < ARRAYS; i++)
		buffer_add_text(&text, ",\"password\":[\"a\"]");
	buffer_add_text(&text, "}");
	read_either(&scan, buffer_span(&text));
	collapse_secret_arrays(&scan, NULL, NULL, &walk);
	assert_int_equal(scan.count, ARRAYS + 1);
	assert_int_equal(scan.tokens[ARRAYS].kind, SCAN_RAW);
	assert_true(cpu_ms() - begin < 5000);
	buffer_free(&text);
	scan_free(&scan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arrays_under_secret_keys_are_one_leaf),
		cmocka_unit_test(many_arrays_take_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
