/* ACM certificate ARNs wherever they stand in a text. */
#ifndef TRAIL_CERTIFICATE_H
#define TRAIL_CERTIFICATE_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* The next ACM certificate ARN in TEXT from *AT on, in any partition; *AT is
 * set behind it.  False when there is none. */
bool certificate_find(struct span text, size_t *at, struct span *arn);

/* The last part of an ARN: its id.  Empty for what is no ARN. */
struct span certificate_id(struct span arn);

/* Writes the short form of a certificate id, `1234…9012` (with `~` for ASCII),
 * into OUT (16 bytes are enough); answers its length in bytes. */
size_t certificate_short(struct span id, bool ascii, char out[16]);

#endif
