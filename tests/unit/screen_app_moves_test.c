/* Moving about allocates nothing: every allocation of the process is counted
 * while keys that move are handled and what they show is drawn.  What is seen
 * for the first time (a shape's rows, a longer text) has been seen before. */
#define _GNU_SOURCE
#include "base/jobs.h"
#include "load/loader.h"
#include "screen/app.h"
#include "trail/fields.h"
#include "trail/secret.h"
#include "view/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Not under sanitizers, which have a malloc of their own. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && \
	!defined(__SANITIZE_THREAD__)
#define COUNTS 1
#else
#define COUNTS 0
#endif

static size_t allocations;

#if COUNTS
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

void *malloc(size_t n)
{
	allocations++;
	return __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	allocations++;
	return __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	allocations++;
	return __libc_realloc(p, n);
}
#endif

struct seen {
	struct store *store;
	struct jobs *jobs;
	struct loader *loader;
	struct app *app;
	struct grid grid;
};

static void wake(void)
{
}

static int open_all(void **state)
{
	static char path[4096];
	static const char *paths[] = {path};
	struct seen *s = calloc(1, sizeof *s);
	const char *source = getenv("ACMTUI_SOURCE");

	if (!s)
		return -1;
	snprintf(path, sizeof path, "%s/data/sample", source ? source : ".");
	s->store = store_new(FIELD_COUNT);
	store_set_masks(s->store, (struct store_masks){
		secret_name, secret_sized, false});
	s->jobs = jobs_new(1);
	s->loader = loader_new(s->store, s->jobs, &(struct loader_options){
		.strict = false});
	loader_start(s->loader, paths, 1);
	loader_wait(s->loader);
	s->app = app_new(&(struct app_options){
		.store = s->store, .wake = wake, .set = SHOW_UNICODE});
	grid_resize(&s->grid, 60, 160);
	*state = s;
	return 0;
}

static int close_all(void **state)
{
	struct seen *s = *state;

	app_free(s->app);
	loader_free(s->loader);
	jobs_free(s->jobs);
	store_free(s->store);
	grid_free(&s->grid);
	free(s);
	return 0;
}

static void press(struct seen *s, const char *keys, int times)
{
	for (int i = 0; i < times; i++) {
		const char *p = keys;

		while (*p) {
			uint32_t key;
			size_t n = strcspn(p, " ");

			assert_true(keys_parse((struct span){p, n}, &key));
			app_key(s->app, key);
			p += n + (p[n] == ' ');
		}
		while (app_work(s->app))
			;
		app_draw(s->app, &s->grid);
	}
}

static void moving_allocates_nothing(void **state)
{
	/* To get there, what is done, how often. */
	static const struct {
		const char *from, *keys;
		int times;
	} moves[] = {
		{"g", "j", 518}, {"G", "k", 518}, {"g", "PgDn", 9},
		{"G", "Ctrl-U", 18}, {"g", "l", 12}, {"g", "h", 12},
		{"Esc g Enter", "j", 40}, {"Esc g", "Ctrl-N", 518},
		{"Esc g Enter", "J", 20}, {"g", "K", 20}, {"Esc g", "3 j", 30},
		{"g", "e", 60}, {"g", "Tab", 9},
	};
	struct seen *s = *state;

	if (!COUNTS)
		skip();
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		size_t before;

		press(s, moves[i].from, 1);
		press(s, moves[i].keys, moves[i].times);
		press(s, moves[i].from, 1);
		before = allocations;
		press(s, moves[i].keys, moves[i].times);
		if (allocations != before)
			print_error("%s, %d times: %zu allocations\n",
				    moves[i].keys, moves[i].times,
				    allocations - before);
		assert_int_equal(allocations, before);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(moving_allocates_nothing,
						open_all, close_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
