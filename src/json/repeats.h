/* Keys that stand twice in one object. */
#ifndef JSON_REPEATS_H
#define JSON_REPEATS_H

#include "base/span.h"

#include <stdbool.h>

/* Whether some object of the template has two members of one key, compared as
 * decoded text.  RFC 8259, 4, leaves open which of them counts, and readers
 * differ. */
bool repeats_some_key(struct span template);

#endif
