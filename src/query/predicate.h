/* One test that a filter makes of an event: a field, an operator and a value, or
 * what stands for them.  Read from text once, then immutable and read by several
 * threads. */
#ifndef QUERY_PREDICATE_H
#define QUERY_PREDICATE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "query/lists.h"
#include "query/marks.h"
#include "query/moment.h"
#include "text/decimal.h"
#include "text/match.h"
#include "text/needles.h"
#include "text/network.h"
#include "trail/columns.h"

#include <stdbool.h>
#include <stddef.h>

enum predicate_test {
	PREDICATE_MATCHES,      /* a regular expression, or a text it contains */
	PREDICATE_EQUALS,       /* the whole value, literally */
	PREDICATE_COMPARES,     /* < <= > >=, numbers or times */
	PREDICATE_WITHIN,       /* the time column: one of some moments */
	PREDICATE_PRESENT,
	PREDICATE_ONE_OF,       /* in (...), in @FILE */
	PREDICATE_HOLDS,        /* an address or network, whole, anywhere */
	PREDICATE_MARK          /* is:NAME has:NAME */
};

/* How a value was spelled, and is printed again. */
enum predicate_spelling {
	PREDICATE_PLAIN,
	PREDICATE_QUOTED,       /* literal text, as a JSON string */
	PREDICATE_SLASHED       /* a regex between slashes */
};

enum predicate_order {
	PREDICATE_BELOW, PREDICATE_UP_TO, PREDICATE_ABOVE, PREDICATE_FROM
};

/* What is compared with. */
enum predicate_measure { PREDICATE_NUMBER, PREDICATE_TIME };

struct predicate {
	struct span text;               /* as it was written */
	size_t column;                  /* where in its text, from 1 */
	enum predicate_test test;
	bool negated;                   /* !~ != !? not in; of what this struct
					   says the opposite is meant */
	bool any;                       /* any field; FIELD is not set */
	struct column_ref field;
	enum predicate_spelling spelling;
	bool caseless;                  /* /.../i */
	struct span value;              /* decoded; of COMPARES and WITHIN as
					   written */
	struct match *regex;            /* of MATCHES; of others one that every
					   text matches which they hold for, but
					   for those with an address; or NULL */
	bool four, six;                 /* it holds for texts with such
					   addresses too */
	bool matches_all;               /* the regex matches empty text */
	bool addressed;                 /* NETWORK counts: HOLDS, and EQUALS of
					   an address's column */
	struct network network;
	enum predicate_order order;
	enum predicate_measure measure;
	struct decimal number;
	struct moment *moment;          /* of WITHIN, and of COMPARES with time;
					   MOMENTS of them */
	size_t moments;
	const struct needles *needles;  /* of ONE_OF */
	struct span list;               /* the name behind @; p == NULL: none */
	enum mark mark;
	struct span key;                /* what it says without its negation,
					   in full: equal keys mean the same
					   in the same data */
	/* Owned: */
	char *memory[2];                /* of VALUE or LIST, and of KEY */
	struct needles *own;
};

/* What a text is read with; what it points to outlives what is read. */
struct predicate_view {
	struct moment_view moment;
	struct lists *lists;            /* NULL: no lists can be named */
};

/* Something that is no error, but most likely not meant so. */
struct predicate_note {
	size_t column;                  /* in the text, from 1 */
	char text[160];
};

/* Where a predicate is read. */
struct predicate_reading {
	const char *from;               /* of the whole text, for columns */
	const char *end;
	unsigned place;                 /* enum words_place */
	const struct predicate_view *view;
	struct predicate_note note;     /* column == 0: none */
};

/* Reads the predicate that begins at *P, which is no blank and neither a
 * bracket of a group nor an operator between terms, and sets *P behind it.
 * False and ERR, with line 1 and its column, when it is none; then nothing is
 * to be freed. */
bool predicate_read(struct predicate_reading *, const char **p,
		    struct predicate *, struct error *err);
void predicate_free(struct predicate *);

/* Appends it as text that reads as the same.  A time that no one word spells
 * becomes two terms; *TERMS tells how many. */
void predicate_print(const struct predicate *, struct buffer *out,
		     size_t *terms);

/* Fills ERR's place. */
bool predicate_place(const struct predicate_reading *, const char *at,
		     struct error *err);

#endif
