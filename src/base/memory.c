/* Owns the way the program dies of a bug or for lack of memory.  Must not
 * know the terminal: main lends it a hook. */
#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*before_death)(void);

void die_set_hook(void (*hook)(void))
{
	before_death = hook;
}

_Noreturn void die(const char *format, ...)
{
	void (*hook)(void) = before_death;
	va_list arguments;

	before_death = NULL;
	if (hook)
		hook();
	fputs("acmtui: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	_Exit(2);
}

size_t memory_add(size_t a, size_t b)
{
	size_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		die("out of memory: a size does not fit");
	return sum;
}

size_t memory_multiply(size_t a, size_t b)
{
	size_t product;

	if (__builtin_mul_overflow(a, b, &product))
		die("out of memory: a size does not fit");
	return product;
}

void *memory_alloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		die("out of memory: %zu bytes", n);
	return p;
}

void *memory_clear(size_t count, size_t size)
{
	size_t n = memory_multiply(count, size);
	void *p = calloc(1, n ? n : 1);

	if (!p)
		die("out of memory: %zu bytes", n);
	return p;
}

void *memory_resize(void *p, size_t count, size_t size)
{
	size_t n = memory_multiply(count, size);
	void *q = realloc(p, n ? n : 1);

	if (!q)
		die("out of memory: %zu bytes", n);
	return q;
}

char *memory_copy(const char *p, size_t n)
{
	char *copy = memory_alloc(memory_add(n, 1));

	if (n)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

size_t memory_grown(size_t capacity, size_t need, size_t size)
{
	size_t grown = capacity < 16 ? 16 : memory_add(capacity, capacity / 2);

	if (grown < need)
		grown = need;
	memory_multiply(grown, size);
	return grown;
}
