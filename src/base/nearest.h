/* "Did you mean …?": the known name most like a word that is not known. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/span.h"

#include <stddef.h>

/* The name that WORD begins, or that differs from it in the fewest letters
 * (missing, added, changed, two swapped; ASCII case ignored), at most one in
 * three.  The first of several; NULL when none is near. */
const char *nearest_name(struct span word, const char *const *names, size_t n);

#endif
