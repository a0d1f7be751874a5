/* Numbers for the texts of a column, in the order in which the texts sort:
 * numbers by their value and before texts, texts by their bytes.  Each distinct
 * value is looked at once. */
#ifndef QUERY_RANK_H
#define QUERY_RANK_H

#include "store/store.h"
#include "trail/columns.h"

#define RANK_NONE UINT32_MAX

struct rank;

struct rank *rank_new(const struct store *, const struct column_ref *);
void rank_free(struct rank *);

/* Notes the event's text; answers its number here, or RANK_NONE when the event
 * has none.  Of several values the first counts. */
uint32_t rank_add(struct rank *, struct store_event);

/* After all were added. */
void rank_sort(struct rank *);

/* The rank of a number that rank_add gave; equal texts have equal ranks. */
uint32_t rank_of(const struct rank *, uint32_t number);

#endif
