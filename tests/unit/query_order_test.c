/* Events are sorted as a plain sort of their texts would: numbers by value and
 * before texts, absent ones last both ways, ties by their place in the files. */
#include "store_support.h"

#include "query/gather.h"
#include "query/order.h"
#include "text/decimal.h"

/* Values of the columns `x` and `y.z`; NULL: absent. */
static const char *const values[] = {
	NULL, "1", "1.0", "-1", "0", "-0", "10", "9", "2e1", "1e400", "-1e400",
	"1e401", "9007199254740992", "9007199254740993", "9007199254740992.5",
	"10000000000000000000001", "9999999999999999999999", "\"\"", "\"1\"",
	"\"a\"", "\"ab\"", "\"abcdefgh\"", "\"abcdefghi\"", "\"abcdefgh\\u0000\"",
	"\"A\"", "\"\xc3\xa9\"", "\"\\u00e9\"", "\"\\n\"", "true", "false",
	"null", "[1,2,3,4]", "{\"password\":\"x\"}", "[\"b\",\"c\"]",
};

static const char *const times[] = {
	"2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z", "never",
	"1969-12-31T23:59:59Z", "2026-01-02T03:04:05.5Z",
};

/* One of those above; or a text of few letters, so that many begin alike; or a
 * number of many digits.  Empty: absent. */
static void add_value(uint64_t *seed, struct buffer *out)
{
	static const char *const letters[] = {"a", "b", "\\u0000", "\xc3\xa9"};
	size_t kind = next_random(seed) % 4, n = next_random(seed) % 40;
	const char *value = values[next_random(seed) % COUNT(values)];

	if (kind < 2 && value)
		buffer_add_text(out, value);
	if (kind < 2)
		return;
	buffer_add_text(out, kind == 2 ? "\"arn:aws:acm:" : "900719925474099");
	for (size_t i = 0; i < n; i++) {
		size_t some = next_random(seed) % (i % 3 ? 1 : 4);

		if (kind == 2)
			buffer_add_text(out, letters[some]);
		else if (i < 3)
			buffer_printf(out, "%zu", some);
	}
	buffer_add_text(out, kind == 2 ? "\"" : "");
}

static void add_member(uint64_t *seed, const char *head, const char *tail,
		       struct buffer *out)
{
	struct buffer value = {0};

	add_value(seed, &value);
	if (value.n > 0)
		buffer_printf(out, "%s%s%s", head, buffer_text(&value), tail);
	buffer_free(&value);
}

static void make_events(struct made *m, uint64_t seed, int files)
{
	make_store(m);
	for (int f = 0; f < files; f++) {
		struct buffer text = {0};

		for (int i = 0; i < 40; i++) {
			buffer_printf(&text, "{\"eventName\":\"N%d\","
				      "\"eventTime\":\"%s\"",
				      (int)(next_random(&seed) % 5),
				      times[next_random(&seed) %
					    COUNT(times)]);
			add_member(&seed, ",\"x\":", "", &text);
			add_member(&seed, ",\"y\":{\"z\":", "}", &text);
			buffer_add_text(&text, "}\n");
		}
		make_file(m, buffer_span(&text), 1 << 20);
		builder_publish(m->builder, true);
		buffer_free(&text);
	}
	make_end(m);
}

/* A text of a column as the oracle compares it. */
struct key {
	bool some, number;
	char *text;
	size_t n;
};

struct first {
	const struct store *store;
	uint32_t segment;
	struct key key;
};

static bool take_first(void *context, struct span text, uint32_t value)
{
	struct first *first = context;
	const struct segment *s = store_segment(first->store, first->segment);

	first->key = (struct key){
		true, value != VALUES_NONE && !store_is_secret(value) &&
		      values_kind(&s->values, value) == SCAN_NUMBER,
		memory_copy(text.p, text.n), text.n};
	return false;
}

static int compare_keys(const struct key *a, const struct key *b,
			bool descending)
{
	struct decimal x, y;
	int order = 0;

	if (a->some != b->some)
		return a->some ? -1 : 1;
	if (!a->some)
		return 0;
	if (a->number != b->number)
		order = a->number ? -1 : 1;
	else if (a->number && decimal_parse((struct span){a->text, a->n}, &x) &&
		 decimal_parse((struct span){b->text, b->n}, &y))
		order = decimal_compare(&x, &y);
	if (order == 0)
		order = span_compare((struct span){a->text, a->n},
				     (struct span){b->text, b->n});
	return descending ? -order : order;
}

static int compare_times(const struct store *store, struct store_event a,
			 struct store_event b, bool descending)
{
	int64_t x = segment_event(store_segment(store, a.segment),
				  a.index)->time;
	int64_t y = segment_event(store_segment(store, b.segment),
				  b.index)->time;

	if ((x == SEGMENT_NO_TIME) != (y == SEGMENT_NO_TIME))
		return x == SEGMENT_NO_TIME ? 1 : -1;
	return descending ? (y > x) - (y < x) : (x > y) - (x < y);
}

static struct key key_of(const struct store *store, struct store_event e,
			 const struct column_ref *column)
{
	struct first first = {.store = store, .segment = e.segment};

	columns_each(store, e, column, take_first, &first);
	return first.key;
}

/* Whether A may stand in front of B. */
static void assert_in_order(const struct store *store,
			    const struct order *order, struct store_event a,
			    struct store_event b)
{
	bool timed = false;
	int verdict = 0;

	for (size_t k = 0; k < order->count; k++)
		timed |= order->key[k].column.column == COLUMN_TIME;
	for (size_t k = 0; k < order->count && verdict == 0; k++) {
		const struct order_key *by = &order->key[k];
		struct key x, y;

		if (by->column.column == COLUMN_TIME) {
			verdict = compare_times(store, a, b, by->descending);
			continue;
		}
		x = key_of(store, a, &by->column);
		y = key_of(store, b, &by->column);
		verdict = compare_keys(&x, &y, by->descending);
		if (verdict > 0)
			print_error("key %zu: %s (%d) before %s (%d)\n", k,
				    x.some ? x.text : "(none)", x.number,
				    y.some ? y.text : "(none)", y.number);
		free(x.text);
		free(y.text);
	}
	if (verdict == 0 && !timed)
		verdict = compare_times(store, a, b, false);
	if (verdict == 0)
		verdict = store_compare(store, a, b);
	assert_true(verdict < 0);
}

static const char *const orders[] = {
	"", "time", "-time", "\"x\"", "-\"x\"", "y.z,-\"x\"", "event,\"x\"",
	"-event,-y.z",
	"file,-time", "result,who,event", "container,-glyph,\"x\",time",
	"\"x\",\"x\"", "-\"x\",\"x\"",
};

static void events_are_sorted_as_a_plain_sort_would(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(orders); i++) {
		struct made m;
		struct order order;
		struct error err;
		struct identity *list;
		struct store_event *event;
		size_t n;

		make_events(&m, i + 1, 20);
		assert_true(order_parse(span_of(orders[i]), &order, &err));
		list = list_events(m.store, &n);
		assert_int_equal(n, 800);
		event = memory_alloc(n * sizeof *event);
		for (size_t k = 0; k < n; k++)
			event[k] = list[k].event;
		order_sort(m.store, NULL, &order, event, n);
		for (size_t k = 1; k < n; k++)
			assert_in_order(m.store, &order, event[k - 1],
					event[k]);
		order_free(&order);
		free(event);
		free(list);
		unmake(&m);
	}
}

/* Only every third event or so, so that files and words of bits are left out. */
static void sets_of_events_come_in_order_of_identity(void **state)
{
	uint64_t seed = 11;

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct made m;
		struct gather found;
		size_t n, at = 0;
		uint64_t *bits[64] = {NULL};
		struct identity *list;
		uint32_t segments;

		make_events(&m, seed, 1 + round % 7);
		segments = store_segment_count(m.store);
		assert_in_range(segments, 1, 64);
		for (uint32_t s = 0; s < segments; s++)
			bits[s] = memory_clear(
				store_segment(m.store, s)->count / 64u + 1,
				sizeof **bits);
		list = list_events(m.store, &n);
		for (size_t i = 0; i < n; i++)
			if (next_random(&seed) % 3 == 0 && i % 300 > 90)
				bits[list[i].event.segment]
				    [list[i].event.index / 64] |=
					UINT64_C(1) << list[i].event.index % 64;
			else
				list[i].key = UINT64_MAX;
		gather_events(m.store, NULL, bits, segments, &found);
		for (size_t i = 0; i < n; i++) {
			if (list[i].key == UINT64_MAX)
				continue;
			assert_true(at < found.count);
			assert_memory_equal(&found.events[at++],
					    &list[i].event,
					    sizeof *found.events);
		}
		assert_int_equal(at, found.count);
		free(found.events);
		free(list);
		for (uint32_t s = 0; s < segments; s++)
			free(bits[s]);
		unmake(&m);
	}
}

static void nothing_and_one_event_are_sorted(void **state)
{
	struct order order;
	struct made m;
	struct store_event e = {0, 0};

	(void)state;
	make_text(&m, "{\"eventName\":\"A\",\"eventTime\":\"t\"}", 64);
	assert_true(order_parse(SPAN("y.z,-time"), &order, NULL));
	order_sort(m.store, NULL, &order, NULL, 0);
	order_sort(m.store, NULL, &order, &e, 1);
	assert_int_equal(e.segment, 0);
	order_free(&order);
	unmake(&m);
}

static const struct {
	const char *text;
	size_t count;           /* of keys; 0 with an error: its column */
	uint64_t column;
	const char *told;       /* begins so */
} texts[] = {
	{"", 0, 0, NULL},
	{"time", 1, 0, NULL},
	{"-TIME,user_agent", 2, 0, NULL},
	{"event,-who,requestParameters.x,-resources[0].ARN", 4, 0, NULL},
	{"usr", 0, 1, "unknown field \"usr\""},
	{"time,-usr", 0, 7, "unknown field \"usr\""},
	{"time,,who", 0, 6, "no field named"},
	{"-", 0, 2, "no field named"},
	{"time,", 0, 6, "no field named"},
	{",", 0, 1, "no field named"},
	{"a.b,c..d", 0, 7, "not a path"},
	{" time , - who", 2, 0, NULL},
	{"-requestParameters.\"a,b\",who", 2, 0, NULL},
	{"\"a,\\\"b\".c,-a.\"x,y\",time", 3, 0, NULL},
	{"time, usr", 0, 7, "unknown field \"usr\""},
	{" ", 0, 2, "no field named"},
	{"time,a.b\"c", 0, 9, "not a path"},
	{"time,who,event,from,region", 0, 21, "too many columns to sort by"},
};

static void a_text_names_columns_and_directions(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct order order, copy;
		struct error err = {.text = ""};
		bool read = order_parse(span_of(texts[i].text), &order, &err);

		assert_int_equal(read, texts[i].told == NULL);
		if (!read) {
			assert_true(span_starts(span_of(err.text),
						span_of(texts[i].told)));
			assert_int_equal(err.column, texts[i].column);
			assert_int_equal(order.count, 0);
			continue;
		}
		assert_int_equal(order.count, texts[i].count);
		copy = order_copy(&order);
		assert_int_equal(copy.count, order.count);
		for (size_t k = 0; k < order.count; k++) {
			struct buffer a = {0}, b = {0};

			columns_name(&order.key[k].column, &a);
			columns_name(&copy.key[k].column, &b);
			assert_true(span_equal(buffer_span(&a),
					       buffer_span(&b)));
			assert_int_equal(copy.key[k].descending,
					 order.key[k].descending);
			buffer_free(&a);
			buffer_free(&b);
		}
		order_free(&copy);
		order_free(&order);
	}
	assert_false(order_parse(SPAN("usr"), &(struct order){.count = 0},
				 NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_are_sorted_as_a_plain_sort_would),
		cmocka_unit_test(sets_of_events_come_in_order_of_identity),
		cmocka_unit_test(nothing_and_one_event_are_sorted),
		cmocka_unit_test(a_text_names_columns_and_directions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
