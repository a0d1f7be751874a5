/* Owns the table of overviews. */
#include "triage/overview.h"

#include "triage/certificates.h"
#include "triage/coverage.h"
#include "triage/index.h"
#include "triage/inventory.h"
#include "triage/lifeline.h"
#include "triage/profile.h"
#include "triage/session_tree.h"

static const struct {
	const char *name, *subject;
} overviews[] = {
	[OVERVIEW_LIFELINE] = {"lifeline", "ARN"},
	[OVERVIEW_PROFILE] = {"profile", "WHO"},
	[OVERVIEW_CERTIFICATES] = {"certificates", NULL},
	[OVERVIEW_COVERAGE] = {"coverage", NULL},
	[OVERVIEW_SESSIONS] = {"sessions", NULL},
	[OVERVIEW_FINDINGS] = {"findings", NULL},
};

const char *overview_name(enum overview_kind kind)
{
	return overviews[kind].name;
}

const char *overview_subject(enum overview_kind kind)
{
	return overviews[kind].subject;
}

enum overview_kind overview_find(struct span name)
{
	int i = 0;

	while (i < OVERVIEW_COUNT && !span_is(name, overviews[i].name))
		i++;
	return (enum overview_kind)i;
}

bool overview_check(enum overview_kind kind, struct span subject,
		    struct error *err)
{
	const char *name = overviews[kind].name;

	if (!overviews[kind].subject && subject.n > 0)
		return error_set(err, "%s: takes no subject", name);
	if (overviews[kind].subject && subject.n == 0) {
		error_set(err, "%s: of what?", name);
		return error_hint(err, "%s:%s", name, overviews[kind].subject);
	}
	return kind != OVERVIEW_PROFILE || profile_check(subject, err);
}

static struct answer *of_certificates(enum overview_kind kind,
				      struct index *index, struct jobs *jobs,
				      struct span subject, bool *found)
{
	const struct findings *findings = index_findings(index, jobs);
	const struct certificates *c = index_certificates(index);
	struct answer *answer;
	uint32_t number;

	if (kind == OVERVIEW_CERTIFICATES) {
		*found = c->count > 0;
		return inventory_of(c, findings);
	}
	if (kind == OVERVIEW_FINDINGS) {
		answer = findings_answer(findings, c);
		*found = answer->table[0].rows > 0;
		return answer;
	}
	number = certificates_find(c, subject);
	*found = number != CERTIFICATES_NONE;
	return lifeline_of(c, number, subject, findings);
}

struct answer *overview_answer(enum overview_kind kind, struct index *index,
			       struct jobs *jobs, struct span subject,
			       const atomic_bool *cancel, bool *found)
{
	switch (kind) {
	case OVERVIEW_PROFILE:
		return profile_of(index, jobs, subject, cancel, found);
	case OVERVIEW_COVERAGE:
		return coverage_of(index_store(index), cancel, found);
	case OVERVIEW_SESSIONS:
		return session_tree_answer(index_sessions(index), found);
	case OVERVIEW_LIFELINE:
	case OVERVIEW_CERTIFICATES:
	case OVERVIEW_FINDINGS:
	case OVERVIEW_COUNT:
		break;
	}
	return of_certificates(kind, index, jobs, subject, found);
}
