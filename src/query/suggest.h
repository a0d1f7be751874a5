/* What a predicate may have been meant to say that holds for nothing in all that is
 * loaded. */
#ifndef QUERY_SUGGEST_H
#define QUERY_SUGGEST_H

#include "base/buffer.h"
#include "query/predicate.h"
#include "store/store.h"

/* Appends `not at the top; **.certificateArn? 14` for a field that the loaded
 * events have only further down, or `event=DeleteCertificate? 3` for a value
 * that is none but has a near one; the number counts events.  False when there
 * is nothing near.  Raw: still to be sent through text/show. */
bool suggest_predicate(const struct store *, const struct predicate *,
		       struct buffer *out);

#endif
