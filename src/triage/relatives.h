/* ARNs of what is a certificate's kin: private CAs and their certificates, IAM
 * server certificates, ACME endpoints and what is below them.  The loader knows
 * ACM's own only; these are found in the store's values. */
#ifndef TRIAGE_RELATIVES_H
#define TRIAGE_RELATIVES_H

#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>

/* Calls EACH for every event and slot that holds such an ARN. */
typedef void relatives_each_fn(void *context, struct store_event,
			       uint32_t slot, struct span arn);
void relatives_each(const struct store *, relatives_each_fn *each,
		    void *context);

#endif
