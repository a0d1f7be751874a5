/* Bytes that grow.  Zero-initialised is empty and valid. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/span.h"

struct error;

struct buffer {
	char *p;
	size_t n;
	size_t capacity;
};

/* Room for N more bytes; P may move.  The room is not counted in n. */
char *buffer_room(struct buffer *, size_t n);

void buffer_add(struct buffer *, const char *p, size_t n);
void buffer_add_span(struct buffer *, struct span);
void buffer_add_text(struct buffer *, const char *text);
void buffer_add_byte(struct buffer *, char c);
void buffer_printf(struct buffer *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Adds what FD has up to its end, at most MOST bytes, in whole MiB.  An error is
 * about WHAT; what came before it is there. */
bool buffer_read(struct buffer *, int fd, size_t most, const char *what,
		 struct error *err);

/* What is in it; valid until the next change. */
static inline struct span buffer_span(const struct buffer *b)
{
	return (struct span){b->p, b->n};
}

/* The content with a NUL behind it (not counted); valid until the next
 * change. */
const char *buffer_text(struct buffer *);

/* The content, NUL-terminated; the caller frees, the buffer is empty. */
char *buffer_take(struct buffer *);

/* Empty, memory kept. */
static inline void buffer_clear(struct buffer *b)
{
	b->n = 0;
}

void buffer_free(struct buffer *);

/* As buffer_free, with the memory overwritten first. */
void buffer_wipe(struct buffer *);

#endif
