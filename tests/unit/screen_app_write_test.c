/* Files are written one at a time, and each gets its word: what comes meanwhile
 * takes the place of none. */
#include "base/jobs.h"
#include "load_support.h"
#include "screen/app_parts.h"
#include "view/keys.h"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

/* The only thread waits for it: nothing is written while it is held. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void wait_at_the_gate(void *context)
{
	(void)context;
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
}

static void wake(void)
{
}

struct writing {
	struct made made;
	struct jobs *jobs;
	char folder[32];
	struct app *app;
	bool held;                      /* the gate */
};

static int begin(void **state)
{
	struct writing *w = memory_clear(1, sizeof *w);

	make_text(&w->made, "{\"eventVersion\":\"1\",\"eventTime\":"
		  "\"2026-01-01T00:00:00Z\",\"eventName\":\"GetX\","
		  "\"eventID\":\"1\"}\n", 4000);
	memcpy(w->folder, "write-test-XXXXXX", sizeof "write-test-XXXXXX");
	w->jobs = jobs_new(1);
	*state = w;
	if (!mkdtemp(w->folder))
		return -1;
	w->app = app_new(&(struct app_options){
		.store = w->made.store, .jobs = w->jobs, .wake = wake,
		.folder = w->folder});
	while (app_work(w->app) || strcmp(app_state(w->app), "idle") != 0)
		sched_yield();
	pthread_mutex_lock(&gate);
	w->held = true;
	jobs_add(w->jobs, JOBS_INTERACTIVE, wait_at_the_gate, NULL);
	return 0;
}

/* Whether there is such a file; there is none afterwards. */
static bool was_written(const struct writing *w, const char *name)
{
	char path[64];

	snprintf(path, sizeof path, "%s/%s", w->folder, name);
	return unlink(path) == 0;
}

static void open_gate(struct writing *w)
{
	if (w->held)
		pthread_mutex_unlock(&gate);
	w->held = false;
}

static int end(void **state)
{
	struct writing *w = *state;

	open_gate(w);
	app_free(w->app);
	jobs_free(w->jobs);
	unmake(&w->made);
	rmdir(w->folder);
	free(w);
	return 0;
}

static void order(struct app *a, const char *command)
{
	for (; *command; command++)
		app_key(a, (unsigned char)*command);
	app_key(a, KEYS_ENTER);
}

static bool says(struct app *a, const char *text)
{
	return strstr(buffer_text(&a->message), text) != NULL;
}

static void wait_for_word(struct app *a)
{
	while (!app_write_work(a))
		sched_yield();
}

static void one_is_written_before_the_next(void **state)
{
	struct writing *w = *state;
	struct app *a = w->app;

	order(a, ":w a.csv");
	order(a, ":w b.csv");
	assert_true(says(a, "still writing a.csv"));
	open_gate(w);
	wait_for_word(a);
	assert_true(says(a, "1 events written"));
	assert_true(says(a, "a.csv"));
	assert_true(was_written(w, "a.csv"));
	assert_false(was_written(w, "b.csv"));
	order(a, ":w b.csv");
	wait_for_word(a);
	assert_true(was_written(w, "b.csv"));
}

static void quitting_before_it_is_whole_asks_once(void **state)
{
	struct writing *w = *state;
	struct app *a = w->app;

	order(a, ":w a.json");
	assert_int_equal(app_key(a, 'Q'), APP_NOTHING);
	assert_true(says(a, "still writing a.json"));
	assert_int_equal(app_key(a, 'Q'), APP_QUIT);
	open_gate(w);
	wait_for_word(a);
	assert_true(was_written(w, "a.json"));
	assert_int_equal(app_key(a, 'Q'), APP_QUIT);
}

static void it_can_be_stopped(void **state)
{
	struct writing *w = *state;
	struct app *a = w->app;

	order(a, ":w a.csv");
	app_key(a, keys_control('c'));
	assert_true(says(a, "stopping to write"));
	open_gate(w);
	wait_for_word(a);
	assert_true(says(a, "not written: cancelled"));
	assert_false(was_written(w, "a.csv"));
	app_key(a, keys_control('c'));
	assert_true(says(a, "nothing is running"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			one_is_written_before_the_next, begin, end),
		cmocka_unit_test_setup_teardown(
			quitting_before_it_is_whole_asks_once, begin, end),
		cmocka_unit_test_setup_teardown(it_can_be_stopped, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
