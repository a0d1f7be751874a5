/* What a predicate says of one text, or of one time: without its negation, and
 * without any store. */
#ifndef QUERY_JUDGE_H
#define QUERY_JUDGE_H

#include "query/predicate.h"
#include "text/match.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* MATCH_UNDECIDED when a regex gave up, or *CANCEL (may be NULL) became
 * true. */
enum match_verdict judge_text(const struct predicate *, struct match_worker *,
			      struct span text, const atomic_bool *cancel);

/* Of an event's time (STAMP_NONE: it has none), for what judge_by_time tells. */
bool judge_time(const struct predicate *, int64_t time);

/* Whether the predicate is about the event's time, and not about texts. */
bool judge_by_time(const struct predicate *);

#endif
