/* What a word in the bar may become: fields with the number of events that have
 * them, values of a field with theirs. */
#ifndef QUERY_COMPLETE_H
#define QUERY_COMPLETE_H

#include "store/store.h"
#include "trail/columns.h"

#include <stdatomic.h>
#include <stdint.h>

struct complete_item {
	struct span text;       /* as a filter has it: quoted where it must be */
	uint64_t events;
	struct span raw;        /* as it is */
};

/* The most frequent first, then by text.  Owns its texts. */
struct complete {
	struct complete_item *item;
	size_t count;
	bool cut;               /* there are more than were kept */
	struct buffer bytes;
};

/* The columns and the paths that events have, elements of arrays as []; columns
 * go before paths.  False when *CANCEL (may be NULL) became true; then nothing
 * is to be freed. */
bool complete_fields(const struct store *, const atomic_bool *cancel,
		     struct complete *);

/* The values of a field that begin with HEAD, ASCII case ignored; an event counts
 * once for each of its values.  As complete_fields. */
bool complete_values(const struct store *, const struct column_ref *,
		     struct span head, const atomic_bool *cancel,
		     struct complete *);

void complete_free(struct complete *);

#endif
