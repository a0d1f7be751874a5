/* What a JSON string means: its escapes resolved, to UTF-8.  NUL is kept.  A
 * lone surrogate becomes the three bytes that UTF-8 would have for it (ED A0..BF
 * xx), a bad escape (relaxed records only) stays as it stands, and `\'`, which
 * relaxed single-quoted strings have, is a single quote. */
#ifndef JSON_DECODE_H
#define JSON_DECODE_H

#include "base/buffer.h"
#include "base/span.h"

/* Appends the decoded text of TOKEN (a string without its quotes). */
void decode_string(struct span token, struct buffer *out);

/* Appends TEXT as a JSON string with quotes: only `"`, `\`, and bytes below
 * 0x20 and DEL are escaped, each byte that is not UTF-8 becomes U+FFFD, the
 * three bytes of a lone surrogate become \udHHH again. */
void decode_quote(struct span text, struct buffer *out);

#endif
