/* Walks text that is not quite JSON and masks what may be a secret.  A missing
 * quote turns strings inside out, so text between strings is masked as they
 * are, and a secret ends with its member only where that can be seen: a key, a
 * colon, a whole JSON value, and what may follow one.  Otherwise it goes on to
 * the end. */
#include "load/excerpt.h"

#include "base/buffer.h"
#include "json/decode.h"
#include "json/scan.h"
#include "text/show.h"
#include "trail/secret.h"

enum {
	LONGEST_STRING = 40,
	LONGEST_WORD = 20,
	BEFORE = 56, BEHIND = 40,       /* columns around the caret */
	FARTHEST = 1 << 16              /* bytes to look for a secret's end */
};

struct walk {
	const char *p, *end, *at;
	struct secret_find *find;
	struct buffer line;             /* the masked line so far */
	size_t caret;                   /* in it */
	bool reached;                   /* AT */
	bool value;                     /* a colon was the last mark */
	bool secret;                    /* what follows is masked, */
	const char *until;              /* up to here, or NULL: to the end; */
	bool told;                      /* by one mask for all of it, */
	bool hushed;                    /* which has been written */
};

static void reach(struct walk *w, const char *to)
{
	if (!w->reached && to >= w->at) {
		w->reached = true;
		w->caret = w->line.n;
	}
}

static void put(struct walk *w, struct span text)
{
	if (!w->hushed)
		buffer_add_span(&w->line, text);
}

static bool is_mark(char c)
{
	return c != '\0' && strchr("{}[]:, \t\r\n\"'", c);
}

/* At the quote that closes the string at P, or END. */
static const char *string_end(const char *p, const char *end)
{
	char quote = *p++;

	while (p < end && *p != quote)
		p += *p == '\\' && p + 1 < end ? 2 : 1;
	return p;
}

/* Where a value that begins at P would have to be looked for; nobody reads on
 * for ever. */
static const char *near_end(const struct walk *w, const char *p)
{
	return w->end - p > FARTHEST ? p + FARTHEST : w->end;
}

/* Whether a member's value that ends at P is followed as one is: by a comma and
 * a key, or by its object's bracket; what follows another one counts as a part
 * of the value, which it may be. */
static bool ends_member(const struct walk *w, const char *p)
{
	const char *end = near_end(w, p);

	p = scan_blank(p, end);
	if (p == end || (*p != ',' && *p != '}'))
		return false;
	if (*p != ',') {
		p = scan_blank(p + 1, end);
		return p == end || *p == '}' || *p == ']' || *p == ',' ||
		       p[-1] == '\n';
	}
	p = scan_blank(p + 1, end);
	if (p == end || *p != '"')
		return false;
	p = string_end(p, end);
	if (p == end)
		return false;
	p = scan_blank(p + 1, end);
	return p < end && *p == ':';
}

/* Behind the value that belongs to the key that ends at P, but for its closing
 * bracket, or NULL when one cannot be sure which that is. */
static const char *member_end(const struct walk *w, const char *p)
{
	struct scan scan = {.count = 0};
	struct scan_fault fault;
	const char *after = NULL;

	p = scan_blank(p, w->end);
	if (p == w->end || *p != ':')
		return NULL;
	if (scan_strict(&scan, p + 1, near_end(w, p), false, &after,
			&fault) != SCAN_WHOLE || !ends_member(w, after))
		after = NULL;
	else if (after[-1] == '}' || after[-1] == ']')
		after--;
	scan_free(&scan);
	return after;
}

/* Looks for the key of a secret in a piece of text that ends in front of
 * BEHIND; answers whether the piece itself may hold the secret. */
static bool judge(struct walk *w, struct span piece, bool quoted,
		  const char *behind)
{
	bool more;

	if (!secret_text_rule(piece, &more))
		return false;
	/* Text that tells of secrets, or what would be a key elsewhere. */
	if (quoted && w->value && ends_member(w, behind))
		return more;
	w->secret = true;
	w->until = more ? NULL : member_end(w, behind);
	return more;
}

/* Whether a piece of text says itself that it is a secret. */
static bool says_secret(struct walk *w, struct span piece)
{
	struct buffer text = {0};
	bool secret;

	decode_string(piece, &text);
	secret = secret_find_in(w->find, SCAN_STRING, buffer_span(&text),
				false)->count > 0;
	buffer_wipe(&text);
	return secret;
}

/* A piece of text, whole or masked; the caret may fall inside it. */
static void add_piece(struct walk *w, struct span piece, bool quoted,
		      const char *behind)
{
	const char *end = piece.p + piece.n;
	size_t longest = quoted ? LONGEST_STRING : LONGEST_WORD;
	/* Text over several lines is long text. */
	bool masked = piece.n > longest || memchr(piece.p, '\n', piece.n);
	bool secret = w->secret || judge(w, piece, quoted, behind) ||
		      (!masked && says_secret(w, piece));

	masked |= secret;
	if (!w->reached && w->at < end) {
		w->reached = true;
		w->caret = w->line.n +
			   (masked ? 0 : (size_t)(w->at - piece.p));
	}
	if (!masked)
		put(w, piece);
	else if (secret)
		put(w, SPAN("[masked]"));
	else
		buffer_printf(&w->line, "[%zu bytes]", piece.n);
	w->told |= secret && w->secret;
}

static void add_string(struct walk *w)
{
	const char *from = w->p + 1, *to = string_end(w->p, w->end);
	struct span quote = {w->p, 1};

	reach(w, w->p);
	put(w, quote);
	add_piece(w, (struct span){from, (size_t)(to - from)}, *w->p == '"',
		  to < w->end ? to + 1 : to);
	if (to < w->end) {
		reach(w, to);
		put(w, quote);
		to++;
	}
	w->p = to;
	w->value = false;
}

/* An address is one word: a password in it stands between two marks. */
static void add_word(struct walk *w)
{
	struct span slashes = SPAN("://");
	const char *from = w->p;
	bool address = false;

	while (w->p < w->end) {
		address |= span_starts((struct span){w->p, (size_t)(w->end - w->p)},
				       slashes);
		if (is_mark(*w->p) && !(address && *w->p == ':'))
			break;
		w->p++;
	}
	add_piece(w, (struct span){from, (size_t)(w->p - from)}, false, w->p);
	w->value = false;
}

static void add_mark(struct walk *w)
{
	reach(w, w->p);
	put(w, (struct span){w->p, 1});
	if (*w->p > ' ')
		w->value = *w->p == ':';
	w->p++;
}

/* The masked line with AT in it; whether it goes on. */
static bool walk_line(struct walk *w)
{
	while (w->p < w->end) {
		if (w->secret && w->until && w->p >= w->until)
			w->secret = w->told = false;
		w->hushed = w->secret && w->told;
		if (w->reached &&
		    (w->hushed || w->line.n - w->caret > BEHIND))
			return true;
		if (*w->p == '\n') {
			reach(w, w->p);
			if (w->reached)
				return false;
			buffer_clear(&w->line);
			w->told = false;
			w->p++;
		} else if (*w->p == '"' || *w->p == '\'') {
			add_string(w);
		} else if (is_mark(*w->p)) {
			add_mark(w);
		} else {
			add_word(w);
		}
	}
	reach(w, w->end);
	return false;
}

char *excerpt_new(struct span text, const char *at, bool begins,
		  struct secret_find *find, size_t *caret)
{
	struct walk w = {.p = text.p, .end = text.p + text.n, .at = at,
			 .find = find, .secret = !begins};
	struct buffer out = {0};
	size_t from, to;
	bool more;

	more = walk_line(&w) || w.line.n - w.caret > BEHIND;
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
	if (more)
		buffer_add_text(&out, "...");
	buffer_wipe(&w.line);
	return buffer_take(&out);
}
