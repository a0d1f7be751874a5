/* Owns the search for a few combinations of four bytes: sixteen places at once
 * where the processor can look up sixteen bytes in a table, each half of a byte
 * in its own; what fits in all groups of halves is then looked at exactly. */
#include "trail/secret_stops.h"

#include <stdbool.h>
#include <string.h>

#if defined __x86_64__ && defined __GNUC__
#include <tmmintrin.h>
#define SHUFFLES __attribute__((target("avx")))
#endif

/* Bytes around a place; what is not in the text is NUL. */
struct around {
	unsigned char first, second, at, last;
};

static unsigned before_bit(struct around x)
{
	return (x.first * 33u + x.second * 5u + x.at * 1031u) % 4096;
}

static unsigned behind_bit(struct around x)
{
	return x.at * 256u + x.last;
}

static void add(uint64_t *set, unsigned bit)
{
	set[bit / 64] |= UINT64_C(1) << bit % 64;
}

static bool has(const uint64_t *set, unsigned bit)
{
	return set[bit / 64] >> bit % 64 & 1;
}

/* Places that are alike are in one group, so that few others fit in it. */
static uint8_t group_of(struct around x)
{
	static const char own[] = "=:%B_-";
	const char *group = strchr(own, x.at);

	if (x.at == '-' && x.last != '\0')
		return 1 << 7;
	return (uint8_t)(1 << (group ? group - own : 6));
}

void secret_stops_learn(struct secret_stops *s, const char place[4])
{
	struct around x = {(unsigned char)place[0], (unsigned char)place[1],
			   (unsigned char)place[2], (unsigned char)place[3]};
	uint8_t group = group_of(x);
	bool any = x.first == '\0' && x.last == '\0';

	for (unsigned i = 0; i < 4; i++) {
		unsigned char c = (unsigned char)place[i];

		for (unsigned half = 0; half < 16; half++) {
			if (c == '\0' || half == c % 16)
				s->low[i][half] |= group;
			if (c == '\0' || half == c / 16)
				s->high[i][half] |= group;
		}
	}
	if (x.first != '\0')
		add(s->before, before_bit(x));
	else if (!any)
		add(s->behind, behind_bit(x));
	for (unsigned c = 0; any && c < 256; c++) {
		x.last = (unsigned char)c;
		add(s->behind, behind_bit(x));
	}
}

static unsigned groups_of(const struct secret_stops *s, int i, unsigned char c)
{
	return s->low[i][c % 16] & s->high[i][c / 16];
}

/* I: not the last byte. */
static bool is_stop(const struct secret_stops *s, struct span text, size_t i)
{
	const unsigned char *p = (const unsigned char *)text.p + i;
	struct around x = {i > 1 ? p[-2] : 0, i > 0 ? p[-1] : 0, p[0], p[1]};

	return (has(s->behind, behind_bit(x)) ||
		has(s->before, before_bit(x))) &&
	       (groups_of(s, 0, x.first) & groups_of(s, 1, x.second) &
		groups_of(s, 2, x.at) & groups_of(s, 3, x.last));
}

size_t secret_stops_next_plain(const struct secret_stops *s, struct span text,
			       size_t from)
{
	for (; text.n - from > 1; from++)
		if (is_stop(s, text, from))
			return from;
	return text.n;
}

#ifdef SHUFFLES
/* The groups that bytes fit as the first, second and third of the four. */
struct groups {
	__m128i first, second, at;
};

SHUFFLES static inline __m128i load(const void *p)
{
	return _mm_loadu_si128(p);
}

SHUFFLES static inline __m128i fits(__m128i low, __m128i high,
				    const struct secret_stops *s, int i)
{
	return _mm_and_si128(_mm_shuffle_epi8(load(s->low[i]), low),
			     _mm_shuffle_epi8(load(s->high[i]), high));
}

/* A bit for each of the sixteen bytes at P that may be the last of the four,
 * with what the sixteen before them fit. */
SHUFFLES static inline unsigned candidates(const struct secret_stops *s,
					   const char *p, struct groups *before)
{
	const __m128i half = _mm_set1_epi8(15);
	__m128i low = _mm_and_si128(load(p), half);
	__m128i high = _mm_and_si128(_mm_srli_epi16(load(p), 4), half);
	struct groups x = {fits(low, high, s, 0), fits(low, high, s, 1),
			   fits(low, high, s, 2)};
	__m128i all = _mm_and_si128(
		_mm_and_si128(_mm_alignr_epi8(x.first, before->first, 13),
			      _mm_alignr_epi8(x.second, before->second, 14)),
		_mm_and_si128(_mm_alignr_epi8(x.at, before->at, 15),
			      fits(low, high, s, 3)));

	*before = x;
	return 0xffff & ~(unsigned)_mm_movemask_epi8(
		_mm_cmpeq_epi8(all, _mm_setzero_si128()));
}

/* What is not known of the bytes before fits all groups.  The last sixteen may
 * be looked at twice; what their first is the last of was told already. */
SHUFFLES static size_t next_shuffled(const struct secret_stops *s,
				     struct span text, size_t from)
{
	const __m128i all = _mm_set1_epi8(-1), none = _mm_setzero_si128();
	struct groups before = {all, all, none};
	char few[16] = {0};
	const char *p = text.p;
	size_t n = text.n, i = from;

	if (n < sizeof few) {
		p = memcpy(few, p, n);
		n = sizeof few;
	}
	for (; i < n; i += 16) {
		unsigned mask;

		if (n - i < 16) {
			i = n - 16;
			before = (struct groups){all, all, none};
		}
		mask = candidates(s, p + i, &before);
		for (; mask; mask &= mask - 1) {
			size_t last = i + (unsigned)__builtin_ctz(mask);

			if (last > from && last < text.n &&
			    is_stop(s, text, last - 1))
				return last - 1;
		}
	}
	return text.n;
}
#endif

size_t secret_stops_next(const struct secret_stops *s, struct span text,
			 size_t from)
{
#ifdef SHUFFLES
	return __builtin_cpu_supports("avx")
		? next_shuffled(s, text, from)
		: secret_stops_next_plain(s, text, from);
#else
	return secret_stops_next_plain(s, text, from);
#endif
}
