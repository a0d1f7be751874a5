/* -o values: counts by value, by combination, once an event. */
#define _POSIX_C_SOURCE 200809L
#include "write/tally.h"

#include "write_support.h"

#define EVENT(id, more) \
	"{\"eventVersion\":\"1.08\",\"eventID\":\"" id "\"," \
	"\"eventTime\":\"2024-01-02T03:04:05Z\"," more "}\n"

static const char trail[] =
	EVENT("1", "\"eventName\":\"A\",\"awsRegion\":\"x\","
	      "\"resources\":[{\"ARN\":\"p\"},{\"ARN\":\"q\"},{\"ARN\":\"p\"}]")
	EVENT("2", "\"eventName\":\"B\",\"awsRegion\":\"x\","
	      "\"requestParameters\":{\"n\":\"a\\tb\\\\c\\nd\"}")
	EVENT("3", "\"eventName\":\"A\",\"awsRegion\":\"y\","
	      "\"resources\":[{\"ARN\":\"q\"}],"
	      "\"requestParameters\":{\"n\":5}")
	EVENT("4", "\"eventName\":\"A\","
	      "\"requestParameters\":{\"n\":\"5\",\"password\":\"hunter2\"}")
	EVENT("5", "\"eventName\":\"C\",\"awsRegion\":\"\","
	      "\"requestParameters\":{\"n\":[\"5\",5,5.0],"
	      "\"password\":\"hunter2\"}");

static char *count(const char *fields, bool clear, uint64_t *without)
{
	struct store *store = support_load("tally.json", trail);
	struct run_result all = support_all(store);
	struct column_ref ref[4];
	struct error err;
	struct sink sink;
	size_t n = 0;
	int fd = support_sink(&sink, false);

	for (const char *p = fields; *p; n++) {
		size_t length = strcspn(p, " ");

		if (!columns_parse((struct span){p, length}, &ref[n], &err))
			fail_msg("%s", err.text);
		p += length;
		p += *p == ' ';
	}
	*without = tally_write(&sink, store, &all, ref, n, clear);
	while (n > 0)
		columns_free(&ref[--n]);
	free(all.events);
	store_free(store);
	return support_written(&sink, fd);
}

static void values_come_most_frequent_first_then_by_value(void **state)
{
	static const struct {
		const char *fields, *lines;
		uint64_t without;
	} row[] = {
		{"eventName", "3\tA\n1\tB\n1\tC\n", 0},
		{"event", "3\tA\n1\tB\n1\tC\n", 0},
		{"awsRegion", "2\tx\n1\t\n1\ty\n", 1},
		{"errorCode", "", 5},
		/* Once an event, however often it stands there. */
		{"resources[].ARN", "2\tq\n1\tp\n", 3},
		/* Equal texts are one value, whatever their kind. */
		{"requestParameters.n",
		 "3\t5\n1\t5.0\n1\ta\\tb\\\\c\\nd\n", 1},
		{"requestParameters.n[]", "1\t5\n1\t5.0\n", 4},
		{"eventVersion", "5\t1.08\n", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		uint64_t without;
		char *lines = count(row[i].fields, false, &without);

		assert_string_equal(lines, row[i].lines);
		assert_int_equal(without, row[i].without);
		free(lines);
	}
}

static void several_fields_give_combinations(void **state)
{
	static const struct {
		const char *fields, *lines;
		uint64_t without;
	} row[] = {
		{"eventName awsRegion",
		 "1\tA\t\n1\tA\tx\n1\tA\ty\n1\tB\tx\n1\tC\t\n", 0},
		{"eventName resources[].ARN",
		 "2\tA\tq\n1\tA\t\n1\tA\tp\n1\tB\t\n1\tC\t\n", 0},
		{"resources[].ARN awsRegion",
		 "1\t\t\n1\t\tx\n1\tp\tx\n1\tq\tx\n1\tq\ty\n", 1},
		{"errorCode resources[].ARN", "2\t\tq\n1\t\tp\n", 3},
		{"requestParameters.n eventName errorMessage",
		 "2\t5\tA\t\n1\t\tA\t\n1\t5\tC\t\n1\t5.0\tC\t\n"
		 "1\ta\\tb\\\\c\\nd\tB\t\n", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		uint64_t without;
		char *lines = count(row[i].fields, false, &without);

		assert_string_equal(lines, row[i].lines);
		assert_int_equal(without, row[i].without);
		free(lines);
	}
}

static void secrets_are_counted_under_their_mask_unless_clear(void **state)
{
	uint64_t without;
	char *masked = count("requestParameters.password", false, &without);
	char *clear = count("requestParameters.password", true, &without);
	char *both = count("eventName requestParameters.password", true,
			   &without);

	(void)state;
	assert_memory_equal(masked, "2\t[password", 11);
	assert_null(strstr(masked, "hunter2"));
	assert_string_equal(clear, "2\thunter2\n");
	assert_string_equal(both, "2\tA\t\n1\tA\thunter2\n1\tB\t\n"
			    "1\tC\thunter2\n");
	free(masked);
	free(clear);
	free(both);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_most_frequent_first_then_by_value),
		cmocka_unit_test(several_fields_give_combinations),
		cmocka_unit_test(
			secrets_are_counted_under_their_mask_unless_clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
