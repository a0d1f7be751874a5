/* Filter text and what it means: terms that must all hold.  Parsing never looks
 * at the data. */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include "base/error.h"
#include "base/span.h"
#include "text/match.h"
#include "trail/columns.h"

#include <stdbool.h>
#include <stddef.h>

enum filter_test {
	FILTER_MATCHES,         /* a regular expression: REGEX, FIELD~REGEX */
	FILTER_EQUALS,          /* the whole value, literally: FIELD=VALUE */
	FILTER_PRESENT          /* FIELD? */
};

struct filter_term {
	struct span text;               /* as it was written */
	size_t column;                  /* where, from 1 */
	enum filter_test test;
	bool negated;                   /* FIELD!~ FIELD!= FIELD!? */
	bool any;                       /* any field; FIELD is not set */
	struct column_ref field;
	struct match *regex;            /* of FILTER_MATCHES */
	struct span value;              /* of FILTER_EQUALS */
	bool matches_all;               /* the regex matches empty text */
	char *memory;                   /* of VALUE, where it is not in the
					   text */
};

/* Immutable once parsed; read by several threads. */
struct filter;

/* NULL and ERR, with the column in TEXT, when the text is not a filter.  An
 * empty text is a filter that every event passes.  Free with filter_free. */
struct filter *filter_parse(struct span text, struct error *err);
void filter_free(struct filter *);

/* The text that was parsed. */
struct span filter_text(const struct filter *);

size_t filter_terms(const struct filter *);
const struct filter_term *filter_term(const struct filter *, size_t i);

#endif
