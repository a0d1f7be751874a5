/* Owns the order of the uses of keys.  Most keys have one address, and then no
 * order is needed. */
#define _GNU_SOURCE
#include "triage/session_places.h"

#include "base/memory.h"
#include "text/network.h"

#include <stdlib.h>

struct placing {
	struct sessions *s;
	size_t capacity, jumps;
	uint32_t places;
	uint32_t *placed;               /* of each address the newest place */
	uint32_t *address;              /* of each key, so far */
	bool *many;                     /* it has more than one */
	struct session_places_use *use; /* of keys with many */
	size_t count;
};

bool session_places_is_address(struct span text)
{
	return text.n > 0 && (memchr(text.p, ':', text.n) ||
			      (text.p[0] >= '0' && text.p[0] <= '9'));
}

static int by_time(const void *a, const void *b, void *store)
{
	const struct session_places_use *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return store_compare(store, x->event, y->event);
}

/* Uses come key by key: where the address has a place behind the key's first, it
 * is the key's. */
static void add_place(struct placing *p, uint32_t key, uint32_t address,
		      int64_t first, int64_t last)
{
	struct sessions *s = p->s;
	struct sessions_key *k = &s->key[key];
	uint32_t at = p->placed[address];

	if (k->places > 0 && at != SESSIONS_NONE && at >= k->place) {
		s->place[at].last = last;
		return;
	}
	if (k->places++ == 0)
		k->place = p->places;
	if (p->places == p->capacity) {
		p->capacity = memory_grown(p->capacity, p->places + 1u,
					   sizeof *s->place);
		s->place = memory_resize(s->place, p->capacity,
					 sizeof *s->place);
	}
	p->placed[address] = p->places;
	s->place[p->places++] = (struct sessions_place){address, first, last};
}

bool session_places_are_neighbours(struct span a, struct span b)
{
	struct network x, y;

	if (!network_parse_address(a, &x) || !network_parse_address(b, &y))
		return false;
	return x.six == y.six && memcmp(x.byte, y.byte, x.six ? 6 : 3) == 0;
}

static void add_jump(struct placing *p, const struct session_places_use *from,
		     const struct session_places_use *to)
{
	struct sessions *s = p->s;

	if (s->jumps > 0 && s->jump[s->jumps - 1].key == to->key)
		return;
	if (s->jumps == p->jumps) {
		p->jumps = memory_grown(p->jumps, s->jumps + 1,
					sizeof *s->jump);
		s->jump = memory_resize(s->jump, p->jumps, sizeof *s->jump);
	}
	s->jump[s->jumps++] = (struct sessions_jump){
		to->key, from->event, to->event};
}

static bool is_jump(const struct sessions *s,
		    const struct session_places_use *from,
		    const struct session_places_use *to)
{
	return from->key == to->key && from->address != to->address &&
	       to->time - from->time <= SESSION_PLACES_SOON &&
	       to->time != SEGMENT_NO_TIME &&
	       span_starts(names_text(s->keys, to->key), SPAN("ASIA")) &&
	       !session_places_are_neighbours(
			names_text(s->addresses, from->address),
			names_text(s->addresses, to->address));
}

/* The uses of keys with more than one address, key by key, by time. */
static void find_many(struct placing *p,
		      const struct session_places_use *uses, size_t count)
{
	size_t *end = memory_clear(p->s->count + 1u, sizeof *end);

	for (size_t i = 0; i < count; i++) {
		uint32_t *address = &p->address[uses[i].key];

		if (*address == NAMES_NONE)
			*address = uses[i].address;
		p->many[uses[i].key] |= *address != uses[i].address;
	}
	for (size_t i = 0; i < count; i++)
		if (p->many[uses[i].key])
			end[uses[i].key + 1u]++;
	for (uint32_t i = 0; i < p->s->count; i++)
		end[i + 1u] += end[i];
	p->count = end[p->s->count];
	p->use = memory_alloc(p->count * sizeof *p->use + 1);
	for (size_t i = 0; i < count; i++)
		if (p->many[uses[i].key])
			p->use[end[uses[i].key]++] = uses[i];
	for (size_t from = 0, i = 0; i < p->s->count; from = end[i++])
		if (end[i] - from > 1)
			qsort_r(p->use + from, end[i] - from, sizeof *p->use,
				by_time, (void *)p->s->store);
	free(end);
}

/* What services do with a key is a place, but none to go from or to. */
static void walk_many(struct placing *p)
{
	struct sessions *s = p->s;
	const struct session_places_use *from = NULL;

	for (size_t i = 0; i < p->count; i++) {
		const struct session_places_use *use = &p->use[i];

		add_place(p, use->key, use->address, use->time, use->time);
		if (!session_places_is_address(names_text(s->addresses,
							  use->address)))
			continue;
		if (from && is_jump(s, from, use))
			add_jump(p, from, use);
		from = use;
	}
}

void session_places_find(struct sessions *s,
			 const struct session_places_use *uses, size_t count)
{
	struct placing p = {.s = s};

	p.address = memory_alloc(s->count * sizeof *p.address + 1);
	for (uint32_t i = 0; i < s->count; i++)
		p.address[i] = NAMES_NONE;
	p.many = memory_clear(s->count + 1u, sizeof *p.many);
	p.placed = memory_alloc(names_count(s->addresses) *
				sizeof *p.placed + 1);
	for (uint32_t i = 0; i < names_count(s->addresses); i++)
		p.placed[i] = SESSIONS_NONE;
	find_many(&p, uses, count);
	for (uint32_t i = 0; i < s->count; i++)
		if (!p.many[i] && p.address[i] != NAMES_NONE)
			add_place(&p, i, p.address[i], s->key[i].first_time,
				  s->key[i].last_time);
	walk_many(&p);
	free(p.address);
	free(p.many);
	free(p.placed);
	free(p.use);
}
