/* The overviews by name, and from a name to its answer. */
#ifndef TRIAGE_OVERVIEW_H
#define TRIAGE_OVERVIEW_H

#include "base/error.h"
#include "base/jobs.h"
#include "base/span.h"
#include "triage/answer.h"

#include <stdatomic.h>

struct index;

enum overview_kind {
	OVERVIEW_LIFELINE,      /* of a certificate */
	OVERVIEW_PROFILE,       /* of whoever is asked for */
	OVERVIEW_CERTIFICATES,
	OVERVIEW_COVERAGE,
	OVERVIEW_SESSIONS,
	OVERVIEW_FINDINGS,
	OVERVIEW_COUNT
};

/* "lifeline". */
const char *overview_name(enum overview_kind);
/* What it is asked about, "ARN"; NULL: nothing. */
const char *overview_subject(enum overview_kind);

/* The overview of that name; OVERVIEW_COUNT: there is none. */
enum overview_kind overview_find(struct span name);

/* Whether SUBJECT can be asked about; the places of ERR are in it. */
bool overview_check(enum overview_kind, struct span subject,
		    struct error *err);

/* Computed from the indexes.  JOBS may be NULL.  *FOUND: the
 * loaded data say something about it.  Once *CANCEL (may be NULL) is true it ends
 * soon and tells only a part.  Free with answer_free. */
struct answer *overview_answer(enum overview_kind, struct index *,
			       struct jobs *, struct span subject,
			       const atomic_bool *cancel, bool *found);

#endif
