/* What the tests of text/match share: a worker, patterns that must compile,
 * values as a store keeps them, and seeded numbers. */
#ifndef TEXT_MATCH_SUPPORT_H
#define TEXT_MATCH_SUPPORT_H

#include "base/memory.h"
#include "text/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static struct match_worker *worker;

static inline int set_up(void **state)
{
	(void)state;
	worker = match_worker_new();
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	match_worker_free(worker);
	return 0;
}

static inline struct match *compiled(struct span pattern, unsigned flags)
{
	struct error err;
	struct match *m = match_compile(pattern, flags, &err);

	if (!m)
		fail_msg("%.*s: %s", (int)pattern.n, pattern.p, err.text);
	return m;
}

static inline uint64_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return *seed >> 33;
}

/* Values one after another as a store keeps them. */
struct lines {
	struct buffer bytes;
	uint32_t *start;
	uint32_t count, capacity;
};

static inline void add_line(struct lines *l, struct span value)
{
	if (l->count + 2 > l->capacity) {
		l->capacity = l->capacity * 2 + 64;
		l->start = memory_resize(l->start, l->capacity,
					 sizeof *l->start);
		l->start[0] = 0;
	}
	buffer_add_span(&l->bytes, value);
	buffer_add_byte(&l->bytes, '\n');
	l->start[++l->count] = (uint32_t)l->bytes.n;
}

static inline struct span line(const struct lines *l, uint32_t i)
{
	return (struct span){l->bytes.p + l->start[i],
			     l->start[i + 1] - l->start[i] - 1};
}

static inline void free_lines(struct lines *l)
{
	buffer_free(&l->bytes);
	free(l->start);
	*l = (struct lines){0};
}

#endif
