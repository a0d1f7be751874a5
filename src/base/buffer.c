/* Owns growing byte buffers, and how a descriptor fills one. */
#define _DEFAULT_SOURCE
#include "base/buffer.h"

#include "base/error.h"
#include "base/memory.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Not by memory_resize, which may leave a copy of what is to be wiped later. */
static void grow(struct buffer *b, size_t need)
{
	struct buffer to = {.n = b->n};

	to.capacity = memory_grown(b->capacity, need, 1);
	to.p = memory_alloc(to.capacity);
	if (b->n > 0)
		memcpy(to.p, b->p, b->n);
	buffer_wipe(b);
	*b = to;
}

char *buffer_room(struct buffer *b, size_t n)
{
	size_t need = memory_add(b->n, n);

	if (need > b->capacity)
		grow(b, need);
	return b->p + b->n;
}

void buffer_add(struct buffer *b, const char *p, size_t n)
{
	if (n == 0)
		return;
	memcpy(buffer_room(b, n), p, n);
	b->n += n;
}

void buffer_add_span(struct buffer *b, struct span s)
{
	buffer_add(b, s.p, s.n);
}

void buffer_add_text(struct buffer *b, const char *text)
{
	buffer_add(b, text, strlen(text));
}

void buffer_add_byte(struct buffer *b, char c)
{
	*buffer_room(b, 1) = c;
	b->n++;
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list arguments;
	char *room;
	int n;

	va_start(arguments, format);
	n = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (n < 0)
		die("cannot format text: %s", format);
	room = buffer_room(b, (size_t)n + 1);
	va_start(arguments, format);
	vsnprintf(room, (size_t)n + 1, format, arguments);
	va_end(arguments);
	b->n += (size_t)n;
}

bool buffer_read(struct buffer *b, int fd, size_t most, const char *what,
		 struct error *err)
{
	enum { PIECE = 16 << 10 };
	size_t before = b->n;
	ssize_t n;

	do {
		n = read(fd, buffer_room(b, PIECE), PIECE);
		if (n > 0)
			b->n += (size_t)n;
		if (b->n - before > most)
			return error_set(err, "%s: larger than %zu MiB", what,
					 most >> 20);
	} while (n > 0 || (n < 0 && errno == EINTR));
	return n == 0 || error_set(err, "%s: %s", what, strerror(errno));
}

const char *buffer_text(struct buffer *b)
{
	*buffer_room(b, 1) = '\0';
	return b->p;
}

char *buffer_take(struct buffer *b)
{
	char *text;

	buffer_text(b);
	text = b->p;
	*b = (struct buffer){0};
	return text;
}

void buffer_free(struct buffer *b)
{
	free(b->p);
	*b = (struct buffer){0};
}

void buffer_wipe(struct buffer *b)
{
	if (b->p)
		explicit_bzero(b->p, b->capacity);
	buffer_free(b);
}
