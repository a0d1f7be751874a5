/* Answers filters over a trail that is loaded once: a line of standard input
 * each, on the command line the paths and, behind `--iocs`, a list.  First a
 * line for each event, `FILE RECORD`, then for each filter its events as
 * hexadecimal digits, four events each, or `!COLUMN TEXT`.  The filter's one
 * spelling is read again and must give the same events. */
#define _POSIX_C_SOURCE 200809L
#include "base/jobs.h"
#include "base/memory.h"
#include "load/loader.h"
#include "query/run.h"
#include "trail/fields.h"
#include "trail/secret.h"

#include <stdio.h>
#include <stdlib.h>

struct answering {
	struct store *store;
	struct jobs *jobs;
	struct run_cache *cache;
	struct filter_view view;
	struct store_event *event;      /* in order of the log */
	size_t count;
	unsigned char *bits, *again;    /* by place in EVENT */
};

static const struct store *sorted_store;

static int by_place(const void *a, const void *b)
{
	return store_compare(sorted_store, *(const struct store_event *)a,
			     *(const struct store_event *)b);
}

static void load(struct answering *a, const char *const *paths, size_t n)
{
	struct loader_options how = {.strict = true};
	struct loader *loader;
	struct store_event e = STORE_NO_EVENT;
	struct store_counts counts;

	a->store = store_new(FIELD_COUNT);
	store_set_masks(a->store, (struct store_masks){
		.name = secret_name, .sized = secret_sized, .ascii = true});
	a->jobs = jobs_new(2);
	loader = loader_new(a->store, a->jobs, &how);
	loader_start(loader, paths, n);
	loader_wait(loader);
	loader_free(loader);
	store_counts(a->store, &counts);
	a->event = memory_clear(counts.events + 1, sizeof *a->event);
	while (store_next(a->store, &e))
		a->event[a->count++] = e;
	sorted_store = a->store;
	qsort(a->event, a->count, sizeof *a->event, by_place);
	a->view.predicate.moment = (struct moment_view){
		STAMP_UTC, true, counts.first, counts.last, STAMP_NONE, false};
}

static void tell_events(const struct answering *a)
{
	for (size_t i = 0; i < a->count; i++) {
		const struct segment_event *e = segment_event(
			store_segment(a->store, a->event[i].segment),
			a->event[i].index);

		printf("%s %u\n", store_file(a->store, e->input).name,
		       e->record);
	}
	printf("\n");
	fflush(stdout);
}

static void evaluate(struct answering *a, const struct filter *filter,
		     unsigned char *bits)
{
	struct order order = {.count = 0};
	struct run_result result;

	memset(bits, 0, a->count);
	run_query(a->store, a->cache, a->jobs, filter, &order, NULL, &result);
	for (size_t i = 0; i < result.count; i++) {
		struct store_event *place = bsearch(
			&result.events[i], a->event, a->count,
			sizeof *a->event, by_place);

		bits[place - a->event] = 1;
	}
	run_result_free(&result);
}

static void tell_bits(const struct answering *a)
{
	for (size_t i = 0; i < a->count; i += 4) {
		unsigned digit = 0;

		for (size_t k = 0; k < 4 && i + k < a->count; k++)
			digit |= (unsigned)a->bits[i + k] << k;
		putchar("0123456789abcdef"[digit]);
	}
	putchar('\n');
}

static void answer(struct answering *a, struct span text)
{
	struct error err;
	struct filter *f = filter_parse_with(text, &a->view, &err), *twin;
	struct buffer printed = {0};

	if (!f) {
		printf("!%u %s\n", (unsigned)err.column, err.text);
		fflush(stdout);
		return;
	}
	evaluate(a, f, a->bits);
	filter_print(f, &printed);
	twin = filter_parse_with(buffer_span(&printed), &a->view, &err);
	if (twin)
		evaluate(a, twin, a->again);
	if (!twin)
		printf("!%u printed: %s: %s\n", (unsigned)err.column,
		       buffer_text(&printed), err.text);
	else if (memcmp(a->bits, a->again, a->count) != 0)
		printf("!0 printed means something else: %s\n",
		       buffer_text(&printed));
	else
		tell_bits(a);
	fflush(stdout);
	buffer_free(&printed);
	filter_free(f);
	filter_free(twin);
}

int main(int argc, char **argv)
{
	struct answering a = {.cache = run_cache_new()};
	const char **paths = memory_clear((size_t)argc, sizeof *paths);
	char *line = NULL;
	size_t room = 0, n = 0;
	ssize_t length;
	struct error err;

	a.view.predicate.lists = lists_new();
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--iocs") != 0)
			paths[n++] = argv[i];
		else if (!argv[++i] ||
			 !lists_read_iocs(a.view.predicate.lists, argv[i],
					  &err))
			return 2;
	load(&a, paths, n);
	a.bits = memory_clear(a.count + 1, 1);
	a.again = memory_clear(a.count + 1, 1);
	tell_events(&a);
	while ((length = getline(&line, &room, stdin)) > 0)
		answer(&a, (struct span){line, (size_t)length -
				(line[length - 1] == '\n')});
	free(line);
	free(a.bits);
	free(a.again);
	free(a.event);
	free(paths);
	run_cache_free(a.cache);
	lists_free(a.view.predicate.lists);
	jobs_free(a.jobs);
	store_free(a.store);
	return 0;
}
