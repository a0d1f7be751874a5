/* view/ranking: rows of the values pane, wherever one looks first. */
#include "write_support.h"

#include "view/ranking.h"

enum { EVENTS = 9000, LOOKS = 300 };

/* Many values, most of which begin alike; some are met often. */
static struct store *load(void)
{
	struct buffer trail = {0};
	struct store *store;
	uint32_t random = 7;

	buffer_add_text(&trail, "{\"Records\":[");
	for (unsigned i = 0; i < EVENTS; i++) {
		random = random * 1664525 + 1013904223;
		buffer_printf(&trail, "%s{\"eventID\":\"e%u\",\"eventTime\":"
			      "\"2024-01-01T00:00:00Z\",\"eventName\":"
			      "\"%s%u\"}", i > 0 ? "," : "", i,
			      random >> 30 ? "DescribeSomething" : "Get",
			      (random >> 12) % (random >> 29 ? 3000 : 30));
	}
	buffer_add_text(&trail, "]}");
	store = support_load("trail.json", buffer_text(&trail));
	buffer_free(&trail);
	return store;
}

/* What stands in ranking.h, without what makes it fast. */
static bool comes_before(enum ranking_order order,
			 const struct distinct_value *a,
			 const struct distinct_value *b)
{
	uint64_t x = a->shown, y = b->shown;

	if (order == RANKING_RATIO && x * b->all != y * a->all)
		return x * b->all > y * a->all;
	if (x == y) {
		x = a->all;
		y = b->all;
	}
	if (x == y)
		return span_compare(a->text, b->text) < 0;
	return order == RANKING_RARITY ? x < y : x > y;
}

static void rows_are_in_order_wherever_one_looks_first(void **state)
{
	struct store *store = load();
	struct column_ref ref = {.column = COLUMN_EVENT};
	struct store_event shown[EVENTS / 3];
	struct jobs *jobs = jobs_new(1);
	struct ranking *r;
	uint32_t random = 3;

	(void)state;
	for (uint32_t i = 0; i < EVENTS / 3; i++)
		shown[i] = (struct store_event){0, i * 3};
	r = ranking_new(store, jobs, &ref, shown, EVENTS / 3, NULL);
	assert_true(r->count > 1000 && r->count < r->distinct.count);
	assert_int_equal(r->most, ranking_value(r, RANKING_COUNT, 0)->shown);
	for (enum ranking_order order = 0; order < RANKING_ORDERS; order++) {
		for (int i = 0; i < LOOKS; i++) {
			size_t row = (random = random * 69069 + 1) >> 8;
			const struct distinct_value *v, *next;

			row %= r->count - 1;
			v = ranking_value(r, order, row);
			next = ranking_value(r, order, row + 1);
			assert_true(comes_before(order, v, next));
			assert_ptr_equal(v, ranking_value(r, order, row));
		}
		for (size_t i = 1; i < r->count; i++)
			assert_true(comes_before(
				order, ranking_value(r, order, i - 1),
				ranking_value(r, order, i)));
	}
	ranking_free(r);
	jobs_free(jobs);
	store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_in_order_wherever_one_looks_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
