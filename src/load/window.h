/* A view of one file's content that moves on: the bytes that were read and not
 * yet done with, and where in the file they stand. */
#ifndef LOAD_WINDOW_H
#define LOAD_WINDOW_H

#include "base/buffer.h"

#include <stdint.h>

/* A place, its line from 1, and where that line begins. */
struct window_place {
	uint64_t offset, line, start;
};

struct window {
	struct buffer bytes;
	size_t done;            /* bytes in front that nobody needs any more */
	uint64_t base;          /* offset in the content of bytes.p[0] */
	char before;            /* what window_before tells of bytes.p[0] */
	/* private: places whose line is known */
	struct window_place first;      /* bytes.p[0] */
	struct window_place near, far;
};

/* Begins a new content; the memory is used again. */
void window_start(struct window *);

/* Forgets what is done with and makes room for N more bytes. */
char *window_room(struct window *, size_t n);

/* How large the memory would become for that; 0: as large as it is. */
size_t window_growth(const struct window *, size_t n);

static inline const char *window_begin(const struct window *w)
{
	return w->bytes.p + w->done;
}

static inline const char *window_end(const struct window *w)
{
	return w->bytes.p + w->bytes.n;
}

static inline uint64_t window_offset(const struct window *w, const char *at)
{
	return w->base + (uint64_t)(at - w->bytes.p);
}

/* The last byte in front of AT that is not blank, or a line break that is
 * nearer; 0 at the start of the content. */
char window_before(const struct window *, const char *at);

/* Line and column, from 1, columns in bytes, of a place in the window.  Quick as
 * long as the places asked for are of one or two rising sequences: where values
 * begin, and what is wrong with them. */
void window_find_line(struct window *, const char *at, uint64_t *line,
		      uint64_t *column);

void window_free(struct window *);

#endif
