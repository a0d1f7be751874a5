/* One secret shown on purpose: asked for, confirmed, shown for ten seconds at
 * most.  Nothing else of the program ever holds its text. */
#ifndef VIEW_REVEAL_H
#define VIEW_REVEAL_H

#include "base/buffer.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

enum { REVEAL_SECONDS = 10 };

enum reveal_step {
	REVEAL_CLOSED,
	REVEAL_ASKING,          /* whether it is meant */
	REVEAL_OPEN             /* TEXT is on the screen */
};

/* Zero-initialised is closed. */
struct reveal {
	enum reveal_step step;
	bool off;               /* for good */
	struct buffer path;     /* of the value, for people */
	struct buffer kind;     /* "session token, 768 chars, #k3" */
	struct buffer text;     /* what it means, decoded; only while open */
	struct store_event event;
	uint32_t value;
	uint64_t until;         /* ms; when it is hidden again */
	unsigned told;          /* seconds that were last said to be left */
	struct buffer log;      /* a line for each: revealed: rule, path,
				   eventID */
	unsigned count;
};

/* Asks for the value, which stands at PATH.  False when it is no secret, or when
 * nothing is revealed here any more. */
bool reveal_ask(struct reveal *, const struct store *, struct store_event,
		uint32_t value, struct span path);

/* It is meant: shows it from NOW (ms) on and counts it. */
void reveal_open(struct reveal *, const struct store *, uint64_t now);

/* Hides it and overwrites what it was in; answers whether there was anything to
 * be hidden. */
bool reveal_close(struct reveal *);

/* Seconds for which it stays, rounded up; closes it when they are over. */
unsigned reveal_left(struct reveal *, uint64_t now);

/* From now on nothing is revealed. */
void reveal_forbid(struct reveal *);

void reveal_free(struct reveal *);

#endif
