/* The SHA-256 of files (FIPS 180-4). */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/error.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* In hexadecimal, with its NUL. */
enum { DIGEST_ROOM = 65 };

/* Reads the regular file PATH to its end; SIZE is set to its bytes.  False and
 * ERR when it is none, cannot be read, or *CANCEL (may be NULL) became true. */
bool digest_file(const char *path, const atomic_bool *cancel,
		 char out[DIGEST_ROOM], uint64_t *size, struct error *err);

#endif
