/* Which values of a record are secrets: the policy, from secrets.def.  Paths
 * are judged once per shape, tokens once per distinct one. */
#ifndef TRAIL_SECRET_H
#define TRAIL_SECRET_H

#include "base/span.h"
#include "json/paths.h"
#include "json/scan.h"

#include <stdbool.h>
#include <stdint.h>

/* The rule (from 1) under which the leaf or the array where the walk stands is
 * a secret, or 0.  A whole subtree below a secret key is secret.  The
 * bookkeeping members of a byte buffer right below the key (offset, address and
 * the like; limit, capacity and position only where the mask may tell the
 * length) carry SECRET_BOOKKEEPING beside the rule: a number there is none. */
uint8_t secret_path_rule(const struct paths_walk *);

#define SECRET_BOOKKEEPING 0x80

/* The rule for text that was skipped where the walk stands (PATHS_SKIPPED): a
 * broken value spills into what follows it, so text behind a secret member is
 * secret too. */
uint8_t secret_skipped_rule(const struct paths_walk *);

/* Whether TOKEN (as it stands in the log, without quotes) at a place of that
 * rule is to be masked.  null, true, false and empty texts never are, nor what
 * AWS has masked already: asterisks, arrays of 42, its words for hidden. */
bool secret_token(uint32_t rule, enum scan_kind kind, struct span token);

/* Whether AWS has put this in place of a secret. */
bool secret_masked_by_aws(enum scan_kind kind, struct span token);

/* The rule of the first secret key that stands as a word in text that could not
 * be read, in which strings may be turned inside out or escaped up to three
 * times; 0: none.  *MORE: something follows the key that may be the secret. */
uint8_t secret_text_rule(struct span text, bool *more);

/* What the rule masks, for people: "session token". */
const char *secret_name(uint32_t rule);

/* Whether the mask may tell the length. */
bool secret_sized(uint32_t rule);

#endif
