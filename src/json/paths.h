/* Where a leaf stands: walking a template, and the paths that name places in
 * it.  Works on templates of strict, relaxed and damaged values alike: a value
 * without a key has the empty one, a key without a value is no place, array
 * elements are counted as they come whatever commas stand between them, and a
 * bracket closes everything up to the one it belongs to. */
#ifndef JSON_PATHS_H
#define JSON_PATHS_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "json/scan.h"

#include <stdint.h>

/* One step from the value's root towards a leaf. */
struct paths_step {
	struct span key;   /* as it stands in the template, without quotes;
			      p == NULL in an array, and only there */
	bool escaped;      /* the key holds a backslash: compare it decoded */
	uint32_t index;    /* in the array, from 0; 0 in an object */
};

enum paths_event {
	PATHS_END,         /* the template is over (open brackets were closed
			      first, each with its own event) */
	PATHS_LEAF,        /* a hole: SLOT is its number */
	PATHS_OBJECT,
	PATHS_ARRAY,
	PATHS_CLOSE,       /* of the innermost object or array */
	PATHS_SKIPPED      /* a hole that is no leaf; SLOT counts it too */
};

/* A walk over a template.  STEPS[0..depth) is the way to the present thing
 * (for PATHS_CLOSE: to what is closed; for PATHS_SKIPPED: to what it stands
 * in, and STEPS[depth] is the member or element in front of it, with a key of
 * p == NULL when there is none); the root has depth 0. */
struct paths_walk {
	struct span template;
	size_t at;         /* offset in the template of the present thing:
			      the bracket or the hole; the template's length
			      where no bracket stands */
	uint32_t slot;     /* number of the present hole, or of the next one */
	uint32_t depth;
	struct paths_step steps[SCAN_DEPTH + 1];
	uint8_t note[SCAN_DEPTH + 1];   /* for whoever walks: of the container
					   at each depth, 0 when it opens */
	/* private */
	size_t next;
	uint32_t next_slot;
	bool in_array[SCAN_DEPTH + 1];
	uint32_t count[SCAN_DEPTH + 1];
	uint32_t open;
};

void paths_start(struct paths_walk *, struct span template);
enum paths_event paths_next(struct paths_walk *);

/* Appends the way to the present thing as text: requestParameters.tags[0].key.
 * Nothing for the root. */
void paths_text(const struct paths_walk *, struct buffer *out);

/* Appends a decoded key as paths have it: plain when it is a word (letters, _,
 * and behind the first digits and -), else quoted as decode_quote does it:
 * "aws:acm:arn". */
void paths_add_key(struct span key, struct buffer *out);

/* A path that a user wrote: a.b, a[].b, a[0], a.*, a.**.b, a."b c".  `*` is
 * one key, [] one element, `**` any number of keys and elements, none too.
 * Keys compare as decoded text and with case; in quotes they are JSON
 * strings. */
struct paths;

/* NULL and ERR (column in TEXT) when it is not a path.  A single word is one;
 * what paths_text wrote always is, unless it was empty.  The caller frees with
 * paths_free. */
struct paths *paths_parse(struct span text, struct error *err);
void paths_free(struct paths *);

/* Whether the present place of the walk is one that PATH names. */
bool paths_match(const struct paths *path, const struct paths_walk *);

/* Whether PATH spells its way to the present place of the walk and goes on below
 * it: each step so far, and the next one, is a key or an element, since `*` and
 * `**` do not enter what is JSON only when read once more. */
bool paths_leads_through(const struct paths *path, const struct paths_walk *);

#endif
