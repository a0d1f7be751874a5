/* Where the pieces of a filter's text begin and end: blanks, quotes, slashes,
 * brackets.  Knows nothing of what they mean. */
#ifndef QUERY_WORDS_H
#define QUERY_WORDS_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>

bool words_is_blank(char c);

/* The first byte in [P, END) that is not blank, or END. */
const char *words_skip(const char *p, const char *end);

/* Behind WORD, when it stands at P whatever its case, and a blank, a bracket or
 * END follows; else NULL. */
const char *words_behind(const char *p, const char *end, const char *word);

/* Behind the quoted piece that begins at P, or NULL when it does not end. */
const char *words_behind_quote(const char *p, const char *end);

/* Behind the regex between slashes that begins at P, and its `i`, or NULL when
 * P begins none: its last slash is followed by a blank, the end or, when
 * GROUPED, a `)`.  *CLOSE is set to that slash. */
const char *words_behind_slashes(const char *p, const char *end, bool grouped,
				 const char **close);

enum words_place {
	WORDS_GROUPED = 1,      /* a group is open */
	WORDS_LISTED = 2,       /* in (...) */
	WORDS_PATTERN = 4       /* it is a regex */
};

/* The end of the plain value that begins at P, in a place of those, or'ed: a
 * blank, END or, in a group, the `)` that closes it, or, in a list, that or a
 * comma.  A backslash shields a bracket, and in a regex a blank too. */
const char *words_value_end(const char *p, const char *end, unsigned place);

/* The `)` that belongs to the `(` at P, or NULL. */
const char *words_group_end(const char *p, const char *end);

/* Appends TEXT, which is an expression, as a group. */
void words_add_group(struct span text, struct buffer *out);

/* Behind the column's name or JSON path that P begins with, or P.  An operator
 * may follow. */
const char *words_field_end(const char *p, const char *end);

/* Appends TEXT between quotes, so that it reads as the same bytes, UTF-8 or
 * not. */
void words_quote(struct span text, struct buffer *out);

#endif
