/* Owns the chains that keys make, each issued with the one before: whether they
 * end, and the children of each key.  How a parent was found is sessions'. */
#define _GNU_SOURCE
#include "triage/session_chains.h"

#include "base/memory.h"
#include "triage/cells.h"

#include <stdlib.h>

/* Its earliest call was not made with a key that was issued later. */
static void cut_circle(struct sessions *s, uint32_t on)
{
	uint32_t first = on;

	for (uint32_t at = s->key[on].parent; at != on; at = s->key[at].parent)
		if (sessions_is_earlier(s->store, s->key[at].origin,
					s->key[first].origin))
			first = at;
	s->key[first].parent = SESSIONS_NONE;
}

/* Forged records may say that a key issued itself, through others.  Each key is
 * walked over once: a walk ends where another came by, and has met a circle
 * where it came by itself. */
static void cut_circles(struct sessions *s)
{
	uint32_t *walk = memory_clear(s->count + 1u, sizeof *walk);

	for (uint32_t i = 0; i < s->count; i++) {
		uint32_t at = i;

		for (; at != SESSIONS_NONE && walk[at] == 0;
		     at = s->key[at].parent)
			walk[at] = i + 1;
		if (at != SESSIONS_NONE && walk[at] == i + 1)
			cut_circle(s, at);
	}
	free(walk);
}

struct dated {
	int64_t time;
	uint32_t number;
};

static int latest_first(const void *a, const void *b, void *sessions)
{
	const struct dated *x = a, *y = b;
	const struct sessions *s = sessions;

	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	return -span_compare(names_text(s->keys, x->number),
			     names_text(s->keys, y->number));
}

static void link_children(struct sessions *s)
{
	struct dated *order = memory_alloc(s->count * sizeof *order + 1);
	size_t count = 0;

	for (uint32_t i = 0; i < s->count; i++)
		if (s->key[i].parent != SESSIONS_NONE)
			order[count++] = (struct dated){
				cells_when(s->store, s->key[i].origin), i};
	if (count > 1)
		qsort_r(order, count, sizeof *order, latest_first, s);
	for (size_t i = 0; i < count; i++) {
		struct sessions_key *k = &s->key[order[i].number];

		k->next = s->key[k->parent].child;
		s->key[k->parent].child = order[i].number;
	}
	free(order);
}

void session_chains_link(struct sessions *s)
{
	cut_circles(s);
	link_children(s);
}
