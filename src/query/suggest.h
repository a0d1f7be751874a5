/* What a predicate may have been meant to say that holds for nothing in all that is
 * loaded. */
#ifndef QUERY_SUGGEST_H
#define QUERY_SUGGEST_H

#include "base/buffer.h"
#include "query/predicate.h"
#include "store/store.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* What is said of what holds for nothing, a literal.  OPEN: for some events
 * matches gave up. */
const char *suggest_none(bool open);

/* What is most likely a mistake about a predicate that holds for COUNT of all
 * EVENTS, as a literal; NULL: nothing.  Sets *NEAR when what it names is in none
 * of them, so that suggest_predicate is to be asked. */
const char *suggest_verdict(const struct predicate *, uint64_t count,
			    bool open, uint64_t events, bool *near);

/* Appends what is nearest to a predicate that, but for its negation, holds for no
 * event, with the number of events that it would hold for: `not at the top;
 * **.certificateArn? 14` for a field that stands elsewhere,
 * `event=DeleteCertificate? 3` for a value that has a near one, `who~ali? 5` for
 * one that is a part of others, `(?i)alice? 7` for a pattern of another case.
 * False when there is nothing near, or *CANCEL (may be NULL) became true.  Raw:
 * still to be sent through text/show. */
bool suggest_predicate(const struct store *, const struct predicate *,
		       const atomic_bool *cancel, struct buffer *out);

#endif
