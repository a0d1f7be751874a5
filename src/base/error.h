/* What went wrong in the world: a file, JSON, a regex, an option.  Text is
 * `what: why`, without a full stop.  The bytes of file names and data in it
 * are raw: whoever shows an error sends it through text/show. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error {
	char text[512];
	char hint[256];   /* how to mend it; empty: none */
	uint64_t line;    /* of the place, from 1; 0: no place */
	uint64_t column;  /* in bytes, from 1; 0: no place */
	uint64_t offset;  /* in bytes, from 0 */
};

/* Fills ERR (may be NULL) and clears hint and place.  Always false, so that
 * a function ends with `return error_set(…)`. */
bool error_set(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Adds a hint to an error that has been set.  Always false. */
bool error_hint(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Adds the place.  Always false. */
bool error_at(struct error *err, uint64_t line, uint64_t column,
	      uint64_t offset);

#endif
