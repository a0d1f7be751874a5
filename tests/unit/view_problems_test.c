/* The list of problems and of files that were left out. */
#include "load_support.h"
#include "view/problems.h"

static void add_file(struct store *store, const char *name,
		     enum store_file_state file_state, const char *why)
{
	uint32_t input = store_add_file(store, name);

	store_set_file(store, input, &(struct store_file){
		.state = file_state,
		.why = why ? memory_copy(why, strlen(why)) : NULL});
}

static void problems_come_before_files_that_were_left_out(void **state)
{
	struct problems p = {0};
	struct store_problem problem;
	struct made m;

	(void)state;
	make_store(&m);
	make_file(&m, SPAN("{\"Records\":[{\"eventName\":x}]}"), 99);
	add_file(m.store, "notes", STORE_FILE_SKIPPED, "text");
	add_file(m.store, "fine", STORE_FILE_LOADED, NULL);
	add_file(m.store, "failed", STORE_FILE_FAILED, "no");
	add_file(m.store, "digest", STORE_FILE_DIGEST, NULL);
	make_end(&m);
	pane_set_height(&p.pane, 10);
	problems_refresh(&p, m.store);
	assert_true(p.problems > 0);
	assert_int_equal(p.pane.count, p.problems + 2);
	assert_true(problems_problem(&p, m.store, 0, &problem));
	assert_int_equal(problem.input, 0);
	assert_false(problems_problem(&p, m.store, p.problems, &problem));
	assert_string_equal(problems_file(&p, m.store, p.problems).name,
			    "notes");
	assert_string_equal(problems_file(&p, m.store, p.problems + 1).name,
			    "digest");
	problems_free(&p);
	unmake(&m);
}

static void the_list_grows_under_the_cursor(void **state)
{
	struct problems p = {0};
	struct store *store = store_new(FIELD_COUNT);

	(void)state;
	pane_set_height(&p.pane, 10);
	problems_refresh(&p, store);
	assert_int_equal(p.pane.count, 0);
	for (int i = 0; i < 100; i++)
		add_file(store, "x", STORE_FILE_SKIPPED, "text");
	problems_refresh(&p, store);
	pane_go(&p.pane, 50);
	for (int i = 0; i < 100; i++)
		add_file(store, "x", STORE_FILE_SKIPPED, NULL);
	problems_refresh(&p, store);
	assert_int_equal(p.pane.count, 200);
	assert_int_equal(p.pane.cursor, 50);
	problems_free(&p);
	store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(problems_come_before_files_that_were_left_out),
		cmocka_unit_test(the_list_grows_under_the_cursor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
