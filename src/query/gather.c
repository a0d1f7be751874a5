/* Owns the pieces of files that segments have, while they are put in order: within
 * each the records ascend, so no event is compared with another. */
#include "query/gather.h"

#include "base/memory.h"
#include "query/radix.h"

#include <stdlib.h>

/* So that threads have something to share, and none has long to wait. */
enum { SHARES = 64 };

/* The events [from, to) of a segment, and where those that are wanted go. */
struct piece {
	uint32_t segment, from, to;
	size_t at, count;
};

struct share {
	uint64_t errors;
	int64_t first, last;
};

struct gathering {
	const struct store *store;
	uint64_t *const *bits;
	struct piece *piece;
	struct radix_item *order;       /* WHAT: a piece */
	size_t pieces, room;
	struct store_event *events;
	struct share share[SHARES];
};

/* The bits of word W that are within the piece. */
static uint64_t word(const struct gathering *g, const struct piece *p,
		     uint32_t w)
{
	uint64_t bits = g->bits[p->segment][w];

	if (w == p->from / 64)
		bits &= ~UINT64_C(0) << p->from % 64;
	if (w == p->to / 64)
		bits &= (UINT64_C(1) << p->to % 64) - 1;
	return bits;
}

static void add_piece(struct gathering *g, struct piece p)
{
	uint32_t first = p.to;

	for (uint32_t w = p.to / 64 + 1; w-- > p.from / 64;) {
		uint64_t bits = word(g, &p, w);

		p.count += (size_t)__builtin_popcountll(bits);
		if (bits)
			first = w * 64 + (uint32_t)__builtin_ctzll(bits);
	}
	if (p.count == 0)
		return;
	/* Of a file that was read again two pieces may begin alike. */
	p.from = first;
	if (g->pieces == g->room) {
		g->room = memory_grown(g->room, g->pieces + 1,
				       sizeof *g->piece);
		g->piece = memory_resize(g->piece, g->room,
					 sizeof *g->piece);
	}
	g->piece[g->pieces++] = p;
}

static void add_segment(struct gathering *g, uint32_t segment)
{
	const struct segment *s = store_segment(g->store, segment);
	const uint32_t *run = s->runs.base;

	for (uint32_t r = 0; r < s->run_count; r++)
		add_piece(g, (struct piece){
			segment, run[r],
			r + 1 < s->run_count ? run[r + 1] : s->count, 0, 0});
}

/* Answers how many events there are in all. */
static size_t put_in_order(struct gathering *g)
{
	struct radix_item *item = memory_alloc(memory_multiply(
		g->pieces, 2 * sizeof *item));
	struct radix_item *sorted;
	size_t at = 0;

	for (size_t i = 0; i < g->pieces; i++) {
		const struct piece *p = &g->piece[i];
		const struct segment_event *e = segment_event(
			store_segment(g->store, p->segment), p->from);

		item[i] = (struct radix_item){
			(uint64_t)e->input << 32 | e->record, i};
	}
	sorted = radix_sort(item, item + g->pieces, g->pieces);
	g->order = memory_alloc(memory_multiply(g->pieces,
						sizeof *g->order));
	for (size_t i = 0; i < g->pieces; i++) {
		struct piece *p = &g->piece[sorted[i].what];

		g->order[i] = sorted[i];
		p->at = at;
		at += p->count;
	}
	free(item);
	return at;
}

static void take_piece(struct gathering *g, const struct piece *p,
		       struct share *share)
{
	const struct segment_event *events =
		store_segment(g->store, p->segment)->events.base;
	struct store_event *to = g->events + p->at;

	for (uint32_t w = p->from / 64; w <= p->to / 64; w++)
		for (uint64_t bits = word(g, p, w); bits; bits &= bits - 1) {
			uint32_t i = w * 64 + (uint32_t)__builtin_ctzll(bits);
			int64_t time = events[i].time;

			*to++ = (struct store_event){p->segment, i};
			share->errors += (events[i].marks & SEGMENT_FAILED) !=
					 0;
			if (time == SEGMENT_NO_TIME)
				continue;
			share->first = time < share->first ? time
							   : share->first;
			share->last = time > share->last ? time : share->last;
		}
}

static void take_share(void *context, size_t n)
{
	struct gathering *g = context;
	struct share share = {0, INT64_MAX, INT64_MIN};

	for (size_t i = g->pieces * n / SHARES;
	     i < g->pieces * (n + 1) / SHARES; i++)
		take_piece(g, &g->piece[g->order[i].what], &share);
	g->share[n] = share;
}

void gather_events(const struct store *store, struct jobs *jobs,
		   uint64_t *const *bits, uint32_t segments,
		   struct gather *out)
{
	struct gathering g = {.store = store, .bits = bits};

	*out = (struct gather){.first = INT64_MAX, .last = INT64_MIN};
	for (uint32_t s = 0; s < segments; s++)
		add_segment(&g, s);
	out->count = put_in_order(&g);
	out->events = g.events = memory_alloc(memory_multiply(
		out->count, sizeof *g.events));
	jobs_each(out->count > SHARES ? jobs : NULL, SHARES, take_share, &g);
	for (size_t i = 0; i < SHARES; i++) {
		const struct share *share = &g.share[i];

		out->errors += share->errors;
		out->first = share->first < out->first ? share->first
						       : out->first;
		out->last = share->last > out->last ? share->last : out->last;
	}
	free(g.piece);
	free(g.order);
}
