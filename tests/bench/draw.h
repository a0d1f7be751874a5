/* Chance: a stream of numbers that hangs on its seed alone, the same on every
 * machine (integers only, splitmix64). */
#ifndef BENCH_DRAW_H
#define BENCH_DRAW_H

#include <stdbool.h>
#include <stdint.h>

struct draw {
	uint64_t state;
};

/* A number that hangs on X and on nothing else. */
static inline uint64_t draw_mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static inline uint64_t draw_bits(struct draw *d)
{
	uint64_t x = draw_mix(d->state);

	d->state += 0x9e3779b97f4a7c15u;
	return x;
}

/* From 0 to N - 1; N is at least 1. */
static inline uint32_t draw_below(struct draw *d, uint32_t n)
{
	return (uint32_t)(((draw_bits(d) >> 32) * n) >> 32);
}

static inline bool draw_percent(struct draw *d, uint32_t percent)
{
	return draw_below(d, 100) < percent;
}

#endif
