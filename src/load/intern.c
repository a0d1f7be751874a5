/* Owns a hash table over the values of one segment, and for each shape the
 * values that its slots had last: most slots repeat themselves, and then
 * comparing one warm text is all.  Both are cleared and used again; nothing is
 * allocated per record.  Texts that look like UUIDs are fresh nearly always and
 * are not looked for.
 *
 * A value that is new is asked whether it says itself that it is a secret, and
 * then goes into that arena; the table keeps the verdict. */
#include "load/intern.h"

#include "base/hash.h"
#include "base/memory.h"
#include "json/decode.h"
#include "load/spill.h"
#include "trail/certificate.h"
#include "trail/secret.h"
#include "trail/secret_find.h"
#include "trail/secret_pairs.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_TABLE = 1 << 12 };

/* An entry of the table: the value number plus one, whether the text holds a
 * certificate's ARN, where it stands, the kind, and 25 bits of the hash; 0 is
 * free. */
#define ENTRY_CERTIFICATE (UINT64_C(1) << 32)
#define ENTRY_STAND 33
#define ENTRY_KIND 35
#define ENTRY_TEST (~UINT64_C(0) << ENTRY_STAND)

/* Where a value stands: equal texts are one value only where these are equal.
 * By its key a secret; under a key that says that a blob is none, when it is
 * long enough to be one; anywhere else. */
enum stand { OPEN, HIDDEN, FRIENDLY };
enum { LONG = 256 };

/* A token that does not repeat its slot's last value. */
struct sought {
	uint64_t hash;          /* 0: it is fresh, and not looked for */
	uint32_t slot;
};

/* A value that was met: in the table, and as what a slot of a shape held last.
 * Of those in the plain arena it tells where the text is, so that comparing it
 * is one step away. */
struct met {
	uint64_t entry;         /* 0: nothing yet */
	uint32_t start, length;
};

/* A shape that was met once has no such slots yet. */
enum { UNMET, MET, SLOTS };

struct intern {
	struct values *values;
	struct met *table;
	size_t size, used;              /* size is a power of two */
	struct sought *sought;          /* of the present record */
	size_t sought_room;
	uint32_t *shape;                /* by number: UNMET, MET, or where its
					   slots begin in LAST, plus SLOTS */
	size_t shapes;
	struct met *last;       /* plain ones only */
	size_t lasts, last_room;
	struct buffer text;
	struct secret_find *find;
	struct buffer left;             /* of a partly secret text */
	struct values_part *part;
	size_t part_room;
};

struct intern *intern_new(void)
{
	struct intern *in = memory_clear(1, sizeof *in);

	in->size = FIRST_TABLE;
	in->table = memory_clear(in->size, sizeof *in->table);
	in->find = secret_find_new();
	return in;
}

void intern_free(struct intern *in)
{
	if (!in)
		return;
	free(in->table);
	free(in->sought);
	free(in->shape);
	free(in->last);
	buffer_wipe(&in->text);
	buffer_wipe(&in->left);
	secret_find_free(in->find);
	free(in->part);
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

/* Kind and place turn the hash, so that "1" and 1, or a password and a name
 * like it, stand apart. */
static uint64_t value_hash(struct span token, enum scan_kind kind,
			   enum stand stand)
{
	uint64_t hash = hash_span(token);
	unsigned turn = (unsigned)kind * 5 + (unsigned)stand * 3;

	return turn == 0 ? hash : hash << turn | hash >> (64 - turn);
}

static uint64_t entry_test(uint64_t hash, enum scan_kind kind,
			   enum stand stand)
{
	return (hash & ~UINT64_C(0) << (ENTRY_KIND + 4)) |
	       (uint64_t)kind << ENTRY_KIND | (uint64_t)stand << ENTRY_STAND;
}

static void table_grow(struct intern *in)
{
	size_t size = in->size * 2;
	struct met *table = memory_clear(size, sizeof *table);

	for (size_t i = 0; i < in->size; i++) {
		uint64_t entry = in->table[i].entry;
		uint32_t value = (uint32_t)entry - 1;
		size_t at;

		if (entry == 0)
			continue;
		at = value_hash(values_token(in->values, value),
				values_kind(in->values, value),
				(enum stand)(entry >> ENTRY_STAND & 3)) &
		     (size - 1);
		while (table[at].entry != 0)
			at = (at + 1) & (size - 1);
		table[at] = in->table[i];
	}
	free(in->table);
	in->table = table;
	in->size = size;
}

static inline bool is_plain(uint64_t entry)
{
	return (((uint32_t)entry - 1) & VALUES_ARENA) == VALUES_PLAIN;
}

/* Whether a plain value's text is TOKEN. */
static inline bool is_text(const struct intern *in, const struct met *met,
			   struct span token)
{
	const char *plain = in->values->plain.bytes.base;

	return span_equal((struct span){plain + met->start, met->length},
			  token);
}

static bool says(const struct intern *in, const struct met *met,
		 struct span token)
{
	return is_plain(met->entry)
		? is_text(in, met, token)
		: span_equal(values_token(in->values,
					  (uint32_t)met->entry - 1), token);
}

/* Where the token is, or the free place where it belongs.  RULE: of a secret;
 * its mask tells it, so that equal texts of two rules are two values. */
static struct met *probe(const struct intern *in, struct span token,
			 enum scan_kind kind, enum stand stand, uint32_t rule,
			 uint64_t hash)
{
	uint64_t test = entry_test(hash, kind, stand);
	size_t at = hash & (in->size - 1);

	for (;; at = (at + 1) & (in->size - 1)) {
		struct met *met = &in->table[at];

		if (met->entry == 0)
			return met;
		if (((met->entry ^ test) & ENTRY_TEST) == 0 &&
		    says(in, met, token) &&
		    (stand != HIDDEN ||
		     values_secret(in->values, (uint32_t)met->entry - 1)
				     ->rule == rule))
			return met;
	}
}

static struct met fill(struct intern *in, struct met *at, uint64_t entry)
{
	struct met met = {.entry = entry};

	if (is_plain(entry)) {
		uint32_t value = (uint32_t)entry - 1;

		met.start = ((const uint32_t *)
			in->values->plain.start.base)[value];
		met.length = (uint32_t)values_arena_text(&in->values->plain,
							 value).n;
	}
	*at = met;
	if (++in->used * 3 > in->size * 2)
		table_grow(in);
	return met;
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

static uint64_t find_secret(struct intern *in, struct span token,
			    enum scan_kind kind, struct values_secret secret)
{
	uint64_t hash = value_hash(token, kind, HIDDEN);
	struct met *at = probe(in, token, kind, HIDDEN, secret.rule, hash);

	secret.hash = hash;
	if (at->entry != 0)
		return at->entry;
	return fill(in, at, entry_test(hash, kind, HIDDEN) |
			    ((uint64_t)values_add_secret(in->values, token,
							 kind, &secret) + 1))
		.entry;
}

/* The parts are secrets of their own, so that their tags are those of equal
 * ones anywhere; what is left of TEXT may be shown. */
static uint64_t add_partly(struct intern *in, struct span token,
			   enum scan_kind kind, struct span text,
			   const struct secret_parts *parts,
			   const struct values_secret *origin)
{
	size_t done = 0;

	buffer_clear(&in->left);
	if (parts->count > in->part_room) {
		in->part_room = memory_grown(in->part_room, parts->count,
					     sizeof *in->part);
		in->part = memory_resize(in->part, in->part_room,
					 sizeof *in->part);
	}
	for (size_t i = 0; i < parts->count; i++) {
		const struct secret_part *part = &parts->part[i];
		struct values_secret secret = *origin;

		secret.rule = part->rule;
		buffer_add(&in->left, text.p + done, part->from - done);
		in->part[i] = (struct values_part){
			(uint32_t)in->left.n,
			(uint32_t)find_secret(in, (struct span){
				text.p + part->from, part->to - part->from},
				SCAN_STRING, secret) - 1, part->bare};
		done = part->to;
	}
	buffer_add_span(&in->left, span_from(text, done));
	return (uint64_t)values_add_partly(in->values, token, kind, origin,
					   buffer_span(&in->left), in->part,
					   (uint32_t)parts->count) + 1 +
	       (intern_has_certificate(buffer_span(&in->left))
			? ENTRY_CERTIFICATE : 0);
}

/* What the value says of itself; 0: nothing secret. */
static uint64_t add_judged(struct intern *in, struct span token,
			   enum scan_kind kind, enum stand stand,
			   struct span text,
			   const struct values_secret *origin)
{
	const struct secret_parts *parts =
		secret_find_in(in->find, kind, text, stand == FRIENDLY);
	struct values_secret secret = *origin;

	if (parts->count == 0)
		return 0;
	if (kind <= SCAN_STRING_OPEN &&
	    (parts->count > 1 || parts->part[0].from > 0 ||
	     parts->part[0].to < text.n))
		return add_partly(in, token, kind, text, parts, origin);
	secret.rule = parts->part[0].rule;
	return find_secret(in, token, kind, secret) & ~ENTRY_TEST;
}

/* A new value in the arena where it belongs, and whether it holds an ARN.
 * ORIGIN: NULL for a text of ours. */
static uint64_t add_value(struct intern *in, struct span token,
			  enum scan_kind kind, bool escaped, enum stand stand,
			  const struct values_secret *origin)
{
	struct span text = token;
	uint64_t entry = 0;
	uint32_t value;

	if (escaped && kind <= SCAN_STRING_OPEN) {
		buffer_clear(&in->text);
		decode_string(token, &in->text);
		text = buffer_span(&in->text);
	}
	if (origin)
		entry = add_judged(in, token, kind, stand, text, origin);
	if (entry != 0)
		return entry;
	value = escaped ? values_add_escaped(in->values, token, kind, text)
			: values_add_plain(in->values, token, kind);
	return (uint64_t)value + 1 +
	       (intern_has_certificate(text) ? ENTRY_CERTIFICATE : 0);
}

static struct met find(struct intern *in, struct span token,
		       enum scan_kind kind, bool escaped, enum stand stand,
		       uint64_t hash, const struct values_secret *origin)
{
	struct met *at = probe(in, token, kind, stand, 0, hash);
	uint64_t entry;
	size_t used = in->used;

	if (at->entry != 0)
		return *at;
	entry = add_value(in, token, kind, escaped, stand, origin);
	/* Secrets that were added may have moved the table. */
	if (in->used != used)
		at = probe(in, token, kind, stand, 0, hash);
	return fill(in, at, entry_test(hash, kind, stand) | entry);
}

/* The bytes at P, eight at once, that are neither hexadecimal digits nor from `-`
 * to `/`: their highest bits.  Case and control characters do not count. */
static uint64_t foreign(const char *p)
{
#define EACH(c) (UINT64_C(0x0101010101010101) * (c))
	uint64_t x, low, digit, letter;

	memcpy(&x, p, sizeof x);
	low = (x | EACH(0x20)) & EACH(0x7f);
	digit = (low + EACH(0x80 - '-')) & ~(low + EACH(0x7f - '9'));
	letter = (low + EACH(0x80 - 'a')) & ~(low + EACH(0x7f - 'f'));
	return (x | ~(digit | letter)) & EACH(0x80);
#undef EACH
}

/* 8-4-4-4-12 hexadecimal digits, or what like them no rule on values takes for a
 * secret. */
static bool looks_like_uuid(const struct scan_token *t)
{
	const char *p = t->text;

	return t->length == 36 && t->kind == SCAN_STRING && p[8] == '-' &&
	       p[13] == '-' && p[18] == '-' && p[23] == '-' &&
	       !(foreign(p) | foreign(p + 8) | foreign(p + 16) |
		 foreign(p + 24) | foreign(p + 28));
}

/* Where the last values of a shape's slots are; NULL until it is met again. */
static struct met *last_of(struct intern *in, uint32_t number, size_t slots)
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

static bool repeats(const struct intern *in, const struct met *last,
		    const struct scan_token *t)
{
	return last->entry && (last->entry >> ENTRY_KIND & 15) == t->kind &&
	       is_text(in, last, (struct span){t->text, t->length});
}

static enum stand stand_of(const struct shape *shape, size_t slot,
			   const struct scan_token *t)
{
	return t->length > LONG && shape->rule &&
	       shape->rule[slot] == SECRET_FRIEND ? FRIENDLY : OPEN;
}

static bool is_operand(const struct shape *shape, size_t slot)
{
	return shape->rule && shape->rule[slot] == SECRET_OPERAND;
}

/* First what repeats its slot's last value, and so is as secret as that was,
 * unless what stands before it tells;
 * for the rest the hash, its place in the table fetched ahead.  Answers how many
 * that are. */
static size_t look_ahead(struct intern *in, const struct shape *shape,
			 const struct scan *scan, const struct met *last,
			 uint32_t *row, uint64_t *any)
{
	size_t n = 0;

	for (uint32_t i = 0; i < scan->count; i++) {
		const struct scan_token *t = &scan->tokens[i];
		uint64_t hash = 0;

		if (last && repeats(in, &last[i], t) &&
		    !is_operand(shape, i)) {
			row[i] = (uint32_t)last[i].entry - 1;
			*any |= last[i].entry;
			continue;
		}
		if (!looks_like_uuid(t)) {
			hash = value_hash((struct span){t->text, t->length},
					  t->kind, stand_of(shape, i, t));
			__builtin_prefetch(&in->table[hash & (in->size - 1)]);
		}
		in->sought[n++] = (struct sought){hash, i};
	}
	return n;
}

static struct met token_met(struct intern *in, const struct scan_token *t,
			    bool relaxed, enum stand stand, uint64_t hash,
			    const struct values_secret *origin)
{
	struct span token = {t->text, t->length};
	const struct met *met = &in->table[hash & (in->size - 1)];
	bool escaped;

	/* Most are where they belong. */
	if (((met->entry ^ entry_test(hash, t->kind, stand)) & ENTRY_TEST) ==
		    0 && is_plain(met->entry) && is_text(in, met, token))
		return *met;
	escaped = t->escaped ||
		  ((relaxed || t->kind == SCAN_RAW) && needs_twin(token));
	return find(in, token, t->kind, escaped, stand, hash, origin);
}

/* The rule by which a token is a secret, or 0. */
static uint8_t secret_rule(const struct shape *shape, const struct scan *scan,
			   uint32_t slot, bool relaxed, struct spill *spill)
{
	const struct scan_token *t = &scan->tokens[slot];
	uint8_t rule = shape->rule ? shape->rule[slot] : SECRET_NONE;

	if (rule == SECRET_OPERAND)
		rule = secret_pairs_operand(scan, slot);
	if (rule == SECRET_FRIEND)
		rule = SECRET_NONE;
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
	/* What is secret in relaxed records depends on what stands before. */
	struct met *last = relaxed ? NULL : last_of(in, number, scan->count);
	struct values_secret secret = *origin;
	uint64_t any = 0, entry;
	struct spill spill = {.rule = 0};
	bool may_hide = shape->rule || relaxed;
	size_t count;

	if (scan->count > in->sought_room) {
		in->sought_room = memory_grown(in->sought_room, scan->count,
					       sizeof *in->sought);
		in->sought = memory_resize(in->sought, in->sought_room,
					   sizeof *in->sought);
	}
	count = look_ahead(in, shape, scan, last, row, &any);
	for (size_t k = 0; k < count; k++) {
		const struct sought *s = &in->sought[k];
		const struct scan_token *t = &scan->tokens[s->slot];
		struct span token = {t->text, t->length};
		uint8_t rule = may_hide ? secret_rule(shape, scan, s->slot,
						      relaxed, &spill) : 0;

		secret.slot = s->slot;
		if (rule) {
			secret.rule = rule;
			entry = find_secret(in, token, t->kind, secret);
		} else if (s->hash == 0) {
			entry = (uint64_t)values_add_plain(in->values, token,
							   t->kind) + 1;
		} else {
			struct met met = token_met(
				in, t, relaxed, stand_of(shape, s->slot, t),
				s->hash, &secret);

			entry = met.entry;
			if (last)
				last[s->slot] = is_plain(entry)
					? met : (struct met){0};
		}
		any |= entry;
		row[s->slot] = (uint32_t)entry - 1;
	}
	return any & ENTRY_CERTIFICATE;
}

uint32_t intern_text(struct intern *in, struct span text)
{
	struct buffer token = {0};
	uint32_t value;

	if (!needs_twin(text))
		return (uint32_t)find(in, text, SCAN_STRING, false, OPEN,
				      value_hash(text, SCAN_STRING, OPEN),
				      NULL).entry - 1;
	decode_quote(text, &token);
	text = (struct span){token.p + 1, token.n - 2};
	value = (uint32_t)find(in, text, SCAN_STRING, true, OPEN,
			       value_hash(text, SCAN_STRING, OPEN), NULL)
			.entry - 1;
	buffer_wipe(&token);
	return value;
}
