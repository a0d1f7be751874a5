/* An event as a document: its structure, its bytes as logged, and a line that
 * is JSON whatever was logged. */
#include "load_support.h"

#include "json/scan.h"

#include <cjson/cJSON.h>

#define TIME "\"eventTime\":\"t\""
#define NAME "\"eventName\":\"A\"," TIME

static const struct {
	const char *text;       /* one record */
	const char *shown;      /* document_text with masks; NULL: as TEXT */
	const char *line;       /* with masks; NULL: as TEXT */
	const char *clear;      /* in clear; NULL: as LINE */
} rows[] = {
	{"{" NAME "}", NULL, NULL, NULL},
	{"{ " NAME " ,\n\"a\" :\t[ 1 , { } , [ ] ] }", NULL,
	 "{" NAME ",\"a\":[1,{},[]]}", NULL},
	{"{" NAME ",\"n\":9007199254740993,\"x\":1.0,\"y\":1E400,\"z\":-0}",
	 NULL, NULL, NULL},
	{"{" NAME ",\"s\":\"\\u0000\\ud800\\/\\u00e9\",\"k\\u0001\":\"\"}",
	 NULL, NULL, NULL},
	{"{" NAME ",\"a\":1,\"a\":2,\"Tag\":3,\"tag\":4,\"\":5}", NULL, NULL,
	 NULL},
	{"{" NAME ",\"b\":[1, 2,\n3,4 ]}", NULL, "{" NAME ",\"b\":[1,2,3,4]}",
	 NULL},
	{"{" NAME ",\"t\":[true , false,null]}", NULL,
	 "{" NAME ",\"t\":[true,false,null]}", NULL},
	/* secrets */
	{"{" NAME ",\"password\" : \"x y\"}",
	 "{" NAME ",\"password\" : \"[password, #k1]\"}",
	 "{" NAME ",\"password\":\"[password, #k1]\"}",
	 "{" NAME ",\"password\":\"x y\"}"},
	{"{" NAME ",\"password\":[ \"x y\" , \"\\\" \" ]}",
	 "{" NAME ",\"password\":\"[password, #k1]\"}",
	 "{" NAME ",\"password\":\"[password, #k1]\"}",
	 "{" NAME ",\"password\":[\"x y\",\"\\\" \"]}"},
	{"{" NAME ",\"sessionToken\":\"abc\",\"x\":\"abc\",\"y\":{"
	 "\"sessionToken\":\"abd\",\"privateKey\":null}}",
	 "{" NAME ",\"sessionToken\":\"[session token, 3 chars, #k1]\",\"x\":"
	 "\"abc\",\"y\":{\"sessionToken\":\"[session token, 3 chars, #k2]\","
	 "\"privateKey\":null}}",
	 "{" NAME ",\"sessionToken\":\"[session token, 3 chars, #k1]\",\"x\":"
	 "\"abc\",\"y\":{\"sessionToken\":\"[session token, 3 chars, #k2]\","
	 "\"privateKey\":null}}",
	 "{" NAME ",\"sessionToken\":\"abc\",\"x\":\"abc\",\"y\":{"
	 "\"sessionToken\":\"abd\",\"privateKey\":null}}"},
	{"{" NAME ",\"macKey\":[1,2,3,4]}",
	 "{" NAME ",\"macKey\":\"[MAC key, 4 bytes, #k1]\"}",
	 "{" NAME ",\"macKey\":\"[MAC key, 4 bytes, #k1]\"}",
	 "{" NAME ",\"macKey\":[1,2,3,4]}"},
	/* relaxed: keys and words are quoted, commas come and go */
	{"{eventName:A,'eventTime':'it\\'s \"t\"',}", NULL,
	 "{\"eventName\":\"A\",\"eventTime\":\"it's \\\"t\\\"\"}", NULL},
	{"{" NAME ",\"a\":\"x\ty\n\xff\",\"n\":012,\"o\":+1,\"p\":1.}", NULL,
	 "{" NAME ",\"a\":\"x\\ty\\n\xef\xbf\xbd\",\"n\":\"012\",\"o\":\"+1\","
	 "\"p\":\"1.\"}", NULL},
	{"{" NAME " // why\n \"a\": {\"b\" 1} ...}", NULL,
	 "{" NAME ",\"a\":{\"b\":1}}", NULL},
	{"{" NAME ",\"a\":\"x \\\"\n,\"b\":1}", NULL,
	 "{" NAME ",\"a\":\"x \\\"\",\"b\":1}", NULL},
	{"{" NAME ",\"\\u0061\":\"\\q\",b:\"\\u00e9\"}", NULL,
	 "{" NAME ",\"a\":\"\\\\q\",\"b\":\"\\u00e9\"}", NULL},
	{"{" NAME ",\"password\":\"hun\"ter\",\"b\":1}",
	 "{" NAME ",\"password\":\"[password, #k1]\"\"[password, #k2]\","
	 "\"b\":1}",
	 "{" NAME ",\"password\":\"[password, #k1]\",\"b\":1}",
	 "{" NAME ",\"password\":\"hun\",\"b\":1}"},
	{"{" NAME ",password:[a, 'b c']}",
	 "{" NAME ",password:\"[password, #k1]\"}",
	 "{" NAME ",\"password\":\"[password, #k1]\"}",
	 "{" NAME ",\"password\":\"[a, 'b c']\"}"},
	/* damaged: brackets are closed */
	{"{" NAME ",\"a\":{\"b\":[1,{\"c\":\"d", NULL,
	 "{" NAME ",\"a\":{\"b\":[1,{\"c\":\"d\"}]}}", NULL},
	{"{" NAME ",\"a\":", NULL, "{" NAME "}", NULL},
};

static void make_one(struct made *m, const char *text, struct store_event *e)
{
	make_text(m, text, 1 << 20);
	*e = STORE_NO_EVENT;
	if (!store_next(m->store, e))
		fail_msg("no event: %s", text);
}

static void assert_document(const struct made *m, struct store_event e,
			    bool line, bool clear, const char *want)
{
	struct buffer out = {0};

	if (line)
		document_line(m->store, e, clear, &out);
	else
		document_text(m->store, e, clear, &out);
	assert_string_equal(buffer_text(&out), want);
	buffer_free(&out);
}

static void an_event_is_written_as_logged_and_as_a_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *text = rows[i].text, *line = rows[i].line;
		const char *shown = rows[i].shown, *clear = rows[i].clear;
		struct made m;
		struct store_event e;

		line = line ? line : text;
		make_one(&m, text, &e);
		assert_document(&m, e, false, true, text);
		assert_document(&m, e, false, false, shown ? shown : text);
		assert_document(&m, e, true, false, line);
		assert_document(&m, e, true, true, clear ? clear : line);
		unmake(&m);
	}
}

/* What nests deeper than is read stays readable. */
static void a_line_nests_no_deeper_than_is_read(void **state)
{
	struct buffer text = {0}, line = {0};
	struct scan scan = {.count = 0};
	struct scan_fault fault;
	struct store_event e;
	const char *after;
	struct made m;

	(void)state;
	buffer_add_text(&text, "{" NAME ",\"a\":");
	for (int i = 0; i < 600; i++)
		buffer_add_byte(&text, '[');
	buffer_add_text(&text, "\"x y\"");
	for (int i = 0; i < 600; i++)
		buffer_add_byte(&text, ']');
	buffer_add_text(&text, "}");
	make_one(&m, buffer_text(&text), &e);
	document_line(m.store, e, true, &line);
	assert_int_equal(scan_strict(&scan, line.p, line.p + line.n, true,
				     &after, &fault), SCAN_WHOLE);
	assert_non_null(span_find(buffer_span(&line), SPAN("\\\"x y\\\"")));
	scan_free(&scan);
	buffer_free(&text);
	buffer_free(&line);
	unmake(&m);
}

/* Many kinds of records, broken in one place or in four: what is read strictly
 * gives back its bytes, and every line is JSON. */
static const char *const kinds[] = {
	"{" NAME ",\"a\":[1,\"b\",{\"c\":null}],\"d\":{\"e\":{}},\"f\":1.5e3}",
	"{" NAME ",\"password\":[\"a b\",[1,2,3,4,5]],\"s\":\"\\u0041\\n\"}",
	"{eventName:A,eventTime:'t', // x\nb:[1 2,3,],c:{d:e f}}",
	"{\"Records\":[{" NAME "},{" NAME ",\"hb\":[1,2,3,4]}]}",
	("{\"message\":\"{\\\"eventName\\\":\\\"A\\\",\\\"eventTime\\\":"
	 "\\\"t\\\",\\\"a\\\":[1,2]}\",\"logEvents\":[]}"),
};

static void check_events(const struct made *m, const struct buffer *text)
{
	struct store_event e = STORE_NO_EVENT;
	struct scan scan = {.count = 0};
	struct buffer out = {0};
	struct scan_fault fault;
	const char *after;

	while (store_next(m->store, &e)) {
		const struct segment_event *event = segment_event(
			store_segment(m->store, e.segment), e.index);

		for (int clear = 0; clear < 2; clear++) {
			buffer_clear(&out);
			document_line(m->store, e, clear, &out);
			if (scan_strict(&scan, out.p, out.p + out.n, true,
					&after, &fault) != SCAN_WHOLE ||
			    after != out.p + out.n ||
			    memchr(out.p, '\n', out.n))
				fail_msg("no line: %.*s\nof %.*s", (int)out.n,
					 out.p, (int)text->n, text->p);
		}
		if (event->marks || event->container == SEGMENT_WRAPPER)
			continue;
		buffer_clear(&out);
		document_text(m->store, e, true, &out);
		assert_true(event->offset + out.n <= text->n);
		assert_memory_equal(out.p, text->p + event->offset, out.n);
	}
	buffer_free(&out);
	scan_free(&scan);
}

static void broken_records_give_lines_of_json(void **state)
{
	int times = getenv("ACMTUI_LONG") ? 100000 : 1500;
	uint64_t seed = 42;

	(void)state;
	for (int n = 0; n < times; n++) {
		struct buffer text = {0};
		struct made m;

		buffer_add_text(&text, kinds[(size_t)n % COUNT(kinds)]);
		for (int d = n % 2 ? 1 : 4; d > 0; d--)
			damage_any(&text, &seed);
		make_store(&m);
		make_file(&m, buffer_span(&text), 1 << 20);
		make_end(&m);
		check_events(&m, &text);
		buffer_free(&text);
		unmake(&m);
	}
}

/* The tree: keys by their offset in the template, leaves by their slot. */
static void write_tree(const struct shape *shape, const struct cJSON *node,
		       struct buffer *out)
{
	if (node->string) {
		if (node->string[0] == '+')
			buffer_add_text(out, node->string);
		else
			document_key(shape, (size_t)strtoull(node->string,
							     NULL, 10), out);
		buffer_add_byte(out, ':');
	}
	if (cJSON_IsNumber(node)) {
		buffer_printf(out, "%d", node->valueint);
		return;
	}
	buffer_add_byte(out, cJSON_IsArray(node) ? '[' : '{');
	for (const cJSON *child = node->child; child; child = child->next) {
		if (child != node->child)
			buffer_add_byte(out, ' ');
		write_tree(shape, child, out);
	}
	buffer_add_byte(out, cJSON_IsArray(node) ? ']' : '}');
}

static const struct {
	const char *text, *tree;
} trees[] = {
	{"{" NAME "}", "{eventName:0 eventTime:1}"},
	{"{" NAME ",\"a\":[1,{\"b\":[]},[2]],\"c\":{}}",
	 "{eventName:0 eventTime:1 a:[2 {b:[]} [3]] c:{}}"},
	{"{" NAME ",\"b\":[1,2,3,4]}", "{eventName:0 eventTime:1 b:2}"},
	{"{" NAME ",\"a\":1,\"a\":2}", "{eventName:0 eventTime:1 a:2 a:3}"},
	{"{" NAME ",\"k\\\"\\u0041\":1,\"\":2}",
	 "{eventName:0 eventTime:1 k\"A:2 :3}"},
	{"{" NAME ",a-b : 1,'c\"d':2,'e' /* x */:3}",
	 "{eventName:0 eventTime:1 a-b:2 c\"d:3 e:5}"},
	{"{" NAME ", 1, {\"x\":2}}", "{eventName:0 eventTime:1 :2 :{x:3}}"},
	{"{" NAME ",\"a\":{\"b\":[1", "{eventName:0 eventTime:1 a:{b:[2]}}"},
};

static void the_tree_has_keys_and_slots(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(trees); i++) {
		struct buffer out = {0};
		struct store_event e;
		struct cJSON *tree;
		struct made m;

		make_one(&m, trees[i].text, &e);
		tree = document_new(m.store, e);
		write_tree(store_shape(m.store, e), tree, &out);
		assert_string_equal(buffer_text(&out), trees[i].tree);
		document_free(tree);
		buffer_free(&out);
		unmake(&m);
	}
}

static void long_lists_come_in_pages(void **state)
{
	enum { MEMBERS = 10000, PAGE = 4096 };
	struct buffer text = {0};
	struct store_event e;
	struct cJSON *tree, *list;
	struct made m;
	int count = 0;

	(void)state;
	buffer_add_text(&text, "{" NAME ",\"a\":[\"0\"");
	for (int i = 1; i < MEMBERS; i++)
		buffer_printf(&text, ",\"%d\"", i);
	buffer_add_text(&text, "]}");
	make_one(&m, buffer_text(&text), &e);
	tree = document_new(m.store, e);
	list = tree->child->next->next;
	assert_int_equal(cJSON_GetArraySize(list), PAGE + 2);
	for (const cJSON *child = list->child; child; child = child->next) {
		if (count < PAGE) {
			assert_int_equal(child->valueint, 2 + count++);
			continue;
		}
		assert_string_equal(child->string,
				    count == PAGE ? "+4096" : "+8192");
		assert_true(cJSON_IsArray(child));
		assert_int_equal(child->child->valueint, 2 + count);
		count += cJSON_GetArraySize(child);
	}
	assert_int_equal(count, MEMBERS);
	document_free(tree);
	buffer_free(&text);
	unmake(&m);
}

static size_t nodes_of(const cJSON *node)
{
	size_t count = 1;

	for (const cJSON *child = node->child; child; child = child->next)
		count += nodes_of(child);
	return count;
}

static const cJSON *last_of(const cJSON *list)
{
	return cJSON_GetArrayItem(list, cJSON_GetArraySize(list) - 1);
}

static void a_tree_has_a_million_nodes_at_most(void **state)
{
	enum { MOST = 1000000, PAGES = MOST / 4096 + 2 };
	struct buffer text = {0};
	struct store_event e;
	struct cJSON *tree;
	const cJSON *list, *rest;
	struct made m;

	(void)state;
	buffer_add_text(&text, "{" NAME ",\"a\":[[]");
	for (int i = 1; i < MOST; i++)
		buffer_add_text(&text, ",[]");
	buffer_add_text(&text, "],\"b\":1}");
	make_one(&m, buffer_text(&text), &e);
	tree = document_new(m.store, e);
	assert_in_range(nodes_of(tree), MOST, MOST + PAGES);
	list = tree->child->next->next;
	rest = last_of(list);
	/* The root, two members and the list are nodes, too. */
	assert_string_equal(rest->string, "+999996");
	assert_null(rest->child);
	assert_string_equal(last_of(tree)->string, "+3");
	assert_null(last_of(tree)->child);
	document_free(tree);
	buffer_free(&text);
	unmake(&m);
}

static void the_version_of_the_library_is_told(void **state)
{
	(void)state;
	assert_string_equal(document_version(), cJSON_Version());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_written_as_logged_and_as_a_line),
		cmocka_unit_test(a_line_nests_no_deeper_than_is_read),
		cmocka_unit_test(broken_records_give_lines_of_json),
		cmocka_unit_test(the_tree_has_keys_and_slots),
		cmocka_unit_test(long_lists_come_in_pages),
		cmocka_unit_test(a_tree_has_a_million_nodes_at_most),
		cmocka_unit_test(the_version_of_the_library_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
