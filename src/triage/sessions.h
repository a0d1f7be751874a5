/* The index of access keys: what was done with each, which call issued it, and
 * with which key that call was made. */
#ifndef TRIAGE_SESSIONS_H
#define TRIAGE_SESSIONS_H

#include "store/store.h"
#include "query/names.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SESSIONS_NONE UINT32_MAX

/* How a key was traced to its origin, the surest first. */
enum sessions_link {
	SESSIONS_KEY,           /* the response of a call tells the key */
	SESSIONS_NAME,          /* a call opened a session of that role and
				   name */
	SESSIONS_SWITCH,        /* somebody switched to that role in the
				   console */
	SESSIONS_SIGN_IN,       /* the same user signed in to the console */
	SESSIONS_SOURCE,        /* the last call that opened a session for the
				   same sourceIdentity */
	SESSIONS_UNKNOWN
};

/* An address that a key was used from, and when. */
struct sessions_place {
	uint32_t address;       /* in sessions.addresses */
	int64_t first, last;
};

/* Two uses of a temporary key from two networks, soon one after another. */
struct sessions_jump {
	uint32_t key;
	struct store_event from, to;
};

/* Of one without events only how it was issued or ended is known. */
struct sessions_key {
	uint64_t events, errors;
	struct store_event first, last; /* by time, or STORE_NO_EVENT */
	int64_t first_time, last_time;
	uint32_t place;         /* the first by time; those of a key stand
				   together */
	uint32_t places;        /* how many */
	uint8_t link;           /* enum sessions_link */
	bool issued;            /* a response in the loaded data tells it */
	bool long_term;         /* by CreateAccessKey */
	bool service;           /* a service asked for it by itself */
	bool active;            /* the last call set its status to Active */
	bool deleted;           /* that is how it ended */
	struct store_event origin;      /* the call of `link`, or
					   STORE_NO_EVENT */
	struct store_event ended;       /* it was deactivated or deleted, and
					   still is, or STORE_NO_EVENT */
	uint32_t parent;        /* the key of the call, or SESSIONS_NONE */
	uint32_t child, next;   /* the first key that it issued; the next
				   one that its parent issued: by time */
};

struct sessions {
	const struct store *store;
	struct names *keys;             /* numbers are those of key[] */
	struct names *addresses;
	struct sessions_key *key;
	uint32_t count;
	struct sessions_place *place;
	struct sessions_jump *jump;     /* the first of each key; by key */
	size_t jumps;
	struct store_event *revoked;    /* calls that revoke a role's older
					   sessions, by time */
	size_t revocations;
};

/* Over all that is published now; free with sessions_free.  Once *CANCEL (may be
 * NULL) is true it ends soon and holds only a part. */
struct sessions *sessions_new(const struct store *, const atomic_bool *cancel);
void sessions_free(struct sessions *);

/* The number of an access key, or SESSIONS_NONE. */
uint32_t sessions_find(const struct sessions *, struct span key);

/* The number of the key that the event was made with, or SESSIONS_NONE. */
uint32_t sessions_of(const struct sessions *, struct store_event);

/* Whether event A comes before event B: by time, then by input and record. */
bool sessions_is_earlier(const struct store *, struct store_event a,
			 struct store_event b);

#endif
