/* Owns the steps.  Texts in, texts out. */
#include "view/history.h"

#include "base/memory.h"

#include <stdlib.h>

void history_step_free(struct history_step *s)
{
	buffer_free(&s->filter);
	buffer_free(&s->chips);
	buffer_free(&s->order);
	buffer_free(&s->columns);
	buffer_free(&s->widths);
	buffer_free(&s->overview);
}

static void drop_from(struct history *h, size_t first)
{
	while (h->count > first)
		history_step_free(&h->steps[--h->count]);
}

void history_free(struct history *h)
{
	drop_from(h, 0);
	free(h->steps);
	*h = (struct history){0};
}

static bool same_text(const struct buffer *a, const struct buffer *b)
{
	return span_equal(buffer_span(a), buffer_span(b));
}

static bool same(const struct history_step *a, const struct history_step *b)
{
	return same_text(&a->filter, &b->filter) &&
	       same_text(&a->chips, &b->chips) &&
	       same_text(&a->order, &b->order) &&
	       same_text(&a->columns, &b->columns) &&
	       same_text(&a->widths, &b->widths) &&
	       same_text(&a->overview, &b->overview) &&
	       a->suspended == b->suspended;
}

static struct buffer copy(const struct buffer *b)
{
	struct buffer text = {0};

	buffer_add_span(&text, buffer_span(b));
	return text;
}

static void drop_oldest(struct history *h)
{
	history_step_free(&h->steps[0]);
	h->count--;
	memmove(h->steps, h->steps + 1, h->count * sizeof(*h->steps));
}

void history_note(struct history *h, const struct history_step *now)
{
	if (h->count > 0 && same(&h->steps[h->at], now))
		return;
	if (h->count > 0)
		drop_from(h, h->at + 1);
	if (h->count == HISTORY_MOST)
		drop_oldest(h);
	if (h->count == h->capacity) {
		h->capacity = memory_grown(h->capacity, h->count + 1,
					   sizeof(*h->steps));
		h->steps = memory_resize(h->steps, h->capacity,
					 sizeof(*h->steps));
	}
	h->at = h->count++;
	h->steps[h->at] = (struct history_step){
		copy(&now->filter), copy(&now->chips), copy(&now->order),
		copy(&now->columns), copy(&now->widths),
		copy(&now->overview), now->suspended};
}

size_t history_back(struct history *h, size_t steps)
{
	size_t n = steps < h->at ? steps : h->at;

	h->at -= n;
	return n;
}

size_t history_forward(struct history *h, size_t steps)
{
	size_t left = h->count > 0 ? h->count - 1 - h->at : 0;
	size_t n = steps < left ? steps : left;

	h->at += n;
	return n;
}

const struct history_step *history_present(const struct history *h)
{
	return h->count > 0 ? &h->steps[h->at] : NULL;
}
