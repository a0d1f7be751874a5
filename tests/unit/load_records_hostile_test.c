/* Text that somebody wrote to make reading it slow is read in time that grows
 * with its length: each row would take minutes if it grew with its square. */
#include "load_support.h"

#define NAME "\"eventName\":\"A\",\"eventTime\":\"t\""

/* HEAD, then BODY again and again, then TAIL. */
static const struct {
	const char *promise, *head, *body;
	size_t length;          /* of all bodies together */
	const char *tail;
	size_t piece;
	uint64_t events;        /* at least */
} rows[] = {
	{"a long string in pieces", "{" NAME ",\"x\":\"", "yyyyyyyy", 24 << 20,
	 "\"}", 8192, 1},
	{"a long run of blanks in pieces", "{", "        ", 24 << 20,
	 NAME "}", 8192, 1},
	{"a list of numbers in pieces", "{" NAME ",\"x\":[0", ",12345678",
	 4 << 20, "]}", 2048, 1},
	{"broken records on one line", "[",
	 "{'eventName':'N','eventTime':'t','a':{'b':[1,2]}},", 2 << 20, "]",
	 1 << 20, 40000},
	{"broken records behind another member", "{\"v\":1,\"Records\":[",
	 "{'eventName':'N','eventTime':'t'},", 2 << 20, "", 1 << 20, 40000},
	{"comments that are never closed", "[",
	 "{eventName:'N',eventTime:'t' /* x\n},", 1 << 19, "]", 1 << 20,
	 10000},
	{"secrets in broken records", "[",
	 "{'eventName':'N','password':'x','a':1},", 1 << 20, "]", 1 << 20,
	 0},
	{"broken JSON in strings", "{\"v\":1,\"logEvents\":[",
	 "{\"message\":\"{\\\"eventName\\\":\\\"A\\\",\\\"eventTime\\\":t}\"}"
	 ",", 1 << 20, "", 1 << 20, 10000},
	{"many certificates", "{" NAME ",\"x\":\"",
	 "arn:aws:acm:r:111122223333:certificate/1234abcd ", 2 << 20, "\"}",
	 1 << 20, 1},
	{"a key that stands again and again", "{" NAME,
	 ",\"eventName\":\"B\"", 2 << 20, "}", 1 << 20, 1},
	{"an object that stands again and again", "{" NAME,
	 ",\"userIdentity\":{\"type\":\"x\"}", 2 << 20, "}", 1 << 20, 1},
	{"secret arrays", "{" NAME, ",\"password\":[\"a\"]", 2 << 20, "}",
	 1 << 20, 1},
	{"brackets that are never closed", "", "{\"a\":[", 1 << 19, "",
	 1 << 20, 0},
	{"closing brackets", "", "]}", 2 << 20, "", 1 << 20, 0},
	{"commas", "", ",", 2 << 20, "", 1 << 20, 0},
	{"lines of text", "", "x\n", 1 << 20, "", 1 << 20, 0},
	{"quotes that end with their line", "{" NAME ",\"x\":", "\"\n",
	 1 << 20, "}", 1 << 20, 1},
};

static uint64_t load(const struct buffer *text, size_t piece)
{
	struct store_counts counts;
	struct made m;

	make_store(&m);
	make_file(&m, buffer_span(text), piece);
	make_end(&m);
	store_counts(m.store, &counts);
	unmake(&m);
	return counts.events + counts.duplicates;
}

static void hostile_text_is_read_in_linear_time(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer text = {0};
		uint64_t begin, took;

		buffer_add_text(&text, rows[i].head);
		while (text.n < rows[i].length)
			buffer_add_text(&text, rows[i].body);
		buffer_add_text(&text, rows[i].tail);
		begin = cpu_ms();
		assert_true(load(&text, rows[i].piece) >= rows[i].events);
		took = cpu_ms() - begin;
		if (took > 20000)
			print_error("%s: %llu ms\n", rows[i].promise,
				    (unsigned long long)took);
		assert_true(took <= 20000);
		buffer_free(&text);
	}
}

/* A long key, written plainly or with escapes, above many leaves; and as deep
 * as can be. */
static void long_ways_are_walked_once(void **state)
{
	enum { LEAVES = 20000, DEEP = 505 };
	static const char *const keys[] = {"k", "\\u006b", "-"};
	uint64_t begin = cpu_ms();

	(void)state;
	for (size_t k = 0; k <= COUNT(keys); k++) {
		struct buffer text = {0};

		buffer_add_text(&text, "{" NAME ",\"requestParameters\":");
		for (int i = 0; k == COUNT(keys) && i < DEEP; i++)
			buffer_add_text(&text, "{\"b\":");
		buffer_add_text(&text, "{\"");
		for (int i = 0; k < COUNT(keys) && i < LEAVES; i++)
			buffer_add_text(&text, keys[k]);
		buffer_add_text(&text, "\":{\"x\":[\"y\"]");
		for (int i = 0; i < LEAVES; i++)
			buffer_add_text(&text, ",\"v\":1,\"x\":[\"y\"]");
		buffer_add_text(&text, "}}");
		for (int i = 0; k == COUNT(keys) && i < DEEP; i++)
			buffer_add_text(&text, "}");
		buffer_add_text(&text, "}");
		assert_int_equal(load(&text, 1 << 20), 1);
		buffer_free(&text);
	}
	assert_true(cpu_ms() - begin < 30000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_text_is_read_in_linear_time),
		cmocka_unit_test(long_ways_are_walked_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
