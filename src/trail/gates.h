/* Paths that lead into JSON in strings, as into the policy of
 * requestParameters.policyDocument.Statement[].Action, and into the arrays of
 * numbers that are kept whole.  One such document deep; what is secret in it is
 * masked, as it is in the string. */
#ifndef TRAIL_GATES_H
#define TRAIL_GATES_H

#include "store/store.h"
#include "trail/slots.h"

#include <stdbool.h>

/* Whether a leaf on the way may hold such, so that gates_each has to be asked. */
bool gates_open(const struct slots_list *, const struct store *,
		struct store_event);

/* Calls EACH with the text of every leaf in such JSON that the paths name, until
 * it answers false, and answers what it answered last; strings decoded, numbers
 * as they are written.  TEXT lives until EACH returns. */
bool gates_each(const struct slots *, const struct slots_list *,
		const struct store *, struct store_event,
		bool (*each)(void *context, struct span text, uint32_t value),
		void *context);

#endif
