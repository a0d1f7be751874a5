/* What the tests of writers share: a trail from a text, all of its events in
 * order of the log, and what a writer wrote. */
#ifndef TESTS_UNIT_WRITE_SUPPORT_H
#define TESTS_UNIT_WRITE_SUPPORT_H

#include "base/jobs.h"
#include "base/memory.h"
#include "load/loader.h"
#include "query/run.h"
#include "store/store.h"
#include "trail/fields.h"
#include "trail/secret.h"
#include "write/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* Loads TEXT as a file of the name NAME, in a folder of its own: tests run side by
 * side. */
static inline struct store *support_load(const char *name, const char *text)
{
	struct store *store = store_new(FIELD_COUNT);
	struct jobs *jobs = jobs_new(1);
	struct loader_options options = {0};
	struct loader *loader;
	char folder[] = "load-XXXXXX";
	FILE *f;

	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	f = fopen(name, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
	store_set_masks(store, (struct store_masks){
		.name = secret_name, .sized = secret_sized, .ascii = true});
	loader = loader_new(store, jobs, &options);
	loader_start(loader, &name, 1);
	loader_wait(loader);
	loader_free(loader);
	jobs_free(jobs);
	assert_int_equal(unlink(name), 0);
	assert_int_equal(chdir(".."), 0);
	assert_int_equal(rmdir(folder), 0);
	return store;
}

/* As a query without a filter would have it; events in order of the log. */
static inline struct run_result support_all(const struct store *store)
{
	struct run_result all = {0};
	struct store_event event = STORE_NO_EVENT;
	struct store_counts counts;

	store_counts(store, &counts);
	all.first = counts.first;
	all.last = counts.last;
	while (store_next(store, &event)) {
		all.events = memory_resize(all.events, all.count + 1,
					   sizeof *all.events);
		all.events[all.count++] = event;
	}
	return all;
}

/* A sink into a file without a name. */
static inline int support_sink(struct sink *sink, bool terminal)
{
	char name[] = "written-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	unlink(name);
	sink_start(sink, fd, terminal, SHOW_UNICODE, NULL);
	return fd;
}

/* Ends the sink; what was written, NUL-terminated.  The caller frees. */
static inline char *support_written(struct sink *sink, int fd)
{
	struct error err;
	off_t size;
	char *text;

	assert_true(sink_finish(sink, &err));
	size = lseek(fd, 0, SEEK_END);
	text = memory_alloc((size_t)size + 1);
	assert_int_equal(pread(fd, text, (size_t)size, 0), size);
	text[size] = '\0';
	close(fd);
	return text;
}

#endif
