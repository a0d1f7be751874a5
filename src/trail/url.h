/* Percent-encoding, as in URLs and in what forms send (RFC 3986, HTML). */
#ifndef TRAIL_URL_H
#define TRAIL_URL_H

#include "base/buffer.h"
#include "base/span.h"

/* Appends TEXT decoded; `+` is a blank, a bad escape stays as it stands. */
void url_decode(struct span text, struct buffer *out);

#endif
