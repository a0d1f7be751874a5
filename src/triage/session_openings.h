/* What opened sessions, by whom it was opened for and when: the last one before
 * a use is where its session came from. */
#ifndef TRIAGE_SESSION_OPENINGS_H
#define TRIAGE_SESSION_OPENINGS_H

#include "triage/sessions.h"

/* A call that opened a session, or a sign-in, or the first use of a key. */
struct session_opening {
	uint32_t name;          /* of whom: in `names` */
	uint32_t key;           /* that it issued, or SESSIONS_NONE */
	uint8_t link;           /* enum sessions_link */
	int64_t time;
	struct store_event event;
};

struct session_openings {
	struct names *names;    /* made by whoever begins it */
	struct session_opening *opening;
	size_t count, capacity;
};

/* One more of that name; without a name it is none. */
void session_openings_add(struct session_openings *, struct span name,
			  struct store_event, int64_t time, uint32_t key,
			  enum sessions_link);

/* After all were added. */
void session_openings_sort(struct session_openings *, const struct store *);

/* The last one of that name that is not after TIME, or NULL. */
const struct session_opening *
session_openings_last(const struct session_openings *, struct span name,
		      int64_t time);

void session_openings_free(struct session_openings *);

#endif
