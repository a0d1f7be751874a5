/* Base64 (RFC 4648), in both alphabets. */
#ifndef TRAIL_BASE64_H
#define TRAIL_BASE64_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>

/* Appends what TEXT stands for.  Line breaks inside are passed over, `=` at the
 * end may be missing.  False when it is not base64; OUT may have grown then. */
bool base64_decode(struct span text, struct buffer *out);

/* Appends BYTES as base64, padded and without line breaks. */
void base64_encode(struct span bytes, struct buffer *out);

#endif
