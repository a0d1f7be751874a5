/* What bytes of a text tell the search for secrets.  Private to trail/. */
#ifndef TRAIL_SECRET_BYTES_H
#define TRAIL_SECRET_BYTES_H

#include <stdbool.h>
#include <stdint.h>

/* Or'ed: may stand in a token; is a letter or a digit; ends a value that has no
 * quotes around it. */
enum secret_bytes {
	SECRET_BYTES_TOKEN = 2,
	SECRET_BYTES_ALNUM = 4,
	SECRET_BYTES_ENDS = 8
};

static inline bool secret_bytes_is(char c, enum secret_bytes what)
{
	static const uint8_t bytes[256] = {
		8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
		8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
		8, 0, 8, 0, 0, 2, 8, 8, 8, 8, 0, 2, 8, 2, 2, 2,
		6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 0, 8, 8, 0, 8, 0,
		0, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
		6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 8, 8, 8, 0, 2,
		8, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
		6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 8, 8, 8, 2, 8,
	};

	return bytes[(unsigned char)c] & what;
}

#endif
