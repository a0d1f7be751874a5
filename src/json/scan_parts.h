/* How a reading fills a struct scan: what stands between two tokens is copied
 * to the template in one run when the second is met.  Private to json/. */
#ifndef JSON_SCAN_PARTS_H
#define JSON_SCAN_PARTS_H

#include "json/scan.h"

/* A value has at most this many bytes, so that lengths fit a token. */
#define SCAN_LENGTH ((size_t)UINT32_MAX)

struct scan_parts {
	struct scan *scan;
	const char *run;   /* copied up to here */
	const char *end;
};

/* Room for one more token. */
void scan_parts_grow(struct scan *);

static inline void scan_parts_begin(struct scan_parts *s, struct scan *scan,
				    const char *from, const char *end)
{
	*s = (struct scan_parts){scan, from, end};
	buffer_clear(&scan->template);
	scan->count = 0;
}

/* Copies up to FROM and leaves a hole for the token [FROM, BEHIND), quotes
 * included. */
static inline void scan_parts_add(struct scan_parts *s, const char *from,
				  const char *behind, uint8_t kind,
				  bool escaped)
{
	enum { STEP = 32 };
	struct scan *scan = s->scan;
	size_t n = (size_t)(from - s->run);
	unsigned open = kind <= SCAN_STRING_OPEN;
	unsigned close = kind < SCAN_STRING_OPEN;
	char *to;

	if (scan->template.capacity - scan->template.n <= n + STEP)
		buffer_room(&scan->template, n + STEP + 1);
	to = scan->template.p + scan->template.n;
	/* two moves instead of a call, as most runs are a short key */
	if (n <= STEP && s->end - s->run >= STEP)
		memcpy(to, s->run, STEP);
	else
		memcpy(to, s->run, n);
	to[n] = kind == SCAN_SKIPPED ? SCAN_HOLE_SKIPPED : SCAN_HOLE;
	scan->template.n += n + 1;
	s->run = behind;
	if (scan->count == scan->capacity)
		scan_parts_grow(scan);
	scan->tokens[scan->count++] = (struct scan_token){
		.text = from + open,
		.length = (uint32_t)(behind - from - open - close),
		.kind = kind,
		.escaped = escaped,
	};
}

static inline void scan_parts_finish(struct scan_parts *s, const char *behind)
{
	buffer_add(&s->scan->template, s->run, (size_t)(behind - s->run));
	s->run = behind;
}

#endif
