/* The part of a profile about access keys: who issued them, when they end,
 * where their sessions came from and which they opened. */
#ifndef TRIAGE_PROFILE_KEYS_H
#define TRIAGE_PROFILE_KEYS_H

#include "triage/answer.h"
#include "triage/sessions.h"

/* Adds tables about the keys that COUNT events were made with. */
void profile_keys_add(struct answer *, const struct sessions *,
		      const struct store_event *, size_t count);

#endif
