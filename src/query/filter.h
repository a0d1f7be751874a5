/* Filter text and what it means: a list of terms that must all hold.  Parsing
 * never looks at the data. */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include "base/error.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct filter;

/* NULL and ERR, with the column in TEXT, when the text is not a filter.  An
 * empty text is a filter that every event passes.  Free with filter_free. */
struct filter *filter_parse(struct span text, struct error *err);
void filter_free(struct filter *);

size_t filter_terms(const struct filter *);
/* The text of term I as it was written; borrowed from the filter. */
struct span filter_term_text(const struct filter *, size_t i);
/* Whether the term matches empty text, and so everything. */
bool filter_term_matches_all(const struct filter *, size_t i);

#endif
