/* The life line of a certificate: what happened to it, step by step. */
#ifndef TRIAGE_LIFELINE_H
#define TRIAGE_LIFELINE_H

#include "triage/answer.h"
#include "triage/certificates.h"
#include "triage/findings.h"

/* NUMBER may be CERTIFICATES_NONE: then TEXT, what was asked for, is said not
 * to be in the loaded data.  FINDINGS may be NULL.  Free with answer_free. */
struct answer *lifeline_of(const struct certificates *, uint32_t number,
			   struct span text, const struct findings *);

#endif
