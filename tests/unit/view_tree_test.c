/* The tree as text: a row a line, two blanks a level, `+` before what is
 * folded, `-` before what is not, `>` at the cursor. */
#include "load_support.h"
#include "view/tree.h"

#define HEAD "\"eventVersion\":\"1\",\"eventTime\":\"2026-01-01T00:00:00Z\"," \
	"\"eventName\":\"e\""

static void event_of(struct made *m, const char *members)
{
	struct buffer text = {0};

	buffer_printf(&text, "{" HEAD ",%s}", members);
	make_text(m, buffer_text(&text), text.n);
	buffer_free(&text);
}

/* A tree of an event with these members beside the first three. */
static void open_tree(struct tree *t, struct made *m, const char *members)
{
	event_of(m, members);
	*t = (struct tree){.count = 0};
	pane_set_height(&t->pane, 20);
	tree_show(t, m->store, (struct store_event){0, 0});
}

static void close_tree(struct tree *t, struct made *m)
{
	tree_free(t);
	unmake(m);
}

static void add_row(const struct tree *t, size_t i, struct buffer *out)
{
	const struct tree_row *row = tree_row_at(t, i);

	buffer_add_text(out, i == t->pane.cursor ? ">" : "");
	for (uint32_t k = 0; k < row->depth; k++)
		buffer_add_text(out, "  ");
	if (!tree_row_is_value(row) || tree_opens(t, row))
		buffer_add_text(out, tree_folded(t, row) ? "+" : "-");
	tree_key(t, row, out);
	buffer_add_byte(out, '=');
	if (tree_row_is_value(row) && (!tree_opens(t, row) ||
				       tree_folded(t, row)))
		tree_value(t, row, out);
	else if (tree_folded(t, row))
		tree_preview(t, row, out);
	buffer_add_byte(out, '\n');
}

/* Behind the three members that every event here begins with. */
static void check(const struct tree *t, const char *text)
{
	struct buffer out = {0};

	for (size_t i = 3; i < t->pane.count; i++)
		add_row(t, i, &out);
	assert_string_equal(buffer_text(&out), text);
	buffer_free(&out);
}

static void go(struct tree *t, size_t row)
{
	pane_go(&t->pane, row);
	tree_choose(t);
}

static void check_path(const struct tree *t, const char *path)
{
	struct buffer out = {0};

	tree_path(t, tree_row(t), &out);
	assert_string_equal(buffer_text(&out), path);
	buffer_free(&out);
}

static struct store_event first(void)
{
	return (struct store_event){0, 0};
}

static void rows_stand_as_in_the_log(void **state)
{
	static const struct {
		const char *members, *rows;
	} table[] = {
		{"\"a\":1,\"b\":\"x\\u0000y\",\"c\":null,\"d\":1e400",
		 "a=1\nb=\"x\\u0000y\"\nc=null\nd=1e400\n"},
		{"\"a\":{},\"b\":[]", "-a=\n-b=\n"},
		{"\"a\":{\"b\":{\"c\":1}}", "-a=\n  +b={1} c\n"},
		{"\"a\":[{\"b\":1},[2],\"x\"]",
		 "-a=\n  +[0]={1} b\n  +[1]=[1] 2\n  [2]=\"x\"\n"},
		{"\"a\":{\"b\":[1,2],\"c\":{\"d\":0},\"e\":\"f\"}",
		 "-a=\n  +b=[2] 1, 2\n  +c={1} d\n  e=\"f\"\n"},
		{"\"Tag\":1,\"tag\":2,\"Tag\":3", "Tag=1\ntag=2\nTag=3\n"},
		{"\"\\u0041\\n\":1,\"\":2", "A\n=1\n=2\n"},
		{"\"a\":[1,2,3,4,5]", "a=[1,2,3,4,5]\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct tree t;
		struct made m;

		open_tree(&t, &m, table[i].members);
		check(&t, table[i].rows);
		close_tree(&t, &m);
	}
}

static void folds_open_and_close(void **state)
{
	struct tree t;
	struct made m;

	(void)state;
	open_tree(&t, &m, "\"a\":{\"b\":{\"c\":{\"d\":1}},\"e\":2},\"f\":{\"g\":3}");
	check(&t, "-a=\n  +b={1} c\n  e=2\n-f=\n  g=3\n");
	go(&t, 3);
	tree_toggle(&t);
	check(&t, ">+a={2} b, e\n-f=\n  g=3\n");
	tree_unfold_or_child(&t);
	check(&t, ">-a=\n  +b={1} c\n  e=2\n-f=\n  g=3\n");
	tree_unfold_or_child(&t);
	tree_unfold_or_child(&t);
	check(&t, "-a=\n>  -b=\n    +c={1} d\n  e=2\n-f=\n  g=3\n");
	tree_set_level(&t, 9);
	check(&t, "-a=\n>  -b=\n    -c=\n      d=1\n  e=2\n-f=\n  g=3\n");
	tree_set_level(&t, 1);
	check(&t, ">+a={2} b, e\n+f={1} g\n");
	tree_fold_siblings(&t, false, false);
	check(&t, ">-a=\n  +b={1} c\n  e=2\n-f=\n  g=3\n");
	tree_fold_siblings(&t, false, true);
	check(&t, ">-a=\n  -b=\n    -c=\n      d=1\n  e=2\n-f=\n  g=3\n");
	go(&t, 6);
	tree_fold_or_parent(&t);
	check(&t, "-a=\n  -b=\n>    -c=\n      d=1\n  e=2\n-f=\n  g=3\n");
	tree_fold_or_parent(&t);
	check(&t, "-a=\n  -b=\n>    +c={1} d\n  e=2\n-f=\n  g=3\n");
	tree_parent(&t);
	tree_parent(&t);
	tree_fold_siblings(&t, true, true);
	check(&t, ">+a={2} b, e\n+f={1} g\n");
	tree_toggle(&t);
	check(&t, ">-a=\n  +b={1} c\n  e=2\n+f={1} g\n");
	close_tree(&t, &m);
}

static void siblings_are_found_over_what_lies_between(void **state)
{
	struct tree t;
	struct made m;

	(void)state;
	open_tree(&t, &m, "\"a\":{\"b\":1,\"c\":{\"d\":1}},\"e\":2");
	tree_set_level(&t, 9);
	go(&t, 3);
	tree_sibling(&t, 1);
	check_path(&t, "e");
	tree_sibling(&t, 1);
	check_path(&t, "e");
	tree_sibling(&t, -1);
	check_path(&t, "a");
	go(&t, 5);
	check_path(&t, "a.c");
	tree_sibling(&t, 1);
	check_path(&t, "a.c");
	tree_sibling(&t, -1);
	check_path(&t, "a.b");
	close_tree(&t, &m);
}

static void paths_are_written_as_filters_read_them(void **state)
{
	static const struct {
		const char *members, *path;
	} table[] = {
		{"\"a\":1", "a"},
		{"\"a b\":1", "\"a b\""},
		{"\"aws:acm\":1", "\"aws:acm\""},
		{"\"\":1", "\"\""},
		{"\"x-y_z1\":1", "x-y_z1"},
		{"\"1a\":1", "\"1a\""},
		{"\"q\\\"\":1", "\"q\\\"\""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct tree t;
		struct made m;

		open_tree(&t, &m, table[i].members);
		go(&t, 3);
		check_path(&t, table[i].path);
		close_tree(&t, &m);
	}
}

static void folds_and_place_are_kept_in_the_next_event(void **state)
{
	struct tree t = {.count = 0};
	struct made m;

	(void)state;
	make_store(&m);
	make_file(&m, SPAN("{" HEAD ",\"a\":{\"b\":{\"c\":1}},\"z\":0}\n"
			   "{" HEAD ",\"y\":1,\"a\":{\"x\":0,\"b\":{\"c\":2}}}\n"
			   "{" HEAD ",\"a\":{\"x\":0}}\n"
			   "{" HEAD ",\"w\":0}\n"), 9999);
	make_end(&m);
	pane_set_height(&t.pane, 20);
	tree_show(&t, m.store, first());
	go(&t, 4);
	tree_toggle(&t);
	go(&t, 5);
	check(&t, "-a=\n  -b=\n>    c=1\nz=0\n");
	tree_show(&t, m.store, (struct store_event){0, 1});
	check(&t, "y=1\n-a=\n  x=0\n  -b=\n>    c=2\n");
	/* where there is no such place: the nearest above it */
	tree_show(&t, m.store, (struct store_event){0, 2});
	check(&t, ">-a=\n  x=0\n");
	tree_show(&t, m.store, (struct store_event){0, 3});
	assert_int_equal(t.pane.cursor, 0);
	/* and back */
	tree_show(&t, m.store, first());
	check(&t, "-a=\n  -b=\n>    c=1\nz=0\n");
	close_tree(&t, &m);
}

static void large_lists_have_pages_that_are_folded(void **state)
{
	struct buffer members = {0}, out = {0};
	struct tree t;
	struct made m;

	(void)state;
	buffer_add_text(&members, "\"a\":[");
	for (int i = 0; i < 5000; i++)
		buffer_printf(&members, "%s\"v%d\"", i ? "," : "", i);
	buffer_add_byte(&members, ']');
	open_tree(&t, &m, buffer_text(&members));
	assert_int_equal(t.pane.count, 3 + 1 + 4096 + 1);
	tree_set_level(&t, 9);
	assert_int_equal(t.pane.count, 3 + 1 + 4096 + 1);
	go(&t, 3 + 1 + 4096);
	add_row(&t, t.pane.cursor, &out);
	assert_non_null(strstr(buffer_text(&out), "from 4096 on=904 more:"));
	tree_toggle(&t);
	assert_int_equal(t.pane.count, 3 + 1 + 5000 + 1);
	go(&t, t.pane.count - 1);
	check_path(&t, "a[4999]");
	close_tree(&t, &m);
	buffer_free(&members);
	buffer_free(&out);
}

static void secrets_are_their_masks(void **state)
{
	struct tree t;
	struct made m;

	(void)state;
	open_tree(&t, &m, "\"responseElements\":{\"sessionToken\":\"abcdefgh\"}");
	check(&t, "-responseElements=\n"
		  "  sessionToken=[session token, 8 chars, #k1]\n");
	close_tree(&t, &m);
}

static void without_an_event_nothing_is_shown(void **state)
{
	struct tree t;
	struct made m;

	(void)state;
	open_tree(&t, &m, "\"a\":1");
	tree_show(&t, m.store, STORE_NO_EVENT);
	assert_int_equal(t.pane.count, 0);
	assert_null(tree_row(&t));
	tree_toggle(&t);
	tree_parent(&t);
	tree_sibling(&t, 1);
	tree_fold_or_parent(&t);
	tree_unfold_or_child(&t);
	tree_fold_siblings(&t, true, true);
	tree_set_level(&t, 3);
	tree_choose(&t);
	assert_int_equal(t.pane.count, 0);
	close_tree(&t, &m);
}

static void five_hundred_levels_are_no_recursion(void **state)
{
	struct buffer members = {0};
	struct tree t;
	struct made m;

	(void)state;
	buffer_add_text(&members, "\"a\":");
	for (int i = 0; i < 500; i++)
		buffer_add_text(&members, "{\"a\":");
	buffer_add_byte(&members, '1');
	for (int i = 0; i < 500; i++)
		buffer_add_byte(&members, '}');
	open_tree(&t, &m, buffer_text(&members));
	go(&t, 3);
	tree_fold_siblings(&t, false, true);
	assert_int_equal(t.pane.count, 3 + 501);
	close_tree(&t, &m);
	buffer_free(&members);
}

static void a_byte_buffer_is_one_line(void **state)
{
#define REST ",\"offset\":0,\"isReadOnly\":false,\"bigEndian\":true," \
	"\"nativeByteOrder\":false,\"mark\":-1,\"position\":0,"
	static const struct {
		const char *members, *rows;
	} table[] = {
		{"\"passphrase\":{\"hb\":[42,42,42,42]" REST
		 "\"limit\":4,\"capacity\":4,\"address\":0}",
		 "passphrase=4 bytes, masked by AWS\n"},
		{"\"passphrase\":{\"hb\":[104,117,110,116]" REST
		 "\"limit\":4,\"capacity\":4,\"address\":0}",
		 "passphrase=[passphrase, #k1]\n"},
		{"\"certificate\":{\"hb\":null" REST
		 "\"limit\":1674,\"capacity\":1674,\"address\":0}",
		 "certificate=1,674 bytes, content not recorded\n"},
		{"\"certificate\":{\"hb\":[45,45,45,45]" REST
		 "\"limit\":1674,\"capacity\":1674,\"address\":0}",
		 "certificate=1,674 bytes, content not recorded\n"},
		{"\"certificate\":{\"hb\":[\"byte\",\"...\"],\"offset\":0,"
		 "\"mark\":-1}", "certificate=content not recorded\n"},
		{"\"b\":{\"hb\":[0,72,105,-1]" REST "\"limit\":2,\"offset\":1}",
		 "b=2 bytes\n"},
		{"\"b\":{\"hb\":[72,105]" REST "\"limit\":2}", "b=2 bytes\n"},
		{"\"b\":{\"hb\":[72,105,33],\"limit\":2}",
		 "-b=\n  +hb=[3] 72, 105, 33\n  limit=2\n"},
		{"\"b\":{\"offset\":1,\"mark\":2,\"position\":3}",
		 "-b=\n  offset=1\n  mark=2\n  position=3\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct tree t;
		struct made m;

		open_tree(&t, &m, table[i].members);
		check(&t, table[i].rows);
		close_tree(&t, &m);
	}
}

static void json_in_a_string_unfolds_one_level_at_a_time(void **state)
{
	struct tree t;
	struct made m;

	(void)state;
	open_tree(&t, &m, "\"p\":{\"policy\":\"{\\\"Version\\\":1.0,"
		  "\\\"a b\\\":[\\\"x\\\",\\\"{\\\\\\\"n\\\\\\\":1e2}\\\"]}"
		  "\"},\"z\":1");
	go(&t, 4);
	tree_unfold_or_child(&t);
	check(&t, "-p=\n>  -policy=\n    Version=1.0\n    +a b=[2] \"x\", "
	      "\"{\\\"n\\\":1e2}\"\nz=1\n");
	go(&t, 6);
	tree_toggle(&t);
	go(&t, 8);
	check_path(&t, "p.policy.\"a b\"[1]");
	tree_toggle(&t);
	check(&t, "-p=\n  -policy=\n    Version=1.0\n    -a b=\n"
	      "      [0]=\"x\"\n>      -[1]=\n        n=1e2\nz=1\n");
	go(&t, 9);
	check_path(&t, "p.policy.\"a b\"[1].n");
	assert_int_equal(tree_value_number(&t, tree_row(&t)), VALUES_NONE);
	go(&t, 4);
	tree_toggle(&t);
	check(&t, "-p=\n>  +policy=\"{\\\"Version\\\":1.0,\\\"a b\\\":"
	      "[\\\"x\\\",\\\"{\\\\\\\"n\\\\\\\":1e2}\\\"]}\"\n"
	      "z=1\n");
	close_tree(&t, &m);
}

static void what_is_masked_looks_so(void **state)
{
	static const struct {
		const char *members;
		enum tree_look look;
	} table[] = {
		{"\"a\":\"x\"", TREE_PLAIN},
		{"\"password\":\"x\"", TREE_SECRET},
		{"\"a\":\"password=x\"", TREE_SECRET},
		{"\"password\":\"***\"", TREE_MASKED_BY_AWS},
		{"\"a\":\"<sensitiveDataRemoved>\"", TREE_MASKED_BY_AWS},
		{"\"a\":\"HIDDEN_DUE_TO_SECURITY_REASONS\"",
		 TREE_MASKED_BY_AWS},
		{"\"a\":[42,42,42,42]", TREE_MASKED_BY_AWS},
		{"\"omitted\":\"true\"", TREE_OMITTED},
		{"\"omitted\":true", TREE_OMITTED},
		{"\"omitted\":\"false\"", TREE_PLAIN},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct tree t;
		struct made m;

		open_tree(&t, &m, table[i].members);
		assert_int_equal(tree_look(&t, tree_row_at(&t, 3)),
				 table[i].look);
		close_tree(&t, &m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_stand_as_in_the_log),
		cmocka_unit_test(a_byte_buffer_is_one_line),
		cmocka_unit_test(json_in_a_string_unfolds_one_level_at_a_time),
		cmocka_unit_test(what_is_masked_looks_so),
		cmocka_unit_test(folds_open_and_close),
		cmocka_unit_test(siblings_are_found_over_what_lies_between),
		cmocka_unit_test(paths_are_written_as_filters_read_them),
		cmocka_unit_test(folds_and_place_are_kept_in_the_next_event),
		cmocka_unit_test(large_lists_have_pages_that_are_folded),
		cmocka_unit_test(secrets_are_their_masks),
		cmocka_unit_test(without_an_event_nothing_is_shown),
		cmocka_unit_test(five_hundred_levels_are_no_recursion),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
