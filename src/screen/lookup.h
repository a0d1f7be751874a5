/* What completion needs of all that is loaded, found in the background and kept
 * while it holds: which fields there are, which values a field has. */
#ifndef SCREEN_LOOKUP_H
#define SCREEN_LOOKUP_H

#include "base/span.h"
#include "query/complete.h"

#include <stdbool.h>

struct jobs;
struct lookup;

/* JOBS and WAKE as errand_new has them. */
struct lookup *lookup_new(const struct store *, struct jobs *,
			  void (*wake)(void));
void lookup_free(struct lookup *);

/* The fields, or NULL: then they are being counted.  Borrowed until the next
 * call. */
const struct complete *lookup_fields(struct lookup *);

/* The values of FIELD, which begin with HEAD and maybe others too, or NULL: then
 * they are being counted, or *UNKNOWN is set: there is no such field. */
const struct complete *lookup_values(struct lookup *, struct span field,
				     struct span head, bool *unknown);

/* Takes what was counted meanwhile; false when nothing was. */
bool lookup_work(struct lookup *);

bool lookup_busy(struct lookup *);

#endif
