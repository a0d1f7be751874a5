/* What is searched for: a pattern, and which events hold it.  Never hides
 * anything.  The events come from query/run; who asks for them and where hits
 * are drawn, others know. */
#ifndef VIEW_SEARCH_H
#define VIEW_SEARCH_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "store/store.h"
#include "text/match.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero-initialised searches for nothing. */
struct search {
	struct buffer pattern;          /* empty: nothing */
	struct match *match;
	struct match_worker *worker;
	uint64_t **hit;                 /* a bit an event, by segment */
	uint32_t segments;
	size_t hits;                    /* of the events that are shown */
	uint64_t anywhere;              /* of all that is loaded */
	uint64_t undecided;
	bool counted;                   /* the figures are those of PATTERN */
};

void search_free(struct search *);

/* False and ERR, and nothing changed, when it is no regular expression. */
bool search_set(struct search *, struct span pattern, struct error *err);
void search_clear(struct search *);

/* The pattern as a term of the filter language: any value that holds it. */
void search_term(const struct search *, struct buffer *out);

/* Takes the events that hold it. */
void search_take(struct search *, const struct store *,
		 const struct store_event *events, size_t count);

bool search_is_hit(const struct search *, struct store_event);

/* The next row from FROM on, or with DIRECTION -1 down to the first, that is a
 * hit.  False when there is none. */
bool search_next(const struct search *, const struct store_event *rows,
		 size_t count, size_t from, int direction, size_t *row);

/* How many of the first COUNT rows are. */
size_t search_count(const struct search *, const struct store_event *rows,
		    size_t count);

/* Whether a text holds the pattern, from byte FROM on, and where. */
bool search_find(const struct search *, struct span text, size_t from,
		 size_t *start, size_t *end);

#endif
