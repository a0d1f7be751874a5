/* The distinct values of one segment, each known by a number.
 *
 * A value is a token as it stands in the log, with its kind: what is between
 * the quotes of a string, the text of a number, a literal or a raw array.
 * Three arenas: plain values stand for themselves and are kept one a line, so
 * that they can be searched in blocks; escaped ones (a backslash, a raw control
 * character) have a decoded twin; secret ones are kept out of dumps, are wiped,
 * and have a mask in place of their text, or, where only parts of a text are
 * secret, the rest of it with masks in the gaps. */
#ifndef STORE_VALUES_H
#define STORE_VALUES_H

#include "base/region.h"
#include "base/span.h"
#include "json/scan.h"

#include <stdbool.h>
#include <stdint.h>

/* The arena is the two top bits of a value's number. */
#define VALUES_PLAIN 0u
#define VALUES_ESCAPED (1u << 30)
#define VALUES_SECRET (2u << 30)
#define VALUES_ARENA (3u << 30)
#define VALUES_INDEX (~VALUES_ARENA)
#define VALUES_NONE UINT32_MAX

/* Texts one after another, each followed by a line break.  Text I begins at
 * start[I] and ends before the break in front of start[I + 1]. */
struct values_arena {
	struct region bytes;
	struct region start;    /* uint32_t, count + 1 of them */
	struct region kind;     /* uint8_t, enum scan_kind */
	uint32_t count;
	size_t used;            /* bytes */
};

/* Why a value is a secret, and where it was met first in its segment. */
struct values_secret {
	uint32_t rule;          /* of trail/secret; 0: parts of it are */
	uint32_t input, record, slot;
	uint64_t hash;          /* seeded; equal for equal token and kind */
	uint32_t parts;         /* of a partly secret one: how many there are */
	union {
		uint32_t part;  /* of a partly secret one: the first */
		uint32_t size;  /* of others: their characters, or the bytes
				   of an array of them; counted here */
	};
};

/* A part that was cut out of a partly secret value. */
struct values_part {
	uint32_t at;            /* in the text that is left */
	uint32_t secret;        /* its value number */
	bool bare;              /* in JSON: its mask needs quotes */
};

struct values {
	struct values_arena plain;
	struct values_arena escaped;
	struct values_arena twin;       /* decoded, same indexes as escaped */
	struct values_arena secret;
	struct values_arena left;       /* of partly secret ones what may be
					   shown, same indexes as secret */
	struct region secrets;          /* struct values_secret */
	struct region parts;            /* struct values_part */
	uint32_t part_count;
};

static inline struct span values_arena_text(const struct values_arena *a,
					    uint32_t i)
{
	const uint32_t *start = a->start.base;
	const char *bytes = a->bytes.base;

	return (struct span){bytes + start[i], start[i + 1] - start[i] - 1};
}

/* The token as it stands in the log.  Of secrets too: for rebuilding and
 * `--unmask` only, everything else asks store_text. */
struct span values_token(const struct values *, uint32_t value);

/* What the value means: the token decoded.  Not for secrets (dies). */
struct span values_text(const struct values *, uint32_t value);

enum scan_kind values_kind(const struct values *, uint32_t value);

const struct values_secret *values_secret(const struct values *,
					  uint32_t value);

/* Whether only parts of a secret are to be masked. */
bool values_partly(const struct values *, uint32_t secret);

/* What is left of a partly secret value, decoded; of other secrets nothing. */
struct span values_left(const struct values *, uint32_t secret);

static inline const struct values_part *
values_part(const struct values *v, uint32_t i)
{
	return (const struct values_part *)v->parts.base + i;
}

/* A place for each value, from 0 to values_count - 1: for arrays with something
 * about each. */
static inline size_t values_place(const struct values *v, uint32_t value)
{
	size_t i = value & VALUES_INDEX;

	if ((value & VALUES_ARENA) == VALUES_PLAIN)
		return i;
	return (value & VALUES_ARENA) == VALUES_ESCAPED
		? v->plain.count + i
		: (size_t)v->plain.count + v->escaped.count + i;
}

static inline size_t values_count(const struct values *v)
{
	return (size_t)v->plain.count + v->escaped.count + v->secret.count;
}

/* For the builder: append, without looking for an equal one.  TEXT of an
 * escaped value is its decoded twin. */
uint32_t values_add_plain(struct values *, struct span token,
			  enum scan_kind);
uint32_t values_add_escaped(struct values *, struct span token,
			    enum scan_kind, struct span text);
uint32_t values_add_secret(struct values *, struct span token,
			   enum scan_kind, const struct values_secret *);
/* A value of which COUNT parts, secrets that were added before, are masked. */
uint32_t values_add_partly(struct values *, struct span token,
			   enum scan_kind, const struct values_secret *origin,
			   struct span left, const struct values_part *,
			   uint32_t count);

/* For the builder: gives back unused room; nothing is added any more. */
void values_seal(struct values *);

/* Bytes of memory held. */
size_t values_size(const struct values *);

/* Wipes the secrets. */
void values_free(struct values *);

#endif
