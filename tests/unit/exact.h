/* Texts in blocks of just their size, so that a sanitizer sees every read past
 * the end. */
#ifndef EXACT_H
#define EXACT_H

#include "base/span.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A copy of N bytes in a block of their size; the caller frees. */
static inline char *exact_copy(const char *p, size_t n)
{
	char *copy = malloc(n > 0 ? n : 1);

	assert_non_null(copy);
	if (n > 0)
		memcpy(copy, p, n);
	return copy;
}

/* The same of a text; the caller frees its bytes. */
static inline struct span exact_span(const char *text)
{
	size_t n = strlen(text);

	return (struct span){exact_copy(text, n), n};
}

#endif
