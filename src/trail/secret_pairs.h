/* The secret values of names in running text: `password=...`, `token: ...`,
 * `"secret":"..."`, `--password ...`, `["--password","..."]`. */
#ifndef TRAIL_SECRET_PAIRS_H
#define TRAIL_SECRET_PAIRS_H

#include "base/span.h"
#include "json/scan.h"

#include <stdbool.h>
#include <stdint.h>

/* Parts of the text. */
struct secret_pair {
	struct span name, value;
	uint8_t rule;
};

/* The value behind the `=` or `:` at SIGN; false: it is no secret. */
bool secret_pairs_sign(struct span text, const char *sign,
		       struct secret_pair *);

/* The rule of the string that SLOT holds, from the string in front of it, which
 * may be `--password` or `-password`. */
uint8_t secret_pairs_operand(const struct scan *, size_t slot);

/* The value of the option whose first byte stands at DASHES, which ends with a
 * blank. */
bool secret_pairs_option(struct span text, const char *dashes,
			 struct secret_pair *);

#endif
