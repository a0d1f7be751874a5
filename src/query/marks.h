/* What `is:` and `has:` ask of an event, from marks.def. */
#ifndef QUERY_MARKS_H
#define QUERY_MARKS_H

#include "base/error.h"
#include "base/span.h"
#include "store/store.h"

#include <stdbool.h>

enum mark_group { MARK_IS, MARK_HAS };

enum mark {
#define MARK(id, group, name, help) MARK_##id,
#include "query/marks.def"
#undef MARK
	MARK_COUNT
};

struct mark_info {
	enum mark_group group;
	const char *name;
	const char *help;
};

const struct mark_info *marks_info(enum mark);

/* The mark of that name, case ignored; MARK_COUNT and ERR, with the nearest, when
 * there is none. */
enum mark marks_find(enum mark_group, struct span name, struct error *err);

/* Whether the event has it.  Not for MARK_UNDECIDED, which hangs on a filter;
 * what marks_by_value knows is told by values instead. */
bool marks_hold(const struct store *, struct store_event, enum mark);

/* Whether a value of that text gives the event MARK_CONTROL, or, at the place that
 * marks_by_value tells, MARK_OMITTED or MARK_FINDING. */
bool marks_text(enum mark, struct span text);

/* Whether the mark is told by values, and of which place (a path or a column);
 * NULL: of any. */
bool marks_by_value(enum mark, const char **path);

/* Whether the verdict may change though nothing was added to the event's
 * segment. */
bool marks_change(enum mark);

#endif
