/* Owns nothing.  Going along the rows of all events is the larger part of a
 * search in any field: where the processor can, eight numbers are looked up at
 * once. */
#include "query/hits.h"

#if defined __x86_64__
#include <immintrin.h>
#endif

bool hits_any_plainly(const struct hits *h, const uint32_t *value,
		      size_t count)
{
	uint64_t any = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t at = value[i] + 1;

		at = at <= h->plain ? at : h->plain + 1;
		any |= h->bit[at / 64] >> at % 64;
	}
	return any & 1;
}

#if defined __x86_64__
enum { TOGETHER = 8 };

__attribute__((target("avx2"))) static bool
any_together(const struct hits *h, const uint32_t *value, size_t count)
{
	const __m256i one = _mm256_set1_epi32(1);
	const __m256i last = _mm256_set1_epi32((int)(h->plain + 1));
	const __m256i low = _mm256_set1_epi32(31);
	__m256i any = _mm256_setzero_si256();

	/* The last eight are those at the end, some of them for the second
	   time. */
	for (size_t i = 0; i < count; i += TOGETHER) {
		size_t from = count - i < TOGETHER ? count - TOGETHER : i;
		__m256i v = _mm256_loadu_si256((const void *)(value + from));
		__m256i at = _mm256_min_epu32(_mm256_add_epi32(v, one), last);
		__m256i bits = _mm256_i32gather_epi32(
			(const void *)h->bit, _mm256_srli_epi32(at, 5), 4);

		at = _mm256_and_si256(at, low);
		any = _mm256_or_si256(any, _mm256_srlv_epi32(bits, at));
	}
	return !_mm256_testz_si256(any, one);
}

bool hits_any(const struct hits *h, const uint32_t *value, size_t count)
{
	return count >= TOGETHER && __builtin_cpu_supports("avx2")
		       ? any_together(h, value, count)
		       : hits_any_plainly(h, value, count);
}
#else
bool hits_any(const struct hits *h, const uint32_t *value, size_t count)
{
	return hits_any_plainly(h, value, count);
}
#endif
