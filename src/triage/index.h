/* The indexes that overviews are answered from, each made when it is first asked
 * for, over all that was published when the first one was.  Whoever keeps them
 * (a screen) throws them away when the store's version is another. */
#ifndef TRIAGE_INDEX_H
#define TRIAGE_INDEX_H

#include "base/jobs.h"
#include "triage/certificates.h"
#include "triage/findings.h"
#include "triage/sessions.h"

/* One caller at a time. */
struct index;

struct index *index_new(const struct store *);
void index_free(struct index *);

const struct store *index_store(const struct index *);
/* The store's version that was read. */
uint64_t index_version(const struct index *);
/* How many events that are. */
uint64_t index_events(const struct index *);

/* Once *CANCEL is true what is made of the index ends soon and holds only a part:
 * then it is of no use any more. */
void index_cancel_by(struct index *, const atomic_bool *cancel);

/* Owned by the index. */
const struct certificates *index_certificates(struct index *);
const struct sessions *index_sessions(struct index *);
/* Needs both others; JOBS (may be NULL) makes them at the same time. */
const struct findings *index_findings(struct index *, struct jobs *);

/* The one that is kept with a store which has been read to its end: all of it is
 * made, so that any number of callers may read. */
struct index *index_kept(const struct store *);

/* What the column `finding` tells of a store's events: from an index that is
 * kept with the store.  While that is being loaded a new one is made when the
 * events have doubled. */
const struct store_remarks *index_remarks(void);

#endif
