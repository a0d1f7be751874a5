/* What values hold that can be looked into: JSON in strings, also encoded for
 * URLs or in base64, and certificates.  Works on texts that may be shown, so
 * what is secret in them has been masked before. */
#ifndef TRAIL_UNFOLD_H
#define TRAIL_UNFOLD_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

enum unfold_kind {
	UNFOLD_NOTHING,
	UNFOLD_JSON,            /* as it stands, or decoded */
	UNFOLD_CERTIFICATE      /* what it says, as JSON of ours */
};

/* Looks into the text (decoded).  JSON (one object or array) is appended; AT is
 * when the event was, as trail/x509 has it.  SUMMARY, cleared first, tells in
 * words what was found, for people: "PEM certificate"; may be NULL. */
enum unfold_kind unfold_text(struct span text, int64_t at, struct buffer *json,
			     struct buffer *summary);

/* The same for bytes of a buffer.  The summary always begins with how many there
 * are: "2,503 bytes PEM certificate". */
enum unfold_kind unfold_bytes(struct span bytes, int64_t at,
			      struct buffer *json, struct buffer *summary);

/* Whether it is worth looking; quick. */
bool unfold_may(struct span text);

#endif
