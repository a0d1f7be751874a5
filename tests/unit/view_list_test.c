/* The event list: the selected event stays selected while rows come and go. */
#include "load_support.h"
#include "query/order.h"
#include "view/list.h"

/* Twenty events, e0 to e19. */
static void twenty(struct made *m)
{
	struct buffer text = {0};

	buffer_add_text(&text, "{\"Records\":[");
	for (int i = 0; i < 20; i++)
		buffer_printf(&text, "%s{\"eventVersion\":\"1.08\","
			      "\"eventTime\":\"2026-01-01T00:00:%02dZ\","
			      "\"eventName\":\"e%d\",\"eventID\":\"%d\"}",
			      i ? "," : "", i, i, i);
	buffer_add_text(&text, "]}");
	make_text(m, buffer_text(&text), text.n);
	buffer_free(&text);
}

/* Rows FROM, FROM + STEP, … below TO, as a query would give them. */
static void give(struct list *l, const struct made *m, uint32_t from,
		 uint32_t to, uint32_t step)
{
	struct store_event *rows = memory_clear(20, sizeof *rows);
	size_t n = 0;

	for (uint32_t i = from; i < to; i += step)
		rows[n++] = (struct store_event){0, i};
	list_take_rows(l, m->store, &(struct list_rows){.event = rows,
							.count = n});
}

static void start(struct list *l, struct made *m)
{
	struct order order = {.count = 0};

	twenty(m);
	list_init(l, &order);
	pane_set_height(&l->pane, 5);
}

static void end(struct list *l, struct made *m)
{
	list_free(l);
	unmake(m);
}

static void until_the_first_key_the_cursor_is_on_the_first_row(void **state)
{
	struct list l;
	struct made m;

	(void)state;
	start(&l, &m);
	give(&l, &m, 10, 20, 1);
	assert_int_equal(list_selected(&l).index, 10);
	give(&l, &m, 0, 20, 1);
	assert_int_equal(list_selected(&l).index, 0);
	assert_int_equal(l.pane.cursor, 0);
	assert_false(l.away);
	end(&l, &m);
}

static void what_was_chosen_stays_at_its_place(void **state)
{
	struct list l;
	struct made m;

	(void)state;
	start(&l, &m);
	give(&l, &m, 10, 20, 1);
	pane_move(&l.pane, 2);
	list_choose(&l);
	give(&l, &m, 0, 20, 1);
	assert_int_equal(list_selected(&l).index, 12);
	assert_int_equal(l.pane.cursor, 12);
	assert_int_equal(l.pane.top, 10);
	give(&l, &m, 0, 20, 4);
	assert_int_equal(list_selected(&l).index, 12);
	assert_int_equal(l.pane.cursor, 3);
	end(&l, &m);
}

static void what_is_hidden_leaves_its_neighbour_and_comes_back(void **state)
{
	struct list l;
	struct made m;

	(void)state;
	start(&l, &m);
	give(&l, &m, 0, 20, 1);
	pane_move(&l.pane, 7);
	list_choose(&l);
	give(&l, &m, 0, 20, 2);
	assert_true(l.away);
	assert_int_equal(list_selected(&l).index, 6);
	give(&l, &m, 0, 20, 3);
	assert_true(l.away);
	assert_int_equal(list_selected(&l).index, 6);
	give(&l, &m, 0, 20, 1);
	assert_false(l.away);
	assert_int_equal(list_selected(&l).index, 7);
	end(&l, &m);
}

static void a_key_takes_the_neighbour_for_chosen(void **state)
{
	struct list l;
	struct made m;

	(void)state;
	start(&l, &m);
	give(&l, &m, 0, 20, 1);
	pane_move(&l.pane, 7);
	list_choose(&l);
	give(&l, &m, 0, 20, 2);
	list_choose(&l);
	assert_false(l.away);
	give(&l, &m, 0, 20, 1);
	assert_int_equal(list_selected(&l).index, 6);
	end(&l, &m);
}

static void an_empty_list_selects_nothing_and_forgets_nothing(void **state)
{
	struct list l;
	struct made m;

	(void)state;
	start(&l, &m);
	assert_int_equal(list_selected(&l).segment, STORE_NO_EVENT.segment);
	give(&l, &m, 0, 20, 1);
	pane_move(&l.pane, 7);
	list_choose(&l);
	give(&l, &m, 0, 0, 1);
	assert_true(l.away);
	assert_int_equal(list_selected(&l).segment, STORE_NO_EVENT.segment);
	give(&l, &m, 0, 20, 1);
	assert_int_equal(list_selected(&l).index, 7);
	end(&l, &m);
}

/* Events with equal times and, at the end, without one. */
static void timed(struct made *m)
{
	static const int seconds[] = {1, 1, 3, 3, 6, 6, 6, 10};
	struct buffer text = {0};

	buffer_add_text(&text, "{\"Records\":[");
	for (int i = 0; i < 8; i++)
		buffer_printf(&text, "{\"eventVersion\":\"1.08\","
			      "\"eventTime\":\"2026-01-01T00:00:%02dZ\","
			      "\"eventName\":\"e\",\"eventID\":\"%d\"},",
			      seconds[i], i);
	buffer_add_text(&text, "{\"eventVersion\":\"1.08\",\"eventName\":\"e\","
			"\"eventID\":\"8\"},{\"eventVersion\":\"1.08\","
			"\"eventName\":\"e\",\"eventID\":\"9\"}]}");
	make_text(m, buffer_text(&text), text.n);
	buffer_free(&text);
}

static size_t nearest(const struct list *l, const struct made *m,
		      int64_t wanted, int sign)
{
	size_t best = SIZE_MAX;
	int64_t distance = INT64_MAX;

	for (size_t i = 0; i < l->total; i++) {
		int64_t time = segment_event(store_segment(m->store, 0),
					     l->all[i].index)->time;
		int64_t d = (time - wanted) * sign;

		if (time == SEGMENT_NO_TIME || d < 0 || d >= distance)
			continue;
		best = i;
		distance = d;
	}
	return best;
}

static void a_time_is_found_in_every_order(void **state)
{
	static const struct {
		const char *order;
		uint32_t row[10];
	} rows[] = {
		{"", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		{"time", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		{"-time", {7, 4, 5, 6, 2, 3, 0, 1, 8, 9}},
		{"event", {5, 8, 0, 7, 2, 9, 6, 1, 3, 4}},
	};
	struct made m;
	int64_t base;

	(void)state;
	timed(&m);
	base = segment_event(store_segment(m.store, 0), 0)->time - 1000;
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		struct order order = {.count = 0};
		struct store_event *all = memory_clear(10, sizeof *all);
		struct list l;

		if (*rows[k].order)
			assert_true(order_parse(span_of(rows[k].order), &order,
						NULL));
		list_init(&l, &order);
		for (size_t i = 0; i < 10; i++)
			all[i] = (struct store_event){0, rows[k].row[i]};
		list_take_rows(&l, m.store, &(struct list_rows){
			.event = all, .count = 10});
		for (int64_t t = base; t <= base + 12000; t += 500) {
			for (int sign = -1; sign <= 1; sign += 2) {
				size_t at = SIZE_MAX, is = nearest(&l, &m, t,
								   sign);

				assert_int_equal(list_find_time(
					&l, m.store, t, sign, &at),
					is != SIZE_MAX);
				if (is != SIZE_MAX)
					assert_int_equal(at, is);
			}
		}
		list_free(&l);
		order_free(&order);
	}
	unmake(&m);
}

static void a_column_sorts_up_then_down(void **state)
{
	struct column_ref who = {.column = COLUMN_WHO};
	struct column_ref time = {.column = COLUMN_TIME};
	struct column_ref path, same;
	struct list l;
	struct made m;

	(void)state;
	assert_true(columns_parse(SPAN("a.b"), &path, NULL));
	assert_true(columns_parse(SPAN("a.c"), &same, NULL));
	start(&l, &m);
	assert_int_equal(list_sorted_by(&l, &time), 1);
	list_sort_by(&l, &time);
	assert_int_equal(list_sorted_by(&l, &time), -1);
	list_sort_by(&l, &who);
	assert_int_equal(list_sorted_by(&l, &who), 1);
	assert_int_equal(list_sorted_by(&l, &time), 0);
	list_sort_by(&l, &who);
	assert_int_equal(list_sorted_by(&l, &who), -1);
	list_sort_by(&l, &path);
	assert_int_equal(list_sorted_by(&l, &path), 1);
	assert_int_equal(list_sorted_by(&l, &same), 0);
	columns_free(&path);
	columns_free(&same);
	end(&l, &m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			until_the_first_key_the_cursor_is_on_the_first_row),
		cmocka_unit_test(what_was_chosen_stays_at_its_place),
		cmocka_unit_test(
			what_is_hidden_leaves_its_neighbour_and_comes_back),
		cmocka_unit_test(a_key_takes_the_neighbour_for_chosen),
		cmocka_unit_test(
			an_empty_list_selects_nothing_and_forgets_nothing),
		cmocka_unit_test(a_time_is_found_in_every_order),
		cmocka_unit_test(a_column_sorts_up_then_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
