/* One list of distinct values out of several, in each of which a text stands
 * once. */
#ifndef QUERY_UNITE_H
#define QUERY_UNITE_H

#include "query/distinct.h"

struct unite_list {
	const struct distinct_value *value;
	size_t count;
};

/* Fills value and count of TO, on all threads of JOBS (may be NULL).  Texts stay
 * where they are. */
void unite_lists(const struct store *, struct jobs *, const struct unite_list *,
		 size_t lists, struct distinct *to);

/* Adds what is known of the same text elsewhere. */
void unite_values(const struct store *, struct distinct_value *to,
		  const struct distinct_value *from);

/* Whether an event, and its time, come before where the value was seen first. */
bool unite_is_earlier(const struct store *, int64_t time, struct store_event,
		      const struct distinct_value *);

#endif
