/* What follows for certificates from the order of events: what they were
 * attached to, what took their place there, and calls that concern them without
 * naming them. */
#ifndef TRIAGE_ATTACHMENTS_H
#define TRIAGE_ATTACHMENTS_H

#include "store/store.h"
#include "triage/certificates.h"

/* Tells what each certificate was attached to or what used its key, and adds
 * STEP_REPLACED where another one took its place.  Mentions are sorted. */
void attachments_join(struct certificates *);

/* Joins calls of Route 53 by the names of the records that they change. */
void attachments_records(struct certificates *, const struct store_event *,
			 size_t count);

/* Joins changes of an account's expiry warnings, by account and region. */
void attachments_warnings(struct certificates *, const struct store_event *,
			  size_t count);

/* Joins calls that delete what carried certificates: those that name it as the
 * call that attached them did, or the load balancer of that listener. */
void attachments_deleted(struct certificates *, const struct store_event *,
			 size_t count);

/* Calls EACH with everything that certificate NUMBER is attached to at the end
 * of the loaded data, as far as they tell. */
void attachments_now(const struct certificates *, uint32_t number,
		     void (*each)(void *context, struct span on),
		     void *context);

#endif
