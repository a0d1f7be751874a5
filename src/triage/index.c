/* Owns the indexes of one state of the store. */
#include "triage/index.h"

#include "base/memory.h"

#include <stdlib.h>

struct index {
	const struct store *store;
	uint64_t version;
	uint64_t events;                /* of the store, then */
	struct certificates *certificates;
	struct sessions *sessions;
	struct findings *findings;
	const atomic_bool *cancel;      /* or NULL */
};

struct index *index_new(const struct store *store)
{
	struct index *index = memory_clear(1, sizeof *index);
	struct store_counts counts;

	store_counts(store, &counts);
	index->events = counts.events;
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

uint64_t index_events(const struct index *index)
{
	return index->events;
}

void index_cancel_by(struct index *index, const atomic_bool *cancel)
{
	index->cancel = cancel;
}

const struct certificates *index_certificates(struct index *index)
{
	if (!index->certificates)
		index->certificates = certificates_new(index->store,
						       index->cancel);
	return index->certificates;
}

const struct sessions *index_sessions(struct index *index)
{
	if (!index->sessions)
		index->sessions = sessions_new(index->store, index->cancel);
	return index->sessions;
}

/* The slower one first: it is begun first. */
static void make_part(void *context, size_t which)
{
	if (which == 0)
		index_sessions(context);
	else
		index_certificates(context);
}

const struct findings *index_findings(struct index *index, struct jobs *jobs)
{
	if (!index->findings) {
		jobs_each(jobs, 2, make_part, index);
		index->findings = findings_new(index->certificates,
					       index->sessions,
					       index->cancel);
	}
	return index->findings;
}

static void *keep(const struct store *store, void *before)
{
	const struct index *old = before;
	struct store_counts counts;
	struct index *index;

	store_counts(store, &counts);
	if (old && !store_finished(store) && counts.events < 2 * old->events)
		return before;
	index = index_new(store);
	index_findings(index, NULL);
	return index;
}

static void free_kept(void *index)
{
	index_free(index);
}

static const void *known(const struct store *store)
{
	static const struct indexes_kind kind = {keep, free_kept};

	return store_index(store, &kind);
}

struct index *index_kept(const struct store *store)
{
	return (struct index *)known(store);
}

static size_t words(const void *known_index, struct store_event event,
		    const char **word, size_t most)
{
	const struct index *index = known_index;
	size_t count;
	const struct findings_entry *f = findings_of(index->findings, event,
						     &count);
	size_t n = 0;

	/* One word, however many certificates it is about. */
	for (size_t i = 0; i < count; i++) {
		const char *name = findings_info(f[i].finding)->name;

		if (i > 0 && f[i].finding == f[i - 1].finding)
			continue;
		if (n < most)
			word[n] = name;
		n++;
	}
	return n;
}

const struct store_remarks *index_remarks(void)
{
	static const struct store_remarks remarks = {known, words};

	return &remarks;
}
