/* Owns the table of known places and resolves it against a template in one
 * walk: the way to each leaf is kept as text and looked up by its length.
 * Knows keys, never values. */
#include "trail/fields.h"

#include "base/buffer.h"
#include "json/decode.h"
#include "json/paths.h"
#include "store/shapes.h"
#include "trail/target.h"

static const char *const paths[] = {
#define FIELD(name, path) path,
#include "trail/fields.def"
#undef FIELD
#define OBJECT(path) path,
#include "trail/fields.def"
#undef OBJECT
};

static const uint8_t lengths[] = {
#define FIELD(name, path) sizeof(path) - 1,
#include "trail/fields.def"
#undef FIELD
#define OBJECT(path) sizeof(path) - 1,
#include "trail/fields.def"
#undef OBJECT
};

static const struct {
	uint8_t field, other;
} fallbacks[] = {
#define FALLBACK(field, other) {FIELD_##field, FIELD_##other},
#include "trail/fields.def"
#undef FALLBACK
};

static const char *const names[] = {
#define NAME(name) name,
#include "trail/fields.def"
#undef NAME
};

static const char *const deeper[] = {
#define DEEPER(name) name,
#include "trail/fields.def"
#undef DEEPER
};

enum {
	FIELDS = FIELD_TARGET_1,
	PLACES = sizeof paths / sizeof paths[0],
	DEEPEST = 4,            /* steps to any place in the table */
	LONGEST = 64            /* bytes of any path in it */
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The way to the present thing: its keys with dots between them, and where
 * each ends.  A way that is too long, or leads into an array, is LOST. */
struct way {
	char text[LONGEST];
	uint8_t end[DEEPEST + 1];
};

enum { LOST = UINT8_MAX };

struct resolving {
	struct paths_walk walk;
	struct secret_keys *keys;
	struct way way;
	struct targets targets;
	bool seen[PLACES - FIELDS];     /* objects of the table */
	bool in_error;                  /* of which no leaf was seen */
	uint16_t *slot;
};

static uint8_t lengthen(struct way *way, uint32_t depth, struct span key)
{
	uint8_t at = way->end[depth - 1];
	size_t dot = depth > 1;

	if (at == LOST || !key.p || at + dot + key.n > LONGEST ||
	    memchr(key.p, '.', key.n))
		return LOST;
	if (dot)
		way->text[at++] = '.';
	memcpy(way->text + at, key.p, key.n);
	return (uint8_t)(at + key.n);
}

/* Goes on by the last step of the walk; the length of the way, or LOST. */
static uint8_t follow(struct way *way, const struct paths_walk *walk)
{
	const struct paths_step *step = &walk->steps[walk->depth - 1];
	struct buffer decoded = {0};
	uint8_t end;

	if (!step->escaped) {
		end = lengthen(way, walk->depth, step->key);
	} else {
		decode_string(step->key, &decoded);
		end = lengthen(way, walk->depth, buffer_span(&decoded));
		buffer_free(&decoded);
	}
	way->end[walk->depth] = end;
	return end;
}

/* The number of the place with this path, or PLACES. */
static size_t find(const char *path, uint8_t length)
{
	const uint8_t *at = lengths, *end = lengths + PLACES;

	while ((at = memchr(at, length, (size_t)(end - at))) != NULL) {
		if (memcmp(paths[at - lengths], path, length) == 0)
			return (size_t)(at - lengths);
		at++;
	}
	return PLACES;
}

/* A key that stands again: what was below its first value does not count. */
static void forget(struct resolving *r, size_t object)
{
	struct span path = {paths[object], lengths[object]};

	for (size_t i = 0; i < FIELDS; i++)
		if (lengths[i] > path.n && paths[i][path.n] == '.' &&
		    memcmp(paths[i], path.p, path.n) == 0)
			r->slot[i] = SHAPES_ABSENT;
	target_forget(&r->targets, path);
}

/* Where the error code is an object or an array its first leaf stands for it: a
 * call that failed must not look like one that did not. */
static void consider_error(struct resolving *r, size_t place, bool leaf)
{
	if (place == FIELD_ERROR_CODE || r->walk.depth == 1) {
		r->in_error = place == FIELD_ERROR_CODE && !leaf;
	} else if (r->in_error && leaf && r->walk.slot < SHAPES_ABSENT) {
		r->slot[FIELD_ERROR_CODE] = (uint16_t)r->walk.slot;
		r->in_error = false;
	}
}

/* LEAF says that the present thing is one, and no object or array. */
static void visit(struct resolving *r, bool leaf)
{
	struct paths_walk *walk = &r->walk;
	uint8_t length;
	size_t place = PLACES;

	if (walk->depth <= DEEPEST) {
		length = follow(&r->way, walk);
		place = length == LOST ? PLACES : find(r->way.text, length);
		if (place < FIELDS) {
			r->slot[place] = leaf && walk->slot < SHAPES_ABSENT
						 ? (uint16_t)walk->slot
						 : SHAPES_ABSENT;
		} else if (place < PLACES) {
			if (r->seen[place - FIELDS])
				forget(r, place);
			r->seen[place - FIELDS] = true;
		}
	}
	consider_error(r, place, leaf);
	if (walk->depth == 1)
		target_enter(&r->targets, walk->steps[0].key);
	if (leaf && walk->slot < SHAPES_ABSENT)
		target_consider(&r->targets, r->keys, walk);
}

void fields_resolve(struct span template, struct secret_keys *keys,
		    uint16_t slot[FIELD_COUNT])
{
	struct resolving r;
	enum paths_event event;

	for (size_t i = 0; i < FIELD_COUNT; i++)
		slot[i] = SHAPES_ABSENT;
	r.slot = slot;
	r.keys = keys;
	r.way.end[0] = 0;
	memset(r.seen, 0, sizeof r.seen);
	r.in_error = false;
	target_start(&r.targets);
	paths_start(&r.walk, template);
	while ((event = paths_next(&r.walk)) != PATHS_END)
		if (event != PATHS_CLOSE && event != PATHS_SKIPPED &&
		    r.walk.depth > 0)
			visit(&r, event == PATHS_LEAF);
	for (size_t i = 0; i < COUNT(fallbacks); i++)
		if (slot[fallbacks[i].field] == SHAPES_ABSENT)
			slot[fallbacks[i].field] = slot[fallbacks[i].other];
	target_slots(&r.targets, slot + FIELD_TARGET_1);
}

const char *fields_top_name(struct span word)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (!strchr(paths[i], '.') &&
		    span_equal_ignoring_case(word, span_of(paths[i])))
			return paths[i];
	for (size_t i = 0; i < COUNT(names); i++)
		if (span_equal_ignoring_case(word, span_of(names[i])))
			return names[i];
	return NULL;
}

bool fields_known_name(struct span word)
{
	for (size_t i = 0; i < PLACES; i++) {
		const char *p = paths[i];

		while (p) {
			const char *dot = strchr(p, '.');
			size_t n = dot ? (size_t)(dot - p) : strlen(p);

			if (span_equal(word, (struct span){p, n}))
				return true;
			p = dot ? dot + 1 : NULL;
		}
	}
	for (size_t i = 0; i < COUNT(deeper); i++)
		if (span_is(word, deeper[i]))
			return true;
	return fields_top_name(word) || target_known_name(word);
}
