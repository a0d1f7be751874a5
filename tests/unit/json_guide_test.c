/* Guided reading: what it reads is what the strict scan reads, and what it does
 * not know it leaves to that. */
#define _DEFAULT_SOURCE
#include "json_long.h"

#include "json/guide.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *const values[] = {
	"{}",
	"{\"a\":1}",
	"{\"a\":1,\"b\":\"x\"}",
	"{\"a\":1,\"b\":{\"c\":null}}",
	"{\"a\":1,\"b\":{}}",
	"{\"a\":{\"b\":1}}",
	"{\"ab\":\"\",\"ac\":true,\"ad\":false}",
	"{\"l\":[]}",
	"{\"l\":[\"x\",\"y\",\"z\",\"\\n\",\"v\"]}",
	"{\"l\":[{\"x\":-1.5e3},{\"x\":0}]}",
	"{\"l\":[\"x\",1,2,3]}",
	"{\"l\":[ \"x\",1,2,3,4]}",
	"{ \"a\" : 1 , \"b\" : [ \"\xc3\xa9\" ] }",
	"{\"t\":\"2026-11-11T02:31:18Z\",\"t\":null}",
	"{\"n\":[1,2,3,4,5],\"m\":1}",
};

/* What only the scan can tell: whether an array is one token. */
static const char *const arrays[] = {
	"{\"l\":[1]}",
	"{\"l\":[1,2,3]}",
	"{\"l\":[1,2,3,4,5]}",
	"{\"l\":[ 1,2,3,4,5]}",
};

struct known {
	struct guide *guide;
	struct buffer template[COUNT(values) + COUNT(arrays)];
	uint32_t count;
};

static void learn(struct known *k, const char *text)
{
	struct scan scan = {0};
	struct scan_fault fault;
	const char *after;

	assert_int_equal(scan_strict(&scan, text, text + strlen(text), true,
				     &after, &fault), SCAN_WHOLE);
	guide_learn(k->guide, buffer_span(&scan.template), k->count);
	buffer_add_span(&k->template[k->count++],
			buffer_span(&scan.template));
	scan_free(&scan);
}

static void start(struct known *k)
{
	*k = (struct known){.guide = guide_new()};
	for (size_t i = 0; i < COUNT(values); i++)
		learn(k, values[i]);
	for (size_t i = 0; i < COUNT(arrays); i++)
		learn(k, arrays[i]);
}

static void end(struct known *k)
{
	for (uint32_t i = 0; i < k->count; i++)
		buffer_free(&k->template[i]);
	guide_free(k->guide);
}

/* Whether the guide reads the N bytes, which has to be what the scan reads. */
static bool reads(const struct known *k, const char *bytes, size_t n)
{
	static const char before[] = "[1,2]";
	struct scan guided = {0}, strict = {0};
	char *text = exact_copy(bytes, n);
	const char *after, *behind;
	struct scan_fault fault;
	uint32_t number = UINT32_MAX;
	bool read;

	/* What the scan held before is no matter. */
	scan_strict(&guided, before, before + sizeof before - 1, true, &after,
		    &fault);
	read = guide_read(k->guide, &guided, text, text + n, &after, &number);
	if (read) {
		assert_int_equal(guided.template.n, 0);
		assert_int_equal(scan_strict(&strict, text, text + n, true,
					     &behind, &fault), SCAN_WHOLE);
		assert_ptr_equal(after, behind);
		assert_in_range(number, 0, k->count - 1);
		assert_true(span_equal(buffer_span(&strict.template),
				       buffer_span(&k->template[number])));
		assert_same_tokens(&guided, &strict);
	}
	scan_free(&guided);
	scan_free(&strict);
	free(text);
	return read;
}

static void what_was_learnt_is_read(void **state)
{
	struct known k;

	(void)state;
	start(&k);
	for (size_t i = 0; i < COUNT(values); i++)
		if (!reads(&k, values[i], strlen(values[i])))
			fail_msg("not read: %s", values[i]);
	assert_true(reads(&k, "{\"a\":1}{\"a\":2}", 14));
	assert_true(reads(&k, "{\"a\":[1,2,3,4],\"b\":\"\\u0041\"}", 29));
	end(&k);
}

static void arrays_of_numbers_are_left_to_the_scan(void **state)
{
	struct known k;

	(void)state;
	start(&k);
	for (size_t i = 0; i < COUNT(arrays); i++)
		reads(&k, arrays[i], strlen(arrays[i]));
	assert_false(reads(&k, "{\"l\":[1,2,3,4,5,6]}", 19));
	end(&k);
}

static void what_is_no_json_or_unknown_is_not_read(void **state)
{
	static const char *const texts[] = {
		"", "{", "{\"a\":", "{\"a\":1", "{\"a\":01}", "{\"a\":tru}",
		"{\"a\":\"\x01\"}", "{\"a\":\"\xc3\"}", "{\"a\":\"\\x\"}",
		"{\"b\":1}", "{\"a\":1,}", " {\"a\":1}", "{\"a\":{}}",
		"{\"a\":-}", "{\"a\":1x}",
	};
	struct known k;

	(void)state;
	start(&k);
	for (size_t i = 0; i < COUNT(texts); i++)
		if (reads(&k, texts[i], strlen(texts[i])))
			fail_msg("read: %s", texts[i]);
	end(&k);
}

/* Each value with one byte changed, left out or put in, and cut off anywhere. */
static void no_change_of_a_byte_makes_a_difference(void **state)
{
	static const char bytes[] = "\"{}[],:0-1e.tn \\\n\x01\xc3";
	char text[128];
	struct known k;

	(void)state;
	start(&k);
	for (size_t i = 0; i < COUNT(values); i++) {
		size_t n = strlen(values[i]);

		for (size_t at = 0; at < n; at++) {
			reads(&k, values[i], at);
			memcpy(text, values[i], n);
			memmove(text + at, text + at + 1, n - at - 1);
			reads(&k, text, n - 1);
			for (size_t b = 0; b < sizeof bytes; b++) {
				memcpy(text, values[i], n);
				text[at] = bytes[b];
				reads(&k, text, n);
				memcpy(text + at + 1, values[i] + at, n - at);
				reads(&k, text, n + 1);
			}
		}
	}
	end(&k);
}

static void what_is_learnt_again_has_its_new_number(void **state)
{
	static const char value[] = "{\"a\":1}";
	struct guide *g = guide_new();
	struct span template = exact_span("{\"a\":\1}");
	struct scan scan = {0};
	const char *after;
	uint32_t number = UINT32_MAX;

	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		guide_learn(g, template, i);
		assert_true(guide_read(g, &scan, value,
				       value + sizeof value - 1, &after,
				       &number));
		assert_int_equal(number, i);
	}
	free((char *)template.p);
	scan_free(&scan);
	guide_free(g);
}

/* Learns a template with one key, and whether a value like it is read then. */
static bool reads_key(struct guide *g, const char *key)
{
	struct buffer value = {0};
	struct scan scan = {0};
	const char *after;
	uint32_t number;
	bool read;

	buffer_printf(&value, "{\"%s\":%c}", key, SCAN_HOLE);
	guide_learn(g, buffer_span(&value), 0);
	value.p[value.n - 2] = '1';
	read = guide_read(g, &scan, value.p, value.p + value.n, &after,
			  &number);
	buffer_free(&value);
	scan_free(&scan);
	return read;
}

/* A log of values that are all different, or long, takes only so much memory. */
static void what_is_beyond_a_limit_is_forgotten(void **state)
{
	enum { MANY = 100000 };
	struct guide *g = guide_new();
	struct buffer key = {0};
	int read = 0;

	(void)state;
	for (int i = 0; i < MANY; i++)
		buffer_add_byte(&key, 'k');
	assert_false(reads_key(g, buffer_text(&key)));
	for (int i = 0; i < MANY; i++) {
		buffer_clear(&key);
		buffer_printf(&key, "%d", i);
		read += reads_key(g, buffer_text(&key));
	}
	assert_in_range(read, MANY / 10, MANY - 1);
	assert_true(reads_key(g, "0"));
	buffer_free(&key);
	guide_free(g);
}

static void a_value_of_4_gib_is_not_read(void **state)
{
	struct known k;
	struct scan scan = {0};
	const char *after;
	uint32_t number;
	size_t size;
	char *text = long_text(&size);

	(void)state;
	start(&k);
	memcpy(text, "{\"a\":1}", 7);
	assert_true(guide_read(k.guide, &scan, text, text + size, &after,
			       &number));
	assert_ptr_equal(after, text + 7);
	memcpy(text, "{\"a\":\"", 6);
	memcpy(text + size - 2, "\"}", 2);
	assert_false(guide_read(k.guide, &scan, text, text + size, &after,
				&number));
	munmap(text, size);
	scan_free(&scan);
	end(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_learnt_is_read),
		cmocka_unit_test(arrays_of_numbers_are_left_to_the_scan),
		cmocka_unit_test(what_is_no_json_or_unknown_is_not_read),
		cmocka_unit_test(no_change_of_a_byte_makes_a_difference),
		cmocka_unit_test(what_is_learnt_again_has_its_new_number),
		cmocka_unit_test(what_is_beyond_a_limit_is_forgotten),
		cmocka_unit_test(a_value_of_4_gib_is_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
