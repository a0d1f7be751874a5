/* Decimal numbers of any size, compared as the text they are: nothing passes
 * through a binary fraction, so 9007199254740993 is not 9007199254740992. */
#ifndef TEXT_DECIMAL_H
#define TEXT_DECIMAL_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* A number as it was read; its digits are borrowed from the text. */
struct decimal {
	struct span digits;     /* without leading zeros; a `.` may be among
				   them; empty: the number is zero */
	int64_t exponent;       /* of the first digit, as in 0.ddd * 10^e */
	bool negative;
};

/* Reads all of TEXT: `-12.50e+3`, JSON's grammar, but a leading `+`, leading
 * zeros and a missing digit on one side of the point are understood too.  False
 * when it is no number. */
bool decimal_parse(struct span text, struct decimal *);

/* <0, 0, >0.  Exponents beyond 10^18 are all the same. */
int decimal_compare(const struct decimal *a, const struct decimal *b);

/* N with a comma between thousands: 1,204,331. */
enum { DECIMAL_GROUPED = 32 };
const char *decimal_group(uint64_t n, char out[DECIMAL_GROUPED]);

#endif
