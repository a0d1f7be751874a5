/* Who is this and what did they do: everything the loaded events tell about a
 * principal, session, key, person, address, agent, or any other value. */
#ifndef TRIAGE_PROFILE_H
#define TRIAGE_PROFILE_H

#include "base/error.h"
#include "base/jobs.h"
#include "triage/answer.h"
#include "triage/index.h"

#include <stdatomic.h>

/* Whether WHO can be asked for: a filter on fields, or a plain text. */
bool profile_check(struct span who, struct error *err);

/* WHO is a filter on fields (`from=198.51.100.7`), or a text: then the first
 * field that has it as a value is meant.  *FOUND: there are such events.
 * JOBS may be NULL.  Once *CANCEL (may be NULL) is true it ends soon and tells
 * only a part.  Free with answer_free. */
struct answer *profile_of(struct index *, struct jobs *,
			  struct span who, const atomic_bool *cancel,
			  bool *found);

#endif
