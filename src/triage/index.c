/* Owns the indexes of one state of the store. */
#include "triage/index.h"

#include "base/memory.h"

#include <stdlib.h>

struct index {
	const struct store *store;
	uint64_t version;
	struct certificates *certificates;
	struct sessions *sessions;
	struct findings *findings;
};

struct index *index_new(const struct store *store)
{
	struct index *index = memory_clear(1, sizeof *index);

	index->store = store;
	index->version = store_version(store);
	return index;
}

void index_free(struct index *index)
{
	if (!index)
		return;
	findings_free(index->findings);
	sessions_free(index->sessions);
	certificates_free(index->certificates);
	free(index);
}

const struct store *index_store(const struct index *index)
{
	return index->store;
}

uint64_t index_version(const struct index *index)
{
	return index->version;
}

const struct certificates *index_certificates(struct index *index)
{
	if (!index->certificates)
		index->certificates = certificates_new(index->store);
	return index->certificates;
}

const struct sessions *index_sessions(struct index *index)
{
	if (!index->sessions)
		index->sessions = sessions_new(index->store);
	return index->sessions;
}

/* The slower one first: it is begun first. */
static void make(void *context, size_t which)
{
	if (which == 0)
		index_sessions(context);
	else
		index_certificates(context);
}

const struct findings *index_findings(struct index *index, struct jobs *jobs)
{
	if (!index->findings) {
		jobs_each(jobs, 2, make, index);
		index->findings = findings_new(index->certificates,
					       index->sessions);
	}
	return index->findings;
}
