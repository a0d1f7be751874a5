/* What tests of the app on threads share: an app over a store, its keys, and its
 * end.  For tests that have made SEEN's store and told what wakes the app. */
#ifndef SCREEN_APP_SUPPORT_H
#define SCREEN_APP_SUPPORT_H

#include "base/jobs.h"
#include "load_support.h"
#include "screen/app_parts.h"

#include <sched.h>

struct seen {
	struct made made;
	struct jobs *jobs;
	struct grid grid;
	struct app *app;
};

static inline void type(struct app *a, const char *text)
{
	for (; *text; text++)
		app_key(a, (unsigned char)*text);
}

/* Until all is answered, and every key that waited was handled. */
static inline void settle(struct app *a)
{
	enum app_want want;

	while (app_work(a) || app_resume(a, &want) ||
	       strcmp(app_state(a), "idle") != 0)
		sched_yield();
}

/* On THREADS, 24 rows by 80 columns. */
static inline void seen_open(struct seen *s, size_t threads,
			     struct app_options options)
{
	s->jobs = jobs_new(threads);
	options.store = s->made.store;
	options.jobs = s->jobs;
	s->app = app_new(&options);
	s->grid.set = options.set;
	grid_resize(&s->grid, 24, 80);
	app_draw(s->app, &s->grid);
	settle(s->app);
}

static inline int seen_close(void **state)
{
	struct seen *s = *state;

	app_free(s->app);
	grid_free(&s->grid);
	jobs_free(s->jobs);
	unmake(&s->made);
	free(s);
	return 0;
}

#endif
