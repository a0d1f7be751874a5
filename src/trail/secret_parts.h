/* The secret parts of a text, told by what the text itself says: private keys in
 * PEM, tokens with known beginnings, `user:password@` in addresses, parameters
 * of URLs, `Authorization` headers, `password=...`.  The rest of the text stays.
 */
#ifndef TRAIL_SECRET_PARTS_H
#define TRAIL_SECRET_PARTS_H

#include "base/span.h"

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

/* Which three bytes may be the last ones of a token's mark, as a set of hashes:
 * so that the search need not try every beginning at every dash. */
struct secret_parts_marks {
	uint64_t bits[64];
};

void secret_parts_learn(struct secret_parts_marks *);

/* Adds the parts of TEXT, which begins BASE bytes into the text that PARTS are
 * of.  MARKS have been learnt. */
void secret_parts_find(const struct secret_parts_marks *, struct span text,
		      size_t base, struct secret_parts *);

/* Whether the text is one long word, without blanks, colons and brackets. */
bool secret_parts_is_word(struct span text);

/* The rule of a text that is one long word: a session token, a blob without
 * order in it, or SECRET_NONE. */
uint8_t secret_parts_blob(struct span text);

#endif
