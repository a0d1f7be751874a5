/* Owns a hash table over the values of one segment, and for each shape the
 * values that its slots had last: most slots repeat themselves, and then
 * comparing one warm text is all.  Both are cleared and used again; nothing is
 * allocated per record.  Texts that look like UUIDs are fresh nearly always and
 * are not looked for. */
#include "load/intern.h"

#include "base/hash.h"
#include "base/memory.h"
#include "json/decode.h"
#include "load/spill.h"
#include "trail/certificate.h"
#include "trail/secret.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_TABLE = 1 << 12 };

/* An entry of the table: the value number plus one, whether the text holds a
 * certificate's ARN, the kind, and 27 bits of the hash; 0 is free. */
#define ENTRY_CERTIFICATE (UINT64_C(1) << 32)
#define ENTRY_KIND 33
#define ENTRY_TEST (~UINT64_C(0) << ENTRY_KIND)

/* What a slot of a shape held last. */
struct last {
	uint64_t entry;         /* 0: nothing yet, or a secret */
	uint32_t start;         /* in the plain arena */
	uint32_t length;
};

/* A shape that was met once has no such slots yet. */
enum { UNMET, MET, SLOTS };

struct intern {
	struct values *values;
	uint64_t *table;
	size_t size, used;              /* size is a power of two */
	uint64_t *hash;                 /* of the present record's tokens, or */
	bool *known;                    /* the entry, where it is known */
	size_t hashes;
	uint32_t *shape;                /* by number: UNMET, MET, or where its
					   slots begin in LAST, plus SLOTS */
	size_t shapes;
	struct last *last;
	size_t lasts, last_room;
	struct buffer text;
};

struct intern *intern_new(void)
{
	struct intern *in = memory_clear(1, sizeof *in);

	in->size = FIRST_TABLE;
	in->table = memory_clear(in->size, sizeof *in->table);
	return in;
}

void intern_free(struct intern *in)
{
	if (!in)
		return;
	free(in->table);
	free(in->hash);
	free(in->known);
	free(in->shape);
	free(in->last);
	buffer_wipe(&in->text);
	free(in);
}

void intern_start(struct intern *in, struct values *values)
{
	in->values = values;
	memset(in->table, 0, in->size * sizeof *in->table);
	in->used = 0;
	if (in->shapes)
		memset(in->shape, 0, in->shapes * sizeof *in->shape);
	in->lasts = 0;
}

/* Kind and secrecy turn the hash, so that "1" and 1, or a password and a name
 * like it, stand apart. */
static uint64_t value_hash(struct span token, enum scan_kind kind, bool secret)
{
	uint64_t hash = hash_span(token);
	unsigned turn = (unsigned)kind * 5 + secret * 3;

	return turn == 0 ? hash : hash << turn | hash >> (64 - turn);
}

static uint64_t entry_test(uint64_t hash, enum scan_kind kind)
{
	return (hash & ~UINT64_C(0) << (ENTRY_KIND + 4)) |
	       (uint64_t)kind << ENTRY_KIND;
}

static void table_grow(struct intern *in)
{
	size_t size = in->size * 2;
	uint64_t *table = memory_clear(size, sizeof *table);

	for (size_t i = 0; i < in->size; i++) {
		uint64_t entry = in->table[i];
		uint32_t value = (uint32_t)entry - 1;
		size_t at;

		if (entry == 0)
			continue;
		at = value_hash(values_token(in->values, value),
				values_kind(in->values, value),
				(value & VALUES_ARENA) == VALUES_SECRET) &
		     (size - 1);
		while (table[at] != 0)
			at = (at + 1) & (size - 1);
		table[at] = entry;
	}
	free(in->table);
	in->table = table;
	in->size = size;
}

/* The entry of the token, or the free one where it belongs.  The arena of a
 * secret never meets the others'. */
static uint64_t *probe(const struct intern *in, struct span token,
		       enum scan_kind kind, bool secret, uint64_t hash)
{
	uint64_t test = entry_test(hash, kind);
	size_t at = hash & (in->size - 1);

	for (;; at = (at + 1) & (in->size - 1)) {
		uint64_t entry = in->table[at];
		uint32_t value = (uint32_t)entry - 1;

		if (entry == 0)
			return &in->table[at];
		if (((entry ^ test) & ENTRY_TEST) == 0 &&
		    ((value & VALUES_ARENA) == VALUES_SECRET) == secret &&
		    span_equal(values_token(in->values, value), token))
			return &in->table[at];
	}
}

static uint64_t fill(struct intern *in, uint64_t *at, uint64_t entry)
{
	*at = entry;
	if (++in->used * 3 > in->size * 2)
		table_grow(in);
	return entry;
}

bool intern_has_certificate(struct span text)
{
	size_t at = 0;
	struct span arn;

	return certificate_find(text, &at, &arn);
}

/* A string that does not stand for itself on a line of its own. */
static bool needs_twin(struct span token)
{
	return token.n > 0 && (memchr(token.p, '\n', token.n) ||
			       memchr(token.p, '\\', token.n));
}

/* A new value in the arena where it belongs, and whether it holds an ARN. */
static uint64_t add_value(struct intern *in, struct span token,
			  enum scan_kind kind, bool escaped)
{
	struct span text = token;
	uint32_t value;

	if (escaped && kind <= SCAN_STRING_OPEN) {
		buffer_clear(&in->text);
		decode_string(token, &in->text);
		text = buffer_span(&in->text);
	}
	value = escaped ? values_add_escaped(in->values, token, kind, text)
			: values_add_plain(in->values, token, kind);
	return (uint64_t)value + 1 +
	       (intern_has_certificate(text) ? ENTRY_CERTIFICATE : 0);
}

static uint64_t find(struct intern *in, struct span token,
		     enum scan_kind kind, bool escaped, uint64_t hash)
{
	uint64_t *at = probe(in, token, kind, false, hash);

	if (*at != 0)
		return *at;
	return fill(in, at, entry_test(hash, kind) |
			    add_value(in, token, kind, escaped));
}

static uint64_t find_secret(struct intern *in, struct span token,
			    enum scan_kind kind, struct values_secret secret)
{
	uint64_t hash = value_hash(token, kind, true);
	uint64_t *at = probe(in, token, kind, true, hash);

	secret.hash = hash;
	if (*at != 0)
		return *at;
	return fill(in, at, entry_test(hash, kind) |
			    ((uint64_t)values_add_secret(in->values, token,
							 kind, &secret) + 1));
}

/* 8-4-4-4-12 hexadecimal digits; length and dashes are enough, since nothing
 * but a look-up is saved. */
static bool looks_like_uuid(const struct scan_token *t, bool relaxed)
{
	return t->length == 36 && t->kind == SCAN_STRING && !t->escaped &&
	       t->text[8] == '-' && t->text[13] == '-' &&
	       t->text[18] == '-' && t->text[23] == '-' &&
	       (!relaxed || !memchr(t->text, '\n', t->length));
}

/* Where the last values of a shape's slots are; NULL until it is met again. */
static struct last *last_of(struct intern *in, uint32_t number, size_t slots)
{
	if (number >= in->shapes) {
		size_t shapes = memory_grown(in->shapes, (size_t)number + 1,
					     sizeof *in->shape);

		in->shape = memory_resize(in->shape, shapes,
					  sizeof *in->shape);
		memset(in->shape + in->shapes, 0,
		       (shapes - in->shapes) * sizeof *in->shape);
		in->shapes = shapes;
	}
	if (in->shape[number] >= SLOTS)
		return in->last + (in->shape[number] - SLOTS);
	if (in->shape[number]++ == UNMET)
		return NULL;
	if (in->lasts + slots > in->last_room) {
		in->last_room = memory_grown(in->last_room, in->lasts + slots,
					     sizeof *in->last);
		in->last = memory_resize(in->last, in->last_room,
					 sizeof *in->last);
	}
	in->shape[number] = (uint32_t)in->lasts + SLOTS;
	in->lasts += slots;
	return memset(in->last + in->lasts - slots, 0,
		      slots * sizeof *in->last);
}

static bool repeats(const struct intern *in, const struct last *last,
		    const struct scan_token *t)
{
	const char *bytes = in->values->plain.bytes.base;

	return last->entry && last->length == t->length &&
	       (last->entry >> ENTRY_KIND & 15) == t->kind &&
	       memcmp(bytes + last->start, t->text, t->length) == 0;
}

static void remember(const struct intern *in, struct last *last,
		     uint64_t entry)
{
	uint32_t value = (uint32_t)entry - 1;
	const struct values_arena *plain = &in->values->plain;

	last->entry = 0;
	if ((value & VALUES_ARENA) != VALUES_PLAIN)
		return;
	last->entry = entry;
	last->start = ((const uint32_t *)plain->start.base)[value];
	last->length = (uint32_t)values_arena_text(plain, value).n;
}

/* First what repeats its slot's last value; for the rest the hash, its place in
 * the table fetched ahead. */
static void look_ahead(struct intern *in, const struct scan *scan,
		       bool relaxed, const struct last *last)
{
	for (size_t i = 0; i < scan->count; i++) {
		const struct scan_token *t = &scan->tokens[i];

		in->known[i] = last && repeats(in, &last[i], t);
		if (in->known[i])
			in->hash[i] = last[i].entry;
		if (in->known[i] || looks_like_uuid(t, relaxed))
			continue;
		in->hash[i] = value_hash((struct span){t->text, t->length},
					 t->kind, false);
		__builtin_prefetch(&in->table[in->hash[i] & (in->size - 1)]);
	}
}

static uint64_t token_entry(struct intern *in, const struct scan_token *t,
			    bool relaxed, uint64_t hash)
{
	struct span token = {t->text, t->length};
	bool escaped = t->escaped ||
		       ((relaxed || t->kind == SCAN_RAW) && needs_twin(token));

	return find(in, token, t->kind, escaped, hash);
}

/* The rule by which a token is a secret, or 0. */
static uint8_t secret_rule(const struct shape *shape, const struct scan *scan,
			   uint32_t slot, bool relaxed, struct spill *spill)
{
	const struct scan_token *t = &scan->tokens[slot];
	uint8_t rule = shape->rule ? shape->rule[slot] : 0;

	if (relaxed)
		rule = spill_rule(spill, scan, slot, rule);
	if (!rule || !secret_token(rule, t->kind,
				   (struct span){t->text, t->length}))
		return 0;
	return rule & ~SECRET_BOOKKEEPING;
}

bool intern_row(struct intern *in, uint32_t number, const struct shape *shape,
		const struct scan *scan, bool relaxed,
		const struct values_secret *origin, uint32_t *row)
{
	struct last *last = last_of(in, number, scan->count);
	uint64_t any = 0, entry;
	struct spill spill = {.rule = 0};

	if (scan->count > in->hashes) {
		in->hashes = memory_grown(in->hashes, scan->count,
					  sizeof *in->hash);
		in->hash = memory_resize(in->hash, in->hashes,
					 sizeof *in->hash);
		in->known = memory_resize(in->known, in->hashes,
					  sizeof *in->known);
	}
	look_ahead(in, scan, relaxed, last);
	for (uint32_t i = 0; i < scan->count; i++) {
		const struct scan_token *t = &scan->tokens[i];
		struct span token = {t->text, t->length};
		uint8_t rule = secret_rule(shape, scan, i, relaxed,
					   &spill);

		if (rule) {
			struct values_secret secret = *origin;

			secret.rule = rule;
			secret.slot = i;
			entry = find_secret(in, token, t->kind, secret);
		} else if (looks_like_uuid(t, relaxed)) {
			entry = (uint64_t)values_add_plain(in->values, token,
							   t->kind) + 1;
		} else if (in->known[i]) {
			entry = in->hash[i];
		} else {
			entry = token_entry(in, t, relaxed, in->hash[i]);
			if (last)
				remember(in, &last[i], entry);
		}
		any |= entry;
		row[i] = (uint32_t)entry - 1;
	}
	return any & ENTRY_CERTIFICATE;
}

uint32_t intern_text(struct intern *in, struct span text)
{
	struct buffer token = {0};
	uint32_t value;

	if (!needs_twin(text))
		return (uint32_t)find(in, text, SCAN_STRING, false,
				      value_hash(text, SCAN_STRING, false)) -
		       1;
	decode_quote(text, &token);
	text = (struct span){token.p + 1, token.n - 2};
	value = (uint32_t)find(in, text, SCAN_STRING, true,
			       value_hash(text, SCAN_STRING, false)) - 1;
	buffer_wipe(&token);
	return value;
}
