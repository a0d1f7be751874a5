/* The part of a profile about keys that were soon used from two places. */
#ifndef TRIAGE_PROFILE_PLACES_H
#define TRIAGE_PROFILE_PLACES_H

#include "triage/answer.h"
#include "triage/sessions.h"

/* Adds a table: of each key that COUNT events were made with, the first two
 * uses within 30 minutes from two addresses of one network, from two networks,
 * and by two agents.  Calls that services make are left out. */
void profile_places_add(struct answer *, const struct sessions *,
			const struct store_event *, size_t count);

#endif
