/* Which places of a record hold secrets, and what AWS has masked itself: the
 * policy, from secrets.def.  Paths are judged once per shape, tokens once per
 * distinct one.  What a value says of itself is judged by trail/secret_parts and
 * trail/secret_find. */
#ifndef TRAIL_SECRET_H
#define TRAIL_SECRET_H

#include "base/span.h"
#include "json/paths.h"
#include "json/scan.h"

#include <stdbool.h>
#include <stdint.h>

enum secret_rule {
	SECRET_NONE,
#define RULE(id, word, name, sized, paired) SECRET_##id,
#include "trail/secrets.def"
#undef RULE
	SECRET_RULES
};

/* Beside a rule: a number there is none. */
#define SECRET_BOOKKEEPING 0x80
/* In place of a rule: the key says that what looks like a blob is none. */
#define SECRET_FRIEND 0x7f
/* In place of a rule: an element of a list behind another one, which may be the
 * name of an option: secret_pairs_operand tells. */
#define SECRET_OPERAND 0x7e

struct secret_choices;

/* What keys that came by were found to say: a bounded number of them, for one
 * thread.  It changes no verdict; free with free(). */
struct secret_keys;
struct secret_keys *secret_keys_new(void);

/* The rule under which the leaf or the array where the walk stands is a secret,
 * or SECRET_NONE.  A whole subtree below a secret key is secret.  The
 * bookkeeping members of a byte buffer right below the key (offset, address and
 * the like; limit, capacity and position only where the mask may tell the
 * length) carry SECRET_BOOKKEEPING beside the rule.  CHOICES of the user's come
 * first; they and the keys may be NULL.  What is found of containers is noted in
 * the walk. */
uint8_t secret_path_rule(const struct secret_choices *, struct secret_keys *,
			 struct paths_walk *);

/* The same, and SECRET_FRIEND for a leaf with such a key, SECRET_OPERAND for one
 * in such a place. */
uint8_t secret_leaf_rule(const struct secret_choices *, struct secret_keys *,
			 struct paths_walk *);

/* The rule for text that was skipped where the walk stands (PATHS_SKIPPED): a
 * broken value spills into what follows it, so text behind a secret member is
 * secret too. */
uint8_t secret_skipped_rule(struct secret_keys *, struct paths_walk *);

/* Whether TOKEN (as it stands in the log, without quotes) at a place of that
 * rule is to be masked.  null, true, false and empty texts never are, nor what
 * AWS has masked already (asterisks, arrays of 42, its words for hidden), nor
 * arrays that hold nothing or what its guides write for bytes: byte, ..., nor
 * the ARN of a secret, token or password. */
bool secret_token(uint32_t rule, enum scan_kind kind, struct span token);

/* Whether AWS has put this in place of a secret. */
bool secret_masked_by_aws(enum scan_kind kind, struct span token);

/* The rule of the first secret key that stands as a word in text that could not
 * be read, in which strings may be turned inside out or escaped up to three
 * times; 0: none.  *MORE: something follows the key that may be the secret. */
uint8_t secret_text_rule(struct span text, bool *more);

/* The rule of a name in running text, `password=...`, or SECRET_NONE.  Of
 * variables of the environment, `VAULT_TOKEN=...`, the last words tell it. */
uint8_t secret_pair_rule(struct span name);

/* What the rule masks, for people: "session token". */
const char *secret_name(uint32_t rule);

/* The rule in a word, for reports: "session-token". */
const char *secret_word(uint32_t rule);

/* Whether the mask may tell the length. */
bool secret_sized(uint32_t rule);

#endif
