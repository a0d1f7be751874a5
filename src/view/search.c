/* Owns the pattern and the set of its hits. */
#include "view/search.h"

#include "base/memory.h"

#include <stdlib.h>

static void forget_hits(struct search *s)
{
	for (uint32_t i = 0; i < s->segments; i++)
		free(s->hit[i]);
	free(s->hit);
	s->hit = NULL;
	s->segments = 0;
	s->hits = 0;
	s->anywhere = s->undecided = 0;
	s->counted = false;
}

void search_clear(struct search *s)
{
	forget_hits(s);
	match_free(s->match);
	s->match = NULL;
	buffer_clear(&s->pattern);
}

void search_free(struct search *s)
{
	search_clear(s);
	match_worker_free(s->worker);
	buffer_free(&s->pattern);
	*s = (struct search){0};
}

bool search_set(struct search *s, struct span pattern, struct error *err)
{
	struct match *match = match_compile(pattern, 0, err);

	if (!match)
		return false;
	search_clear(s);
	s->match = match;
	if (!s->worker)
		s->worker = match_worker_new();
	buffer_add_span(&s->pattern, pattern);
	return true;
}

/* Between slashes; those inside are shielded, which a regex reads the same. */
void search_term(const struct search *s, struct buffer *out)
{
	struct span p = buffer_span(&s->pattern);

	buffer_add_byte(out, '/');
	for (size_t i = 0; i < p.n; i++) {
		if (p.p[i] == '/')
			buffer_add_byte(out, '\\');
		buffer_add_byte(out, p.p[i]);
		if (p.p[i] == '\\' && i + 1 < p.n)
			buffer_add_byte(out, p.p[++i]);
	}
	buffer_add_byte(out, '/');
}

void search_take(struct search *s, const struct store *store,
		 const struct store_event *events, size_t count)
{
	forget_hits(s);
	s->segments = store_segment_count(store);
	s->hit = memory_clear(s->segments, sizeof(*s->hit));
	for (size_t i = 0; i < count; i++) {
		uint64_t **bits = &s->hit[events[i].segment];
		uint32_t index = events[i].index;

		if (!*bits)
			*bits = memory_clear(store_segment(store,
					     events[i].segment)->count / 64 +
					     1, sizeof(**bits));
		(*bits)[index / 64] |= UINT64_C(1) << index % 64;
	}
	s->hits = count;
	s->counted = true;
}

bool search_is_hit(const struct search *s, struct store_event e)
{
	return e.segment < s->segments && s->hit[e.segment] &&
	       (s->hit[e.segment][e.index / 64] >> e.index % 64 & 1);
}

bool search_next(const struct search *s, const struct store_event *rows,
		 size_t count, size_t from, int direction, size_t *row)
{
	for (size_t i = from; i < count; i += (size_t)direction) {
		if (search_is_hit(s, rows[i])) {
			*row = i;
			return true;
		}
	}
	return false;
}

size_t search_count(const struct search *s, const struct store_event *rows,
		    size_t count)
{
	size_t hits = 0;

	for (size_t i = 0; i < count; i++)
		hits += search_is_hit(s, rows[i]);
	return hits;
}

bool search_find(const struct search *s, struct span text, size_t from,
		 size_t *start, size_t *end)
{
	return s->match && match_find(s->match, s->worker, text, from, NULL,
				      start, end) == MATCH_YES;
}
