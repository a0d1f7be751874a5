/* Which values of a record are secrets: the policy, from secrets.def.  Paths
 * are judged once per shape. */
#ifndef TRAIL_SECRET_H
#define TRAIL_SECRET_H

#include "base/span.h"
#include "json/paths.h"

#include <stdbool.h>
#include <stdint.h>

/* The rule (from 1) under which the leaf or the array where the walk stands is
 * a secret, or 0.  A whole subtree below a secret key is secret, but for the
 * bookkeeping members of a byte buffer. */
uint8_t secret_path_rule(const struct paths_walk *);

/* The same for a key alone, in text that could not be read: whether what
 * follows it is to be masked. */
bool secret_key(struct span key);

/* What the rule masks, for people: "session token". */
const char *secret_name(uint32_t rule);

/* Whether the mask may tell the length. */
bool secret_sized(uint32_t rule);

#endif
