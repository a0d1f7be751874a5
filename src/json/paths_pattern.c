/* Owns the paths that users write, and whether one names a place.  Flows in:
 * text once, then the places of a walk; out: yes or no. */
#include "base/memory.h"
#include "json/decode.h"
#include "json/lexeme.h"
#include "json/paths.h"

#include <stdlib.h>

enum part_kind { KEY, ANY_KEY, ELEMENT, ANY_ELEMENT, ANY_DEPTH };

struct part {
	enum part_kind kind;
	uint32_t index;    /* of the element */
	size_t key;        /* the decoded key's offset in KEYS */
	size_t length;
};

struct paths {
	struct part *parts;
	size_t count;
	size_t capacity;
	struct buffer keys;
};

struct reading {
	const char *from;
	const char *p;
	const char *end;
	struct paths *path;
	struct error *err;
};

static bool fail(const struct reading *r, const char *at, const char *why)
{
	size_t offset = (size_t)(at - r->from);

	error_set(r->err, "not a path: %s", why);
	return error_at(r->err, 1, offset + 1, offset);
}

static void add(struct paths *path, struct part part)
{
	if (path->count == path->capacity) {
		path->capacity = memory_grown(path->capacity, path->count + 1,
					      sizeof *path->parts);
		path->parts = memory_resize(path->parts, path->capacity,
					    sizeof *path->parts);
	}
	path->parts[path->count++] = part;
}

static void add_key(struct paths *path, struct span token)
{
	size_t from = path->keys.n;

	decode_string(token, &path->keys);
	add(path, (struct part){.kind = KEY, .key = from,
				.length = path->keys.n - from});
}

static bool is_word(char c)
{
	/* more than paths_text leaves without quotes, but no sign of a path
	 * or a filter */
	return c == ':' || (lexeme_is(c, LEXEME_WORD) &&
			    !strchr(".*()<>=!~|&?;\\`^", c));
}

static bool read_quoted(struct reading *r)
{
	struct scan_fault fault;
	enum fault what;
	bool escaped;
	const char *q = lexeme_string(r->p + 1, r->end, &escaped, &what,
				      false);

	if (what) {
		fault_set(&fault, what == FAULT_SHORT ? FAULT_STRING_OPEN
						      : what, q, r->p);
		return fail(r, what == FAULT_SHORT ? r->p : q, fault.why);
	}
	add_key(r->path, (struct span){r->p + 1, (size_t)(q - r->p - 1)});
	r->p = q + 1;
	return true;
}

static bool read_stars(struct reading *r)
{
	bool deep = r->end - r->p > 1 && r->p[1] == '*';

	add(r->path, (struct part){.kind = deep ? ANY_DEPTH : ANY_KEY});
	r->p += deep ? 2 : 1;
	return true;
}

static bool read_key(struct reading *r)
{
	const char *from = r->p;

	if (r->p < r->end && *r->p == '"')
		return read_quoted(r);
	if (r->p < r->end && *r->p == '*')
		return read_stars(r);
	while (r->p < r->end && is_word(*r->p))
		r->p++;
	if (r->p == from)
		return fail(r, from, "expected a key (in double quotes if it "
				     "is not a word), * or **");
	/* a word has no backslash, so that decoding changes nothing */
	add_key(r->path, (struct span){from, (size_t)(r->p - from)});
	return true;
}

static bool read_element(struct reading *r)
{
	const char *open = r->p++;
	uint64_t index = 0;
	struct part part = {.kind = ANY_ELEMENT};

	while (r->p < r->end && lexeme_is(*r->p, LEXEME_DIGIT)) {
		part.kind = ELEMENT;
		index = index * 10 + (uint64_t)(*r->p++ - '0');
		if (index > UINT32_MAX)
			return fail(r, open + 1, "the element's number is "
						 "too large");
	}
	if (r->p == r->end || *r->p != ']')
		return fail(r, r->p, "expected ']' or an element's number");
	r->p++;
	part.index = (uint32_t)index;
	add(r->path, part);
	return true;
}

static bool read_path(struct reading *r)
{
	bool first = true;

	do {
		if (r->p < r->end && *r->p == '[') {
			if (!read_element(r))
				return false;
		} else {
			if (!first && *r->p++ != '.')
				return fail(r, r->p - 1,
					    "expected '.' or '['");
			if (!read_key(r))
				return false;
		}
		first = false;
	} while (r->p < r->end);
	return true;
}

struct paths *paths_parse(struct span text, struct error *err)
{
	struct paths *path = memory_clear(1, sizeof *path);
	const char *p = text.n ? text.p : "";
	struct reading r = {p, p, p + text.n, path, err};

	/* so that a path of empty keys has a place for them too */
	buffer_room(&path->keys, 1);
	if (read_path(&r))
		return path;
	paths_free(path);
	return NULL;
}

void paths_free(struct paths *path)
{
	if (!path)
		return;
	free(path->parts);
	buffer_free(&path->keys);
	free(path);
}

static bool key_matches(const struct paths *path, const struct part *part,
			const struct paths_step *step)
{
	struct span key = {path->keys.p + part->key, part->length};
	struct buffer decoded = {0};
	bool equal;

	if (!step->escaped)
		return span_equal(key, step->key);
	decode_string(step->key, &decoded);
	equal = span_equal(key, buffer_span(&decoded));
	buffer_free(&decoded);
	return equal;
}

/* For all kinds but ANY_DEPTH, which is more than one step. */
static bool part_matches(const struct paths *path, const struct part *part,
			 const struct paths_step *step)
{
	bool in_array = step->key.p == NULL;

	switch (part->kind) {
	case KEY:
		return !in_array && key_matches(path, part, step);
	case ELEMENT:
		return in_array && step->index == part->index;
	case ANY_ELEMENT:
		return in_array;
	default:
		return !in_array;
	}
}

/* As with a glob's star, only the last ** ever needs to be tried again. */
bool paths_match(const struct paths *path, const struct paths_walk *w)
{
	size_t part = 0, again = SIZE_MAX;
	uint32_t step = 0, again_step = 0;

	while (step < w->depth) {
		const struct part *p = &path->parts[part];

		if (part < path->count && p->kind == ANY_DEPTH) {
			again = ++part;
			again_step = step;
		} else if (part < path->count &&
			   part_matches(path, p, &w->steps[step])) {
			part++;
			step++;
		} else if (again != SIZE_MAX) {
			part = again;
			step = ++again_step;
		} else {
			return false;
		}
	}
	while (part < path->count && path->parts[part].kind == ANY_DEPTH)
		part++;
	return part == path->count;
}

static bool is_spelled(const struct part *part)
{
	return part->kind != ANY_KEY && part->kind != ANY_DEPTH;
}

bool paths_leads_through(const struct paths *path, const struct paths_walk *w)
{
	if (w->depth >= path->count || !is_spelled(&path->parts[w->depth]))
		return false;
	for (uint32_t i = 0; i < w->depth; i++)
		if (!is_spelled(&path->parts[i]) ||
		    !part_matches(path, &path->parts[i], &w->steps[i]))
			return false;
	return true;
}
