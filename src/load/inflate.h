/* The content of one file after another: what kind it is, and its bytes with
 * up to two layers of gzip taken off.  One of these for each loader thread;
 * its memory serves all its files. */
#ifndef LOAD_INFLATE_H
#define LOAD_INFLATE_H

#include "base/error.h"
#include "load/deflate.h"
#include "load/sniff.h"

enum inflate_state {
	INFLATE_MORE,           /* some bytes, or none yet: ask again */
	INFLATE_WAIT,           /* a stream has nothing at present */
	INFLATE_END,            /* all was read and is sound */
	INFLATE_SKIPPED,        /* neither gzip nor JSON, or empty */
	INFLATE_FAULT           /* what came before it was given out */
};

/* What an INFLATE_FAULT is about. */
enum inflate_fault {
	INFLATE_SOUND,
	INFLATE_UNREADABLE,     /* the system cannot read it */
	INFLATE_BAD_HEADER,
	INFLATE_BAD_DATA,
	INFLATE_BAD_SUM,
	INFLATE_CUT_OFF,
	INFLATE_TOO_MUCH,       /* more than the limit */
	INFLATE_BOMB,           /* more than the ratio */
	INFLATE_LAYERS          /* gzip in gzip in gzip */
};

enum inflate_check {
	INFLATE_NO_CHECK,       /* not gzip */
	INFLATE_HELD,           /* of every member of every layer */
	INFLATE_FAILED,
	INFLATE_NOT_REACHED     /* so far, or for ever after a fault */
};

struct inflate_limits {
	uint64_t most;          /* bytes of content; 0: 2 GiB */
};

/* Valid up to what was given out; final with END, SKIPPED and FAULT. */
struct inflate_report {
	uint64_t bytes_in;      /* read from the file */
	uint64_t bytes_out;     /* given out */
	uint64_t members;       /* of the innermost layer */
	unsigned layers;        /* of gzip: 0, 1 or 2 */
	enum sniff_kind kind;   /* of the content, layers taken off */
	enum inflate_check check;
	enum inflate_fault fault;

	bool warned;            /* something to tell beside the state */
	struct error warning;
};

struct inflate;

/* DEFLATE may be NULL: the one of this build.  Freed by inflate_free. */
struct inflate *inflate_new(const struct deflate *);
void inflate_free(struct inflate *);

/* Begins with a file at its present offset; FD stays the caller's and open
 * until the next inflate_open.  STREAM: never waits, INFLATE_WAIT instead; FD
 * need not be non-blocking.  LIMITS may be NULL. */
void inflate_open(struct inflate *, int fd, bool stream,
		  const struct inflate_limits *);

/* The next bytes of the content, BOM and white space included: GOT of at most
 * ROOM.  States other than MORE come alone, with GOT 0, and END, SKIPPED and
 * FAULT again and again.  ERR is filled with FAULT and SKIPPED (what it is,
 * and what to do about it); its offset counts in the file, or in the inner layer
 * when the text says so.  MORE may come with GOT 0 when much input gave nothing. */
enum inflate_state inflate_read(struct inflate *, char *to, size_t room,
				size_t *got, struct error *err);

/* Belongs to the reader, until the next inflate_open. */
const struct inflate_report *inflate_report(const struct inflate *);

#endif
