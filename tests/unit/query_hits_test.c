/* Looking up many numbers at once says what looking at one after another does. */
#include "store_support.h"

#include "query/hits.h"

enum { PLAIN = 1000, WORDS = PLAIN / 64 + 2, MOST = 70 };

static void both_ways_agree(const struct hits *h, const uint32_t *value,
			    size_t count)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		uint32_t at = value[i] == VALUES_NONE ? 0
			    : value[i] < PLAIN ? value[i] + 1 : PLAIN + 1;

		any |= h->bit[at / 64] >> at % 64 & 1;
	}
	assert_int_equal(hits_any(h, value, count), any);
	assert_int_equal(hits_any_plainly(h, value, count), any);
}

static void numbers_are_found_wherever_they_stand(void **state)
{
	uint64_t bit[WORDS] = {0};
	struct hits h = {bit, PLAIN};
	uint32_t value[MOST];

	(void)state;
	bit[500 / 64] |= UINT64_C(1) << 500 % 64;
	for (size_t count = 1; count < MOST; count++)
		for (size_t at = 0; at <= count; at++) {
			for (size_t i = 0; i < count; i++)
				value[i] = i == at ? 499 : i % 2 ? 498 : 500;
			both_ways_agree(&h, value, count);
			assert_int_equal(hits_any(&h, value, count),
					 at < count);
		}
}

static void numbers_of_all_arenas_agree_at_random(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		uint64_t bit[WORDS] = {0};
		struct hits h = {bit, PLAIN};
		uint32_t value[MOST];
		size_t count = next_random(&seed) % MOST;

		for (size_t n = next_random(&seed) % 20; n > 0; n--) {
			size_t at = 1 + next_random(&seed) % (PLAIN + 1);

			bit[at / 64] |= UINT64_C(1) << at % 64;
		}
		for (size_t i = 0; i < count; i++) {
			uint64_t kind = next_random(&seed) % 32;

			value[i] = (uint32_t)(next_random(&seed) % PLAIN);
			if (kind == 0)
				value[i] = VALUES_NONE;
			else if (kind < 3)
				value[i] |= (uint32_t)kind << 30;
		}
		both_ways_agree(&h, value, count);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_found_wherever_they_stand),
		cmocka_unit_test(numbers_of_all_arenas_agree_at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
