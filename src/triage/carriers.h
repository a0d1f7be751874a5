/* What certificates are attached to, as calls name it: by an ARN, or by a name
 * that means something within one service, account and region only. */
#ifndef TRIAGE_CARRIERS_H
#define TRIAGE_CARRIERS_H

#include "base/span.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

#define CARRIERS_NONE UINT32_MAX

struct carriers;

struct carriers *carriers_new(const struct store *);
void carriers_free(struct carriers *);

/* As the call names it; p == NULL: it names none.  Belongs to the store. */
struct span carriers_name(const struct carriers *, struct store_event);

/* The number of what the call attaches CERTIFICATE (an ARN) to or takes it from,
 * given when it is new; CARRIERS_NONE: it names none. */
uint32_t carriers_number(struct carriers *, struct store_event,
			 struct span certificate);
uint32_t carriers_count(const struct carriers *);

/* Whether what one call names is what the other one names, or a part of it: a
 * listener or a port of that load balancer. */
bool carriers_belong(const struct carriers *, struct span part,
		     struct store_event part_by, struct span whole,
		     struct store_event whole_by);

#endif
