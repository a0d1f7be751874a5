/* Owns the search for ARNs in the arenas of segments: once per distinct value,
 * and only where some were found along the rows. */
#define _GNU_SOURCE
#include "triage/relatives.h"

#include "base/memory.h"
#include "trail/row.h"

#include <stdlib.h>

/* What such ARNs hold, and no other text is likely to. */
static const char *const needles[] = {
	":acm-pca:", ":server-certificate/", ":acme-endpoint/"};

enum { NEEDLES = sizeof needles / sizeof *needles };

static bool in_arn(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("_+=,.@/-:", c));
}

/* The ARN around P, or p == NULL. */
static struct span around(struct span text, const char *p)
{
	const char *end = text.p + text.n, *from = p, *to = p;

	while (from > text.p && in_arn(from[-1]))
		from--;
	while (from < p && !span_starts((struct span){from, (size_t)(p - from)},
					SPAN("arn:")))
		from++;
	while (to < end && in_arn(*to))
		to++;
	/* The end of a sentence is not part of it. */
	while (to > p && strchr(".,:/", to[-1]))
		to--;
	if (from == p)
		return (struct span){NULL, 0};
	return (struct span){from, (size_t)(to - from)};
}

/* Whether there is something behind the fifth colon. */
static bool names_resource(struct span arn)
{
	int colons = 0;

	for (size_t i = 0; i < arn.n; i++)
		colons += arn.p[i] == ':';
	return colons >= 5;
}

/* The next such ARN in TEXT from *AT on; *AT is set behind it. */
static bool find_next(struct span text, size_t *at, struct span *arn)
{
	while (*at < text.n) {
		struct span rest = span_from(text, *at);
		const char *first = NULL;

		for (size_t i = 0; i < NEEDLES; i++) {
			const char *p = memmem(rest.p, rest.n, needles[i],
					       strlen(needles[i]));

			if (p && (!first || p < first))
				first = p;
		}
		if (!first)
			break;
		*arn = around(text, first);
		if (arn->p && arn->p + arn->n > first && names_resource(*arn)) {
			*at = (size_t)(arn->p + arn->n - text.p);
			return true;
		}
		*at = (size_t)(first + 1 - text.p);
	}
	*at = text.n;
	return false;
}

/* The value that holds the byte at OFFSET. */
static uint32_t value_at(const struct values_arena *a, size_t offset)
{
	const uint32_t *start = a->start.base;
	uint32_t low = 0, high = a->count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (start[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Marks the values of an arena that hold a needle; whether there is one. */
static bool mark(const struct values_arena *a, uint64_t *bits)
{
	const char *bytes = a->bytes.base;
	bool any = false;

	for (size_t i = 0; i < NEEDLES; i++) {
		size_t length = strlen(needles[i]);
		const char *p = bytes;

		while (p && (p = memmem(p, (size_t)(bytes + a->used - p),
					needles[i], length))) {
			uint32_t value = value_at(a, (size_t)(p - bytes));

			bits[value / 64] |= UINT64_C(1) << value % 64;
			any = true;
			p += length;
		}
	}
	return any;
}

/* A bit for each plain value that holds a needle, and one behind them for those
 * of the escaped, which have their own. */
struct marked {
	uint64_t *plain, *escaped;
	uint32_t count;                 /* of plain values */
};

static bool get(const uint64_t *bits, uint32_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

static bool is_marked(const struct marked *m, uint32_t value)
{
	if ((value & VALUES_ARENA) == VALUES_ESCAPED)
		return get(m->escaped, value & VALUES_INDEX);
	return value < m->count && get(m->plain, value);
}

static void along_row(const struct store *store, struct store_event event,
		      const struct marked *m, relatives_each_fn *each,
		      void *context)
{
	struct row row = row_of(store, event);

	for (uint32_t slot = 0; slot < row.shape->slots; slot++) {
		struct span arn;
		size_t at = 0;

		if (!is_marked(m, row.value[slot]) ||
		    store_dropped(store, event))
			continue;
		while (find_next(values_text(&row.segment->values,
					     row.value[slot]),
				 &at, &arn))
			each(context, event, slot, arn);
	}
}

/* Few events hold any. */
static void along_rows(const struct store *store, uint32_t number,
		       const struct marked *m, relatives_each_fn *each,
		       void *context)
{
	const struct segment *segment = store_segment(store, number);
	const struct segment_event *events = segment->events.base;
	const uint32_t *value = segment->row.base;

	for (uint32_t i = 0; i < segment->count; i++) {
		uint64_t any = 0;

		for (uint32_t k = events[i].first; k < events[i + 1].first;
		     k++) {
			uint32_t at = value[k] < m->count ? value[k]
							  : m->count;

			any |= m->plain[at / 64] >> at % 64;
		}
		if (any & 1)
			along_row(store, (struct store_event){number, i}, m,
				  each, context);
	}
}

void relatives_each(const struct store *store, relatives_each_fn *each,
		    void *context)
{
	for (uint32_t s = 0; s < store_segment_count(store); s++) {
		const struct values *v = &store_segment(store, s)->values;
		struct marked m = {
			memory_clear(v->plain.count / 64u + 1,
				     sizeof *m.plain),
			memory_clear(v->escaped.count / 64u + 1,
				     sizeof *m.escaped),
			v->plain.count,
		};
		bool any = mark(&v->plain, m.plain);
		bool escaped = mark(&v->twin, m.escaped);

		if (escaped)
			m.plain[m.count / 64] |= UINT64_C(1) << m.count % 64;
		if (escaped || any)
			along_rows(store, s, &m, each, context);
		free(m.plain);
		free(m.escaped);
	}
}
