/* Owns the pieces of old readings, a place in them for each file that is read
 * again, and the bits of events that are gone. */
#include "store/again.h"

#include "base/memory.h"
#include "store/bits.h"

#include <stdlib.h>

/* The events [at, to) of a segment, of one file, records ascending; some may be
 * gone, but the first is not. */
struct piece {
	uint32_t input, record;         /* of the first */
	uint32_t segment, at, to;
};

/* How far the new reading of a file has come in the old one. */
struct reading {
	size_t piece, end;      /* those not passed yet */
	uint32_t at;            /* in the first of them */
	uint32_t reached;       /* records of the new one */
	bool open, read, whole;
	bool apart;             /* from here on it tells something else */
};

struct again {
	uint32_t segments;      /* of old readings */
	uint32_t inputs;
	struct reading *reading;        /* by input; NULL: none is open */
	struct piece *piece;    /* by input, then record */
	size_t pieces, room;
	struct bits *gone;      /* by segment */
	uint32_t marked;        /* segments that have them */
};

struct again *again_new(void)
{
	return memory_clear(1, sizeof(struct again));
}

void again_free(struct again *a)
{
	for (uint32_t i = 0; i < a->marked; i++)
		free(a->gone[i].word);
	free(a->gone);
	free(a->reading);
	free(a->piece);
	free(a);
}

void again_start(struct again *a, const struct store *store)
{
	a->segments = store_segment_count(store);
	a->inputs = store_file_count(store);
	free(a->reading);
	a->reading = NULL;
}

bool again_gone(const struct again *a, struct store_event e)
{
	return e.segment < a->marked && bits_get(&a->gone[e.segment], e.index);
}

static void lose(struct again *a, const struct store *store,
		 struct store_event e)
{
	if (e.segment >= a->marked) {
		a->gone = memory_resize(a->gone, e.segment + (size_t)1,
					sizeof *a->gone);
		memset(a->gone + a->marked, 0,
		       (e.segment + (size_t)1 - a->marked) * sizeof *a->gone);
		a->marked = e.segment + 1;
	}
	bits_set(&a->gone[e.segment], e.index,
		 store_segment(store, e.segment)->count, true);
}

static const struct segment_event *event_of(const struct store *store,
					    struct store_event e)
{
	return segment_event(store_segment(store, e.segment), e.index);
}

static void add_piece(struct again *a, const struct store *store,
		      struct piece p)
{
	const struct segment_event *first;

	while (p.at < p.to &&
	       again_gone(a, (struct store_event){p.segment, p.at}))
		p.at++;
	if (p.at == p.to)
		return;
	first = event_of(store, (struct store_event){p.segment, p.at});
	p.input = first->input;
	p.record = first->record;
	if (a->pieces == a->room) {
		a->room = memory_grown(a->room, a->pieces + 1,
				       sizeof *a->piece);
		a->piece = memory_resize(a->piece, a->room, sizeof *a->piece);
	}
	a->piece[a->pieces++] = p;
}

static int by_place(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->input != y->input)
		return x->input < y->input ? -1 : 1;
	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	return (x->segment > y->segment) - (x->segment < y->segment);
}

static void find_pieces(struct again *a, const struct store *store)
{
	a->reading = memory_clear(a->inputs, sizeof *a->reading);
	a->pieces = 0;
	for (uint32_t s = 0; s < a->segments; s++) {
		const struct segment *segment = store_segment(store, s);
		const uint32_t *run = segment->runs.base;

		for (uint32_t r = 0; r < segment->run_count; r++)
			add_piece(a, store, (struct piece){
				.segment = s, .at = run[r],
				.to = r + 1 < segment->run_count
					      ? run[r + 1] : segment->count});
	}
	if (a->pieces > 0)
		qsort(a->piece, a->pieces, sizeof *a->piece, by_place);
	for (size_t i = a->pieces; i-- > 0;) {
		struct reading *r = &a->reading[a->piece[i].input];

		if (r->end == 0)
			r->end = i + 1;
		r->piece = i;
		r->at = a->piece[i].at;
	}
}

void again_open(struct again *a, const struct store *store, uint32_t input)
{
	if (!a->reading)
		find_pieces(a, store);
	a->reading[input].open = true;
}

/* The next event of the old reading, or STORE_NO_EVENT. */
static struct store_event old_event(const struct again *a, struct reading *r)
{
	while (r->piece < r->end) {
		const struct piece *p = &a->piece[r->piece];

		for (; r->at < p->to; r->at++) {
			struct store_event e = {p->segment, r->at};

			if (!again_gone(a, e))
				return e;
		}
		if (++r->piece < r->end)
			r->at = a->piece[r->piece].at;
	}
	return STORE_NO_EVENT;
}

static bool is_same_text(const struct store *store, struct store_event a,
			 struct store_event b)
{
	const struct segment *x = store_segment(store, a.segment);
	const struct segment *y = store_segment(store, b.segment);
	const uint32_t *one = segment_row(x, a.index);
	const uint32_t *other = segment_row(y, b.index);
	uint32_t slots = store_shape(store, a)->slots;
	uint32_t i = 0;

	while (i < slots &&
	       values_kind(&x->values, one[i]) ==
		       values_kind(&y->values, other[i]) &&
	       span_equal(values_token(&x->values, one[i]),
			  values_token(&y->values, other[i])))
		i++;
	return i == slots;
}

/* Whether both are told in the same words in the same place of their file. */
static bool is_same(const struct store *store, struct store_event old,
		    struct store_event e)
{
	const struct segment_event *x = event_of(store, old);
	const struct segment_event *y = event_of(store, e);

	return x->shape == y->shape && x->record == y->record &&
	       x->offset == y->offset && x->line == y->line &&
	       x->marks == y->marks && x->container == y->container &&
	       is_same_text(store, old, e);
}

bool again_repeats(struct again *a, const struct store *store,
		   struct store_event e)
{
	const struct segment_event *event = event_of(store, e);
	struct store_event old;
	struct reading *r;

	if (event->input >= a->inputs || !a->reading)
		return false;
	r = &a->reading[event->input];
	r->reached = event->record + 1;
	if (!r->open || r->apart)
		return false;
	old = old_event(a, r);
	if (old.segment == STORE_NO_EVENT.segment)
		return false;
	r->apart = !is_same(store, old, e);
	if (r->apart)
		return false;
	r->at++;
	lose(a, store, e);
	return true;
}

void again_close(struct again *a, uint32_t input, bool whole)
{
	struct reading *r;

	/* Others may just open theirs: of the rest nothing is looked at. */
	if (input >= a->inputs || !a->reading)
		return;
	r = &a->reading[input];
	r->read = true;
	r->whole = whole;
}

bool again_was_read(const struct again *a, uint32_t input)
{
	return input < a->inputs && a->reading && a->reading[input].read;
}

bool again_settle(struct again *a, const struct store *store)
{
	bool any = false;

	for (uint32_t i = 0; a->reading && i < a->inputs; i++) {
		struct reading *r = &a->reading[i];
		struct store_event e;

		if (!r->read || (!r->whole && !r->apart))
			continue;
		while ((e = old_event(a, r)).segment !=
		       STORE_NO_EVENT.segment) {
			if (!r->whole && event_of(store, e)->record >=
						 r->reached)
				break;
			lose(a, store, e);
			any = true;
		}
	}
	return any;
}
