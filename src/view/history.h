/* What was looked at before: filter, order, columns and overview as texts, step by step.
 * Knows neither events nor how a text becomes a view. */
#ifndef VIEW_HISTORY_H
#define VIEW_HISTORY_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum { HISTORY_MOST = 1000 };   /* steps; the oldest go first */

struct history_step {
	struct buffer filter;
	struct buffer chips;    /* its terms, and those that are off */
	struct buffer order;
	struct buffer columns;  /* empty: the usual ones */
	struct buffer widths;   /* how much wider each is, where any is */
	struct buffer overview; /* its name and subject; empty: none */
	bool suspended;         /* the filter is */
};

/* Zero-initialised has no step. */
struct history {
	struct history_step *steps;
	size_t count, capacity;
	size_t at;              /* the present one, when there is any */
};

void history_free(struct history *);
void history_step_free(struct history_step *);

/* What is looked at now.  Copied as a step behind the present one, unless it is
 * the same; what was undone before is forgotten. */
void history_note(struct history *, const struct history_step *);

/* Goes up to STEPS back, or forward; answers how many there were. */
size_t history_back(struct history *, size_t steps);
size_t history_forward(struct history *, size_t steps);

/* NULL when nothing was noted. */
const struct history_step *history_present(const struct history *);

#endif
