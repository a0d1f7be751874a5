/* Owns the lanes: one for each thread, each with its own inflater, window,
 * reader and builder, which live across files.  A lane works in pieces of about
 * a megabyte, each a background job, so that no key waits for it. */
#define _GNU_SOURCE
#include "load/loader.h"

#include "base/clock.h"
#include "base/memory.h"
#include "load/inflate.h"
#include "load/inputs.h"
#include "load/known.h"
#include "load/records.h"
#include "text/stamp.h"
#include "trail/fields.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	CHUNK = 256 << 10,      /* bytes asked of the inflater at once */
	PIECE = 1 << 20,        /* bytes of content a job deals with */
	AHEAD = 64,             /* files listed before they are needed */
	STREAM_WAIT = 10,       /* ms a job waits for a stream */
	MINUTE_MS = 60000,
	STREAM_SEAL = 50,       /* ms until what a stream gave is shown, */
	STREAM_LONGEST = 2000   /* and until it is after many segments */
};

struct lane {
	struct loader *loader;
	struct inflate *inflate;
	struct builder *builder;
	struct records *records;
	struct window window;
	struct input input;
	struct input_file file;
	bool open;
	struct store_file was;  /* the file's entry until now */
	bool published;         /* something, so that rows are on the screen */
	size_t seals;           /* that came before a segment was large */
	uint64_t sealed;        /* when something was published last */
};

struct loader {
	struct store *store;
	struct jobs *jobs;
	struct loader_options options;
	/* Read without the lock, which is held while folders are read. */
	atomic_bool stop, listed, started;
	_Atomic uint64_t again;
	_Atomic size_t windows;         /* bytes of memory */

	pthread_mutex_t lock;           /* of all below */
	pthread_cond_t ended;
	struct inputs *inputs;
	struct known *known;            /* when all is read again; or NULL */
	const char *const *paths;
	size_t path_count;
	struct input *queue;            /* listed, in order */
	size_t queued, taken, room;
	uint32_t met;                   /* files, before loader_again */
	bool out_of_memory;
	size_t running;                 /* lanes */
	size_t lanes;
	struct lane lane[];
};

/* 80 % of what the system says is free; without a limit when it says nothing. */
static uint64_t free_memory(void)
{
	FILE *f = fopen("/proc/meminfo", "re");
	unsigned long long kib = 0;
	char line[128];

	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "MemAvailable: %llu kB", &kib) == 1)
			break;
	if (f)
		fclose(f);
	return kib ? (uint64_t)kib * 1024 / 10 * 8 : UINT64_MAX;
}

struct loader *loader_new(struct store *store, struct jobs *jobs,
			  const struct loader_options *options)
{
	size_t lanes = jobs_threads(jobs);
	struct loader *l = memory_clear(1, memory_add(
		sizeof *l, memory_multiply(lanes, sizeof l->lane[0])));

	l->store = store;
	l->jobs = jobs;
	l->options = *options;
	l->lanes = lanes;
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->ended, NULL);
	if (!l->options.max_memory)
		l->options.max_memory = free_memory();
	return l;
}

static void forget_inputs(struct loader *l)
{
	for (; l->taken < l->queued; l->taken++)
		free(l->queue[l->taken].path);
	l->taken = l->queued = 0;
	inputs_free(l->inputs);
	l->inputs = NULL;
	known_free(l->known);
	l->known = NULL;
}

void loader_free(struct loader *l)
{
	if (!l)
		return;
	loader_stop(l);
	loader_wait(l);
	forget_inputs(l);
	free(l->queue);
	pthread_mutex_destroy(&l->lock);
	pthread_cond_destroy(&l->ended);
	free(l);
}

static void tell_news(const struct loader *l, bool over)
{
	if (l->options.news)
		l->options.news(l->options.context, over);
}

/* Of a folder that can be listed now there is nothing more to tell. */
static void forgive_folders(struct loader *l)
{
	const struct store_file file = {.state = STORE_FILE_LOADED};
	uint32_t number;

	while (l->known && known_healed(l->known, &number)) {
		store_open_again(l->store, number);
		store_set_file(l->store, number, &file);
	}
}

/* Under the lock: lists some more files. */
static void list_ahead(struct loader *l)
{
	enum known_verdict known;
	struct input input;
	uint32_t number;

	while (!l->listed && l->queued - l->taken < AHEAD) {
		if (!inputs_next(l->inputs, &input)) {
			forgive_folders(l);
			l->listed = true;
			return;
		}
		known = l->known ? known_ask(l->known, &input, &number)
				 : KNOWN_NOT;
		if (known == KNOWN_SAME) {
			free(input.path);
			continue;
		}
		if (l->queued == l->room) {
			l->room = memory_grown(l->room, l->queued + 1,
					       sizeof *l->queue);
			l->queue = memory_resize(l->queue, l->room,
						 sizeof *l->queue);
		}
		if (known == KNOWN_NOT)
			number = store_add_file(l->store,
				input.place == INPUT_STANDARD
					? "(standard input)" : input.path);
		else
			store_open_again(l->store, number);
		input.number = number;
		l->queue[l->queued++] = input;
	}
}

static bool take_input(struct lane *lane)
{
	struct loader *l = lane->loader;
	bool some;

	pthread_mutex_lock(&l->lock);
	list_ahead(l);
	some = l->taken < l->queued;
	if (some)
		lane->input = l->queue[l->taken++];
	pthread_mutex_unlock(&l->lock);
	return some;
}

static void file_problem(const struct lane *lane, const struct error *err)
{
	store_take_problem(lane->loader->store, &(struct store_problem){
		.input = lane->input.number, .error = *err});
}

/* Whether it says more of the file than what is known: one that cannot be read
 * still is no news. */
static bool is_news(const struct lane *lane, const struct store_file *file,
		    const char *why)
{
	const char *before = lane->was.why;
	bool read = file->changed[0] != 0 || file->changed[1] != 0;

	return lane->input.number < lane->loader->met &&
	       (read || !before || !why || strcmp(before, why) != 0);
}

/* What was read before stays as far as this reading did not come. */
static void set_file(const struct lane *lane, struct store_file file,
		     const char *why)
{
	lane->loader->again += is_news(lane, &file, why);
	if (file.state == STORE_FILE_FAILED && lane->was.events > 0)
		file.state = STORE_FILE_PARTLY;
	if (file.state == STORE_FILE_PARTLY) {
		file.unverified |= lane->was.unverified;
		if (file.events < lane->was.events)
			file.events = lane->was.events;
	}
	if (why)
		file.why = memory_copy(why, strlen(why));
	store_set_file(lane->loader->store, lane->input.number, &file);
}

/* Whether CloudTrail delivered the file before the time asked for: then so
 * were all its events.  The name tells the minute. */
static bool is_older(const struct lane *lane)
{
	int64_t since = lane->loader->options.since;
	struct input_name name;

	return since > 0 && since != STAMP_NONE &&
	       inputs_parse_name(lane->input.path, &name) && !name.digest &&
	       name.time <= since - MINUTE_MS;
}

static void open_file(struct lane *lane)
{
	const struct inflate_limits limits = {
		lane->loader->options.max_inflate};
	struct error err;
	enum input_kind kind;

	lane->was = store_file(lane->loader->store, lane->input.number);
	if (is_older(lane)) {
		set_file(lane, (struct store_file){
			.state = STORE_FILE_SKIPPED}, LOADER_OLDER);
		free(lane->input.path);
		return;
	}
	kind = inputs_open(&lane->input, &lane->file, &err);
	if (kind == INPUT_SKIPPED || kind == INPUT_REFUSED) {
		set_file(lane, (struct store_file){
			.state = kind == INPUT_SKIPPED ? STORE_FILE_SKIPPED
						       : STORE_FILE_FAILED},
			 err.text);
		if (kind == INPUT_REFUSED)
			file_problem(lane, &err);
		free(lane->input.path);
		return;
	}
	inflate_open(lane->inflate, lane->file.fd, kind == INPUT_STREAM,
		     &limits);
	window_start(&lane->window);
	records_start(lane->records, lane->input.number);
	lane->open = true;
}

/* Whether it would be no use to read the file again while it is the same. */
static bool is_done(enum store_file_state state, enum inflate_fault fault)
{
	return state == STORE_FILE_LOADED || state == STORE_FILE_SKIPPED ||
	       (fault != INFLATE_SOUND && fault != INFLATE_UNREADABLE);
}

static void close_file(struct lane *lane, enum store_file_state state,
		       const char *why)
{
	const struct inflate_report *report = inflate_report(lane->inflate);
	struct delivery_tally tally = records_tally(lane->records);
	struct store_file file = {
		.state = state,
		.unverified = report->check == INFLATE_FAILED ||
			      report->check == INFLATE_NOT_REACHED,
		.bytes_in = report->bytes_in, .bytes_out = report->bytes_out,
		.events = tally.events, .rejected = tally.rejected};
	struct error err;

	if (is_done(state, report->fault)) {
		file.size = lane->file.size;
		memcpy(file.changed, lane->file.changed, sizeof file.changed);
	}
	if (report->warned)
		file_problem(lane, &report->warning);
	if (!inputs_close(&lane->file, &err)) {
		file_problem(lane, &err);
	} else if (state == STORE_FILE_LOADED && tally.events == 0) {
		if (tally.digest) {
			file.state = STORE_FILE_DIGEST;
			why = "a CloudTrail digest file";
		} else if (tally.rejected > 0 && tally.problems == 0) {
			file.state = STORE_FILE_SKIPPED;
			why = "JSON without CloudTrail events";
		}
	}
	set_file(lane, file, why);
	free(lane->input.path);
	lane->open = false;
	tell_news(lane->loader, false);
}

static void publish(struct lane *lane)
{
	lane->sealed = clock_ms();
	if (!builder_publish(lane->builder, true))
		return;
	lane->published = true;
	lane->seals++;
	tell_news(lane->loader, false);
}

/* What a stream gave, and the first rows of all, do not wait for a segment to
 * become large.  The more segments a stream has made, the longer each takes, so
 * that one that lasts for days does not use them up. */
static void publish_in_time(struct lane *lane)
{
	bool slow = lane->file.kind == INPUT_STREAM || !lane->published;
	uint64_t pace = STREAM_SEAL + lane->seals / 4;

	if (slow && clock_ms() - lane->sealed >=
			    (pace < STREAM_LONGEST ? pace : STREAM_LONGEST))
		publish(lane);
}

static void fault(struct lane *lane, const struct error *err)
{
	const struct inflate_report *report = inflate_report(lane->inflate);

	records_read(lane->records, &lane->window, true, true);
	file_problem(lane, err);
	close_file(lane, report->bytes_out > 0 ? STORE_FILE_PARTLY
					       : STORE_FILE_FAILED, err->text);
}

/* Whether the memory is used up with MORE bytes; then loading ends, with a
 * problem. */
static bool out_of_memory(struct lane *lane, size_t more)
{
	struct loader *l = lane->loader;
	struct store_counts counts;
	struct error err;
	bool first;

	store_counts(l->store, &counts);
	counts.memory += builder_size(lane->builder) + l->windows + more;
	if (counts.memory < l->options.max_memory)
		return false;
	pthread_mutex_lock(&l->lock);
	first = !l->out_of_memory;
	l->out_of_memory = true;
	pthread_mutex_unlock(&l->lock);
	if (first) {
		error_set(&err, "loading stopped: %zu MiB of memory are "
			  "needed, the limit is %llu MiB", counts.memory >> 20,
			  (unsigned long long)(l->options.max_memory >> 20));
		error_hint(&err, "give fewer files, or raise --max-memory; "
				 "this file and those after it are not "
				 "complete");
		file_problem(lane, &err);
	}
	loader_stop(l);
	return true;
}

/* Room for the next bytes; NULL when there is no memory for it.  What is no list
 * of records is held whole, and twice while it grows. */
static char *make_room(struct lane *lane)
{
	size_t held = lane->window.bytes.capacity;
	size_t grown = window_growth(&lane->window, CHUNK);

	if (grown > 0) {
		if (out_of_memory(lane, grown))
			return NULL;
		lane->loader->windows += grown - held;
	}
	return window_room(&lane->window, CHUNK);
}

/* Deals with the next bytes of the open file; false when there are none now. */
static bool read_some(struct lane *lane, size_t *dealt)
{
	char *room = make_room(lane);
	size_t got = 0;
	struct error err;

	if (!room)
		return false;
	switch (inflate_read(lane->inflate, room, CHUNK, &got, &err)) {
	case INFLATE_MORE:
		lane->window.bytes.n += got;
		*dealt += got + 1;
		records_read(lane->records, &lane->window, false, false);
		return true;
	case INFLATE_WAIT:
		publish_in_time(lane);
		poll(&(struct pollfd){.fd = lane->file.fd, .events = POLLIN},
		     1, STREAM_WAIT);
		return false;
	case INFLATE_END:
		records_read(lane->records, &lane->window, true, false);
		close_file(lane, STORE_FILE_LOADED, NULL);
		return true;
	case INFLATE_SKIPPED:
		close_file(lane, STORE_FILE_SKIPPED, err.text);
		return true;
	case INFLATE_FAULT:
		fault(lane, &err);
		return true;
	}
	return false;
}

static void end_lane(struct lane *lane)
{
	struct loader *l = lane->loader;
	bool last;

	if (lane->open)
		close_file(lane, STORE_FILE_PARTLY, "loading was stopped");
	builder_free(lane->builder);
	records_free(lane->records);
	inflate_free(lane->inflate);
	l->windows -= lane->window.bytes.capacity;
	window_free(&lane->window);
	pthread_mutex_lock(&l->lock);
	last = --l->running == 0;
	pthread_mutex_unlock(&l->lock);
	if (!last)
		return;
	store_finish(l->store);
	pthread_mutex_lock(&l->lock);
	l->started = false;
	/* Under the lock: whoever waits may free the loader after it. */
	tell_news(l, true);
	pthread_cond_broadcast(&l->ended);
	pthread_mutex_unlock(&l->lock);
}

/* A piece of work of one lane. */
static void run_lane(void *context)
{
	struct lane *lane = context;
	struct loader *l = lane->loader;
	size_t dealt = 0;

	while (dealt < PIECE) {
		if (l->stop || (!lane->open && !take_input(lane))) {
			end_lane(lane);
			return;
		}
		if (!lane->open) {
			open_file(lane);
			dealt += 4096;
		} else if (!read_some(lane, &dealt)) {
			break;
		}
	}
	publish_in_time(lane);
	out_of_memory(lane, 0);
	jobs_add(l->jobs, JOBS_BACKGROUND, run_lane, lane);
}

static void start(struct loader *l)
{
	l->inputs = inputs_new(l->paths, l->path_count);
	l->running = l->lanes;
	l->started = true;
	for (size_t i = 0; i < l->lanes; i++) {
		struct lane *lane = &l->lane[i];

		lane->loader = l;
		lane->inflate = inflate_new(NULL);
		lane->builder = builder_new(l->store, l->options.choices);
		lane->records = records_new(l->store, lane->builder,
					    l->options.strict);
		lane->sealed = clock_ms();
		jobs_add(l->jobs, JOBS_BACKGROUND, run_lane, lane);
	}
}

void loader_start(struct loader *l, const char *const *paths, size_t count)
{
	l->paths = paths;
	l->path_count = count;
	start(l);
}

void loader_again(struct loader *l)
{
	loader_wait(l);
	forget_inputs(l);
	l->known = known_new(l->store);
	l->met = store_file_count(l->store);
	l->again = 0;
	l->listed = l->out_of_memory = false;
	l->stop = false;
	store_resume(l->store, FIELD_EVENT_ID);
	start(l);
}

void loader_stop(struct loader *l)
{
	l->stop = true;
}

void loader_wait(struct loader *l)
{
	pthread_mutex_lock(&l->lock);
	while (l->started)
		pthread_cond_wait(&l->ended, &l->lock);
	pthread_mutex_unlock(&l->lock);
}

struct loader_progress loader_progress(const struct loader *loader)
{
	/* First of all: what is counted when it is over is all. */
	bool over = !loader->started;
	struct store_counts counts;

	store_counts(loader->store, &counts);
	return (struct loader_progress){
		.files_done = counts.files_done, .files = counts.files,
		.listed = loader->listed, .again = loader->again,
		.over = over, .stopped = loader->stop};
}
