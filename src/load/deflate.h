/* Raw deflate (RFC 1951) and CRC-32 by a library: ISA-L or zlib behind one
 * interface, so that everything around them is written once and gives the same
 * verdict with either. */
#ifndef LOAD_DEFLATE_H
#define LOAD_DEFLATE_H

#include "platform.h"

#include <stddef.h>
#include <stdint.h>

enum deflate_state {
	DEFLATE_MORE,           /* needs input or room */
	DEFLATE_END,            /* the final block has ended */
	DEFLATE_BAD_BLOCK,      /* a block header that cannot be */
	DEFLATE_BAD_SYMBOL,     /* bits that are no code */
	DEFLATE_BAD_DISTANCE    /* a copy from before the beginning */
};

/* As many bytes as the end of the data may lie before the input that was
 * given: the caller keeps them where they were, in front of it. */
#define DEFLATE_SLACK 8

/* Moves along with what is used and written. */
struct deflate_io {
	const unsigned char *in;
	size_t in_n;
	unsigned char *out;
	size_t out_n;
};

struct deflate {
	const char *name;
	const char *(*version)(void);   /* "1.2.13" */

	/* In bytes.  Its memory is the caller's, aligned as a page, and holds
	 * all that the library has. */
	size_t state_size;

	/* Once for a state, before anything else. */
	void (*start)(void *state);

	/* Before each stream. */
	void (*reset)(void *state);

	/* Runs until input or room is used up, or the stream ends.  After
	 * DEFLATE_END `in` stands behind the last byte of the stream.  A fault
	 * comes after all bytes before it are written. */
	enum deflate_state (*run)(void *state, struct deflate_io *);

	/* CRC-32 of RFC 1952, 0 to begin with. */
	uint32_t (*crc)(uint32_t crc, const unsigned char *p, size_t n);
};

#ifdef HAVE_ISAL
extern const struct deflate deflate_isal;
#endif
#ifdef HAVE_ZLIB
extern const struct deflate deflate_zlib;
#endif

/* The one this build uses. */
#ifdef HAVE_ISAL
#define DEFLATE_CHOSEN (&deflate_isal)
#else
#define DEFLATE_CHOSEN (&deflate_zlib)
#endif

#endif
