/* The gzip file format (RFC 1952): members one after another, their headers,
 * check sums and lengths, and what may follow them.  Input comes in pieces of
 * any size; deflate itself is a library's (load/deflate.h). */
#ifndef LOAD_GZIP_H
#define LOAD_GZIP_H

#include "base/error.h"
#include "load/deflate.h"

enum gzip_state {
	GZIP_FULL,      /* the room is used up; there may be more */
	GZIP_HUNGRY,    /* the input is used up */
	GZIP_END,
	GZIP_FAULT
};

enum gzip_fault {
	GZIP_SOUND,
	GZIP_BAD_HEADER,
	GZIP_BAD_DATA,
	GZIP_BAD_SUM,           /* CRC-32 or length do not hold */
	GZIP_CUT_OFF
};

struct gzip {
	const struct deflate *deflate;
	void *state;            /* of deflate's size, started */

	uint64_t in, out;       /* bytes used and written */
	uint64_t members;       /* begun */
	uint64_t held;          /* those whose check sum and length held */

	enum gzip_fault fault;  /* the first */
	struct error error;     /* what it was */
	bool warned;            /* something follows that is no member */
	struct error warning;

	/* The rest is gzip.c's own. */
	int phase;
	unsigned char field[8];
	unsigned field_n;
	unsigned flags;
	uint64_t garbage;       /* where it begins */
	unsigned skip;          /* bytes of the extra field to come */
	uint32_t header_crc;
	uint32_t crc;
	uint32_t length;        /* modulo 2^32 */
};

/* Before a file; STATE stays the caller's. */
void gzip_start(struct gzip *, const struct deflate *, void *state);

/* Goes on.  AT_END: no input follows what is given now.  After a check sum
 * that did not hold it goes on with the next member and tells the fault at the
 * end; any other fault is the end.  All that can be inflated before a fault is
 * written before it is told.  DEFLATE_SLACK applies to the input. */
enum gzip_state gzip_run(struct gzip *, struct deflate_io *, bool at_end);

#endif
