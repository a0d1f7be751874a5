/* All that is secret in one value: what trail/secret_parts tells, also in JSON
 * in strings (by key too), in byte buffers, in base64 and URL encodings, and in
 * those within each other. */
#ifndef TRAIL_SECRET_FIND_H
#define TRAIL_SECRET_FIND_H

#include "json/scan.h"
#include "trail/secret_parts.h"

#include <stdbool.h>

/* Memory for it, used again for each value; one for each thread. */
struct secret_find;

struct secret_find *secret_find_new(void);
void secret_find_free(struct secret_find *);

/* The secret parts of TEXT: of a string what it means, decoded; of a raw array
 * the token, which is secret as a whole or not at all.  A part is as narrow as
 * can be told: in JSON one value, in what had to be decoded further the value
 * that was decoded.  They come in order and do not overlap.  FRIEND: its key
 * says that a blob is none.  Borrowed until the next call. */
const struct secret_parts *secret_find_in(struct secret_find *,
					  enum scan_kind, struct span text,
					  bool friend);

#endif
