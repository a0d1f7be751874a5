/* Owns the arenas of one segment.  Does not look for equal values (the builder
 * does) and does not judge what is secret (trail/secret does). */
#include "store/values.h"

#include "base/memory.h"

#include <string.h>

static uint32_t arena_add(struct values_arena *a, struct span text,
			  enum scan_kind kind)
{
	size_t need = a->used + text.n + 1;
	uint32_t i = a->count;
	uint32_t *start;
	char *bytes;

	if (text.n >= UINT32_MAX - a->used || i >= VALUES_INDEX)
		die("a segment is too large");
	region_grow(&a->bytes, need);
	region_grow(&a->start, ((size_t)i + 2) * sizeof *start);
	region_grow(&a->kind, (size_t)i + 1);
	bytes = a->bytes.base;
	start = a->start.base;
	if (text.n)
		memcpy(bytes + a->used, text.p, text.n);
	bytes[need - 1] = '\n';
	((uint8_t *)a->kind.base)[i] = (uint8_t)kind;
	start[i + 1] = (uint32_t)need;
	a->used = need;
	a->count = i + 1;
	return i;
}

static const struct values_arena *arena_of(const struct values *v,
					   uint32_t value)
{
	switch (value & VALUES_ARENA) {
	case VALUES_PLAIN:
		return &v->plain;
	case VALUES_ESCAPED:
		return &v->escaped;
	case VALUES_SECRET:
		return &v->secret;
	default:
		die("no such value: %u", value);
	}
}

struct span values_token(const struct values *v, uint32_t value)
{
	return values_arena_text(arena_of(v, value), value & VALUES_INDEX);
}

struct span values_text(const struct values *v, uint32_t value)
{
	const struct values_arena *a = arena_of(v, value);

	if (a == &v->secret)
		die("a secret was asked for as text");
	if (a == &v->escaped)
		a = &v->twin;
	return values_arena_text(a, value & VALUES_INDEX);
}

enum scan_kind values_kind(const struct values *v, uint32_t value)
{
	const struct values_arena *a = arena_of(v, value);

	return ((const uint8_t *)a->kind.base)[value & VALUES_INDEX];
}

const struct values_secret *values_secret(const struct values *v,
					  uint32_t value)
{
	return (const struct values_secret *)v->secrets.base +
	       (value & VALUES_INDEX);
}

bool values_partly(const struct values *v, uint32_t secret)
{
	return values_secret(v, secret)->parts > 0;
}

struct span values_left(const struct values *v, uint32_t secret)
{
	return values_arena_text(&v->left, secret & VALUES_INDEX);
}

uint32_t values_add_plain(struct values *v, struct span token,
			  enum scan_kind kind)
{
	return VALUES_PLAIN | arena_add(&v->plain, token, kind);
}

uint32_t values_add_escaped(struct values *v, struct span token,
			    enum scan_kind kind, struct span text)
{
	arena_add(&v->twin, text, kind);
	return VALUES_ESCAPED | arena_add(&v->escaped, token, kind);
}

static uint32_t add_secret(struct values *v, struct span token,
			   enum scan_kind kind,
			   const struct values_secret *secret,
			   struct span left)
{
	uint32_t i;

	if (!v->secret.bytes.base) {
		v->secret.bytes.secret = true;
		v->secrets.secret = true;
	}
	i = arena_add(&v->secret, token, kind);
	arena_add(&v->left, left, kind);
	region_grow(&v->secrets, ((size_t)i + 1) * sizeof *secret);
	((struct values_secret *)v->secrets.base)[i] = *secret;
	return VALUES_SECRET | i;
}

/* Of a character of several bytes, any but the first. */
static bool is_inner(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Characters, in pieces that the compiler makes vectors of. */
static uint32_t characters(struct span token)
{
	enum { PIECE = 64 };
	uint32_t n = 0;
	size_t i = 0;

	for (; i + PIECE <= token.n; i += PIECE) {
		uint8_t some = 0;

		for (size_t k = 0; k < PIECE; k++)
			some = (uint8_t)(some + !is_inner(token.p[i + k]));
		n += some;
	}
	for (; i < token.n; i++)
		n += !is_inner(token.p[i]);
	return n;
}

/* Of an array of numbers as it stands in the log. */
static uint32_t elements(struct span token)
{
	uint32_t n = token.n > 2;

	for (size_t i = 0; i < token.n; i++)
		n += token.p[i] == ',';
	return n;
}

uint32_t values_add_secret(struct values *v, struct span token,
			   enum scan_kind kind,
			   const struct values_secret *secret)
{
	struct values_secret whole = *secret;

	whole.parts = 0;
	whole.size = kind == SCAN_RAW ? elements(token) : characters(token);
	return add_secret(v, token, kind, &whole, SPAN(""));
}

uint32_t values_add_partly(struct values *v, struct span token,
			   enum scan_kind kind,
			   const struct values_secret *origin,
			   struct span left, const struct values_part *part,
			   uint32_t count)
{
	struct values_secret partly = *origin;
	size_t need = ((size_t)v->part_count + count) * sizeof *part;

	partly.rule = 0;
	partly.part = v->part_count;
	partly.parts = count;
	region_grow(&v->parts, need);
	memcpy((struct values_part *)v->parts.base + v->part_count, part,
	       count * sizeof *part);
	v->part_count += count;
	return add_secret(v, token, kind, &partly, left);
}

static void arena_seal(struct values_arena *a)
{
	region_trim(&a->bytes, a->used);
	region_trim(&a->start, ((size_t)a->count + 1) * sizeof(uint32_t));
	region_trim(&a->kind, a->count);
}

void values_seal(struct values *v)
{
	arena_seal(&v->plain);
	arena_seal(&v->escaped);
	arena_seal(&v->twin);
	arena_seal(&v->secret);
	arena_seal(&v->left);
	region_trim(&v->secrets,
		    (size_t)v->secret.count * sizeof(struct values_secret));
	region_trim(&v->parts,
		    (size_t)v->part_count * sizeof(struct values_part));
}

static size_t arena_size(const struct values_arena *a)
{
	return a->bytes.capacity + a->start.capacity + a->kind.capacity;
}

size_t values_size(const struct values *v)
{
	return arena_size(&v->plain) + arena_size(&v->escaped) +
	       arena_size(&v->twin) + arena_size(&v->secret) +
	       arena_size(&v->left) + v->secrets.capacity + v->parts.capacity;
}

static void arena_free(struct values_arena *a)
{
	region_free(&a->start);
	region_free(&a->kind);
	region_free(&a->bytes);
}

void values_free(struct values *v)
{
	arena_free(&v->plain);
	arena_free(&v->escaped);
	arena_free(&v->twin);
	region_wipe(&v->secret.bytes);
	arena_free(&v->secret);
	arena_free(&v->left);
	region_free(&v->secrets);
	region_free(&v->parts);
}
