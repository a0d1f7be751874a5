/* Owns the run without a screen, from the first file to the last line on
 * standard error, and SIGINT while it lasts. */
#define _POSIX_C_SOURCE 200809L
#include "headless.h"

#include "base/clock.h"
#include "base/memory.h"
#include "loading.h"
#include "messages.h"
#include "remarks.h"
#include "query/run.h"
#include "write/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Set by SIGINT, read by everything that takes long. */
static atomic_bool interrupted;

/* A byte in it: the loader has ended, or SIGINT. */
static int news_pipe[2];

static void ring(void)
{
	int reason = errno;
	ssize_t n = write(news_pipe[1], "", 1);

	/* A full pipe rings already. */
	(void)n;
	errno = reason;
}

static void on_interrupt(int number)
{
	(void)number;
	atomic_store(&interrupted, true);
	ring();
}

/* Nobody watches what comes meanwhile. */
static void on_news(void *context, bool over)
{
	(void)context;
	if (over)
		ring();
}

struct headless {
	struct request *request;
	struct loading loading;
	struct buffer said;     /* for standard error */
	struct run_result result;
	double load, query;     /* seconds */
	uint64_t without;       /* events that have no value to count */
	struct verdict verdict;
};

/* From now on SIGINT ends the work; a write that waits too. */
static void listen(void)
{
	struct sigaction old, action = {.sa_handler = on_interrupt};

	if (pipe(news_pipe) != 0)
		die("no pipe: %s", strerror(errno));
	for (int i = 0; i < 2; i++) {
		fcntl(news_pipe[i], F_SETFL, O_NONBLOCK);
		fcntl(news_pipe[i], F_SETFD, FD_CLOEXEC);
	}
	sigemptyset(&action.sa_mask);
	/* Whoever started us to ignore it has a reason. */
	if (sigaction(SIGINT, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		sigaction(SIGINT, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void tell(struct headless *h)
{
	fwrite(h->said.p, 1, h->said.n, stderr);
	fflush(stderr);
	buffer_clear(&h->said);
}

/* False when interrupted: threads may then still wait for input. */
static bool load(struct headless *h)
{
	struct pollfd news = {news_pipe[0], POLLIN, 0};
	uint64_t start = clock_ms();
	char byte[64];

	loading_start(&h->loading, h->request, h->request->ascii, on_news);
	while (!atomic_load(&interrupted) &&
	       !loader_progress(h->loading.loader).over) {
		poll(&news, 1, -1);
		while (read(news_pipe[0], byte, sizeof byte) > 0)
			;
	}
	if (atomic_load(&interrupted))
		return false;
	loader_wait(h->loading.loader);
	h->verdict.unread = loader_progress(h->loading.loader).stopped;
	h->load = (double)(clock_ms() - start) / 1e3;
	return true;
}

/* A file that was left out for its name's sake is told by number only. */
static void add_older(struct headless *h, uint64_t older)
{
	if (older > 0)
		buffer_printf(&h->said, "acmtui: %llu files skipped: %s\n",
			      (unsigned long long)older, LOADER_OLDER);
}

static void add_files(struct headless *h)
{
	uint64_t older = 0;

	for (uint32_t i = 0; i < store_file_count(h->loading.store); i++) {
		struct store_file file = store_file(h->loading.store, i);
		struct error err;

		if (file.state == STORE_FILE_PARTLY ||
		    file.state == STORE_FILE_FAILED ||
		    file.state == STORE_FILE_WAITING)
			h->verdict.unread = true;
		if (file.state != STORE_FILE_SKIPPED)
			continue;
		if (file.why && strcmp(file.why, LOADER_OLDER) == 0) {
			older++;
			continue;
		}
		error_set(&err, "skipped: %s", file.why ? file.why : "no log");
		messages_error(&h->said, h->request->set, file.name, &err);
	}
	add_older(h, older);
}

static void add_problems(struct headless *h)
{
	const struct store *store = h->loading.store;
	size_t n = store_problem_count(store);

	for (size_t i = 0; i < n; i++) {
		struct store_problem problem = store_problem(store, i);

		messages_problem(&h->said, h->request->set,
				 store_file(store, problem.input).name,
				 &problem);
	}
	h->verdict.problems = n;
}

/* Times relative to the data can be told now. */
static bool settle(struct headless *h)
{
	struct store_counts counts;

	store_counts(h->loading.store, &counts);
	return request_settle(h->request, counts.first, counts.last, &h->said);
}

static bool query(struct headless *h)
{
	struct run_cache *cache = run_cache_new();
	uint64_t start = clock_ms();
	bool whole = run_query(h->loading.store, cache, h->loading.jobs,
			       h->request->filter, &h->request->order,
			       &interrupted, &h->result);

	run_cache_free(cache);
	h->query = (double)(clock_ms() - start) / 1e3;
	if (!whole)
		return false;
	h->verdict.matched = h->result.count;
	h->verdict.undecided = h->result.undecided;
	remarks_add(h->request, h->loading.store, &h->result, &h->said);
	return true;
}

static bool write_all(struct headless *h)
{
	struct request *r = h->request;
	struct summary summary = {
		.text = buffer_span(&r->filter_text),
		.filter = r->filter, .result = &h->result,
		.load = h->load, .query = h->query,
		.threads = (unsigned)jobs_threads(h->loading.jobs),
	};
	struct sink sink;
	struct error err;

	sink_start(&sink, STDOUT_FILENO, isatty(STDOUT_FILENO), r->set,
		   &interrupted);
	h->without = output_write(&r->output, &sink, h->loading.store,
				  h->loading.jobs, &summary);
	if (output_is_overview(&r->output))
		h->verdict.matched = r->output.found;
	if (!sink_finish(&sink, &err)) {
		messages_error(&h->said, r->set, "acmtui", &err);
		h->verdict.unwritten = true;
	}
	return sink.state != SINK_CANCELLED;
}

static void add_last(struct headless *h)
{
	struct store_counts counts;

	if (h->without > 0)
		buffer_printf(&h->said, "acmtui: values: %llu events have "
			      "none\n", (unsigned long long)h->without);
	store_counts(h->loading.store, &counts);
	messages_last(&h->said, &counts, h->verdict.undecided);
}

enum verdict_status headless_run(struct request *request)
{
	struct headless h = {.request = request};

	listen();
	h.verdict.strict = request->options->given[OPTION_STRICT];
	if (!load(&h))
		_exit(VERDICT_INTERRUPTED);
	add_files(&h);
	add_problems(&h);
	tell(&h);
	if (settle(&h))
		h.verdict.interrupted = !query(&h) || !write_all(&h);
	else
		h.verdict.unwritten = true;
	add_last(&h);
	tell(&h);
	run_result_free(&h.result);
	loading_end(&h.loading);
	buffer_free(&h.said);
	return verdict_of(&h.verdict);
}
