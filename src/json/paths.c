/* Owns the walk over a template.  Flows in: a template of any reading; out:
 * its leaves, each with its way from the root.  Must not know tokens. */
#include "json/paths.h"

#include "json/decode.h"
#include "json/lexeme.h"

void paths_start(struct paths_walk *w, struct span template)
{
	w->template = template;
	w->next = 0;
	w->next_slot = 0;
	w->open = 0;
}

/* In an object the count tells whether a key waits for its value. */
static void set_key(struct paths_walk *w, const char *p, size_t n)
{
	if (w->open == 0 || w->in_array[w->open - 1])
		return;
	w->count[w->open - 1] = 1;
	w->steps[w->open - 1] = (struct paths_step){
		.key = {p, n},
		.escaped = memchr(p, '\\', n) != NULL,
	};
}

/* The present thing is a value in the innermost container. */
static void take_step(struct paths_walk *w)
{
	uint32_t i = w->open - 1;

	w->depth = w->open;
	if (w->open == 0)
		return;
	if (w->in_array[i]) {
		w->steps[i] = (struct paths_step){.index = w->count[i]++};
		return;
	}
	if (!w->count[i])
		set_key(w, w->template.p + w->at, 0);
	w->count[i] = 0;
}

static void skip_quoted(struct paths_walk *w)
{
	const char *p = w->template.p;
	size_t from = w->next + 1;
	size_t to = from;

	while (to < w->template.n && p[to] != p[from - 1])
		to += p[to] == '\\' ? 2 : 1;
	if (to > w->template.n)
		to = w->template.n;
	set_key(w, p + from, to - from);
	w->next = to + 1;
}

static void skip_word(struct paths_walk *w)
{
	const char *p = w->template.p + w->next;
	const char *behind = lexeme_word(p, w->template.p + w->template.n);

	/* a lone slash before a comment is no word, and must be passed */
	if (behind == p)
		behind++;
	set_key(w, p, (size_t)(behind - p));
	w->next += (size_t)(behind - p);
}

static enum paths_event open_bracket(struct paths_walk *w)
{
	bool array = w->template.p[w->next] == '[';

	take_step(w);
	w->steps[w->open] = (struct paths_step){0};
	w->note[w->open] = 0;
	w->in_array[w->open] = array;
	w->count[w->open] = 0;
	w->open++;
	w->next++;
	return array ? PATHS_ARRAY : PATHS_OBJECT;
}

/* A bracket that is not the innermost one's stays where it is until it is. */
static enum paths_event close_bracket(struct paths_walk *w)
{
	if (w->next < w->template.n &&
	    w->in_array[w->open - 1] == (w->template.p[w->next] == ']'))
		w->next++;
	w->open--;
	w->depth = w->open;
	return PATHS_CLOSE;
}

static enum paths_event take_hole(struct paths_walk *w)
{
	w->slot = w->next_slot++;
	if (w->template.p[w->next++] == SCAN_HOLE_SKIPPED) {
		w->depth = w->open > 0 ? w->open - 1 : 0;
		if (w->open == 0)
			w->steps[0] = (struct paths_step){0};
		return PATHS_SKIPPED;
	}
	take_step(w);
	return PATHS_LEAF;
}

enum paths_event paths_next(struct paths_walk *w)
{
	while (w->next < w->template.n) {
		char c = w->template.p[w->next];

		w->at = w->next;
		w->slot = w->next_slot;
		if (c == SCAN_HOLE || c == SCAN_HOLE_SKIPPED)
			return take_hole(w);
		if ((c == '{' || c == '[') && w->open <= SCAN_DEPTH)
			return open_bracket(w);
		if ((c == '}' || c == ']') && w->open > 0)
			return close_bracket(w);
		if (c == '"' || c == '\'') {
			skip_quoted(w);
		} else if (lexeme_is(c, LEXEME_WORD)) {
			skip_word(w);
		} else {
			w->next++;
		}
	}
	w->next = w->at = w->template.n;
	w->slot = w->next_slot;
	w->depth = 0;
	return w->open > 0 ? close_bracket(w) : PATHS_END;
}

static bool is_plain(struct span key)
{
	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      c == '_' ||
		      (i > 0 && (c == '-' || lexeme_is(c, LEXEME_DIGIT)))))
			return false;
	}
	return key.n > 0;
}

void paths_add_key(struct span key, struct buffer *out)
{
	if (is_plain(key))
		buffer_add_span(out, key);
	else
		decode_quote(key, out);
}

static void add_key(const struct paths_step *step, struct buffer *out)
{
	struct buffer decoded = {0};

	decode_string(step->key, &decoded);
	paths_add_key(buffer_span(&decoded), out);
	buffer_free(&decoded);
}

void paths_text(const struct paths_walk *w, struct buffer *out)
{
	for (uint32_t i = 0; i < w->depth; i++) {
		const struct paths_step *step = &w->steps[i];

		if (!step->key.p) {
			buffer_printf(out, "[%u]", (unsigned)step->index);
			continue;
		}
		if (i > 0)
			buffer_add_byte(out, '.');
		add_key(step, out);
	}
}
