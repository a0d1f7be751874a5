/* Where the search for secrets stops: the same by both twins, and nothing is
 * passed by that a look at every byte would find. */
#include "json_support.h"

#include "trail/secret_parts.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Texts with secrets, and such as stand in trails by the million. */
static const char *const seeds[] = {
	"password=hunter2 and more", "--password hunter2 --user alice",
	"Authorization: Bearer abcdefghij0123456789",
	"{\"password\": \"hunter2\", \"name\":\"Alice\"}",
	"postgres://alice:hunter2@db.example.com:5432/x?sslmode=require",
	"https://x.example/?a=1&X-Amz-Security-Token=IQoJb3JpZ2luX2VjEJr//8",
	"https%3A%2F%2Fx.example%2F%3Ftoken%3Dabcdefgh%26a%3D1",
	"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
	"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlIGlzIGhlcmU",
	"PuTTY-User-Key-File-3: ssh-ed25519", "Basic dXNlcjpwYXNzd29yZDEy",
	"x-ghp_0123456789abcdefghij0123456789abcdefghij",
	"FwoGZXIvYXdzEJr//////////wEaDExample sk_live_0123456789ab",
	"SG.0123456789abcdefghij.0123456789abcdefghij0123456789",
	"AIzaSy0123456789abcdefghij0123456789abc xoxb-0123456789-abcdef",
	"arn:aws:iam::123456789012:role/eu-west-1/api-us-east-2_build.v1",
	"aws-sdk-go-v2/1.32.4 ua/2.1 os/linux lang/go#1.23.1 md/GOARCH#arm64",
	"2026-11-01T09:18:03Z", "AKIAK2MKQQH5744TNNTX", "sg-a5e8cb41351acfc0",
	"0b8c6fd1-9d5a-4a0e-8f39-4a0f6e0c1d2b", "", "=", "--", "zJ",
};

/* A seed, pieces of two, or bytes that matter, with some of them changed. */
static void draw(uint64_t *random, struct buffer *text)
{
	static const char bytes[] = "=:%B-_.JGDz3ea/ \"'\\yTYshpo0A\0\n\xc3";
	size_t changes = next_random(random) % 6;

	buffer_clear(text);
	for (size_t i = next_random(random) % 3; i < 3; i++) {
		struct span seed = span_of(
			seeds[next_random(random) % COUNT(seeds)]);

		seed = span_from(seed, next_random(random) % 3 == 0
			? next_random(random) % (seed.n + 1) : 0);
		if (seed.n > 0 && next_random(random) % 3 == 0)
			seed.n -= next_random(random) % seed.n;
		buffer_add_span(text, seed);
	}
	for (size_t i = 0; text->n > 0 && i < changes; i++)
		text->p[next_random(random) % text->n] =
			bytes[next_random(random) % (sizeof bytes - 1)];
}

/* Of every text a copy of its own, so that a byte beyond it is a fault. */
static void the_twins_stop_at_the_same_places(void **state)
{
	enum { ROUNDS = 60000 };
	struct secret_stops stops;
	struct buffer drawn = {0};
	uint64_t random = 42;
	size_t found = 0;

	(void)state;
	secret_parts_learn(&stops);
	for (int round = 0; round < ROUNDS; round++) {
		struct span text;

		draw(&random, &drawn);
		text = (struct span){exact_copy(drawn.p, drawn.n), drawn.n};
		for (size_t from = 0, at; from <= text.n; from = at + 1) {
			at = secret_stops_next(&stops, text, from);
			assert_int_equal(
				at, secret_stops_next_plain(&stops, text,
							    from));
			assert_true(at >= from && at <= text.n);
			found += at < text.n;
			if (round % 8 == 0)
				at = from;
		}
		free((char *)text.p);
	}
	assert_true(found > ROUNDS);
	buffer_free(&drawn);
}

/* With every bit set it stops at every byte. */
static void nothing_is_passed_by(void **state)
{
	enum { ROUNDS = 300000 };
	struct secret_stops stops, all;
	struct secret_parts some = {0}, every = {0};
	struct buffer text = {0};
	uint64_t random = 7;
	size_t parts = 0;

	(void)state;
	secret_parts_learn(&stops);
	memset(&all, 0xff, sizeof all);
	for (int round = 0; round < ROUNDS; round++) {
		draw(&random, &text);
		some.count = every.count = 0;
		secret_parts_find(&stops, buffer_span(&text), 3, &some);
		secret_parts_find(&all, buffer_span(&text), 3, &every);
		assert_int_equal(some.count, every.count);
		for (size_t i = 0; i < some.count; i++) {
			assert_int_equal(some.part[i].from,
					 every.part[i].from);
			assert_int_equal(some.part[i].to, every.part[i].to);
			assert_int_equal(some.part[i].rule,
					 every.part[i].rule);
		}
		parts += some.count;
	}
	assert_true(parts > ROUNDS / 4);
	secret_parts_free(&some);
	secret_parts_free(&every);
	buffer_free(&text);
}

static void any_byte_stands_around_a_sign(void **state)
{
	struct secret_stops stops;

	(void)state;
	secret_parts_learn(&stops);
	for (int c = 0; c < 256; c++) {
		char text[] = {(char)c, (char)c, '=', (char)c};

		assert_int_equal(secret_stops_next(
			&stops, (struct span){text, sizeof text}, 2), 2);
	}
}

static void texts_of_trails_have_none(void **state)
{
	static const char *const texts[] = {
		"2026-11-01T09:18:03Z", "AROAK2MKQQH5744TNNTX", "us-east-1",
		"0b8c6fd1-9d5a-4a0e-8f39-4a0f6e0c1d2b", "198.19.162.82",
		"arn:aws:iam::123456789012:role/Build", "ec2.amazonaws.com",
	};
	struct secret_stops stops;

	(void)state;
	secret_parts_learn(&stops);
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_int_equal(secret_stops_next(&stops, span_of(texts[i]),
						   0), strlen(texts[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_twins_stop_at_the_same_places),
		cmocka_unit_test(nothing_is_passed_by),
		cmocka_unit_test(any_byte_stands_around_a_sign),
		cmocka_unit_test(texts_of_trails_have_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
