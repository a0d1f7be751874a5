/* Any text as a filter: it is refused with a place in it, or read, printed and
 * read again as the same; and it holds for the same events on one thread, with
 * help, and from what was kept. */
#include "base/memory.h"
#include "load/builder.h"
#include "load/records.h"
#include "query/run.h"
#include "trail/fields.h"
#include "trail/secret.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition) \
	((condition) ? (void)0 : broken(#condition, __LINE__))

static _Noreturn void broken(const char *condition, int line)
{
	fprintf(stderr, "line %d: not so: %s\n", line, condition);
	abort();
}

static const char trail[] =
	"[{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAMUser\","
	"\"arn\":\"arn:aws:iam::111122223333:user/Alice\",\"accountId\":"
	"\"111122223333\",\"userName\":\"Alice\"},\"eventTime\":"
	"\"2026-01-02T03:04:05Z\",\"eventSource\":\"acm.amazonaws.com\","
	"\"eventName\":\"ExportCertificate\",\"awsRegion\":\"eu-west-1\","
	"\"sourceIPAddress\":\"192.0.2.7\",\"requestParameters\":{"
	"\"certificateArn\":\"arn:aws:acm:eu-west-1:111122223333:certificate/"
	"12345678-1234-1234-1234-123456789012\",\"passphrase\":{\"hb\":"
	"[1,2,3,4,5]}},\"eventID\":\"1\"},\n"
	"{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"AWSService\","
	"\"invokedBy\":\"ec2.amazonaws.com\"},\"eventTime\":"
	"\"2026-01-02T03:05:05Z\",\"eventName\":\"AssumeRole\",\"errorCode\":"
	"\"AccessDenied\",\"n\":[1,-2.5,1e400],\"responseElements\":{"
	"\"credentials\":{\"sessionToken\":\"secret1\"}},\"eventID\":\"2\"},\n"
	"{\"eventName\":\"x\\u0000y\\ud800\",\"eventTime\":\"never\","
	"\"k\":{\"a b\":null,\"c\":[{\"d\":\"\\\"\"},true]},\"eventID\":"
	"\"3\"},\n"
	"{eventName:Relaxed,eventTime:'2026-01-03',eventID:\"4\"}]";

static struct store *make_store(void)
{
	struct store *store = store_new(FIELD_COUNT);
	struct builder *builder = builder_new(store, NULL);
	struct records *records = records_new(store, builder, false);
	struct window window = {.done = 0};
	size_t half = sizeof trail / 2;

	store_set_masks(store, (struct store_masks){secret_name, secret_sized,
						    true});
	window_start(&window);
	records_start(records, store_add_file(store, "trail.json"));
	memcpy(window_room(&window, sizeof trail), trail, half);
	window.bytes.n = half;
	records_read(records, &window, false, false);
	builder_publish(builder, true);
	memcpy(window_room(&window, sizeof trail), trail + half,
	       sizeof trail - 1 - half);
	window.bytes.n += sizeof trail - 1 - half;
	records_read(records, &window, true, false);
	store_set_file(store, 0, &(struct store_file){
		.state = STORE_FILE_LOADED, .events = 4});
	records_free(records);
	builder_free(builder);
	window_free(&window);
	store_finish(store);
	return store;
}

static void same_results(const struct run_result *a, const struct run_result *b)
{
	MUST(a->count == b->count);
	MUST(a->term_count == b->term_count);
	MUST(a->undecided == b->undecided && a->errors == b->errors);
	MUST(a->first == b->first && a->last == b->last);
	for (size_t i = 0; i < a->count; i++)
		MUST(a->events[i].segment == b->events[i].segment &&
		     a->events[i].index == b->events[i].index);
	for (size_t i = 0; i < a->term_count; i++)
		MUST(a->terms[i] == b->terms[i]);
}

/* Alone and from nothing, with helpers, and from what was kept. */
static void run_three_times(const struct store *store, struct jobs *jobs,
			    const struct filter *filter)
{
	static const struct order by_time = {.count = 0};
	struct run_cache *cache = run_cache_new(), *other = run_cache_new();
	struct run_result first, second, third;

	MUST(run_query(store, cache, NULL, filter, &by_time, NULL, &first));
	MUST(run_query(store, other, jobs, filter, &by_time, NULL, &second));
	MUST(run_query(store, cache, NULL, filter, &by_time, NULL, &third));
	MUST(first.count <= 4);
	for (size_t i = 0; i < first.term_count; i++)
		MUST(first.terms[i] >= first.count);
	same_results(&first, &second);
	same_results(&first, &third);
	run_result_free(&first);
	run_result_free(&second);
	run_result_free(&third);
	run_cache_free(cache);
	run_cache_free(other);
}

static void check_error(const struct error *err, size_t size)
{
	MUST(err->text[0] != '\0');
	MUST(err->line <= 1 && err->column <= size + 1);
}

static void read_again(const struct filter *filter)
{
	struct buffer text = {0}, again = {0};
	struct error err = {.text = ""};
	struct filter *second;

	filter_print(filter, &text);
	second = filter_parse(buffer_span(&text), &err);
	if (!second) {
		fprintf(stderr, "%s: %s\n", buffer_text(&text), err.text);
		MUST(second != NULL);
	}
	filter_print(second, &again);
	MUST(span_equal(buffer_span(&text), buffer_span(&again)));
	filter_free(second);
	buffer_free(&text);
	buffer_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct store *store;
	static struct jobs *jobs;
	struct span text = {(const char *)data, size};
	struct error err = {.text = ""};
	struct filter *filter;

	if (!store) {
		store = make_store();
		jobs = jobs_new(2);
	}
	filter = filter_parse(text, &err);
	if (!filter) {
		check_error(&err, size);
		return 0;
	}
	MUST(span_equal(filter_text(filter), text));
	read_again(filter);
	run_three_times(store, jobs, filter);
	filter_free(filter);
	return 0;
}
