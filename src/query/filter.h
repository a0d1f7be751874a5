/* Filter text and what it means: an expression of predicates.  Parsing never
 * looks at the data. */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "query/predicate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A filter with a name, of the configuration. */
struct filter_saved {
	const char *name;
	const char *text;
};

/* What a text is read with. */
struct filter_view {
	struct predicate_view predicate;
	const struct filter_saved *saved;       /* they go before the presets */
	size_t saved_count;
};

/* The expression in the order in which it is worked out: operands before their
 * operator. */
enum filter_node_kind {
	FILTER_LEAF,            /* N: the number of its predicate */
	FILTER_NOT,             /* of one operand */
	FILTER_AND,             /* of N operands, 2 or more */
	FILTER_OR,
	FILTER_SAVED            /* of one operand, which the saved filter N
				   stands for */
};

struct filter_node {
	enum filter_node_kind kind;
	uint32_t n;
};

/* One of the terms that must all hold: what the bar shows with a count. */
struct filter_term {
	struct span text;               /* as it was written */
	size_t column;                  /* where, from 1 */
	bool matches_all;               /* it is a regex that matches empty
					   text */
	uint32_t first, end;            /* its nodes: [first, end) */
};

enum {
	FILTER_DEEPEST = 100,           /* brackets in brackets */
	FILTER_PREDICATES = 4096,
	FILTER_SAVED_DEEPEST = 8        /* saved filters in saved filters */
};

/* Immutable once parsed; read by several threads. */
struct filter;

/* NULL and ERR, with the column in TEXT, when the text is not a filter.  An
 * empty text is a filter that every event passes.  What the view points to must
 * outlive the filter, but for the saved filters.  Free with filter_free. */
struct filter *filter_parse_with(struct span text, const struct filter_view *,
				 struct error *err);

/* The same without lists and saved filters (but presets), in UTC, with relative
 * times open. */
struct filter *filter_parse(struct span text, struct error *err);
void filter_free(struct filter *);

/* The text that was parsed. */
struct span filter_text(const struct filter *);

/* Appends it in the one spelling that all texts of the same meaning's structure
 * have; it reads as the same, and is printed as the same. */
void filter_print(const struct filter *, struct buffer *out);

/* Appends the term I so that it means the same to whoever reads it, in whatever
 * zone, with whatever is loaded and saved there: times as what they mean now,
 * saved filters as what they stand for; else as it was written. */
void filter_print_settled(const struct filter *, size_t i, struct buffer *out);

size_t filter_terms(const struct filter *);
const struct filter_term *filter_term(const struct filter *, size_t i);

size_t filter_predicates(const struct filter *);
const struct predicate *filter_predicate(const struct filter *, size_t i);

/* All nodes; each term's are a part of them. */
const struct filter_node *filter_nodes(const struct filter *, size_t *count);
/* Of operands that wait at the same time, at most. */
size_t filter_depth(const struct filter *);
struct span filter_saved_name(const struct filter *, size_t i);
/* The node of the outermost saved filter that the predicate I comes from;
 * SIZE_MAX: it was written. */
size_t filter_saved_around(const struct filter *, size_t i);

/* Whether a time hangs on the data or the selected event: then the printed text
 * is what it means now. */
bool filter_is_relative(const struct filter *);

/* Whether `is:undecided` is asked for: then what a match gave up on is listed. */
bool filter_lists_undecided(const struct filter *);

/* What is most likely not meant as it was written. */
size_t filter_notes(const struct filter *);
const struct predicate_note *filter_note(const struct filter *, size_t i);

/* The presets, in order of the table; false behind the last. */
bool filter_preset(size_t i, struct filter_saved *, const char **help);

#endif
