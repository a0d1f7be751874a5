/* The same event told twice is shown once, other content under its eventID is
 * shown beside it, and which one stays never depends on who came first. */
#include "load_support.h"

#include "store_support.h"

#define ID "\"eventName\":\"A\",\"eventTime\":\"t\",\"eventID\":\"i\""
#define EV(more) "{" ID more "}"

enum verdict { ALONE, DUPLICATE, CONFLICT };

static const struct {
	const char *one, *two;  /* records, or what holds one */
	enum verdict verdict;
} pairs[] = {
	{EV(",\"a\":1"), EV(",\"a\":1"), DUPLICATE},
	{EV(",\"a\":1"), EV(",\"a\":2"), CONFLICT},
	{EV(""), EV(",\"a\":null"), CONFLICT},
	{EV(""), "{\"eventName\":\"A\",\"eventTime\":\"t\",\"eventID\":\"j\"}",
	 ALONE},
	{"{\"eventName\":\"A\",\"eventTime\":\"t\"}",
	 "{\"eventName\":\"A\",\"eventTime\":\"t\"}", ALONE},
	{"{\"eventName\":\"A\",\"eventTime\":\"t\",\"eventID\":\"\"}",
	 "{\"eventName\":\"A\",\"eventTime\":\"t\",\"eventID\":\"\"}", ALONE},
	{"{\"eventName\":\"A\",\"eventTime\":\"t\",\"eventID\":null}",
	 "{\"eventName\":\"A\",\"eventTime\":\"t\",\"eventID\":null}", ALONE},
	/* white space, order of keys, container */
	{EV(",\"a\":{\"b\":1,\"c\":[2,3]}"),
	 "{ \"a\" : {\"c\": [ 2,\n3 ], \"b\" : 1 } , " ID " }", DUPLICATE},
	{EV(""), "{\"Records\":[" EV("") "]}", DUPLICATE},
	{EV(""), "{\"message\":\"{\\\"eventName\\\":\\\"A\\\",\\\"eventTime"
	 "\\\":\\\"t\\\",\\\"eventID\\\":\\\"i\\\"}\"}", DUPLICATE},
	/* how values are written */
	{EV(",\"a\":\"\\u0041\\/\""), EV(",\"a\":\"A/\""), DUPLICATE},
	{EV(",\"a\":\"x\""), "{eventName:'A',eventTime:'t',eventID:'i',a:'x'}",
	 DUPLICATE},
	{EV(",\"b\":[1,2,3,4]"), EV(",\"b\": [ 1, 2,\n 3, 4 ]"), DUPLICATE},
	{EV(",\"b\":[1,2,3,4]"), EV(",\"b\":[1,2,3,5]"), CONFLICT},
	{EV(",\"b\":[1,2,3,4]"), EV(",\"b\":[12,3,4]"), CONFLICT},
	{EV(",\"password\":[\"a b\"]"), EV(",\"password\":[ \"a b\" ]"),
	 DUPLICATE},
	{EV(",\"password\":[\"a b\"]"), EV(",\"password\":[\"ab\"]"),
	 CONFLICT},
	{EV(",\"password\":\"x\""), EV(",\"password\":\"y\""), CONFLICT},
	{EV(",\"password\":\"x\""), EV(",\"password\":\"x\""), DUPLICATE},
	{EV(",\"a\":1"), EV(",\"a\":\"1\""), CONFLICT},
	{EV(",\"a\":1"), EV(",\"a\":1.0"), CONFLICT},
	{EV(",\"a\":true"), EV(",\"a\":\"true\""), CONFLICT},
	{EV(",\"a\":\"x\\ny\""), EV(",\"a\":\"x\\u000ay\""), DUPLICATE},
	/* structure */
	{EV(",\"a\":[1,2]"), EV(",\"a\":[2,1]"), CONFLICT},
	{EV(",\"a\":[]"), EV(",\"a\":{}"), CONFLICT},
	{EV(",\"a\":[]"), EV(""), CONFLICT},
	{EV(",\"a\":{\"b\":1}"), EV(",\"a.b\":1"), CONFLICT},
	{EV(",\"a\":[1]"), EV(",\"a\":{\"0\":1}"), CONFLICT},
	{EV(",\"a\":{\"b\":{}},\"c\":1"), EV(",\"a\":{},\"b\":{},\"c\":1"),
	 CONFLICT},
	{EV(",\"Tag\":1"), EV(",\"tag\":1"), CONFLICT},
	{EV(",\"a\":1"), EV(",\"a\":1,\"a\":1"), CONFLICT},
	/* an escape in a key hides nothing */
	{EV(",\"a\":1"), EV(",\"\\u0061\":1"), CONFLICT},
	/* comments do not count */
	{EV(",\"a\":1"), EV(",\"a\":1 // why\n"), DUPLICATE},
};

static void a_pair_is_the_same_or_another_or_in_conflict(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * COUNT(pairs); i++) {
		const char *one = pairs[i / 2].one, *two = pairs[i / 2].two;
		enum verdict verdict = pairs[i / 2].verdict;
		struct store_counts counts;
		struct made m;

		make_store(&m);
		make_file(&m, span_of(i % 2 ? two : one), 1 << 20);
		make_file(&m, span_of(i % 2 ? one : two), 1 << 20);
		make_end(&m);
		store_counts(m.store, &counts);
		if (counts.duplicates != (verdict == DUPLICATE) ||
		    counts.conflicts != (verdict == CONFLICT ? 2 : 0) ||
		    counts.events != (verdict == DUPLICATE ? 1 : 2))
			fail_msg("%s and %s: %d duplicates, %d conflicts",
				 one, two, (int)counts.duplicates,
				 (int)counts.conflicts);
		unmake(&m);
	}
}

enum { FILES = 6, RECORDS = 12 };

/* Records that share eventIDs, contents and secrets. */
static void write_file(struct buffer *out, uint64_t *seed)
{
	buffer_add_text(out, "[");
	for (int i = 0; i < RECORDS; i++) {
		unsigned id = (unsigned)(next_random(seed) % 9);
		unsigned content = (unsigned)(next_random(seed) % 3);
		unsigned form = (unsigned)(next_random(seed) % 4);

		buffer_printf(out, "%s{%s\"eventName\":\"N%u\",\"eventTime\":"
			      "\"2026-01-0%u\",\"eventID\":%s%u%s,"
			      "\"sessionToken\":\"secret-%u\"%s}",
			      i ? "," : "", form == 1 ? " " : "", content,
			      1 + content, form == 2 ? "'" : "\"", id,
			      form == 2 ? "'" : "\"", id % 4 + content,
			      form == 3 ? "\n" : "");
	}
	buffer_add_text(out, "]");
}

/* One loader's lane, which a schedule moves on piece by piece. */
struct lane {
	struct builder *builder;
	struct records *records;
	struct window window;
	struct span rest;
	bool open;
};

static void open_lane(struct lane *l, uint32_t input, struct span text)
{
	window_start(&l->window);
	records_start(l->records, input);
	l->rest = text;
	l->open = true;
}

static void move_on(struct lane *l, uint64_t *seed)
{
	size_t n = 1 + next_random(seed) % 400;

	n = n < l->rest.n ? n : l->rest.n;
	memcpy(window_room(&l->window, n + 1), l->rest.p, n);
	l->window.bytes.n += n;
	l->rest = span_from(l->rest, n);
	l->open = l->rest.n > 0;
	records_read(l->records, &l->window, !l->open, false);
	if (next_random(seed) % 3 == 0)
		builder_publish(l->builder, true);
}

/* Loads the files on some lanes, in an order that the seed decides. */
static char *load(const struct buffer *file, size_t lanes, uint64_t seed)
{
	struct store *store = store_new(FIELD_COUNT);
	struct lane lane[4] = {{0}};
	uint32_t next = 0;
	size_t open;
	char *told;

	store_set_masks(store, (struct store_masks){secret_name, secret_sized,
						    true});
	for (int i = 0; i < FILES; i++)
		store_add_file(store, "f");
	for (size_t i = 0; i < lanes; i++) {
		lane[i].builder = builder_new(store, NULL);
		lane[i].records = records_new(store, lane[i].builder, false);
	}
	do {
		struct lane *l = &lane[next_random(&seed) % lanes];

		if (!l->open && next < FILES) {
			open_lane(l, next, buffer_span(&file[next]));
			next++;
		}
		if (l->open)
			move_on(l, &seed);
		open = next < FILES;
		for (size_t i = 0; i < lanes; i++)
			open += lane[i].open;
	} while (open > 0);
	for (size_t i = 0; i < lanes; i++) {
		builder_free(lane[i].builder);
		records_free(lane[i].records);
		window_free(&lane[i].window);
	}
	store_finish(store);
	told = tell_store(store);
	store_free(store);
	return told;
}

static void no_order_of_work_changes_what_is_told(void **state)
{
	int rounds = getenv("ACMTUI_LONG") ? 2000 : 40;
	uint64_t seed = 11;

	(void)state;
	for (int round = 0; round < rounds; round++) {
		struct buffer file[FILES] = {{0}};
		char *first;

		for (int i = 0; i < FILES; i++)
			write_file(&file[i], &seed);
		first = load(file, 1, seed);
		for (int order = 0; order < 6; order++) {
			char *told = load(file, 1 + (size_t)order % 4,
					  next_random(&seed));

			assert_string_equal(told, first);
			free(told);
		}
		free(first);
		for (int i = 0; i < FILES; i++)
			buffer_free(&file[i]);
	}
}

/* Each of these would take minutes if an event's content were looked at for
 * every other, or the way to a leaf for each leaf. */
static void hostile_twins_take_linear_time(void **state)
{
	enum { MANY = 50000 };
	struct buffer one = {0}, others = {0}, key = {0};
	uint64_t begin = cpu_ms();
	struct store_counts counts;
	struct made m;

	(void)state;
	buffer_add_text(&one, "{" ID);
	for (int i = 0; i < MANY; i++) {
		buffer_printf(&one, ",\"k%d\":1", i);
		buffer_printf(&others, EV(",\"v\":%d"), i);
	}
	buffer_add_text(&one, "}");
	for (int twice = 0; twice < 2; twice++) {
		buffer_add_text(&key, "{\"eventName\":\"A\",\"eventTime\":"
				      "\"t\",\"eventID\":\"j\",\"");
		for (int i = 0; i < MANY; i++)
			buffer_add_byte(&key, 'k');
		buffer_add_text(&key, "\":{\"a\":1");
		for (int i = 0; i < MANY; i++)
			buffer_add_text(&key, ",\"b\":2");
		buffer_add_text(&key, "}}");
	}
	make_store(&m);
	make_file(&m, buffer_span(&one), 1 << 20);
	make_file(&m, buffer_span(&others), 1 << 20);
	make_file(&m, buffer_span(&key), 1 << 20);
	make_end(&m);
	store_counts(m.store, &counts);
	assert_int_equal(counts.events, MANY + 2);
	assert_int_equal(counts.conflicts, MANY + 1);
	assert_int_equal(counts.duplicates, 1);
	assert_true(cpu_ms() - begin < 20000);
	buffer_free(&one);
	buffer_free(&others);
	buffer_free(&key);
	unmake(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pair_is_the_same_or_another_or_in_conflict),
		cmocka_unit_test(no_order_of_work_changes_what_is_told),
		cmocka_unit_test(hostile_twins_take_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
