/* Rewrites template and tokens of one record; the bytes they stand for stay
 * the same. */
#include "load/collapse.h"

#include "base/memory.h"
#include "trail/secret.h"

#include <stdlib.h>

/* An array to be collapsed: where it stands in the template, and its holes. */
struct range {
	size_t from, to;        /* bytes of the template */
	size_t first_hole, last_hole;   /* the same */
	uint32_t first, end;    /* slots */
};

/* The next outermost array under a secret key behind the walk's place. */
static bool next_range(struct paths_walk *w,
		       const struct secret_choices *choices,
		       struct secret_keys *keys, struct range *r)
{
	enum paths_event event;
	uint32_t depth;

	do {
		event = paths_next(w);
		if (event == PATHS_END)
			return false;
	} while (event != PATHS_ARRAY || !secret_path_rule(choices, keys, w));
	depth = w->depth;
	*r = (struct range){.from = w->at, .first = w->slot};
	do {
		event = paths_next(w);
		if (event != PATHS_LEAF && event != PATHS_SKIPPED)
			continue;
		if (w->slot == r->first)
			r->first_hole = w->at;
		r->last_hole = w->at;
	} while (event != PATHS_CLOSE || w->depth != depth);
	/* The bracket of another closes it too, and stays where it is. */
	r->to = w->at < w->template.n && w->template.p[w->at] == ']'
			? w->at + 1 : w->at;
	r->end = w->slot;
	return true;
}

static void append(struct scan *to, struct scan_token token)
{
	if (to->count == to->capacity) {
		to->capacity = memory_grown(to->capacity, to->count + 1,
					    sizeof *to->tokens);
		to->tokens = memory_resize(to->tokens, to->capacity,
					   sizeof *to->tokens);
	}
	to->tokens[to->count++] = token;
}

/* Where the array begins and ends in the scanned bytes, told by its first and
 * last hole.  An array without holes has nothing to hide and never comes here. */
static const char *begin_of(const struct scan *scan, const struct range *r)
{
	const struct scan_token *t = &scan->tokens[r->first];
	bool quoted = t->kind <= SCAN_STRING_OPEN;

	return t->text - quoted - (r->first_hole - r->from);
}

static const char *end_of(const struct scan *scan, const struct range *r)
{
	const struct scan_token *t = &scan->tokens[r->end - 1];
	bool quoted = t->kind == SCAN_STRING || t->kind == SCAN_STRING_SINGLE;

	return t->text + t->length + quoted + (r->to - r->last_hole - 1);
}

static void copy_tokens(struct scan *to, const struct scan *from,
			uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		append(to, from->tokens[i]);
}

void collapse_secret_arrays(struct scan *scan,
			    const struct secret_choices *choices,
			    struct secret_keys *keys, struct paths_walk *w)
{
	struct scan made = {.count = 0};
	struct range r;
	size_t done = 0;
	uint32_t slot = 0;

	paths_start(w, buffer_span(&scan->template));
	while (next_range(w, choices, keys, &r)) {
		const char *from, *to;

		if (r.first == r.end)
			continue;
		from = begin_of(scan, &r);
		to = end_of(scan, &r);
		buffer_add(&made.template, scan->template.p + done,
			   r.from - done);
		buffer_add_byte(&made.template, SCAN_HOLE);
		copy_tokens(&made, scan, slot, r.first);
		append(&made, (struct scan_token){
			from, (uint32_t)(to - from), SCAN_RAW, false});
		done = r.to;
		slot = r.end;
	}
	if (done == 0) {
		scan_free(&made);
		return;
	}
	buffer_add(&made.template, scan->template.p + done,
		   scan->template.n - done);
	copy_tokens(&made, scan, slot, (uint32_t)scan->count);
	scan_free(scan);
	*scan = made;
}
