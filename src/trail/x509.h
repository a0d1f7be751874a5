/* What a certificate says, for people.  The only room to libcrypto.  Private
 * keys never come here. */
#ifndef TRAIL_X509_H
#define TRAIL_X509_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* Makes the library ready, without its configuration file; before rights are
 * given up. */
void x509_start(void);

/* Whether the text holds a certificate in PEM (RFC 7468), whole or not. */
bool x509_in_text(struct span text);

/* Appends what the certificates of a text say, as JSON: an object for one, an
 * array for several, in the order in which they stand.  AT: when the event was,
 * in ms since 1970; INT64_MAX: not known.  A broken one says why it is.  Answers
 * how many there are. */
size_t x509_describe_text(struct span text, int64_t at, struct buffer *json);

/* The same of one in DER (RFC 5280). */
void x509_describe_der(struct span der, int64_t at, struct buffer *json);

/* The version of the library. */
const char *x509_version(void);

#endif
