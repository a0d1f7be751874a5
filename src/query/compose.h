/* Filter text that is made of a field and its value, as one would have typed
 * it, and how it goes into a filter that is there. */
#ifndef QUERY_COMPOSE_H
#define QUERY_COMPOSE_H

#include "base/buffer.h"
#include "base/span.h"
#include "query/filter.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends the term that holds where FIELD, a column's name or a path, has one
 * of N values (one at least), quoted where needed; NEGATED: where it has none
 * of them.  False, and nothing appended, when no text says that. */
bool compose_term(struct span field, const struct span *values, size_t n,
		  bool negated, struct buffer *out);

/* Likewise the term that holds where the field is PRESENT, or is not. */
bool compose_presence(struct span field, bool present, struct buffer *out);

/* VIEW: what FILTER, which has been parsed before, is read with.
 *
 * Appends FILTER such that another term can be
 * written behind it: an `or` at its top in brackets, and a blank. */
void compose_open(const struct filter_view *view, struct span filter,
		  struct buffer *out);

/* Appends FILTER and TERM, a filter too, both of which must hold.  False, and
 * FILTER alone, when it has that very term. */
bool compose_add(const struct filter_view *view, struct span filter,
		 struct span term, struct buffer *out);

/* The same without the terms of FILTER that are about FIELD only. */
void compose_replace(const struct filter_view *view, struct span filter,
		     struct span field, struct span term, struct buffer *out);

/* Appends the opposite of TERM, one term of a filter that has been parsed
 * before: with another operator where there is one, else with a `!` before it or
 * taken away.  False, and nothing appended, when that does not read as one. */
bool compose_negate(const struct filter_view *view, struct span term,
		    struct buffer *out);

/* Appends `id in (…)` with the eventID of each of N events, once; nothing when
 * none has one. */
void compose_ids(const struct store *, const struct store_event *events,
		 size_t n, struct buffer *out);

/* Appends FILTER, to be read by somebody else, where nothing is marked: a term
 * `is:marked` becomes the ids of EVENTS, the N events that pass it; the others
 * are settled. */
void compose_settled(const struct filter *, const struct store *,
		     const struct store_event *events, size_t n,
		     struct buffer *out);

#endif
