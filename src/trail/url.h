/* Percent-encoding, as in URLs and in what forms send (RFC 3986, HTML). */
#ifndef TRAIL_URL_H
#define TRAIL_URL_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>

/* Appends TEXT decoded; `+` is a blank, a bad escape stays as it stands. */
void url_decode(struct span text, struct buffer *out);

/* Of how many bytes at its beginning the first N decoded ones are; it decodes to
 * no fewer. */
size_t url_encoded_length(struct span text, size_t n);

/* Whether an encoded text begins like JSON: with a brace or a bracket. */
bool url_is_json(struct span text);

#endif
