/* Files are loaded on any number of threads with the same result, as they come,
 * and loading can be stopped at any moment with what was read kept. */
#define _DEFAULT_SOURCE
#include "store_support.h"

#include "load/loader.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "\"eventName\":\"A\",\"eventTime\":\"2026-01-02T03:04:05Z\""

static char top[] = "/tmp/acmtui-loader-XXXXXX";

static void path_of(char path[128], const char *name)
{
	snprintf(path, 128, "%s/%s", top, name);
}

static void put(const char *name, struct span text)
{
	char path[128];
	FILE *f;

	path_of(path, name);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
	fclose(f);
}

/* Files of all kinds, some of them broken, with events that are told twice. */
static int make_files(void **state)
{
	uint64_t seed = 5;

	(void)state;
	if (!mkdtemp(top))
		return -1;
	for (int file = 0; file < 40; file++) {
		struct buffer text = {0};
		char name[16];

		buffer_add_text(&text, "{\"Records\":[");
		for (int i = 0; i < 60; i++)
			buffer_printf(&text, "%s{" NAME ",\"eventID\":\"%d\","
				      "\"userIdentity\":{\"type\":\"IAMUser\","
				      "\"userName\":\"u%d\"},\"password\":"
				      "\"secret%d\",\"n\":%d}",
				      i ? ",\n" : "",
				      (int)(next_random(&seed) % 1800),
				      (int)(next_random(&seed) % 7),
				      (int)(next_random(&seed) % 50),
				      (int)(next_random(&seed) % 3));
		buffer_add_text(&text, "]}");
		if (file % 5 == 4)
			damage_any(&text, &seed);
		snprintf(name, sizeof name, "f%02d.json", file);
		put(name, buffer_span(&text));
		buffer_free(&text);
	}
	put("notes.txt", SPAN("nothing"));
	put("empty.json", SPAN(""));
	put("other.json", SPAN("{\"a\":1}"));
	put("digest.json", SPAN("{\"digestStartTime\":\"t\",\"digestEndTime\":"
				"\"t\",\"logFiles\":[]}"));
	return 0;
}

static int remove_files(void **state)
{
	DIR *dir = opendir(top);
	const struct dirent *entry;

	(void)state;
	while (dir && (entry = readdir(dir))) {
		char path[384];

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", top, entry->d_name);
		unlink(path);
	}
	if (dir)
		closedir(dir);
	return rmdir(top);
}

/* What the loader said, and the loader. */
struct load {
	struct store *store;
	struct jobs *jobs;
	struct loader *loader;
	pthread_mutex_t lock;
	pthread_cond_t news;
	size_t heard;
};

static void hear(void *context, bool over)
{
	struct load *l = context;

	(void)over;
	pthread_mutex_lock(&l->lock);
	l->heard++;
	pthread_cond_broadcast(&l->news);
	pthread_mutex_unlock(&l->lock);
}

static void load_start(struct load *l, size_t threads,
		       struct loader_options options, const char *const *paths,
		       size_t count)
{
	*l = (struct load){.store = store_new(FIELD_COUNT),
			   .jobs = jobs_new(threads)};
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->news, NULL);
	store_set_masks(l->store, (struct store_masks){
		secret_name, secret_sized, true});
	options.news = hear;
	options.context = l;
	l->loader = loader_new(l->store, l->jobs, &options);
	loader_start(l->loader, paths, count);
}

static void load_end(struct load *l)
{
	loader_free(l->loader);
	jobs_free(l->jobs);
	store_free(l->store);
	pthread_cond_destroy(&l->news);
	pthread_mutex_destroy(&l->lock);
}

static char *load_folder(const char *folder, size_t threads)
{
	struct load l;
	char *told;

	load_start(&l, threads, (struct loader_options){.strict = false},
		   &folder, 1);
	loader_wait(l.loader);
	told = tell_store(l.store);
	load_end(&l);
	return told;
}

static void check_threads(const char *folder)
{
	static const size_t threads[] = {2, 8};
	char *first = load_folder(folder, 1);

	for (size_t i = 0; i < COUNT(threads); i++) {
		char *told = load_folder(folder, threads[i]);

		if (strcmp(told, first) != 0)
			fail_msg("%s: %zu threads tell other things", folder,
				 threads[i]);
		free(told);
	}
	free(first);
}

static void threads_change_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		check_threads(top);
}

static void threads_change_nothing_of_the_sample(void **state)
{
	const char *source = getenv("ACMTUI_SOURCE");
	char path[512];

	(void)state;
	snprintf(path, sizeof path, "%s/data/sample", source ? source : ".");
	check_threads(path);
}

static void threads_change_nothing_of_real_trails(void **state)
{
	const char *shared = getenv("ACMTUI_SHARED");
	char path[512];
	struct stat s;

	(void)state;
	snprintf(path, sizeof path, "%s/trails", shared ? shared : "../shared");
	if (stat(path, &s) != 0) {
		print_message("SKIP: %s is not there\n", path);
		skip();
	}
	check_threads(path);
}

static void every_file_has_its_state(void **state)
{
	static const struct {
		const char *name;
		enum store_file_state state;
		const char *why;
	} rows[] = {
		{"digest.json", STORE_FILE_DIGEST, "a CloudTrail digest file"},
		{"empty.json", STORE_FILE_SKIPPED, "an empty file"},
		{"f00.json", STORE_FILE_LOADED, NULL},
		{"notes.txt", STORE_FILE_SKIPPED, "text that is not JSON"},
		{"other.json", STORE_FILE_SKIPPED,
		 "JSON without CloudTrail events"},
		{"missing.json", STORE_FILE_FAILED,
		 "cannot open: No such file or directory"},
	};
	const char *paths[COUNT(rows)];
	char room[COUNT(rows)][128];
	struct store_counts counts;
	struct load l;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		path_of(room[i], rows[i].name);
		paths[i] = room[i];
	}
	load_start(&l, 2, (struct loader_options){.strict = false}, paths,
		   COUNT(rows));
	loader_wait(l.loader);
	assert_int_equal(store_file_count(l.store), COUNT(rows));
	for (uint32_t i = 0; i < COUNT(rows); i++) {
		struct store_file file = store_file(l.store, i);

		if (file.state != rows[i].state)
			fail_msg("%s: %d, %s", rows[i].name, (int)file.state,
				 file.why ? file.why : "");
		if (rows[i].why)
			assert_string_equal(file.why, rows[i].why);
		else
			assert_null(file.why);
	}
	store_counts(l.store, &counts);
	assert_int_equal(counts.files_done, COUNT(rows));
	assert_int_equal(counts.files_failed, 1);
	assert_int_equal(counts.files_skipped, 4);
	load_end(&l);
}

/* Stopped after each piece of news, and before the first. */
static void loading_stops_at_any_moment(void **state)
{
	const char *folder = top;

	(void)state;
	for (size_t after = 0; after < 50; after++) {
		struct loader_progress progress;
		struct store_counts counts;
		struct load l;
		size_t events;
		char *told;

		load_start(&l, 1 + after % 3,
			   (struct loader_options){.strict = false}, &folder,
			   1);
		pthread_mutex_lock(&l.lock);
		while (l.heard < after && l.heard < 40)
			pthread_cond_wait(&l.news, &l.lock);
		pthread_mutex_unlock(&l.lock);
		loader_stop(l.loader);
		loader_wait(l.loader);
		progress = loader_progress(l.loader);
		assert_true(progress.over);
		assert_true(store_finished(l.store));
		told = tell_store(l.store);
		free(told);
		free(list_events(l.store, &events));
		store_counts(l.store, &counts);
		assert_int_equal(events, counts.events);
		load_end(&l);
	}
}

static void a_loader_may_be_freed_while_it_loads(void **state)
{
	const char *folder = top;
	struct loader_options options = {.strict = false};
	struct load l;

	(void)state;
	for (size_t threads = 1; threads < 6; threads++) {
		load_start(&l, threads, options, &folder, 1);
		load_end(&l);
	}
	l.store = store_new(FIELD_COUNT);
	l.jobs = jobs_new(1);
	l.loader = loader_new(l.store, l.jobs, &options);
	loader_free(l.loader);
	loader_free(NULL);
	jobs_free(l.jobs);
	store_free(l.store);
}

static void write_all(int fd, const char *text)
{
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

/* Waits until so many events are published. */
static void wait_for_events(struct load *l, uint64_t events)
{
	struct store_counts counts;

	pthread_mutex_lock(&l->lock);
	for (;;) {
		store_counts(l->store, &counts);
		if (counts.events >= events)
			break;
		pthread_cond_wait(&l->news, &l->lock);
	}
	pthread_mutex_unlock(&l->lock);
	assert_int_equal(counts.events, events);
}

/* What comes through a pipe is shown while the writer pauses; a record may come
 * in pieces. */
static void a_stream_is_read_as_it_comes(void **state)
{
	char path[128];
	const char *paths[] = {path};
	struct load l;
	int fd;

	(void)state;
	path_of(path, "pipe");
	assert_int_equal(mkfifo(path, 0600), 0);
	load_start(&l, 2, (struct loader_options){.strict = false}, paths, 1);
	fd = open(path, O_WRONLY);
	assert_true(fd >= 0);
	write_all(fd, "{\"Records\":[{" NAME ",\"n\":1},{" NAME ",");
	wait_for_events(&l, 1);
	write_all(fd, "\"n\":2");
	write_all(fd, "}");
	wait_for_events(&l, 2);
	assert_false(loader_progress(l.loader).over);
	for (int i = 3; i < 12; i++) {
		char record[128];

		snprintf(record, sizeof record, ",{" NAME ",\"n\":%d}", i);
		write_all(fd, record);
		wait_for_events(&l, (uint64_t)i);
	}
	write_all(fd, "]}");
	close(fd);
	loader_wait(l.loader);
	assert_int_equal(store_problem_count(l.store), 0);
	assert_int_equal(store_file(l.store, 0).state, STORE_FILE_LOADED);
	load_end(&l);
	unlink(path);
}

static void a_stream_that_waits_can_be_stopped(void **state)
{
	char path[128];
	const char *paths[] = {path};
	struct load l;
	int fd;

	(void)state;
	path_of(path, "pipe");
	assert_int_equal(mkfifo(path, 0600), 0);
	load_start(&l, 1, (struct loader_options){.strict = false}, paths, 1);
	fd = open(path, O_WRONLY);
	write_all(fd, "[{" NAME "},{" NAME);
	wait_for_events(&l, 1);
	loader_stop(l.loader);
	loader_wait(l.loader);
	assert_int_equal(store_file(l.store, 0).state, STORE_FILE_PARTLY);
	assert_true(loader_progress(l.loader).stopped);
	close(fd);
	load_end(&l);
	unlink(path);
}

static void loading_ends_before_memory_does(void **state)
{
	const char *folders[30];
	struct load l;
	size_t told = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(folders); i++)
		folders[i] = top;
	load_start(&l, 2, (struct loader_options){.max_memory = 1}, folders,
		   COUNT(folders));
	loader_wait(l.loader);
	for (size_t i = 0; i < store_problem_count(l.store); i++) {
		struct error err = store_problem(l.store, i).error;

		if (strncmp(err.text, "loading stopped: ", 17) != 0)
			continue;
		assert_non_null(strstr(err.hint, "--max-memory"));
		told++;
	}
	assert_int_equal(told, 1);
	assert_true(loader_progress(l.loader).stopped);
	load_end(&l);
}

/* Also before a document that is held whole has come. */
static void a_document_that_does_not_fit_is_not_read(void **state)
{
	static const struct {
		uint64_t most;
		enum store_file_state state;
		uint64_t events, problems;
	} rows[] = {
		{16 << 20, STORE_FILE_LOADED, 40000, 0},
		{4 << 20, STORE_FILE_PARTLY, 0, 1},
	};
	struct buffer text = {0};
	char path[128];
	const char *paths[] = {path};

	(void)state;
	buffer_add_text(&text, "{\"took\":1,\"Records\":[");
	for (int i = 0; i < 40000; i++)
		buffer_printf(&text, "%s{" NAME ",\"n\":%d}", i ? "," : "",
			      i % 9);
	buffer_add_text(&text, "]}");
	put("whole.json", buffer_span(&text));
	buffer_free(&text);
	path_of(path, "whole.json");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct store_counts counts;
		struct load l;

		load_start(&l, 1,
			   (struct loader_options){.max_memory = rows[i].most},
			   paths, 1);
		loader_wait(l.loader);
		store_counts(l.store, &counts);
		assert_int_equal(store_file(l.store, 0).state, rows[i].state);
		assert_int_equal(counts.events, rows[i].events);
		assert_int_equal(store_problem_count(l.store),
				 rows[i].problems);
		load_end(&l);
	}
	unlink(path);
}

static void strict_loading_refuses_what_is_relaxed(void **state)
{
	char path[128];
	const char *paths[] = {path};
	struct store_counts counts;
	struct load l;

	(void)state;
	put("relaxed.json", SPAN("[{" NAME "},{eventName:A,eventTime:t}]"));
	path_of(path, "relaxed.json");
	for (int strict = 0; strict < 2; strict++) {
		load_start(&l, 1, (struct loader_options){.strict = strict},
			   paths, 1);
		loader_wait(l.loader);
		store_counts(l.store, &counts);
		assert_int_equal(counts.events, strict ? 1 : 2);
		assert_int_equal(counts.relaxed, strict ? 0 : 1);
		assert_int_equal(counts.rejected, strict ? 1 : 0);
		load_end(&l);
	}
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_change_nothing),
		cmocka_unit_test(threads_change_nothing_of_the_sample),
		cmocka_unit_test(threads_change_nothing_of_real_trails),
		cmocka_unit_test(every_file_has_its_state),
		cmocka_unit_test(loading_stops_at_any_moment),
		cmocka_unit_test(a_loader_may_be_freed_while_it_loads),
		cmocka_unit_test(a_stream_is_read_as_it_comes),
		cmocka_unit_test(a_stream_that_waits_can_be_stopped),
		cmocka_unit_test(loading_ends_before_memory_does),
		cmocka_unit_test(a_document_that_does_not_fit_is_not_read),
		cmocka_unit_test(strict_loading_refuses_what_is_relaxed),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files);
}
