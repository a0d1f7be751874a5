/* Owns nothing: texts flow in, numbers of values flow out.  Most values differ
 * from all texts in their length. */
#include "query/exact.h"

#include "base/memory.h"

#include <stdlib.h>

/* Longer texts share the last length.  A CHUNK of values is asked of memory at
 * once. */
enum { LENGTHS = 256, CHUNK = 256 };

struct search {
	struct exact *exact;
	uint32_t first[LENGTHS];        /* of that length, plus one */
	uint32_t *next;                 /* of the same length, plus one */
};

bool exact_takes(struct span text)
{
	/* A mask tells the number of its secret so. */
	return !span_find(text, SPAN(", #"));
}

static size_t length_class(size_t n)
{
	return n < LENGTHS ? n : LENGTHS - 1;
}

static void found(struct exact *e, uint32_t value)
{
	if (e->count < EXACT_MOST)
		e->value[e->count] = value;
	e->count++;
}

/* Identifiers of one kind differ at their ends. */
static bool is_same(struct span text, struct span want)
{
	return text.n == want.n &&
	       (text.n < 4 || memcmp(text.p + text.n - 4,
				     want.p + text.n - 4, 4) == 0) &&
	       span_equal(text, want);
}

/* Values of a length that is looked for; their texts are on the way. */
struct likely {
	uint32_t value[CHUNK];
	size_t count;
};

static void find_likely(const struct search *s, const struct values_arena *a,
			uint32_t from, uint32_t to, struct likely *l)
{
	const uint32_t *start = a->start.base;
	const char *bytes = a->bytes.base;

	l->count = 0;
	for (uint32_t i = from; i < to; i++)
		if (s->first[length_class((size_t)start[i + 1] - start[i] -
					  1)]) {
			__builtin_prefetch(bytes + start[i]);
			l->value[l->count++] = i;
		}
}

static void search_arena(const struct search *s, const struct values_arena *a,
			 uint32_t arena)
{
	for (uint32_t from = 0; from < a->count; from += CHUNK) {
		struct likely l;

		find_likely(s, a, from, a->count - from < CHUNK
			    ? a->count : from + CHUNK, &l);
		for (size_t k = 0; k < l.count; k++) {
			struct span text = values_arena_text(a, l.value[k]);
			uint32_t at = s->first[length_class(text.n)];

			for (; at; at = s->next[at - 1])
				if (is_same(text, s->exact[at - 1].text))
					found(&s->exact[at - 1],
					      arena | l.value[k]);
		}
	}
}

void exact_find(const struct segment *segment, struct exact *exact,
		size_t count)
{
	struct search s = {.exact = exact};

	s.next = memory_alloc(memory_multiply(count + 1, sizeof *s.next));
	for (size_t i = 0; i < count; i++) {
		uint32_t *first = &s.first[length_class(exact[i].text.n)];

		exact[i].count = 0;
		s.next[i] = *first;
		*first = (uint32_t)i + 1;
	}
	search_arena(&s, &segment->values.plain, VALUES_PLAIN);
	search_arena(&s, &segment->values.twin, VALUES_ESCAPED);
	free(s.next);
}
