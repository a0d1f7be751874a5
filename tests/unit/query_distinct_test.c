/* query/distinct: the values of a column, counted over what is shown and over
 * everything. */
#include "write_support.h"

#include "query/distinct.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The same value in two spellings, nulls, two values in one event, one value
 * twice in it, and times that are out of order. */
static const char trail[] =
	"{\"Records\":["
	"{\"eventID\":\"a\",\"eventTime\":\"2024-01-01T00:02:00Z\",\"eventName\":"
	"\"B\",\"userAgent\":\"x/y\",\"recipientAccountId\":\"1\","
	"\"requestParameters\":{\"k\":[\"v\",\"w\",\"v\"]}},"
	"{\"eventID\":\"b\",\"eventTime\":\"2024-01-01T00:01:00Z\",\"eventName\":"
	"\"A\",\"userAgent\":\"x\\/y\",\"recipientAccountId\":null,"
	"\"userIdentity\":{\"accountId\":\"1\"},"
	"\"requestParameters\":{\"k\":[\"w\"]}},"
	"{\"eventID\":\"c\",\"eventTime\":\"2024-01-01T00:01:00Z\",\"eventName\":"
	"\"B\",\"userAgent\":null,\"errorCode\":\"AccessDenied\","
	"\"requestParameters\":{\"k\":null,\"password\":\"hunter2\"}},"
	"{\"eventID\":\"d\",\"eventName\":\"B\",\"eventSource\":\"x\"}]}";

static int by_text(const void *a, const void *b)
{
	const struct distinct_value *x = a, *y = b;

	return span_compare(x->text, y->text);
}

/* "text shown/all first;" for each, by text, then what has none. */
static char *counted(const struct store *store, const char *field,
		     const struct store_event *shown, size_t n)
{
	struct column_ref ref, id = {.column = COLUMN_ID};
	struct distinct d;
	struct buffer out = {0};
	struct jobs *jobs = jobs_new(1);

	assert_true(columns_parse(span_of(field), &ref, NULL));
	assert_true(distinct_count(store, jobs, &ref, shown, n, NULL, &d));
	if (d.count > 0)
		qsort(d.value, d.count, sizeof *d.value, by_text);
	for (size_t i = 0; i < d.count; i++) {
		buffer_add_span(&out, d.value[i].text);
		buffer_printf(&out, " %u/%u ", (unsigned)d.value[i].shown,
			      (unsigned)d.value[i].all);
		columns_text(store, d.value[i].first, &id, &out);
		buffer_add_byte(&out, ';');
	}
	buffer_printf(&out, "%u/%u", (unsigned)d.shown_without,
		      (unsigned)d.all_without);
	distinct_free(&d);
	columns_free(&ref);
	jobs_free(jobs);
	return buffer_take(&out);
}

static void values_count_once_an_event(void **state)
{
	/* The first two events are shown. */
	static const struct {
		const char *field, *want;
	} row[] = {
		{"event", "A 1/1 b;B 1/3 c;0/0"},
		{"user-agent", "x/y 2/2 b;0/2"},
		{"userAgent", "null 0/1 c;x/y 2/2 b;0/1"},
		{"account", "1 2/2 b;0/2"},
		{"result", "AccessDenied 0/1 c;ok 2/3 b;0/0"},
		{"requestParameters.k[]", "v 1/1 a;w 2/2 b;0/2"},
		{"requestParameters.k", "null 0/1 c;v 1/1 a;w 2/2 b;0/1"},
		{"requestParameters.password",
		 "[password, #k1] 0/1 c;2/3"},
		{"errorCode", "AccessDenied 0/1 c;2/3"},
		{"container", "Records 2/4 b;0/0"},
	};
	struct store *store = support_load("trail.json", trail);
	struct run_result all = support_all(store);

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		char *got = counted(store, row[i].field, all.events, 2);

		assert_string_equal(got, row[i].want);
		free(got);
	}
	run_result_free(&all);
	store_free(store);
}

static void what_is_cancelled_leaves_nothing(void **state)
{
	struct store *store = support_load("trail.json", trail);
	struct column_ref ref = {.column = COLUMN_EVENT};
	atomic_bool cancel = true;
	struct distinct d;

	(void)state;
	assert_false(distinct_count(store, NULL, &ref, NULL, 0, &cancel, &d));
	store_free(store);
}

static void without_events_there_is_nothing(void **state)
{
	struct store *store = support_load("trail.json", "{\"Records\":[]}");
	char *got = counted(store, "event", NULL, 0);

	(void)state;
	assert_string_equal(got, "0/0");
	free(got);
	store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_count_once_an_event),
		cmocka_unit_test(what_is_cancelled_leaves_nothing),
		cmocka_unit_test(without_events_there_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
