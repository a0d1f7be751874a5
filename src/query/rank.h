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

/* The value that tells the event's text; RANK_NONE when the event has none,
 * RANK_MADE when the text is put together.  Of several values the first counts.
 * Several threads may ask. */
#define RANK_MADE (UINT32_MAX - 1)
uint32_t rank_value(const struct rank *, struct store_event);

/* Notes the event's text, with what rank_value says; answers its number here, or
 * RANK_NONE. */
uint32_t rank_add(struct rank *, struct store_event, uint32_t value);

/* After all were added. */
void rank_sort(struct rank *);

/* The rank of a number that rank_add gave; equal texts have equal ranks. */
uint32_t rank_of(const struct rank *, uint32_t number);

#endif
