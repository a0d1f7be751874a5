/* triage/index: what is found is known to columns and filters, also while more
 * is being loaded. */
#include "triage_support.h"

#define MAIL \
	"{\"eventID\":\"%s\",\"eventTime\":\"2024-01-01T00:00:00Z\"," \
	"\"eventSource\":\"acm.amazonaws.com\",\"eventName\":" \
	"\"ResendValidationEmail\",\"requestParameters\":{\"certificateArn\":" \
	"\"arn:aws:acm:eu-west-1:111122223333:certificate/%s\"}}"

#define TAMPER "{\"eventTime\":\"2024-01-01T00:00:00Z\",\"eventSource\":" \
	"\"%s.amazonaws.com\",\"eventName\":\"%s\"}\n"

static void load_more(struct store *store, const char *name, const char *text)
{
	struct jobs *jobs = jobs_new(1);
	struct loader_options options = {0};
	struct loader *loader;
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	loader = loader_new(store, jobs, &options);
	loader_start(loader, &name, 1);
	loader_wait(loader);
	loader_free(loader);
	jobs_free(jobs);
	unlink(name);
}

static size_t count_of(const struct store *store, struct run_cache *cache,
		       const char *text)
{
	struct order order = {.count = 0};
	struct filter *filter = filter_parse(span_of(text), NULL);
	struct run_result result;
	size_t count;

	assert_non_null(filter);
	assert_true(run_query(store, cache, NULL, filter, &order, NULL,
			      &result));
	count = result.count;
	run_result_free(&result);
	filter_free(filter);
	return count;
}

static void filters_know_what_was_found_later(void **state)
{
	struct store *store = store_new(FIELD_COUNT);
	struct run_cache *cache = run_cache_new();
	char text[2][1024];

	(void)state;
	snprintf(text[0], sizeof text[0], MAIL, "a", "1");
	snprintf(text[1], sizeof text[1], MAIL, "b", "2");
	/* Nobody tells of findings: there are none. */
	load_more(store, "first.json", text[0]);
	assert_int_equal(count_of(store, cache, "has:finding"), 0);
	store_set_remarks(store, index_remarks());
	assert_int_equal(count_of(store, cache, "has:finding"), 1);
	load_more(store, "second.json", text[1]);
	assert_int_equal(count_of(store, cache, "has:finding"), 2);
	assert_int_equal(count_of(store, cache, "finding=mail-resent"), 2);
	assert_int_equal(count_of(store, cache, "finding=logging"), 0);
	assert_int_equal(count_of(store, cache, "!has:finding"), 0);
	run_cache_free(cache);
	store_free(store);
}

/* Two exports in a row and of two certificates: two words, each once. */
static void an_event_has_each_word_once(void **state)
{
	static const char trail[] =
		"{\"Records\":[{\"eventID\":\"a\",\"eventTime\":"
		"\"2024-01-01T00:00:00Z\",\"eventSource\":"
		"\"elasticloadbalancing.amazonaws.com\",\"eventName\":"
		"\"CreateListener\",\"recipientAccountId\":\"111122223333\","
		"\"requestParameters\":{\"loadBalancerArn\":\"x\","
		"\"omitted\":true,\"certificates\":["
		"{\"certificateArn\":\"arn:aws:acm:eu-west-1:444455556666:"
		"certificate/1\"},{\"certificateArn\":\"arn:aws:acm:eu-west-1:"
		"444455556666:certificate/2\"}]}}]}";
	struct store *store = support_load("trail.json", trail);
	struct column_ref ref = {.column = COLUMN_FINDING};
	struct store_event event = STORE_NO_EVENT;
	struct buffer out = {0};
	const char *word[1];

	(void)state;
	store_set_remarks(store, index_remarks());
	assert_true(store_next(store, &event));
	columns_text(store, event, &ref, &out);
	assert_string_equal(buffer_text(&out), "attach-foreign; omitted");
	assert_int_equal(store_remarks(store)->words(
		store_remarks(store)->known(store), event, word, 1), 2);
	assert_string_equal(word[0], "attach-foreign");
	buffer_free(&out);
	store_free(store);
}

/* One table of them: calls of equal names of other services are none. */
static void the_filter_and_the_finding_of_tampering_are_alike(void **state)
{
	static const struct {
		const char *event, *service;
		enum {SECRET, LOGGING} class;
	} rows[] = {
#define SENSITIVE(event, service, class, source) {event, service, class},
#include "trail/sensitive.def"
#undef SENSITIVE
	};
	struct store *store = store_new(FIELD_COUNT);
	struct run_cache *cache = run_cache_new();
	struct buffer trail = {0}, filter = {0};
	struct filter_saved preset;
	const char *help, *service = NULL;
	size_t logging = 0, i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		buffer_printf(&trail, TAMPER TAMPER, rows[i].service,
			      rows[i].event, "other", rows[i].event);
		if (rows[i].class != LOGGING)
			continue;
		logging++;
		if (service && strcmp(service, rows[i].service) == 0) {
			buffer_printf(&filter, ", %s", rows[i].event);
			continue;
		}
		buffer_printf(&filter, "%s(source=%s event in (%s",
			      service ? ")) or " : "", rows[i].service,
			      rows[i].event);
		service = rows[i].service;
	}
	buffer_add_text(&filter, "))");
	for (i = 0; filter_preset(i, &preset, &help); i++)
		if (strcmp(preset.name, "tampering") == 0)
			break;
	assert_string_equal(preset.text, buffer_text(&filter));
	store_set_remarks(store, index_remarks());
	load_more(store, "trail.json", buffer_text(&trail));
	assert_int_equal(count_of(store, cache, "saved:tampering"), logging);
	assert_int_equal(count_of(store, cache, "saved:tampering "
				  "finding=logging"), logging);
	assert_int_equal(count_of(store, cache, "finding=logging"), logging);
	buffer_free(&trail);
	buffer_free(&filter);
	run_cache_free(cache);
	store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filters_know_what_was_found_later),
		cmocka_unit_test(an_event_has_each_word_once),
		cmocka_unit_test(
			the_filter_and_the_finding_of_tampering_are_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
