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

/* Gives each key its places, and finds the jumps.  USES in any order. */
void session_places_find(struct sessions *,
			 const struct session_places_use *uses, size_t count);

/* Whether the text is an address: services call by name. */
bool session_places_is_address(struct span);

#endif
