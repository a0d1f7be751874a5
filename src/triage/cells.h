/* Cells of an overview that tell what a column of the list tells. */
#ifndef TRIAGE_CELLS_H
#define TRIAGE_CELLS_H

#include "trail/columns.h"
#include "triage/answer.h"

/* The column's text of the event. */
void cells_column(struct answer *, const struct store *, struct store_event,
		  enum column);

/* event, who, from and result: as lists of events have them. */
void cells_call(struct answer *, const struct store *, struct store_event);

/* What a resource name says without what all of its kind share. */
void cells_short(struct answer *, struct span arn);

int64_t cells_when(const struct store *, struct store_event);

/* The field's text as people may see it; p == NULL when there is none. */
struct span cells_field(const struct store *, struct store_event, enum field);

#endif
