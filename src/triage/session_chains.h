/* The chains of keys that were issued with one another. */
#ifndef TRIAGE_SESSION_CHAINS_H
#define TRIAGE_SESSION_CHAINS_H

#include "triage/sessions.h"

/* Cuts circles of parents, and gives each key its children.  A key that has a
 * parent has an origin. */
void session_chains_link(struct sessions *);

#endif
