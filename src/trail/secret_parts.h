/* The secret parts of a text, told by what the text itself says: private keys in
 * PEM, tokens with known beginnings, `user:password@` in addresses, parameters
 * of URLs, `Authorization` headers, `password=...`, secret access keys beside
 * their ids; also where it is percent-encoded.  The rest of the text stays.
 */
#ifndef TRAIL_SECRET_PARTS_H
#define TRAIL_SECRET_PARTS_H

#include "base/span.h"
#include "trail/secret_stops.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes [from, to) of a text. */
struct secret_part {
	size_t from, to;
	uint8_t rule;
	bool bare;              /* in JSON, and without quotes */
};

/* Zero-initialised is empty. */
struct secret_parts {
	struct secret_part *part;
	size_t count, capacity;
};

void secret_parts_free(struct secret_parts *);

/* Adds a part unless it is empty; one that overlaps the last one widens it. */
void secret_parts_add(struct secret_parts *, struct secret_part);

/* Where the search has to stop, from the rules. */
void secret_parts_learn(struct secret_stops *);

/* Adds the parts of TEXT, which begins BASE bytes into the text that PARTS are
 * of, in no order; one may be told twice.  The stops have been learnt. */
void secret_parts_find(const struct secret_stops *, struct span text,
		      size_t base, struct secret_parts *);

/* How many bytes the text begins with that are one long word, without blanks,
 * colons and brackets. */
size_t secret_parts_word(struct span text);

/* The rule of a text that is one long word: a session token, a blob without
 * order in it, or SECRET_NONE. */
uint8_t secret_parts_blob(struct span text);

#endif
