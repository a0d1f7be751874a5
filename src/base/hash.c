/* Owns the seed.  The library's code is compiled in: short values are hashed
 * by the million and a call for each would cost as much as the hash. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/hash.h"

#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/random.h>
#endif

static uint64_t seed;

void hash_seed(void)
{
	struct timespec now;

#ifdef __linux__
	if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == sizeof seed)
		return;
#endif
	clock_gettime(CLOCK_REALTIME, &now);
	seed = (uint64_t)now.tv_nsec * UINT64_C(0x9e3779b97f4a7c15) ^
	       (uint64_t)now.tv_sec << 20 ^ (uint64_t)getpid();
}

uint64_t hash_bytes(const void *p, size_t n)
{
	return XXH3_64bits_withSeed(p, n, seed);
}

uint64_t hash_pair(uint64_t a, uint64_t b)
{
	uint64_t pair[2] = {a, b};

	return XXH3_64bits_withSeed(pair, sizeof pair, seed);
}

unsigned hash_version(void)
{
	return XXH_versionNumber();
}
