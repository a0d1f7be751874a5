/* What the files of findings share; nobody else includes it. */
#ifndef TRIAGE_FINDINGS_PARTS_H
#define TRIAGE_FINDINGS_PARTS_H

#include "triage/findings.h"
#include "triage/relation.h"

struct findings {
	struct findings_entry *entry;
	size_t count, capacity;
	struct relation_parts *parts;
	struct eventset *flagged;       /* events that have a finding */
	uint64_t version;
};

void findings_add(struct findings *, enum finding, struct store_event,
		  struct store_event because, uint32_t certificate);

/* Adds what the rules over all events find. */
void findings_events(struct findings *, const struct certificates *,
		     const struct sessions *, const atomic_bool *cancel);

#endif
