/* The expression of a filter, over what its predicates say of 64 events at
 * once. */
#ifndef QUERY_EXPRESSION_H
#define QUERY_EXPRESSION_H

#include "query/filter.h"
#include "query/term.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A bit an event: those for which something holds surely, and those for which
 * it may, since matches gave up. */
struct expression_bounds {
	uint64_t yes, maybe;
};

struct expression {
	const struct filter *filter;
	/* What the predicate says, as written. */
	struct expression_bounds (*ask)(const void *context,
					uint32_t predicate);
	const void *context;
	struct expression_bounds *stack;
};

/* Free with expression_end. */
void expression_start(struct expression *, const struct filter *,
		      struct expression_bounds (*ask)(const void *, uint32_t),
		      const void *context);
void expression_end(struct expression *);

/* What one of the filter's terms says; and all of them together. */
struct expression_bounds expression_term(const struct expression *, size_t i);
struct expression_bounds expression_all(const struct expression *);

/* What a predicate says of the events 64 * W on, by its set. */
struct expression_bounds expression_of_set(const struct predicate *,
					   const struct term_set *, size_t w);

#endif
