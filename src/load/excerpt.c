/* Walks text that is not quite JSON and masks what may be a secret.  A missing
 * quote turns strings inside out, so text between strings is not trusted
 * either: only short words stay. */
#include "load/excerpt.h"

#include "base/buffer.h"
#include "text/show.h"
#include "trail/secret.h"

#include <stdbool.h>

enum {
	LONGEST_STRING = 40,
	LONGEST_WORD = 20,
	BEFORE = 56, BEHIND = 40        /* columns around the caret */
};

struct walk {
	const char *p, *end, *at;
	struct buffer line;             /* the masked line so far */
	size_t caret;                   /* in it */
	bool reached;                   /* AT */
	bool secret;                    /* what follows is masked, */
	size_t depth, secret_depth;     /* up to a comma at this depth */
};

static void reach(struct walk *w, const char *to)
{
	if (!w->reached && to >= w->at) {
		w->reached = true;
		w->caret = w->line.n;
	}
}

static void add_mask(struct walk *w, size_t n)
{
	buffer_printf(&w->line, "[%zu bytes]", n);
}

/* A piece of text, whole or masked; the caret may fall inside it. */
static void add_piece(struct walk *w, struct span piece, bool masked)
{
	const char *end = piece.p + piece.n;

	if (!w->reached && w->at < end) {
		w->reached = true;
		w->caret = w->line.n +
			   (masked ? 0 : (size_t)(w->at - piece.p));
	}
	if (masked)
		add_mask(w, piece.n);
	else
		buffer_add_span(&w->line, piece);
}

/* What may be a key that announces a secret. */
static void judge(struct walk *w, struct span word)
{
	if (w->secret || !secret_key(word))
		return;
	w->secret = true;
	w->secret_depth = w->depth;
}

static void add_string(struct walk *w)
{
	char quote = *w->p;
	const char *from = w->p + 1, *to = from;
	struct span text;

	while (to < w->end && *to != quote)
		to += *to == '\\' && to + 1 < w->end ? 2 : 1;
	text = (struct span){from, (size_t)(to - from)};
	reach(w, from - 1);
	buffer_add_byte(&w->line, quote);
	/* Text over several lines is long text. */
	add_piece(w, text, w->secret || text.n > LONGEST_STRING ||
			   memchr(from, '\n', text.n));
	if (to < w->end) {
		reach(w, to);
		buffer_add_byte(&w->line, quote);
		to++;
	}
	w->p = to;
	judge(w, text);
}

static void add_word(struct walk *w)
{
	static const char ends[] = "{}[]:,\"' \t\r\n";
	const char *from = w->p;
	struct span word;

	while (w->p < w->end && !strchr(ends, *w->p))
		w->p++;
	word = (struct span){from, (size_t)(w->p - from)};
	if (word.n == 0) {
		/* A NUL, which strchr finds in any text. */
		word.n = 1;
		w->p++;
	}
	add_piece(w, word, w->secret || word.n > LONGEST_WORD);
	judge(w, word);
}

static void add_mark(struct walk *w)
{
	char c = *w->p;

	reach(w, w->p);
	buffer_add_byte(&w->line, c);
	w->p++;
	if (c == '{' || c == '[')
		w->depth++;
	if ((c == '}' || c == ']') && w->depth > 0)
		w->depth--;
	if (strchr(",}]", c) && w->depth <= w->secret_depth)
		w->secret = false;
}

/* The masked line with AT in it. */
static void walk_line(struct walk *w)
{
	while (w->p < w->end) {
		if (*w->p == '\n') {
			reach(w, w->p);
			if (w->reached)
				return;
			buffer_clear(&w->line);
			w->p++;
		} else if (*w->p == '"' || *w->p == '\'') {
			add_string(w);
		} else if (strchr("{}[]:, \t\r", *w->p) && *w->p) {
			add_mark(w);
		} else {
			add_word(w);
		}
		if (w->reached && w->line.n - w->caret > BEHIND)
			return;
	}
	reach(w, w->end);
}

char *excerpt_new(struct span text, const char *at, size_t *caret)
{
	struct walk w = {.p = text.p, .end = text.p + text.n, .at = at};
	struct buffer out = {0};
	size_t from, to;

	walk_line(&w);
	from = w.caret > BEFORE ? w.caret - BEFORE : 0;
	to = w.line.n - w.caret > BEHIND ? w.caret + BEHIND : w.line.n;
	while (to > w.caret && w.line.p[to - 1] == '\r')
		to--;
	if (from > 0)
		buffer_add_text(&out, "...");
	show_write(span_from((struct span){w.line.p, w.caret}, from),
		   SHOW_ASCII, &out);
	*caret = out.n;
	show_write(span_from((struct span){w.line.p, to}, w.caret),
		   SHOW_ASCII, &out);
	if (to < w.line.n)
		buffer_add_text(&out, "...");
	buffer_wipe(&w.line);
	return buffer_take(&out);
}
