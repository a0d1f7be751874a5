/* Owns the bytes between inflating and scanning, and counts their lines. */
#include "load/window.h"

#include <string.h>

void window_start(struct window *w)
{
	buffer_clear(&w->bytes);
	w->done = 0;
	w->base = 0;
	w->before = 0;
	w->seen = 0;
	w->line = 1;
	w->line_start = 0;
	w->base_line = 0;
}

char *window_room(struct window *w, size_t n)
{
	if (w->done > 0 && (w->done == w->bytes.n ||
			    w->bytes.capacity - w->bytes.n < n)) {
		uint64_t line, column;

		/* Lines are counted while their bytes are still here. */
		window_place(w, window_begin(w), &line, &column);
		w->before = window_before(w, window_begin(w));
		memmove(w->bytes.p, window_begin(w), w->bytes.n - w->done);
		w->bytes.n -= w->done;
		w->base += w->done;
		w->done = 0;
		w->base_line = w->base - (column - 1);
	}
	return buffer_room(&w->bytes, n);
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

/* The last line break in [FROM, TO), or NULL. */
static const char *last_break(const char *from, const char *to)
{
	while (to > from)
		if (*--to == '\n')
			return to;
	return NULL;
}

/* Back to a place in front of one that was asked for before. */
static void place_before(const struct window *w, const char *at,
			 uint64_t *line, uint64_t *column)
{
	const char *from = w->bytes.p + (w->seen - w->base), *next;

	*line = w->line;
	while ((next = last_break(at, from))) {
		--*line;
		from = next;
	}
	next = last_break(w->bytes.p, at);
	*column = 1 + (next ? (uint64_t)(at - next) - 1
			    : window_offset(w, at) - w->base_line);
}

void window_place(struct window *w, const char *at, uint64_t *line,
		  uint64_t *column)
{
	uint64_t offset = window_offset(w, at);
	const char *from, *next;

	if (offset < w->seen) {
		place_before(w, at, line, column);
		return;
	}
	from = w->bytes.p + (w->seen - w->base);
	while (from < at && (next = memchr(from, '\n', (size_t)(at - from)))) {
		w->line++;
		w->line_start = window_offset(w, next) + 1;
		from = next + 1;
	}
	w->seen = offset;
	*line = w->line;
	*column = offset - w->line_start + 1;
}

void window_free(struct window *w)
{
	buffer_wipe(&w->bytes);
}
