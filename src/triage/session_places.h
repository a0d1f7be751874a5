/* From where access keys were used. */
#ifndef TRIAGE_SESSION_PLACES_H
#define TRIAGE_SESSION_PLACES_H

#include "triage/sessions.h"

/* One event made with a key. */
struct session_places_use {
	uint32_t key, address;
	int64_t time;
	struct store_event event;
};

enum { SESSION_PLACES_SOON = 30 * 60 * 1000 }; /* ms between two places */

/* Gives each key its places, and finds the jumps.  USES in any order. */
void session_places_find(struct sessions *,
			 const struct session_places_use *uses, size_t count);

/* Whether the text is an address: services call by name. */
bool session_places_is_address(struct span);

/* Hosts of one network leave it by a pool of addresses in turn, so that one
 * session is seen from several: those of one /24, or one /48 of IPv6, are
 * taken for neighbours. */
bool session_places_are_neighbours(struct span a, struct span b);

#endif
