/* The list of certificates: a row each. */
#ifndef TRIAGE_INVENTORY_H
#define TRIAGE_INVENTORY_H

#include "triage/answer.h"
#include "triage/certificates.h"
#include "triage/findings.h"

/* FINDINGS may be NULL.  Free with answer_free. */
struct answer *inventory_of(const struct certificates *,
			    const struct findings *);

#endif
