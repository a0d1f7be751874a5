/* Base64 as it stands in logs: in either alphabet, with its padding or without. */
#include "trail_support.h"

#include "trail/base64.h"

static void base64_is_read_in_both_alphabets(void **state)
{
	static const struct {
		const char *text, *bytes;
	} rows[] = {
		{"", NULL}, {"Zg==", "f"}, {"Zg", "f"}, {"Zm8=", "fo"},
		{"Zm9v", "foo"}, {"Zm9vYg==", "foob"}, {"Zm9vYmE=", "fooba"},
		{"Zm9vYmFy", "foobar"}, {"Zm9v\nYmFy\r\n", "foobar"},
		{"Pz8/", "???"}, {"Pz8_", "???"}, {"Pj4+", ">>>"},
		{"Pj4-", ">>>"}, {"Z", NULL}, {"Zm9vY", NULL}, {"Zm9 v", NULL},
		{"Zg==Zg==", NULL}, {"Zm\xc3\xa9v", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = {0};
		bool good = base64_decode(span_of(rows[i].text), &out);

		assert_int_equal(good, rows[i].bytes != NULL);
		if (good)
			assert_text(buffer_span(&out), rows[i].bytes);
		buffer_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_is_read_in_both_alphabets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
