/* What the tests of reading again share: a folder of files that change, a loader
 * of them, and what its store tells.  Needs _DEFAULT_SOURCE. */
#ifndef LOAD_AGAIN_SUPPORT_H
#define LOAD_AGAIN_SUPPORT_H

#include "store_support.h"

#include "load/loader.h"
#include "query/filter.h"
#include "query/run.h"

#include <sys/time.h>
#include <unistd.h>

#define TIME "\"eventTime\":\"2026-01-02T03:04:05Z\""
#define EV(name, id) \
	"{\"eventName\":\"" name "\"," TIME ",\"eventID\":\"" id "\"}\n"
#define NO_ID(name) "{\"eventName\":\"" name "\"," TIME "}\n"

static char top[] = "/tmp/acmtui-again-XXXXXX";
static char one[64], other[64];

static inline int make_folder(void **state)
{
	(void)state;
	/* To the superuser every file can be read. */
	if (geteuid() == 0 && seteuid(65534) != 0)
		return -1;
	if (!mkdtemp(top))
		return -1;
	snprintf(one, sizeof one, "%s/a.json", top);
	snprintf(other, sizeof other, "%s/b.json", top);
	return 0;
}

static inline int remove_folder(void **state)
{
	(void)state;
	/* Who looks for leaks at the end stops all threads for it. */
	return rmdir(top) == 0 && seteuid(getuid()) == 0 ? 0 : -1;
}

/* Each writing is a minute later than the one before. */
static inline void put(const char *path, struct span text)
{
	static time_t now = 1767225600;
	struct timeval times[2] = {{.tv_sec = now}, {.tv_sec = now}};
	FILE *f = fopen(path, "wb");

	now += 60;
	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(utimes(path, times), 0);
}

struct load {
	struct store *store;
	struct jobs *jobs;
	struct loader *loader;
};

static inline struct load load_start(const char *const *paths, size_t count,
			      size_t threads)
{
	struct load l = {store_new(FIELD_COUNT), jobs_new(threads), NULL};

	l.loader = loader_new(l.store, l.jobs, &(struct loader_options){
		.strict = false});
	loader_start(l.loader, paths, count);
	return l;
}

static inline struct load load(const char *const *paths, size_t count)
{
	struct load l = load_start(paths, count, 1);

	loader_wait(l.loader);
	return l;
}

/* Answers how many files were read that had been met before. */
static inline uint64_t again(const struct load *l)
{
	loader_again(l->loader);
	loader_wait(l->loader);
	return loader_progress(l->loader).again;
}

static inline void load_end(struct load *l)
{
	loader_free(l->loader);
	jobs_free(l->jobs);
	store_free(l->store);
}

/* The names of the events by their places, and what is counted of them. */
static char *tell(const struct load *l)
{
	const struct made m = {.store = l->store};
	struct buffer out = {0};
	struct store_counts c;
	size_t count;
	struct identity *list = list_events(l->store, &count);

	for (size_t i = 0; i < count; i++) {
		struct store_event e = list[i].event;
		char *name = field_text(&m, e, FIELD_EVENT_NAME);

		buffer_printf(&out, "%s%s%s", i ? " " : "", name,
			      segment_event(store_segment(l->store, e.segment),
					    e.index)->marks & SEGMENT_DAMAGED
				      ? "!" : "");
		free(name);
	}
	free(list);
	store_counts(l->store, &c);
	assert_int_equal(c.events, count);
	assert_int_equal(c.files_done, c.files);
	assert_int_equal(c.problems, store_problem_count(l->store));
	if (c.duplicates > 0)
		buffer_printf(&out, " %dd", (int)c.duplicates);
	if (c.conflicts > 0)
		buffer_printf(&out, " %dc", (int)c.conflicts);
	if (c.unverified > 0)
		buffer_printf(&out, " %du", (int)c.unverified);
	if (c.problems > 0)
		buffer_printf(&out, " %dp", (int)c.problems);
	return buffer_take(&out);
}

static inline void check_told(const struct load *l, const char *want)
{
	char *told = tell(l);

	assert_string_equal(told, want);
	free(told);
}

/* Without an order: by file, then record. */
static inline void check_rows(const struct load *l)
{
	struct run_cache *cache = run_cache_new();
	struct filter *filter = filter_parse(SPAN(""), NULL);
	struct run_result r;

	assert_true(run_query(l->store, cache, l->jobs, filter, NULL, NULL,
			      &r));
	for (size_t i = 1; i < r.count; i++)
		assert_true(store_compare(l->store, r.events[i - 1],
					  r.events[i]) < 0);
	run_result_free(&r);
	filter_free(filter);
	run_cache_free(cache);
}

#endif
