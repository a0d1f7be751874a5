/* What a resource's policy gives away (IAM user guide, JSON policy elements). */
#ifndef TRAIL_POLICY_H
#define TRAIL_POLICY_H

#include "base/span.h"

#include <stdbool.h>

/* Whether a statement of the policy, JSON as a call gives it, allows everybody
 * something: any principal, without a condition that holds it to ACCOUNT. */
bool policy_opens_to_all(struct span policy, struct span account);

#endif
