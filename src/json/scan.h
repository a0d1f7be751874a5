/* The only verdict on what is JSON, and the way a record comes apart: into a
 * template (its own bytes with a hole for each leaf) and the tokens that stood
 * in the holes.  Template and tokens give back the value byte for byte.
 *
 * Strict reading is RFC 8259 with UTF-8, nesting at most SCAN_DEPTH, with an
 * SSE2 and a plain C twin that agree on everything.  Relaxed reading is the
 * same scanner with permissions (see scan_relaxed).  Neither allocates per
 * token nor recurses. */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdint.h>

enum { SCAN_DEPTH = 512, SCAN_ARRAY_NUMBERS = 3 };

/* The byte that marks a hole in a template, and the one that marks a hole
 * whose token is no leaf but skipped text or a comment of a relaxed reading.
 * A hole stands for the whole token, its quotes included.  Outside the quotes
 * of a key neither byte can stand in a template for itself (inside them they
 * can, in relaxed ones). */
#define SCAN_HOLE '\x01'
#define SCAN_HOLE_SKIPPED '\x02'

enum scan_kind {
	SCAN_STRING,        /* between double quotes; the token is what is inside */
	SCAN_STRING_SINGLE, /* between single quotes (relaxed); likewise */
	SCAN_STRING_OPEN,   /* a double-quoted string without its closing quote
			       (relaxed, damaged); the token is what follows
			       the opening quote.  (A single-quoted one is
			       SCAN_BARE, with its quote.) */
	SCAN_NUMBER,
	SCAN_TRUE,
	SCAN_FALSE,
	SCAN_NULL,
	SCAN_RAW,           /* text kept whole: an array of more than
			       SCAN_ARRAY_NUMBERS numbers, or what nests deeper
			       than SCAN_DEPTH (relaxed) */
	SCAN_BARE,          /* a bare word or `...` (relaxed) */
	SCAN_SKIPPED        /* a comment or skipped text (relaxed); not a leaf */
};

/* One token.  TEXT points into the scanned bytes. */
struct scan_token {
	const char *text;
	uint32_t length;
	uint8_t kind;       /* enum scan_kind */
	bool escaped;       /* a string with a backslash in it */
};

/* A scanner's own memory, used again for each value.  Zero-initialised is
 * valid; after a scan TEMPLATE and TOKENS describe the value that was read. */
struct scan {
	struct buffer template;
	struct scan_token *tokens;
	size_t count;
	size_t capacity;
};

/* Why and where reading stopped.  The texts are constants. */
struct scan_fault {
	const char *at;     /* the byte that cannot stand there; what is
			       missing (comma, colon, value) is missing right
			       behind the token before it, where an editor has
			       to put it, even if that is another line; may be
			       END */
	const char *opened; /* the bracket or quote that was never closed, or
			       NULL */
	const char *what;   /* "missing comma", "bare word", … */
	const char *why;    /* "expected ',' or '}' after a value" */
	const char *hint;   /* how to mend it, or NULL */
};

enum scan_end {
	SCAN_WHOLE,         /* a value was read; *AFTER is behind it */
	SCAN_SHORT,         /* the bytes ended inside the value */
	SCAN_BAD            /* not JSON; *FAULT says where and why */
};

/* Reads one value that begins at FROM (white space may come before it) and
 * ends before END.  A number, true, false or null that touches END is
 * SCAN_WHOLE only when LAST says that nothing follows, and otherwise
 * SCAN_SHORT.  With LAST an unfinished object or array is SCAN_BAD with OPENED
 * set and the fault behind its last token, an unfinished string with the fault
 * at END.  Leading white space is not part of the template; white space alone
 * is SCAN_SHORT or SCAN_BAD.  A value of 4 GiB or more is SCAN_BAD.
 *
 * Without LAST the verdict on a beginning is SCAN_SHORT or the one that any
 * longer beginning has, fault included: reading in pieces changes nothing. */
enum scan_end scan_strict(struct scan *, const char *from, const char *end,
			  bool last, const char **after,
			  struct scan_fault *fault);

/* As scan_strict by the plain C twin, for tests. */
enum scan_end scan_strict_plain(struct scan *, const char *from,
				const char *end, bool last, const char **after,
				struct scan_fault *fault);

/* Called for each thing that was not JSON. */
typedef void scan_notice(void *context, const struct scan_fault *);

/* Reads one value with permissions.  END is the true end: of the document, or
 * where the next whole record begins.
 *
 * Understood are unquoted keys, single quotes, // # and block comments (of at
 * most 4 KiB), trailing, extra and missing commas and colons, bare words and
 * `...`, white space that is not JSON's; in strings any control character, bad
 * byte or bad escape, kept as it stands.  A string whose closing quote is not
 * followed by , : } ] a comment or the end (white space aside) stops at its
 * first line break if there is one (SCAN_STRING_OPEN); a key that is not closed
 * so, has text right behind its quote or no value, is skipped text: it may have
 * been a value.  A comma between a colon and what can be no key is forgiven.
 * Text that cannot follow is skipped: to the end of its line, or to the comma
 * or closing bracket on it where reading can go on.  A closing bracket closes
 * everything up to the one it belongs to, and is skipped where there is none.
 * What nests deeper than SCAN_DEPTH is one SCAN_RAW.  What strict reading reads
 * is read the same.
 *
 * SCAN_WHOLE: read to its closing bracket; *AFTER is behind it.
 * SCAN_BAD: kept up to END, with the brackets that were open closed in the
 * mind only (the template ends as the bytes end); the last notice says what
 * was never closed.  Never SCAN_SHORT.
 *
 * NOTICE (may be NULL) is called in order of place, at most once per place
 * (but for an end that comes too early in a number or word) and once per
 * string for what is wrong inside it; first where strict reading stumbles.
 * A file written without quotes gives a notice per key: count, do not list. */
enum scan_end scan_relaxed(struct scan *, const char *from, const char *end,
			   const char **after, scan_notice *notice,
			   void *context);

/* What the token stands for in the log: with its quotes, where it has any. */
void scan_token_text(enum scan_kind, struct span token, struct buffer *out);

/* Appends JSON without the white space between its tokens. */
void scan_squeeze(struct span json, struct buffer *out);

/* The first byte in [from, end) that is not JSON white space, or END. */
const char *scan_blank(const char *from, const char *end);

void scan_free(struct scan *);

#endif
