/* What is to be said of a request in view of what was loaded: terms that hold for
 * nothing, or for all, and what may have been meant; paths that no event has. */
#ifndef REMARKS_H
#define REMARKS_H

#include "base/buffer.h"
#include "query/run.h"
#include "request.h"
#include "store/store.h"

/* Appends lines for standard error, sent through text/show.  RESULT is that of
 * the request's filter. */
void remarks_add(const struct request *, const struct store *,
		 const struct run_result *, struct buffer *said);

#endif
