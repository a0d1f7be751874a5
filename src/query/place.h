/* What is being typed at one place of a filter's text, and so what may stand
 * there. */
#ifndef QUERY_PLACE_H
#define QUERY_PLACE_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum place_kind {
	PLACE_NOTHING,          /* within a regex, a quoted text, a list's name */
	PLACE_FIELD,            /* the first word of a term */
	PLACE_VALUE,            /* of FIELD, behind `=` and its like */
	PLACE_PATTERN,          /* of FIELD, behind `~` */
	PLACE_ITEM,             /* of FIELD, in a list */
	PLACE_MARK              /* behind FIELD and a colon: is has saved */
};

struct place {
	enum place_kind kind;
	struct span field;      /* as it was written */
	struct span head;       /* what has been typed of it, without a quote */
	size_t from;            /* where that begins, its quote too */
};

/* The place at the end of TEXT, which may be no filter yet; what it answers
 * lies in TEXT. */
struct place place_at_end(struct span text);

/* Whether the term at byte AT of TEXT still waits for its value, such as
 * `event=`; then it is [*FROM, *END), with a `!` before it. */
bool place_waits(struct span text, size_t at, size_t *from, size_t *end);

/* Appends PASTED as it is meant behind TEXT: line breaks within a list part its
 * values by a comma, where there is none; elsewhere they stay. */
void place_write_pasted(struct span text, struct span pasted,
			struct buffer *out);

#endif
