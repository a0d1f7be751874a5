/* Owns the segment that is being filled and the table that finds equal values
 * in it.  Both are cleared and used again; nothing is allocated per record.
 * Texts that look like UUIDs are fresh nearly always and are not looked for. */
#include "load/builder.h"

#include "base/hash.h"
#include "base/memory.h"
#include "json/decode.h"
#include "load/collapse.h"
#include "text/stamp.h"
#include "trail/certificate.h"
#include "trail/fields.h"
#include "trail/outcome.h"
#include "trail/principal.h"
#include "trail/record.h"
#include "trail/secret.h"
#include "trail/target.h"

#include <stdlib.h>
#include <string.h>

enum {
	FIRST_SEGMENT = 1 << 20,        /* bytes of JSON */
	LARGEST_SEGMENT = 64 << 20,
	FIRST_TABLE = 1 << 12,          /* entries */
	MEMO = 1 << 12
};

/* An entry of the table: 31 bits of the hash, whether the text holds the ARN of
 * a certificate, and the value number plus one; 0 is free. */
#define ENTRY_CERTIFICATE (UINT64_C(1) << 32)
#define ENTRY_HASH (~UINT64_C(0) << 33)

/* Who made a call, remembered by the values that tell it. */
struct memo {
	uint64_t hash;
	uint32_t who;
};

struct builder {
	struct store *store;
	struct segment *segment;
	uint64_t limit;                 /* bytes of JSON to seal at */

	uint64_t *table;
	size_t size, used;              /* entries; size is a power of two */

	struct memo memo[MEMO];
	uint64_t *event_id;             /* of the segment's events */
	size_t event_ids;
	uint32_t *row;                  /* of the present record */
	size_t rows;
	uint64_t *hash;                 /* of its tokens */
	size_t hashes;
	struct buffer text;
	struct paths_walk walk;
	uint8_t *rule;
	size_t rules;
};

struct builder *builder_new(struct store *store)
{
	struct builder *b = memory_clear(1, sizeof *b);

	b->store = store;
	b->segment = segment_new();
	b->limit = FIRST_SEGMENT;
	b->size = FIRST_TABLE;
	b->table = memory_clear(b->size, sizeof *b->table);
	return b;
}

void builder_free(struct builder *b)
{
	if (!b)
		return;
	builder_publish(b, true);
	segment_free(b->segment);
	free(b->table);
	free(b->event_id);
	free(b->row);
	free(b->hash);
	free(b->rule);
	buffer_wipe(&b->text);
	free(b);
}

/* Arrays used for each record, grown when one needs more. */
static void *room(void *array, size_t *have, size_t need, size_t size)
{
	if (need <= *have)
		return array;
	*have = memory_grown(*have, need, size);
	return memory_resize(array, *have, size);
}

/* Kinds are few: turning the hash keeps "1" and 1 apart. */
static uint64_t value_hash(struct span token, enum scan_kind kind)
{
	uint64_t hash = hash_span(token);
	unsigned turn = 1 + (unsigned)kind * 5;

	return kind == SCAN_STRING ? hash
				   : (hash << turn | hash >> (64 - turn));
}

static void table_grow(struct builder *b)
{
	size_t size = b->size * 2;
	uint64_t *table = memory_clear(size, sizeof *table);
	const struct values *v = &b->segment->values;

	for (size_t i = 0; i < b->size; i++) {
		uint64_t entry = b->table[i];
		uint32_t value = (uint32_t)entry - 1;
		size_t at;

		if (entry == 0)
			continue;
		at = value_hash(values_token(v, value),
				values_kind(v, value)) & (size - 1);
		while (table[at] != 0)
			at = (at + 1) & (size - 1);
		table[at] = entry;
	}
	free(b->table);
	b->table = table;
	b->size = size;
}

/* Whether the value is TOKEN of KIND; secrets and open values never meet. */
static bool same(const struct values *v, uint32_t value, struct span token,
		 enum scan_kind kind, bool secret)
{
	return store_is_secret(value) == secret &&
	       values_kind(v, value) == kind &&
	       span_equal(values_token(v, value), token);
}

/* The table's entry for the token, or the free one where it belongs. */
static uint64_t *probe(const struct builder *b, struct span token,
		       enum scan_kind kind, uint64_t hash, bool secret)
{
	size_t at = hash & (b->size - 1);

	for (;; at = (at + 1) & (b->size - 1)) {
		uint64_t entry = b->table[at];

		if (entry == 0 ||
		    (((entry ^ hash) & ENTRY_HASH) == 0 &&
		     same(&b->segment->values, (uint32_t)entry - 1, token,
			  kind, secret)))
			return &b->table[at];
	}
}

static bool has_certificate(struct span text)
{
	size_t at = 0;
	struct span arn;

	return certificate_find(text, &at, &arn);
}

static uint64_t entry_of(uint64_t hash, uint32_t value, bool certificate)
{
	return (hash & ENTRY_HASH) | (certificate ? ENTRY_CERTIFICATE : 0) |
	       (value + 1);
}

/* A string that does not stand for itself on a line of its own. */
static bool needs_twin(struct span token)
{
	for (size_t i = 0; i < token.n; i++)
		if (token.p[i] == '\n' || token.p[i] == '\\')
			return true;
	return false;
}

/* A new value in the arena where it belongs. */
static uint32_t add_value(struct builder *b, struct span token,
			  enum scan_kind kind, bool escaped, bool *certificate)
{
	struct values *v = &b->segment->values;
	struct span text = token;

	if (!escaped) {
		*certificate = has_certificate(token);
		return values_add_plain(v, token, kind);
	}
	buffer_clear(&b->text);
	if (kind <= SCAN_STRING_OPEN) {
		decode_string(token, &b->text);
		text = buffer_span(&b->text);
	}
	*certificate = has_certificate(text);
	return values_add_escaped(v, token, kind, text);
}

static uint64_t intern(struct builder *b, struct span token,
		       enum scan_kind kind, bool escaped, uint64_t hash)
{
	uint64_t *entry = probe(b, token, kind, hash, false);
	bool certificate;
	uint32_t value;

	if (*entry != 0)
		return *entry;
	value = add_value(b, token, kind, escaped, &certificate);
	*entry = entry_of(hash, value, certificate);
	hash = *entry;
	if (++b->used * 3 > b->size * 2)
		table_grow(b);
	return hash;
}

static uint32_t intern_secret(struct builder *b, const struct scan_token *t,
			      uint64_t hash, uint32_t rule, uint32_t slot,
			      const struct builder_origin *o)
{
	struct span token = {t->text, t->length};
	uint64_t *entry = probe(b, token, t->kind, ~hash, true);
	struct values_secret secret = {rule & ~SECRET_BOOKKEEPING, o->input,
				       o->record, slot, hash};
	uint32_t value;

	if (*entry != 0)
		return (uint32_t)*entry - 1;
	value = values_add_secret(&b->segment->values, token, t->kind,
				  &secret);
	*entry = entry_of(~hash, value, false);
	if (++b->used * 3 > b->size * 2)
		table_grow(b);
	return value;
}

/* A text of ours, as if it had been logged. */
static uint32_t intern_text(struct builder *b, struct span text)
{
	if (needs_twin(text)) {
		struct buffer token = {0};
		uint32_t value;

		decode_quote(text, &token);
		value = (uint32_t)intern(b, (struct span){token.p + 1,
							  token.n - 2},
					 SCAN_STRING, true,
					 hash_bytes(token.p + 1,
						    token.n - 2)) - 1;
		buffer_wipe(&token);
		return value;
	}
	return (uint32_t)intern(b, text, SCAN_STRING, false,
				hash_span(text)) - 1;
}

/* 8-4-4-4-12 hexadecimal digits; lengths and dashes are enough, since nothing
 * but a look-up is saved. */
static bool looks_like_uuid(const struct scan_token *t)
{
	return t->length == 36 && t->kind == SCAN_STRING && !t->escaped &&
	       t->text[8] == '-' && t->text[13] == '-' &&
	       t->text[18] == '-' && t->text[23] == '-';
}

/* Relaxed strings may hold line breaks, raw arrays too. */
static bool is_escaped(const struct scan_token *t, bool relaxed)
{
	return t->escaped ||
	       ((relaxed || t->kind == SCAN_RAW) &&
		needs_twin((struct span){t->text, t->length}));
}

static uint64_t token_value(struct builder *b, const struct shape *shape,
			    const struct scan *scan, uint32_t slot,
			    const struct builder_origin *o)
{
	const struct scan_token *t = &scan->tokens[slot];
	struct span token = {t->text, t->length};

	if (shape->rule && shape->rule[slot] &&
	    secret_token(shape->rule[slot], t->kind, token))
		return (uint64_t)intern_secret(b, t, b->hash[slot],
					       shape->rule[slot], slot, o) +
		       1;
	if (looks_like_uuid(t))
		return (uint64_t)values_add_plain(&b->segment->values, token,
						  t->kind) + 1;
	return intern(b, token, t->kind,
		      is_escaped(t, o->marks & SEGMENT_RELAXED),
		      b->hash[slot]);
}

/* Fills the row's slots; answers whether some value names a certificate. */
static bool fill_row(struct builder *b, const struct shape *shape,
		     const struct scan *scan, const struct builder_origin *o)
{
	uint64_t any = 0;

	for (size_t i = 0; i < scan->count; i++) {
		const struct scan_token *t = &scan->tokens[i];

		if (looks_like_uuid(t) && !shape->rule)
			continue;
		b->hash[i] = value_hash((struct span){t->text, t->length},
					t->kind);
		__builtin_prefetch(&b->table[b->hash[i] & (b->size - 1)]);
	}
	for (uint32_t i = 0; i < scan->count; i++) {
		uint64_t entry = token_value(b, shape, scan, i, o);

		any |= entry;
		b->row[i] = (uint32_t)entry - 1;
	}
	return any & ENTRY_CERTIFICATE;
}

/* How trail/ sees the record that is being built. */
static struct span slot_text(const struct record *r, uint32_t slot)
{
	const struct builder *b = r->context;
	uint32_t value = b->row[slot];
	const struct values *v = &b->segment->values;

	if (store_is_secret(value))
		return (struct span){"", 0};
	if (values_kind(v, value) == SCAN_NULL)
		return (struct span){NULL, 0};
	return values_text(v, value);
}

static uint32_t who(struct builder *b, const struct record *r)
{
	uint32_t key[32];
	size_t n = 0;
	uint64_t hash;
	struct memo *memo;

	for (const enum field *f = principal_fields; *f != FIELD_COUNT; f++) {
		uint16_t slot = r->field[*f];

		key[n++] = slot == SHAPES_ABSENT ? VALUES_NONE : b->row[slot];
		if (n == sizeof key / sizeof key[0])
			die("too many principal fields");
	}
	hash = hash_bytes(key, n * sizeof key[0]);
	memo = &b->memo[hash % MEMO];
	if (memo->hash != hash) {
		struct buffer text = {0};

		principal_who(r, &text);
		memo->hash = hash;
		memo->who = intern_text(b, buffer_span(&text));
		buffer_free(&text);
	}
	return memo->who;
}

static uint32_t result(struct builder *b, const struct record *r)
{
	uint16_t slot;
	struct span text = outcome_result(r, &slot);

	if (!text.p)
		return VALUES_NONE;
	return slot == SHAPES_ABSENT ? intern_text(b, text) : b->row[slot];
}

/* The value that names best what was acted on. */
static uint32_t target(const struct builder *b, const struct record *r)
{
	uint16_t slot = target_slot(r);

	return slot == SHAPES_ABSENT ? VALUES_NONE : b->row[slot];
}

static void add_certificate(struct builder *b, size_t from, size_t *n,
			    struct span arn)
{
	uint32_t value = intern_text(b, arn);

	for (size_t i = from; i < *n; i++)
		if (b->row[i] == value)
			return;
	b->row = room(b->row, &b->rows, *n + 1, sizeof *b->row);
	b->row[(*n)++] = value;
}

/* TEXT may lie in the segment, which moves while it grows. */
static void add_certificates(struct builder *b, size_t from, size_t *n,
			     struct span text)
{
	struct buffer copy = {0};
	struct span arn;
	size_t at = 0;

	buffer_add_span(&copy, text);
	while (certificate_find(buffer_span(&copy), &at, &arn))
		add_certificate(b, from, n, arn);
	buffer_free(&copy);
}

static void find_certificates(struct builder *b, const struct shape *shape,
			      size_t from, size_t *n)
{
	const struct values *v = &b->segment->values;

	for (uint32_t i = 0; i < shape->slots; i++)
		if (!store_is_secret(b->row[i]))
			add_certificates(b, from, n,
					 values_text(v, b->row[i]));
	if (shape->certificate)
		add_certificates(b, from, n, shape->template);
}

/* The time that the record gives for itself. */
static int64_t time_of(const struct record *r)
{
	struct span text = record_text(r, FIELD_EVENT_TIME);

	return text.p ? stamp_parse(text) : SEGMENT_NO_TIME;
}

static uint64_t event_id(const struct record *r)
{
	struct span text = record_text(r, FIELD_EVENT_ID);

	return text.p && text.n ? hash_span(text) | 1 : 0;
}

static void add_event(struct builder *b, const struct scan *scan,
		      uint32_t number, const struct builder_origin *o)
{
	const struct shape *shape = shapes_get(store_shapes(b->store), number);
	struct record r = {shape->field, slot_text, b};
	struct segment_event event = {
		.shape = number, .offset = o->offset, .input = o->input,
		.record = o->record, .line = o->line, .marks = o->marks,
		.container = o->container};
	size_t n = scan->count + STORE_CERTIFICATES;
	bool certificates;

	b->row = room(b->row, &b->rows, n, sizeof *b->row);
	b->hash = room(b->hash, &b->hashes, scan->count, sizeof *b->hash);
	certificates = fill_row(b, shape, scan, o) || shape->certificate;
	b->row[scan->count + STORE_WHO] = who(b, &r);
	b->row[scan->count + STORE_RESULT] = result(b, &r);
	if (certificates)
		find_certificates(b, shape, n, &n);
	b->row[scan->count + STORE_TARGET] =
		n > scan->count + STORE_CERTIFICATES
			? b->row[scan->count + STORE_CERTIFICATES]
			: target(b, &r);
	if (shape->notice)
		event.marks |= SEGMENT_NOTICE;
	event.time = time_of(&r);
	b->event_id = room(b->event_id, &b->event_ids,
			   (size_t)b->segment->count + 1, sizeof *b->event_id);
	b->event_id[b->segment->count] = event_id(&r);
	segment_add(b->segment, event, b->row, (uint32_t)n);
	b->segment->json += scan->template.n;
	for (size_t i = 0; i < scan->count; i++)
		b->segment->json += scan->tokens[i].length;
	builder_publish(b, false);
}

static uint32_t find_shape(const struct builder *b, const struct scan *scan)
{
	struct span template = buffer_span(&scan->template);

	return shapes_find(store_shapes(b->store), template,
			   shapes_hash(template));
}

bool builder_add_known(struct builder *b, const struct scan *scan,
		       const struct builder_origin *o)
{
	uint32_t number = find_shape(b, scan);

	if (number == SHAPES_NONE ||
	    shapes_get(store_shapes(b->store), number)->notice)
		return false;
	add_event(b, scan, number, o);
	return true;
}

/* The secret rule of each slot; false when there is none. */
static bool find_rules(struct builder *b, const struct scan *scan)
{
	enum paths_event event;
	bool any = false;

	b->rule = room(b->rule, &b->rules, scan->count, 1);
	memset(b->rule, 0, scan->count);
	paths_start(&b->walk, buffer_span(&scan->template));
	while ((event = paths_next(&b->walk)) != PATHS_END)
		if (event == PATHS_LEAF) {
			b->rule[b->walk.slot] = secret_path_rule(&b->walk);
			any |= b->rule[b->walk.slot] != 0;
		}
	return any;
}

static uint32_t make_shape(struct builder *b, const struct scan *scan,
			   bool notice)
{
	uint16_t field[FIELD_COUNT];
	struct span template = buffer_span(&scan->template);
	struct shape shape = {
		.template = template, .hash = shapes_hash(template),
		.slots = (uint32_t)scan->count, .field = field,
		.notice = notice, .certificate = has_certificate(template)};

	for (size_t i = 0; i < scan->count; i++)
		shape.skipped |= scan->tokens[i].kind == SCAN_SKIPPED;
	fields_resolve(template, field);
	if (find_rules(b, scan))
		shape.rule = b->rule;
	return shapes_add(store_shapes(b->store), &shape);
}

void builder_add(struct builder *b, struct scan *scan, bool notice,
		 const struct builder_origin *o)
{
	uint32_t number;

	collapse_secret_arrays(scan, &b->walk);
	number = find_shape(b, scan);
	if (number == SHAPES_NONE)
		number = make_shape(b, scan, notice);
	add_event(b, scan, number, o);
}

void builder_publish(struct builder *b, bool now)
{
	if (b->segment->count == 0 || (!now && b->segment->json < b->limit))
		return;
	segment_seal(b->segment);
	store_take_segment(b->store, b->segment, b->event_id);
	b->segment = segment_new();
	memset(b->table, 0, b->size * sizeof *b->table);
	memset(b->memo, 0, sizeof b->memo);
	b->used = 0;
	if (b->limit < LARGEST_SEGMENT)
		b->limit *= 2;
}
