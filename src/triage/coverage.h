/* Which part of a log is there: account by region by hour, from the names of
 * files and from events. */
#ifndef TRIAGE_COVERAGE_H
#define TRIAGE_COVERAGE_H

#include "triage/answer.h"

#include <stdatomic.h>

/* *FOUND: there is an event or a log file.  Once *CANCEL (may be NULL) is true it
 * ends soon and tells only a part.  Free with answer_free. */
struct answer *coverage_of(const struct store *, const atomic_bool *cancel,
			   bool *found);

#endif
