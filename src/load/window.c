/* Owns the bytes between inflating and scanning, and counts their lines. */
#include "load/window.h"

#include "base/memory.h"

#include <string.h>

void window_start(struct window *w)
{
	static const struct window_place start = {0, 1, 0};

	buffer_clear(&w->bytes);
	w->done = 0;
	w->base = 0;
	w->before = 0;
	w->first = w->near = w->far = start;
}

/* Goes on from a place that is known to AT, behind it or there. */
static void go_on(const struct window *w, struct window_place *place,
		  const char *at)
{
	const char *from = w->bytes.p + (place->offset - w->base), *next;

	while (from < at && (next = memchr(from, '\n', (size_t)(at - from)))) {
		place->line++;
		place->start = window_offset(w, next) + 1;
		from = next + 1;
	}
	place->offset = window_offset(w, at);
}

/* The last place that is known in front of OFFSET. */
static const struct window_place *known_before(const struct window *w,
					       uint64_t offset)
{
	if (w->far.offset <= offset)
		return &w->far;
	return w->near.offset <= offset ? &w->near : &w->first;
}

char *window_room(struct window *w, size_t n)
{
	if (w->done > 0 && (w->done == w->bytes.n ||
			    w->bytes.capacity - w->bytes.n < n)) {
		/* Lines are counted while their bytes are still here. */
		w->first = *known_before(w, w->base + w->done);
		go_on(w, &w->first, window_begin(w));
		if (w->near.offset < w->first.offset)
			w->near = w->first;
		if (w->far.offset < w->first.offset)
			w->far = w->first;
		w->before = window_before(w, window_begin(w));
		memmove(w->bytes.p, window_begin(w), w->bytes.n - w->done);
		w->bytes.n -= w->done;
		w->base += w->done;
		w->done = 0;
	}
	return buffer_room(&w->bytes, n);
}

size_t window_growth(const struct window *w, size_t n)
{
	size_t need = memory_add(w->bytes.n - w->done, n);

	return need > w->bytes.capacity
		? memory_grown(w->bytes.capacity, need, 1) : 0;
}

char window_before(const struct window *w, const char *at)
{
	while (at > w->bytes.p) {
		at--;
		if (*at != ' ' && *at != '\t' && *at != '\r')
			return *at;
	}
	return w->before;
}

void window_find_line(struct window *w, const char *at, uint64_t *line,
		      uint64_t *column)
{
	uint64_t offset = window_offset(w, at);
	struct window_place *place = offset < w->far.offset ? &w->near
							     : &w->far;

	if (offset < place->offset)
		*place = w->first;
	go_on(w, place, at);
	*line = place->line;
	*column = offset - place->start + 1;
}

void window_free(struct window *w)
{
	buffer_wipe(&w->bytes);
}
