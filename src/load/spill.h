/* Secrets of a relaxed record that stand where no key says so.  Where quotes are
 * missing, text swallows keys and values of others, keys are read as values, and
 * a value's rest is skipped text. */
#ifndef LOAD_SPILL_H
#define LOAD_SPILL_H

#include "json/scan.h"

#include <stdbool.h>
#include <stdint.h>

/* What is known so far; zero-initialise for each record. */
struct spill {
	uint8_t rule;           /* of what is spilled; 0: nothing is */
	bool lasting;           /* to the end of the record, not to a comma */
	uint8_t before;         /* rule of the token before, */
	bool opened;            /* which swallowed a bracket */
};

/* The rule by which the token in SLOT may be a secret, or 0; KNOWN is the rule
 * of its place.  Asked for one token after the other. */
uint8_t spill_rule(struct spill *, const struct scan *, uint32_t slot,
		   uint8_t known);

#endif
