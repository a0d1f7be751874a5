/* Owns the segment that is being filled.  Nothing is allocated per record. */
#include "load/builder.h"

#include "base/hash.h"
#include "base/memory.h"
#include "json/guide.h"
#include "load/collapse.h"
#include "load/intern.h"
#include "store/twins.h"
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
	MEMO = 1 << 12
};

/* Who made a call, remembered by the values that tell it. */
struct memo {
	uint64_t hash;
	uint32_t who;
};

struct builder {
	struct store *store;
	const struct secret_choices *choices;
	struct secret_keys *keys;
	struct segment *segment;
	uint64_t limit;                 /* bytes of JSON to seal at */

	struct guide *guide;            /* to shapes of events */
	struct intern *intern;
	struct memo memo[MEMO];
	uint64_t *event_id;             /* of the segment's events */
	size_t event_ids;
	uint32_t *row;                  /* of the present record */
	size_t rows;
	struct paths_walk walk;
	uint8_t *rule;
	size_t rules;
};

struct builder *builder_new(struct store *store,
			    const struct secret_choices *choices)
{
	struct builder *b = memory_clear(1, sizeof *b);

	b->store = store;
	b->choices = choices;
	b->keys = secret_keys_new();
	b->segment = segment_new();
	b->limit = FIRST_SEGMENT;
	b->guide = guide_new();
	b->intern = intern_new();
	intern_start(b->intern, &b->segment->values);
	return b;
}

void builder_free(struct builder *b)
{
	if (!b)
		return;
	builder_publish(b, true);
	segment_free(b->segment);
	intern_free(b->intern);
	guide_free(b->guide);
	free(b->keys);
	free(b->event_id);
	free(b->row);
	free(b->rule);
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

/* How trail/ sees the record that is being built. */
static struct span slot_text(const struct record *r, uint32_t slot)
{
	const struct builder *b = r->context;
	uint32_t value = b->row[slot];
	const struct values *v = &b->segment->values;

	if (store_is_secret(value))
		return values_left(v, value);
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
		memo->who = intern_text(b->intern, buffer_span(&text));
		buffer_free(&text);
	}
	return memo->who;
}

/* Of an error code that is a secret nothing is left to read, but there is one. */
static uint32_t masked_error(const struct builder *b, const struct record *r)
{
	static const enum field codes[] = {FIELD_ERROR_CODE,
					   FIELD_RESPONSE_ERROR};

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		uint16_t slot = r->field[codes[i]];

		if (slot != SHAPES_ABSENT && store_is_secret(b->row[slot]))
			return b->row[slot];
	}
	return VALUES_NONE;
}

static uint32_t result(struct builder *b, const struct record *r)
{
	uint16_t slot;
	struct span text = outcome_result(r, &slot);
	uint32_t masked;

	if (slot != SHAPES_ABSENT)
		return b->row[slot];
	masked = masked_error(b, r);
	return text.p && masked == VALUES_NONE ? intern_text(b->intern, text)
					       : masked;
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
	uint32_t value = intern_text(b->intern, arn);

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

	if (!intern_has_certificate(text))
		return;
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
		add_certificates(b, from, n, store_is_secret(b->row[i])
						     ? values_left(v, b->row[i])
						     : values_text(v, b->row[i]));
	if (shape->certificate)
		add_certificates(b, from, n, shape->template);
}

/* The time that the record gives for itself. */
static int64_t time_of(const struct builder *b, const struct record *r)
{
	uint16_t slot = r->field[FIELD_EVENT_TIME];
	struct span text = record_text(r, FIELD_EVENT_TIME);

	if (!text.p)
		return SEGMENT_NO_TIME;
	return values_kind(&b->segment->values, b->row[slot]) == SCAN_NUMBER
		? stamp_parse_number(text) : stamp_parse(text);
}

static uint64_t event_id(const struct builder *b, const struct shape *shape)
{
	uint16_t slot = shape->field[FIELD_EVENT_ID];

	return twins_id(&b->segment->values,
			slot == SHAPES_ABSENT ? VALUES_NONE : b->row[slot]);
}

void builder_add_shaped(struct builder *b, const struct scan *scan,
			uint32_t number, const struct builder_origin *o)
{
	const struct shape *shape = shapes_get(store_shapes(b->store), number);
	struct record r = {shape->field, slot_text, b};
	struct segment_event event = {
		.shape = number, .offset = o->offset, .input = o->input,
		.record = o->record, .line = o->line, .marks = o->marks,
		.container = o->container};
	const struct values_secret origin = {.input = o->input,
					     .record = o->record};
	size_t n = scan->count + STORE_CERTIFICATES;
	bool certificates;

	b->row = room(b->row, &b->rows, n, sizeof *b->row);
	certificates = intern_row(b->intern, number, shape, scan,
				  o->marks & SEGMENT_RELAXED, &origin,
				  b->row) || shape->certificate;
	b->row[scan->count + STORE_WHO] = who(b, &r);
	b->row[scan->count + STORE_RESULT] = result(b, &r);
	if (b->row[scan->count + STORE_RESULT] != VALUES_NONE)
		event.marks |= SEGMENT_FAILED;
	if (certificates)
		find_certificates(b, shape, n, &n);
	b->row[scan->count + STORE_TARGET] =
		n > scan->count + STORE_CERTIFICATES
			? b->row[scan->count + STORE_CERTIFICATES]
			: target(b, &r);
	if (shape->notice)
		event.marks |= SEGMENT_NOTICE;
	event.time = time_of(b, &r);
	b->event_id = room(b->event_id, &b->event_ids,
			   (size_t)b->segment->count + 1, sizeof *b->event_id);
	b->event_id[b->segment->count] = event_id(b, shape);
	segment_add(b->segment, event, b->row, (uint32_t)n);
	b->segment->json += shape->template.n;
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

bool builder_read(const struct builder *b, struct scan *scan, const char *from,
		  const char *end, const char **after, uint32_t *shape)
{
	return guide_read(b->guide, scan, from, end, after, shape);
}

bool builder_add_known(struct builder *b, const struct scan *scan,
		       const struct builder_origin *o)
{
	uint32_t number = find_shape(b, scan);

	if (number == SHAPES_NONE ||
	    shapes_get(store_shapes(b->store), number)->notice)
		return false;
	if (!(o->marks & SEGMENT_RELAXED))
		guide_learn(b->guide, buffer_span(&scan->template), number);
	builder_add_shaped(b, scan, number, o);
	return true;
}

/* The secret rule of each slot; false when there is none. */
static bool find_rules(struct builder *b, const struct scan *scan)
{
	enum paths_event event;
	bool any = false;

	b->rule = room(b->rule, &b->rules, scan->count + 1, 1);
	memset(b->rule, 0, scan->count);
	paths_start(&b->walk, buffer_span(&scan->template));
	while ((event = paths_next(&b->walk)) != PATHS_END)
		if (event == PATHS_LEAF || event == PATHS_SKIPPED) {
			b->rule[b->walk.slot] = event == PATHS_LEAF
				? secret_leaf_rule(b->choices, b->keys, &b->walk)
				: secret_skipped_rule(b->keys, &b->walk);
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
		.notice = notice, .certificate = intern_has_certificate(template)};

	for (size_t i = 0; i < scan->count; i++)
		shape.skipped |= scan->tokens[i].kind == SCAN_SKIPPED;
	fields_resolve(template, b->keys, field);
	if (find_rules(b, scan))
		shape.rule = b->rule;
	return shapes_add(store_shapes(b->store), &shape);
}

void builder_add(struct builder *b, struct scan *scan, bool notice,
		 const struct builder_origin *o)
{
	uint32_t number;

	collapse_secret_arrays(scan, b->choices, b->keys, &b->walk);
	number = find_shape(b, scan);
	if (number == SHAPES_NONE)
		number = make_shape(b, scan, notice);
	builder_add_shaped(b, scan, number, o);
}

bool builder_publish(struct builder *b, bool now)
{
	if (b->segment->count == 0 || (!now && b->segment->json < b->limit))
		return false;
	segment_seal(b->segment);
	store_take_segment(b->store, b->segment, b->event_id);
	b->segment = segment_new();
	intern_start(b->intern, &b->segment->values);
	memset(b->memo, 0, sizeof b->memo);
	if (b->limit < LARGEST_SEGMENT)
		b->limit *= 2;
	return true;
}

size_t builder_size(const struct builder *b)
{
	return segment_size(b->segment);
}
