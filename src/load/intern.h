/* Finds equal values in the segment that is being filled, so that each is kept
 * once. */
#ifndef LOAD_INTERN_H
#define LOAD_INTERN_H

#include "json/scan.h"
#include "store/shapes.h"
#include "store/values.h"

#include <stdbool.h>
#include <stdint.h>

struct intern;

struct intern *intern_new(void);
void intern_free(struct intern *);

/* Begins with the values of a new segment; they stay the caller's. */
void intern_start(struct intern *, struct values *);

/* The values of a record of SHAPE, which has the number NUMBER, to ROW, one for
 * each token.  RELAXED: strings may hold line breaks.  ORIGIN tells input and
 * record, for secrets.  Answers whether some value holds a certificate's ARN.
 */
bool intern_row(struct intern *, uint32_t number, const struct shape *,
		const struct scan *, bool relaxed,
		const struct values_secret *origin, uint32_t *row);

/* The value of a text of ours, as if it had been logged as a string. */
uint32_t intern_text(struct intern *, struct span text);

/* Whether the text holds the ARN of a certificate. */
bool intern_has_certificate(struct span text);

#endif
