/* What a responder should look at, by the rules of findings.def: each with the
 * events behind it. */
#ifndef TRIAGE_FINDINGS_H
#define TRIAGE_FINDINGS_H

#include "triage/answer.h"
#include "triage/certificates.h"
#include "triage/sessions.h"

#include <stdatomic.h>
#include <stdbool.h>

enum finding {
#define FINDING(id, name, weight, rule, source) FINDING_##id,
#include "triage/findings.def"
#undef FINDING
	FINDING_COUNT
};

struct findings_info {
	const char *name;       /* as users write it: "export-new" */
	int weight;
	const char *rule, *source;
};

/* The rule of the finding of that name, or NULL. */
const char *findings_rule(struct span name);

struct findings_entry {
	enum finding finding;
	struct store_event event;       /* the one that is flagged */
	struct store_event because;     /* an earlier one, or
					   STORE_NO_EVENT */
	uint32_t certificate;           /* or CERTIFICATES_NONE */
};

/* Immutable once made; read by several threads. */
struct findings;

const struct findings_info *findings_info(enum finding);

/* Over all that the indexes have read; free with findings_free.  Once *CANCEL
 * (may be NULL) is true it ends soon and holds only a part. */
struct findings *findings_new(const struct certificates *,
			      const struct sessions *,
			      const atomic_bool *cancel);
void findings_free(struct findings *);

/* All of them, by event in order of publishing, then by number. */
const struct findings_entry *findings_all(const struct findings *,
					  size_t *count);

/* Those of one event: *COUNT of them. */
const struct findings_entry *findings_of(const struct findings *,
					 struct store_event, size_t *count);

/* The store's version that was read. */
uint64_t findings_version(const struct findings *);

/* All findings as an overview.  Free with answer_free. */
struct answer *findings_answer(const struct findings *,
			       const struct certificates *);

#endif
