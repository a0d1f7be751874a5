/* Where a leaf stands, and which paths name it. */
#include "json_support.h"

#include "json/paths.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A walk as text: `{` `[` `.` (closed) with the way, `=` a leaf, `~` skipped
 * text, each with its slot. */
static void write_walk(struct span template, struct buffer *out)
{
	static struct paths_walk walk;
	static const char signs[] = {[PATHS_LEAF] = '=', [PATHS_OBJECT] = '{',
				     [PATHS_ARRAY] = '[', [PATHS_CLOSE] = '.',
				     [PATHS_SKIPPED] = '~'};
	enum paths_event event;

	paths_start(&walk, template);
	while ((event = paths_next(&walk)) != PATHS_END) {
		buffer_add_byte(out, signs[event]);
		if (event == PATHS_LEAF || event == PATHS_SKIPPED)
			buffer_printf(out, "%u ", (unsigned)walk.slot);
		paths_text(&walk, out);
		buffer_add_byte(out, '\n');
	}
	assert_int_equal(paths_next(&walk), PATHS_END);
	assert_int_equal(walk.depth, 0);
	assert_int_equal(walk.at, template.n);
}

static const struct {
	const char *template; /* \1 and \2 as in templates */
	const char *walk;
} walks[] = {
	{"", ""},
	{"\1", "=0 \n"},
	{"{}", "{\n.\n"},
	{"[]", "[\n.\n"},
	{"{\"a\":\1}", "{\n=0 a\n.\n"},
	{"{\"a\":\1,\"b\":\1}", "{\n=0 a\n=1 b\n.\n"},
	{"{ \"a\" : { \"b\" : \1 } , \"c\" : [ \1 , \1 ] }",
	 "{\n{a\n=0 a.b\n.a\n[c\n=1 c[0]\n=2 c[1]\n.c\n.\n"},
	{"[{\"a\":\1},{\"a\":\1},[]]",
	 "[\n{[0]\n=0 [0].a\n.[0]\n{[1]\n=1 [1].a\n.[1]\n[[2]\n"
	 ".[2]\n.\n"},
	{"{\"a\":\1,\"a\":\1}", "{\n=0 a\n=1 a\n.\n"},
	{"{\"a\":[[\1],[\1]]}",
	 "{\n[a\n[a[0]\n=0 a[0][0]\n.a[0]\n[a[1]\n=1 a[1][0]\n.a[1]\n"
	 ".a\n.\n"},
	/* keys that are not words */
	{"{\"aws:acm:arn\":\1}", "{\n=0 \"aws:acm:arn\"\n.\n"},
	{"{\"\":\1}", "{\n=0 \"\"\n.\n"},
	{"{\"a.b\":{\"c d\":\1}}",
	 "{\n{\"a.b\"\n=0 \"a.b\".\"c d\"\n.\"a.b\"\n.\n"},
	{"{\"a\\\"b\":\1}", "{\n=0 \"a\\\"b\"\n.\n"},
	{"{\"\\u0041\":\1}", "{\n=0 A\n.\n"},
	{"{\"\\u0000\\ud800\":\1}", "{\n=0 \"\\u0000\\ud800\"\n.\n"},
	{"{\"aZ\":\1,\"zA9\":\1}", "{\n=0 aZ\n=1 zA9\n.\n"},
	{"{\"x-amz-id-2\":\1,\"@t\":\1,\"$_9\":\1}",
	 "{\n=0 x-amz-id-2\n=1 \"@t\"\n=2 \"$_9\"\n.\n"},
	{"{\"9a\":\1,\"-a\":\1,\"_a\":\1}",
	 "{\n=0 \"9a\"\n=1 \"-a\"\n=2 _a\n.\n"},
	{"{\"\xc3\xa9\":\1}", "{\n=0 \"\xc3\xa9\"\n.\n"},
	{"{\"{[,:]}\":\1}", "{\n=0 \"{[,:]}\"\n.\n"},
	{"{\"\\\\\":\1}", "{\n=0 \"\\\\\"\n.\n"},
	/* relaxed */
	{"{a: \1, b : \1}", "{\n=0 a\n=1 b\n.\n"},
	{"{'a b': \1}", "{\n=0 \"a b\"\n.\n"},
	{"{'a\"b': \1}", "{\n=0 \"a\\\"b\"\n.\n"},
	{"{'it\\'s': \1}", "{\n=0 \"it's\"\n.\n"},
	{"{\"a\nb\1\": \1}", "{\n=0 \"a\\nb\\u0001\"\n.\n"},
	{"{'\2': \1}", "{\n=0 \"\\u0002\"\n.\n"},
	{"{\"a\":\1\n\"b\":\1}", "{\n=0 a\n=1 b\n.\n"},
	{"{\"a\" \1 \"b\" {\"c\" \1}}",
	 "{\n=0 a\n{b\n=1 b.c\n.b\n.\n"},
	{"{\"a\":\1,}", "{\n=0 a\n.\n"},
	{"[\1,]", "[\n=0 [0]\n.\n"},
	{"[\1 \1]", "[\n=0 [0]\n=1 [1]\n.\n"},
	{"[,\1,,\1]", "[\n=0 [0]\n=1 [1]\n.\n"},
	{"[\1:\1]", "[\n=0 [0]\n=1 [1]\n.\n"},
	{"{\"a\",\"b\":\1}", "{\n=0 b\n.\n"},
	{"{\"a\",\1}", "{\n=0 a\n.\n"},
	{"{\"a\":,\1}", "{\n=0 a\n.\n"},
	{"{\"a\" \"b\":\1}", "{\n=0 b\n.\n"},
	{"{\"a\":,\"b\":\1}", "{\n=0 b\n.\n"},
	{"{\1}", "{\n=0 \"\"\n.\n"},
	{"{:\1}", "{\n=0 \"\"\n.\n"},
	{"{\"a\":\1:\1}", "{\n=0 a\n=1 \"\"\n.\n"},
	{"{[\1]}", "{\n[\"\"\n=0 \"\"[0]\n.\"\"\n.\n"},
	{"{\"a\":\2\n\1}", "{\n~0 \n=1 a\n.\n"},
	{"\2\n{\"a\":\2\1,\2\"b\":[\2\1]}\2",
	 "~0 \n{\n~1 \n=2 a\n~3 \n[b\n~4 b\n=5 b[0]\n.b\n.\n~6 \n"},
	/* damaged */
	{"{\"a\":{\"b\":\1", "{\n{a\n=0 a.b\n.a\n.\n"},
	{"{\"a\":[\1,", "{\n[a\n=0 a[0]\n.a\n.\n"},
	{"{\"a\":", "{\n.\n"},
	{"{\"a\":[\1}", "{\n[a\n=0 a[0]\n.a\n.\n"},
	{"[{\"a\":{\"b\":\1],\1]",
	 "[\n{[0]\n{[0].a\n=0 [0].a.b\n.[0].a\n.[0]\n.\n=1 \n"},
	{"{\"a\"", "{\n.\n"},
	{"{\"a", "{\n.\n"},
	{"{\"a\\", "{\n.\n"},
	{"{a/\2: \1}", "{\n~0 \n=1 \"a/\"\n.\n"},
	{"{//", "{\n.\n"},
	/* no reading writes these, and the walk bears them */
	{"\"a\": \1", "=0 \n"},
	{"[a: \1]", "[\n=0 [0]\n.\n"},
	{"\1}]\1", "=0 \n=1 \n"},
};

static void a_template_is_walked_leaf_by_leaf(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(walks); i++) {
		size_t n = strlen(walks[i].template);
		char *template = exact_copy(walks[i].template, n);
		struct buffer out = {0};

		write_walk((struct span){template, n}, &out);
		assert_string_equal(buffer_text(&out), walks[i].walk);
		buffer_free(&out);
		free(template);
	}
}

static void the_place_in_the_template_is_told(void **state)
{
	static const char template[] = "{\"a\":[\1,\2\1}";
	static const struct {
		enum paths_event event;
		size_t at;
		uint32_t slot;
	} row[] = {
		{PATHS_OBJECT, 0, 0}, {PATHS_ARRAY, 5, 0}, {PATHS_LEAF, 6, 0},
		{PATHS_SKIPPED, 8, 1}, {PATHS_LEAF, 9, 2},
		{PATHS_CLOSE, 10, 3}, {PATHS_CLOSE, 10, 3},
		{PATHS_END, 11, 3},
	};
	static struct paths_walk walk;

	(void)state;
	paths_start(&walk, SPAN("{\"a\":[\1,\2\1}"));
	for (size_t i = 0; i < COUNT(row); i++) {
		assert_int_equal(paths_next(&walk), row[i].event);
		assert_int_equal(walk.at, row[i].at);
		assert_int_equal(walk.slot, row[i].slot);
	}
	assert_int_equal(sizeof template - 1, row[COUNT(row) - 1].at);
}

static void steps_tell_arrays_from_empty_keys(void **state)
{
	static struct paths_walk walk;

	(void)state;
	paths_start(&walk, SPAN("[{\1}]"));
	while (paths_next(&walk) != PATHS_LEAF)
		;
	assert_int_equal(walk.depth, 2);
	assert_null(walk.steps[0].key.p);
	assert_int_equal(walk.steps[0].index, 0);
	assert_non_null(walk.steps[1].key.p);
	assert_int_equal(walk.steps[1].key.n, 0);
}

/* The key in front of skipped text; a dot for none, and for an element. */
static void skipped_text_has_the_step_in_front_of_it(void **state)
{
	static const struct {
		const char *template, *steps;
	} rows[] = {
		{"\2", "."}, {"{\"a\":\1}\2", "."}, {"{\2\"a\":\2\1\2}", ".aa"},
		{"{\"a\":{\2}}", "."}, {"[\2\1\2]", ".."},
		{"{\"a\":{\"x\":\1},\"b\":{\2}}", "."},
	};
	static struct paths_walk walk;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer steps = {0};
		enum paths_event event;

		paths_start(&walk, span_of(rows[i].template));
		while ((event = paths_next(&walk)) != PATHS_END) {
			const struct paths_step *step =
				&walk.steps[walk.depth];

			if (event == PATHS_SKIPPED)
				buffer_add(&steps, step->key.p ? step->key.p
							       : ".", 1);
		}
		assert_string_equal(buffer_text(&steps), rows[i].steps);
		buffer_free(&steps);
	}
}

static void a_note_begins_empty_in_each_container(void **state)
{
	static struct paths_walk walk;
	enum paths_event event;

	(void)state;
	paths_start(&walk, SPAN("[{},[{}],{}]"));
	while ((event = paths_next(&walk)) != PATHS_END) {
		assert_int_equal(walk.note[walk.depth],
				 event == PATHS_CLOSE);
		walk.note[walk.depth] = 1;
	}
}

static void the_deepest_template_is_walked(void **state)
{
	static struct paths_walk walk;

	(void)state;
	for (size_t depth = SCAN_DEPTH - 1; depth <= SCAN_DEPTH + 1; depth++) {
		struct buffer template = {0};
		struct buffer way = {0};
		enum paths_event event;
		size_t opened = 0, closed = 0;

		for (size_t i = 0; i < depth; i++)
			buffer_add_text(&template, i % 2 ? "[" : "{\"a\":");
		buffer_add_byte(&template, SCAN_HOLE);
		paths_start(&walk, buffer_span(&template));
		while ((event = paths_next(&walk)) != PATHS_END) {
			opened += event == PATHS_OBJECT ||
				  event == PATHS_ARRAY;
			closed += event == PATHS_CLOSE;
			if (event == PATHS_LEAF) {
				assert_int_equal(walk.depth, opened);
				paths_text(&walk, &way);
			}
		}
		/* one more than the scanner ever writes, and not beyond */
		assert_int_equal(opened, depth);
		assert_int_equal(closed, opened);
		assert_true(way.n > depth);
		buffer_free(&template);
		buffer_free(&way);
	}
}

/* Paths, and which leaves of the template below each of them names. */
static const struct {
	const char *path;
	const char *leaves;
} names[] = {
	{"a", "0"},
	{"b", ""},
	{"c", ""},
	{"b.c", "1 9"},
	{"\"b\".\"c\"", "1 9"},
	{"\"\\u0062\".c", "1 9"},
	{"b.a", ""},
	{"b.a.c", ""},
	{"b.a[0]", "2"},
	{"b.a[00]", "2"},
	{"b.a[1]", ""},
	{"b.a[3]", ""},
	{"b.a[4294967295]", ""},
	{"b.a[]", "2"},
	{"b.a[1].c", "3"},
	{"b.a[].c", "3"},
	{"b.a[2][0]", "4"},
	{"b.a[][]", "4"},
	{"b.*", "1 9"},
	{"*", "0 5 6 7 8 10 11"},
	{"*.c", "1 9"},
	{"*.*", "1 9"},
	{"b.a.*", ""},
	{"b.a[].*", "3"},
	{"**", "0 1 2 3 4 5 6 7 8 9 10 11"},
	{"**.c", "1 3 9"},
	{"b.**.c", "1 3 9"},
	{"**.a", "0"},
	{"**[0]", "2 4"},
	{"**[]", "2 4"},
	{"**.a[]", "2"},
	{"**.a.**", "0 2 3 4"},
	{"b.**", "1 2 3 4 9"},
	{"b.**.**.c", "1 3 9"},
	{"**.a.**.c", "3"},
	{"**.b.**.a.**[0]", "2 4"},
	{"\"d e\"", "5"},
	{"\"a:b\"", "6"},
	{"a:b", "6"},
	{"\"\"", "7"},
	{"A", "8"},
	{"\xc3\xa9", "10"},
	{"\"\\u00e9\"", "10"},
	{"\"a.b\"", "11"},
	{"a.b", ""},
	{"[0]", ""},
	{"[]", ""},
	{"\"**\"", ""},
};

static void a_path_names_its_places(void **state)
{
	/*  0: a  1: b.c  2: b.a[0]  3: b.a[1].c  4: b.a[2][0]  5: d e
	 *  6: a:b  7: "" 8: A  9: b.c (again)  10: é  11: a.b */
	static const char template[] =
		"{\"a\":\1,\"b\":{\"c\":\1,\"a\":[\1,{\"c\":\1},[\1]]},"
		"\"d e\":\1,\"a:b\":\1,\"\":\1,\"\\u0041\":\1,"
		"\"b\":{\"c\":\1},\"\xc3\xa9\":\1,\"a.b\":\1}";
	static struct paths_walk walk;

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct error err = {0};
		struct span text = exact_span(names[i].path);
		struct paths *path = paths_parse(text, &err);
		struct buffer leaves = {0};
		enum paths_event event;

		if (!path)
			fail_msg("%s: %s", names[i].path, err.text);
		paths_start(&walk, SPAN(template));
		while ((event = paths_next(&walk)) != PATHS_END)
			if (event == PATHS_LEAF && paths_match(path, &walk))
				buffer_printf(&leaves, "%s%u",
					      leaves.n ? " " : "",
					      (unsigned)walk.slot);
		if (strcmp(buffer_text(&leaves), names[i].leaves) != 0)
			fail_msg("%s: %s", names[i].path, leaves.p);
		buffer_free(&leaves);
		free((char *)text.p);
		paths_free(path);
	}
}

static void a_path_names_containers_too(void **state)
{
	static struct paths_walk walk;
	struct paths *path = paths_parse(SPAN("b.a"), NULL);
	struct paths *root = paths_parse(SPAN("**"), NULL);
	enum paths_event event;
	int hits = 0;

	(void)state;
	paths_start(&walk, SPAN("{\"b\":{\"a\":[\1]}}"));
	assert_int_equal(paths_next(&walk), PATHS_OBJECT);
	assert_true(paths_match(root, &walk));
	assert_false(paths_match(path, &walk));
	while ((event = paths_next(&walk)) != PATHS_END)
		if (event == PATHS_ARRAY && paths_match(path, &walk))
			hits++;
	assert_int_equal(hits, 1);
	paths_free(path);
	paths_free(root);
	paths_free(NULL);
}

/* A path enters what stands in a string only where it is spelled: the leaves of
 * the template above that each path leads through. */
/* None reads on behind its last part, above or below the place it names. */
static void a_path_of_any_length_names_one_place(void **state)
{
	enum { MOST = 50 };
	static struct paths_walk walk;
	struct buffer template = {0}, text = {0};

	(void)state;
	for (int i = 0; i <= MOST; i++)
		buffer_add_text(&template, "{\"a\":");
	buffer_add_byte(&template, SCAN_HOLE);
	for (int parts = 1; parts <= MOST; parts++) {
		enum paths_event event;
		struct paths *path;
		struct error err = {0};
		int named = 0;

		buffer_add_text(&text, parts > 1 ? ".a" : "a");
		path = paths_parse(buffer_span(&text), &err);
		assert_non_null(path);
		paths_start(&walk, buffer_span(&template));
		while ((event = paths_next(&walk)) != PATHS_END)
			named += event != PATHS_CLOSE && paths_match(path, &walk);
		assert_int_equal(named, 1);
		paths_free(path);
	}
	buffer_free(&template);
	buffer_free(&text);
}

static void only_a_spelled_path_leads_on_from_a_leaf(void **state)
{
	static const struct {
		const char *path, *leaves;
	} rows[] = {
		{"a", ""},
		{"a.x", "0"},
		{"a[]", "0"},
		{"a[0].x", "0"},
		{"a.x.**", "0"},
		{"b.c.x.*.y", "1"},
		{"b.a[].x", "2"},
		{"b.a[0].x", "2"},
		{"b.a[1].x", ""},
		{"b.x.y", ""},
		{"a.*", ""},
		{"a.**", ""},
		{"a.**.x", ""},
		{"*.x", ""},
		{"**", ""},
		{"**.x", ""},
		{"b.*.x", ""},
		{"b.**.x", ""},
	};
	static struct paths_walk walk;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct paths *path = paths_parse(span_of(rows[i].path), NULL);
		struct buffer leaves = {0};
		enum paths_event event;

		assert_non_null(path);
		paths_start(&walk, SPAN("{\"a\":\1,\"b\":{\"c\":\1,\"a\":"
					"[\1]}}"));
		while ((event = paths_next(&walk)) != PATHS_END)
			if (event == PATHS_LEAF &&
			    paths_leads_through(path, &walk))
				buffer_printf(&leaves, "%s%u",
					      leaves.n ? " " : "",
					      (unsigned)walk.slot);
		if (strcmp(buffer_text(&leaves), rows[i].leaves) != 0)
			fail_msg("%s: %s", rows[i].path, leaves.p);
		buffer_free(&leaves);
		paths_free(path);
	}
}

static void what_is_not_a_path_is_told_where(void **state)
{
	static const struct {
		const char *text;
		uint64_t column;
		const char *says;
	} row[] = {
		{"", 1, "expected a key"},
		{".", 1, "expected a key"},
		{"a.", 3, "expected a key"},
		{".a", 1, "expected a key"},
		{"a..b", 3, "expected a key"},
		{"a.[0]", 3, "expected a key"},
		{"a b", 2, "expected '.' or '['"},
		{"a*", 2, "expected '.' or '['"},
		{"***", 3, "expected '.' or '['"},
		{"*a", 2, "expected '.' or '['"},
		{"a\"b\"", 2, "expected '.' or '['"},
		{"\"a\"b", 4, "expected '.' or '['"},
		{"a[0]b", 5, "expected '.' or '['"},
		{"a]", 2, "expected '.' or '['"},
		{"a[", 3, "expected ']'"},
		{"a[x]", 3, "expected ']'"},
		{"a[-1]", 3, "expected ']'"},
		{"a[1", 4, "expected ']'"},
		{"a[4294967296]", 3, "too large"},
		{"a[99999999999999999999]", 3, "too large"},
		{"\"a", 1, "closing quote"},
		{"b.\"a\\x\"", 5, "backslash"},
		{"\"a\nb\"", 3, "line"},
		{"a.'b'", 3, "expected a key"},
		{"a=b", 2, "expected '.' or '['"},
		{"(a)", 1, "expected a key"},
		{"a.\x01", 3, "expected a key"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		size_t n = strlen(row[i].text);
		char *text = exact_copy(row[i].text, n);
		struct error err = {0};

		assert_null(paths_parse((struct span){text, n}, &err));
		if (err.line != 1 || err.column != row[i].column ||
		    !strstr(err.text, row[i].says))
			fail_msg("%s: column %u: %s", row[i].text,
				 (unsigned)err.column, err.text);
		assert_null(paths_parse((struct span){text, n}, NULL));
		free(text);
	}
	/* What stands behind a path is no part of it. */
	assert_null(paths_parse((struct span){"a[0]", 2}, NULL));
}

static void a_way_as_text_is_a_path_to_the_same_place(void **state)
{
	static const char template[] =
		"{\"a\":\1,\"b c\":{\"\":\1,\"\\\"\":[\1,[{\"x:y\":\1}]]},"
		"'d\\'': \1,e: \1,\"\\ud83d\\ude00\":\1,\"\\udc00\":\1,"
		"\"tab\there\":\1,\"*\":\1,\"**\":\1,\"[0]\":\1}";
	static struct paths_walk walk, other;
	enum paths_event event;

	(void)state;
	paths_start(&walk, SPAN(template));
	while ((event = paths_next(&walk)) != PATHS_END) {
		struct buffer way = {0};
		struct paths *path;
		uint32_t hits = 0;

		if (event != PATHS_LEAF)
			continue;
		paths_text(&walk, &way);
		path = paths_parse(buffer_span(&way), NULL);
		assert_non_null(path);
		paths_start(&other, SPAN(template));
		while ((event = paths_next(&other)) != PATHS_END) {
			if (event != PATHS_LEAF)
				continue;
			assert_int_equal(paths_match(path, &other),
					 other.slot == walk.slot);
			hits++;
		}
		assert_int_equal(hits, 12);
		paths_free(path);
		buffer_free(&way);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_template_is_walked_leaf_by_leaf),
		cmocka_unit_test(the_place_in_the_template_is_told),
		cmocka_unit_test(steps_tell_arrays_from_empty_keys),
		cmocka_unit_test(skipped_text_has_the_step_in_front_of_it),
		cmocka_unit_test(a_note_begins_empty_in_each_container),
		cmocka_unit_test(the_deepest_template_is_walked),
		cmocka_unit_test(a_path_names_its_places),
		cmocka_unit_test(a_path_names_containers_too),
		cmocka_unit_test(a_path_of_any_length_names_one_place),
		cmocka_unit_test(only_a_spelled_path_leads_on_from_a_leaf),
		cmocka_unit_test(what_is_not_a_path_is_told_where),
		cmocka_unit_test(a_way_as_text_is_a_path_to_the_same_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
