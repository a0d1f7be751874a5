/* Private to query/predicate*.c: operators and the reading of values. */
#ifndef QUERY_PREDICATE_PARTS_H
#define QUERY_PREDICATE_PARTS_H

#include "query/predicate.h"

/* Adds a note for the bar, when there is none yet. */
void predicate_note(struct predicate_reading *, const char *at,
		    const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Reads the pattern at *P into REGEX. */
bool predicate_read_regex(struct predicate_reading *, const char **p,
			  struct predicate *, struct error *err);

/* Reads the literal at *P into VALUE. */
bool predicate_read_literal(struct predicate_reading *, const char **p,
			    struct predicate *, struct error *err);

/* Reads what follows < <= > >=, and what follows = for a time. */
bool predicate_read_measure(struct predicate_reading *, const char **p,
			    struct predicate *, struct error *err);

/* Reads what follows `in`: a list in brackets or the name of one. */
bool predicate_read_choice(struct predicate_reading *, const char **p,
			   struct predicate *, struct error *err);

/* Sets KEY. */
void predicate_make_key(struct predicate *);

/* Whether the field holds addresses. */
bool predicate_of_address(const struct predicate *);

#endif
