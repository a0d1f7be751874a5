/* Regular expressions over values.  The only room to PCRE2: patterns are
 * Perl's as PCRE2 has them, unanchored, with case, UTF-8, letters and digits of
 * every script (UCP), the dot not crossing a line feed, `\C` refused.  Bytes of
 * a value that are not UTF-8 match nothing but stand in nobody's way.
 *
 * No match takes longer than about 20 ms of its thread; what was not decided by
 * then says so and is not a "no". */
#ifndef TEXT_MATCH_H
#define TEXT_MATCH_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"

#include <stdatomic.h>
#include <stdint.h>

enum match_verdict { MATCH_NO, MATCH_YES, MATCH_UNDECIDED };

enum match_flag {
	MATCH_CASELESS = 1,  /* as (?i) at the start */
	MATCH_LITERAL = 2    /* the pattern is the text to be found; may be
				any bytes, but UTF-8 when caseless */
};

/* Bytes that a pattern may have; what is shorter may still be refused as too
 * large, by what it repeats. */
enum { MATCH_PATTERN = 4096 };

/* A compiled pattern, immutable: threads share it. */
struct match;

/* FLAGS are enum match_flag, or'ed.  NULL and ERR, with line 1 and the column
 * in PATTERN, when it is no regular expression.  Free with match_free. */
struct match *match_compile(struct span pattern, unsigned flags,
			    struct error *err);
void match_free(struct match *);

/* What one thread needs to match.  Free with match_worker_free. */
struct match_worker;
struct match_worker *match_worker_new(void);
void match_worker_free(struct match_worker *);

/* Whether VALUE holds the pattern.  MATCH_UNDECIDED when a limit was reached,
 * or when *CANCEL (may be NULL) became true. */
enum match_verdict match_value(const struct match *, struct match_worker *,
			       struct span value, const atomic_bool *cancel);

/* As match_value, from byte FROM of VALUE on; with MATCH_YES the place is
 * [*start, *end), which may be empty.  A limit may be reached before there is a
 * place, and MATCH_UNDECIDED be told, where match_value needs none to say yes:
 * `(a+)+b|` holds for every value. */
enum match_verdict match_find(const struct match *, struct match_worker *,
			      struct span value, size_t from,
			      const atomic_bool *cancel, size_t *start,
			      size_t *end);

/* Values one after another, each followed by a line feed and without one
 * inside: value I begins at bytes[start[I]], and start[I + 1] is behind its
 * line feed.  Bit I of the sets is for value I, so two threads may share the
 * sets when their ranges meet at a multiple of 64. */
struct match_block {
	const char *bytes;
	const uint32_t *start;
	uint32_t first, end;       /* the values to try: [first, end) */
	uint64_t *yes;             /* bits are only ever set */
	uint64_t *undecided;
};

/* Sets the bits of the values that hold the pattern, with the verdicts of
 * match_value but several times as fast where match_can_block.  False when
 * *CANCEL (may be NULL) became true: then not all of them. */
bool match_block(const struct match *, struct match_worker *,
		 const struct match_block *, const atomic_bool *cancel);

/* Whether the pattern is one of those that can be searched over many lines at
 * once with the same verdicts. */
bool match_can_block(const struct match *);

/* Whether empty text holds the pattern. */
bool match_matches_empty(const struct match *, struct match_worker *);

/* Appends the pattern that finds LITERAL, which must be UTF-8. */
void match_quote(struct span literal, struct buffer *out);

/* Appends PCRE2's version and whether its compiler is at work here:
 * `10.42 2022-12-11 with JIT`. */
void match_version(struct buffer *out);

#endif
