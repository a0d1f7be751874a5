/* Arrays under a secret key become one leaf, so that a key that was logged
 * byte by byte or word by word is one secret and not many harmless values. */
#ifndef LOAD_COLLAPSE_H
#define LOAD_COLLAPSE_H

#include "json/paths.h"
#include "json/scan.h"

struct secret_choices;
struct secret_keys;

/* Changes what SCAN describes if there are such arrays, by the policy and by
 * CHOICES; they and KEYS may be NULL; WALK is working space. */
void collapse_secret_arrays(struct scan *, const struct secret_choices *,
			    struct secret_keys *, struct paths_walk *walk);

#endif
