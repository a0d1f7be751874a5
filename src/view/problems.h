/* The list of what could not be read: problems first, then files that were
 * skipped or are digests, which are no problems but are not hidden either. */
#ifndef VIEW_PROBLEMS_H
#define VIEW_PROBLEMS_H

#include "store/store.h"
#include "view/pane.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero-initialised is an empty list. */
struct problems {
	struct pane pane;
	size_t problems;        /* the first rows */
	uint32_t *files;        /* file numbers of the rows behind them */
	size_t capacity;
};

/* Counts anew; the cursor stays on its row. */
void problems_refresh(struct problems *, const struct store *);

/* What row I is: a problem, or else a file that was left out. */
bool problems_problem(const struct problems *, const struct store *, size_t i,
		      struct store_problem *);
struct store_file problems_file(const struct problems *, const struct store *,
				size_t i);

void problems_free(struct problems *);

#endif
