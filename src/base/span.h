/* Borrowed bytes: a pointer and a length.  May hold NUL, need not be UTF-8,
 * never owns what it points to. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const char *p;
	size_t n;
};

#define SPAN(literal) ((struct span){(literal), sizeof(literal) - 1})

/* The bytes of a C string, without its NUL. */
static inline struct span span_of(const char *text)
{
	return (struct span){text, strlen(text)};
}

static inline bool span_equal(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool span_is(struct span a, const char *text)
{
	return span_equal(a, span_of(text));
}

static inline bool span_starts(struct span a, struct span head)
{
	return head.n == 0 ||
	       (a.n >= head.n && memcmp(a.p, head.p, head.n) == 0);
}

static inline bool span_ends(struct span a, struct span tail)
{
	return tail.n == 0 ||
	       (a.n >= tail.n &&
		memcmp(a.p + a.n - tail.n, tail.p, tail.n) == 0);
}

/* From FROM (clipped to the length) to the end. */
static inline struct span span_from(struct span a, size_t from)
{
	size_t k = from < a.n ? from : a.n;
	return (struct span){k ? a.p + k : a.p, a.n - k};
}

/* Byte order as memcmp has it, the shorter first when one begins the other. */
int span_compare(struct span a, struct span b);
/* The first eight bytes as a number: of two that differ the less is of the text
 * that comes first in that order. */
uint64_t span_beginning(struct span);

/* ASCII letters only: never the locale's. */
bool span_equal_ignoring_case(struct span a, struct span b);

/* Where NEEDLE begins in A, or NULL.  An empty needle is found at the start. */
const char *span_find(struct span a, struct span needle);

/* Whether NEEDLE stands somewhere in A; an empty one does. */
bool span_holds_ignoring_case(struct span a, struct span needle);

/* Without ASCII white space at both ends. */
struct span span_trim(struct span a);

#endif
