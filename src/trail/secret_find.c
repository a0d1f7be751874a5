/* Owns a list of texts that are still to be looked at: what was decoded from
 * the value is put behind it, and what is found there makes the range of the
 * value secret that it was decoded from. */
#include "trail/secret_find.h"

#include "base/hash.h"
#include "base/memory.h"
#include "json/decode.h"
#include "json/paths.h"
#include "text/utf8.h"
#include "trail/base64.h"
#include "trail/bytebuffer.h"
#include "trail/der.h"
#include "trail/secret.h"
#include "trail/secret_pairs.h"
#include "trail/url.h"

#include <stdlib.h>

enum {
	DEEPEST = 5,            /* decodings within each other */
	MOST = 4096,            /* decoded texts of one value */
	SHORTEST = 8,           /* that may hold a secret */
	ENCODED = 40,           /* bytes of base64 worth decoding, */
	TASTE = 32,             /* and those that show whether it is */
	KNOWN = 64
};

/* A text, and where the value begins and ends that it was decoded from: in the
 * first text, whose own parts are told one by one. */
struct item {
	struct buffer text;
	size_t from, to;
	unsigned depth;
	bool bare;              /* that value is no string */
};

/* The rules of the leaves of JSON with one template: policies repeat theirs. */
struct known {
	uint64_t hash;          /* 0: none */
	uint8_t *rule;
	size_t room;
};

struct secret_find {
	struct secret_parts parts, inner;
	struct item *item;
	size_t items, room;
	struct scan scan;
	struct paths_walk walk;
	struct buffer decoded;
	struct secret_stops stops;
	struct known known[KNOWN];
	struct secret_keys *keys;
	bool friend;
};

/* What is being looked at: a text, and where it stands. */
struct place {
	struct span text;
	size_t from, to;        /* in the first text */
	unsigned depth;
	bool exact;             /* it is a piece of the first text */
	bool bare;
};

struct secret_find *secret_find_new(void)
{
	struct secret_find *f = memory_clear(1, sizeof *f);

	f->keys = secret_keys_new();
	secret_parts_learn(&f->stops);
	return f;
}

void secret_find_free(struct secret_find *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->room; i++)
		buffer_wipe(&f->item[i].text);
	free(f->item);
	free(f->keys);
	secret_parts_free(&f->parts);
	secret_parts_free(&f->inner);
	for (size_t i = 0; i < KNOWN; i++)
		free(f->known[i].rule);
	scan_free(&f->scan);
	buffer_wipe(&f->decoded);
	free(f);
}

/* A place for one more text that was decoded from PLACE; NULL: there are
 * enough. */
static struct buffer *push(struct secret_find *f, const struct place *place)
{
	struct item *item;

	if (place->depth >= DEEPEST || f->items >= MOST)
		return NULL;
	if (f->items == f->room) {
		size_t room = memory_grown(f->room, f->items + 1,
					   sizeof *f->item);

		f->item = memory_resize(f->item, room, sizeof *f->item);
		memset(f->item + f->room, 0,
		       (room - f->room) * sizeof *f->item);
		f->room = room;
	}
	item = &f->item[f->items++];
	buffer_clear(&item->text);
	item->from = place->from;
	item->to = place->to;
	item->depth = place->depth + 1;
	item->bare = place->bare;
	return &item->text;
}

static void tell_whole(struct secret_find *f, const struct place *place,
		       uint8_t rule)
{
	secret_parts_add(&f->parts, (struct secret_part){
		place->from, place->to, rule, place->bare});
}

static bool is_printable(struct span bytes)
{
	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		if (c < ' ' && c != '\t' && c != '\n' && c != '\r')
			return false;
	}
	return true;
}

/* What bytes are.  False: nothing known. */
static bool look_at_bytes(struct secret_find *f, const struct place *place,
			  struct span bytes)
{
	enum der_kind kind = der_kind_of(bytes);
	struct buffer *text;

	if (kind == DER_PRIVATE_KEY)
		tell_whole(f, place, SECRET_PRIVATE_KEY);
	if (kind != DER_NONE)
		return true;
	if (!is_printable(bytes) || !utf8_is_valid(bytes))
		return false;
	text = push(f, place);
	if (text)
		buffer_add_span(text, bytes);
	return true;
}

/* Most texts begin like neither: a call would cost more. */
static bool starts_json(struct span text)
{
	const char *p = text.p;

	if (text.n == 0 || (*p > ' ' && *p != '{' && *p != '['))
		return false;
	p = scan_blank(p, p + text.n);
	return p < text.p + text.n && (*p == '{' || *p == '[');
}

/* A buffer, of which a part may be shown: its text may be padded, or stand
 * between bytes that are none. */
static void look_at_buffer(struct secret_find *f, const struct place *place)
{
	struct span bytes;
	size_t from = 0, to;

	buffer_clear(&f->decoded);
	if (!bytebuffer_numbers(place->text, &f->decoded))
		return;
	bytes = buffer_span(&f->decoded);
	while (bytes.n > 0 && bytes.p[0] == '\0')
		bytes = span_from(bytes, 1);
	if (look_at_bytes(f, place, bytes))
		return;
	for (; from < bytes.n; from = to + 1) {
		struct buffer *text = NULL;

		to = from;
		while (to < bytes.n &&
		       is_printable((struct span){bytes.p + to, 1}))
			to++;
		if (to - from >= SHORTEST)
			text = push(f, place);
		if (text)
			buffer_add(text, bytes.p + from, to - from);
	}
}

/* URL-encoded JSON begins like this, as trail/unfold has it. */
static bool starts_encoded(struct span text)
{
	const char *p = text.p;

	if (*p > ' ' && *p != '%')
		return false;
	p = scan_blank(p, p + text.n);
	return p < text.p + text.n && *p == '%';
}

static bool look_at_encoded(struct secret_find *f, const struct place *place)
{
	struct buffer *text;

	buffer_clear(&f->decoded);
	url_decode(place->text, &f->decoded);
	if (!starts_json(buffer_span(&f->decoded)))
		return false;
	text = push(f, place);
	if (text)
		buffer_add_span(text, buffer_span(&f->decoded));
	return true;
}

/* In one line or, as base64 may be, in several. */
static bool is_long_word(struct span text)
{
	size_t at = 0;

	if (text.n < ENCODED)
		return false;
	while ((at += secret_parts_word(span_from(text, at))) < text.n &&
	       (text.p[at] == '\n' || text.p[at] == '\r'))
		at++;
	return at == text.n;
}

/* Whether base64 begins like text or like DER: the first few bytes tell nearly
 * always. */
static bool tastes_decoded(struct secret_find *f, struct span word)
{
	buffer_clear(&f->decoded);
	return base64_decode((struct span){word.p, TASTE}, &f->decoded) &&
	       (f->decoded.p[0] == '0' || is_printable(buffer_span(&f->decoded)));
}

/* Decodes what is one long word; the rest of it is a blob or nothing. */
static void look_at_word(struct secret_find *f, const struct place *place)
{
	struct span word = span_trim(place->text);
	bool lines = secret_parts_word(word) < word.n;
	bool good = lines || tastes_decoded(f, word);
	uint8_t rule;

	buffer_clear(&f->decoded);
	if (good && base64_decode(word, &f->decoded) &&
	    look_at_bytes(f, place, buffer_span(&f->decoded)))
		return;
	rule = secret_parts_blob(word);
	if (rule != SECRET_NONE && !(rule == SECRET_BLOB && f->friend))
		tell_whole(f, place, rule);
}

/* Text that is not JSON. */
static void look_at_text(struct secret_find *f, const struct place *place)
{
	struct secret_parts *parts = place->exact ? &f->parts : &f->inner;
	size_t before = parts->count;
	bool found;

	if (place->text.n < SHORTEST)
		return;
	if (!place->exact)
		before = f->inner.count = 0;
	secret_parts_find(&f->stops, place->text, place->from, parts);
	found = parts->count > before;
	if (found && !place->exact)
		tell_whole(f, place, parts->part[0].rule);
	if (starts_encoded(place->text) && look_at_encoded(f, place))
		return;
	if (!found && is_long_word(place->text))
		look_at_word(f, place);
}

/* Where a value in JSON stands in the first text. */
static struct place place_of(const struct place *json,
			     const struct scan_token *t)
{
	struct place place = *json;

	place.text = (struct span){t->text, t->length};
	if (json->exact) {
		place.from = json->from + (size_t)(t->text - json->text.p);
		place.to = place.from + t->length;
		place.bare = t->kind > SCAN_STRING_OPEN;
	}
	return place;
}

/* The rules of what was scanned, by slot. */
static const uint8_t *rules_of(struct secret_find *f)
{
	struct span template = buffer_span(&f->scan.template);
	uint64_t hash = hash_span(template) | 1;
	struct known *known = &f->known[hash / 2 % KNOWN];
	enum paths_event event;

	if (known->hash == hash)
		return known->rule;
	known->hash = hash;
	if (f->scan.count > known->room) {
		known->room = f->scan.count;
		known->rule = memory_resize(known->rule, known->room, 1);
	}
	paths_start(&f->walk, template);
	while ((event = paths_next(&f->walk)) != PATHS_END)
		if (event == PATHS_LEAF)
			known->rule[f->walk.slot] =
				secret_leaf_rule(NULL, f->keys, &f->walk);
		else if (event == PATHS_SKIPPED)
			known->rule[f->walk.slot] = SECRET_NONE;
	return known->rule;
}

static void look_at_leaf(struct secret_find *f, const struct place *json,
			 const struct scan_token *t, uint8_t rule)
{
	struct place place = place_of(json, t);
	struct buffer *decoded;

	if (secret_token(rule, t->kind, place.text)) {
		tell_whole(f, &place, rule & ~SECRET_BOOKKEEPING);
		return;
	}
	if (t->kind == SCAN_RAW) {
		look_at_buffer(f, &place);
	} else if (t->escaped || starts_json(place.text)) {
		decoded = push(f, &place);
		if (decoded)
			decode_string(place.text, decoded);
	} else {
		look_at_text(f, &place);
	}
}

/* Whether all of the text was read: an object or array from end to end, or the
 * beginning of one.  What is no JSON but begins like it may become so where a
 * part of it is masked: it is read as far as it can be. */
static bool look_at_json(struct secret_find *f, const struct place *place)
{
	const char *end = place->text.p + place->text.n, *after;
	struct scan_fault fault;
	const uint8_t *rule;
	enum scan_end read;

	if (!starts_json(place->text))
		return false;
	read = scan_strict(&f->scan, place->text.p, end, false, &after, &fault);
	if (read != SCAN_WHOLE)
		scan_relaxed(&f->scan, place->text.p, end, &after, NULL, NULL);
	rule = rules_of(f);
	for (size_t i = 0; i < f->scan.count; i++)
		look_at_leaf(f, place, &f->scan.tokens[i],
			     rule[i] == SECRET_OPERAND
				? secret_pairs_operand(&f->scan, i) : rule[i]);
	return read == SCAN_WHOLE ? scan_blank(after, end) == end
				  : read == SCAN_SHORT;
}

static int by_place(const void *a, const void *b)
{
	const struct secret_part *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* What was decoded is told late: in order again, each place once. */
static void put_in_order(struct secret_parts *parts)
{
	size_t count = parts->count;

	if (count < 2)
		return;
	qsort(parts->part, count, sizeof *parts->part, by_place);
	parts->count = 1;
	for (size_t i = 1; i < count; i++)
		secret_parts_add(parts, parts->part[i]);
}

static void look(struct secret_find *f, const struct place *place)
{
	if (!look_at_json(f, place))
		look_at_text(f, place);
}

/* Whether any rule asks for more than a glance; of most texts none does. */
static bool may_hold(const struct secret_find *f, struct span text)
{
	return starts_json(text) ||
	       (text.n >= SHORTEST &&
		(secret_stops_next(&f->stops, text, 0) < text.n ||
		 starts_encoded(text) || is_long_word(text)));
}

const struct secret_parts *secret_find_in(struct secret_find *f,
					  enum scan_kind kind,
					  struct span text, bool friend)
{
	struct place first = {text, 0, text.n, 0, true, kind == SCAN_RAW};

	f->parts.count = 0;
	if (!may_hold(f, text))
		return &f->parts;
	f->items = 0;
	f->friend = friend;
	if (kind == SCAN_RAW)
		look_at_buffer(f, &first);
	else
		look(f, &first);
	for (size_t i = 0; i < f->items; i++) {
		/* The list may move, and what was decoded with it stays. */
		struct item item = f->item[i];

		look(f, &(struct place){buffer_span(&item.text), item.from,
					item.to, item.depth, false,
					item.bare});
	}
	put_in_order(&f->parts);
	return &f->parts;
}
