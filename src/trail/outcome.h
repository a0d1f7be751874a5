/* How a call ended and what kind of call it was. */
#ifndef TRAIL_OUTCOME_H
#define TRAIL_OUTCOME_H

#include "base/span.h"
#include "trail/record.h"

/* The error code, or for calls whose failure CloudTrail records elsewhere
 * (console sign-in, responseElements) a word for it; p == NULL when it
 * succeeded.  *SLOT is the slot the text stands in, or SHAPES_ABSENT for a word
 * of ours (a constant).  Borrowed from the record, until it reads another
 * text. */
struct span outcome_result(const struct record *, uint16_t *slot);

/* 'R'ead, 'W'rite, 'D'elete, '!' exports or exposes a secret or tampers with
 * logging (sensitive.def), ' ' unknown. */
char outcome_glyph(const struct record *);

/* The refused action that an error message names (`acm:ExportCertificate`),
 * or p == NULL. */
struct span outcome_needs(const struct record *);

/* The same for a message's text. */
struct span outcome_refused_action(struct span message);

#endif
