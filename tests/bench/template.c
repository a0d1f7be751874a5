/* Fills the holes of the generator's texts (template.h).  Knows the signs of a
 * template and chance; what the words mean is the caller's. */
#include "template.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { NESTING = 16 };

struct open {
	const char *start; /* of what is repeated */
	uint32_t left;     /* times still to come */
};

struct writer {
	struct draw *form;
	template_word *word;
	void *context;
	struct buffer *out;
	struct open open[NESTING];
	int depth;
};

static bool opens(const char *p)
{
	return p[0] == '<' && (p[1] == '*' || (p[1] >= '0' && p[1] <= '9'));
}

/* Behind the > that closes what was opened before P. */
static const char *skip(const char *p)
{
	for (int depth = 1; *p; p++) {
		if (opens(p))
			depth++;
		else if (*p == '>' && --depth == 0)
			return p + 1;
	}
	die("template: < without >");
}

static const char *begin(struct writer *w, const char *p)
{
	bool repeat = p[1] == '*';
	char *bar;
	uint32_t n = (uint32_t)strtoul(p + 1 + repeat, &bar, 10);

	if (*bar != '|' || w->depth == NESTING)
		die("template: cannot read %.20s", p);
	if (!repeat && !draw_percent(w->form, n))
		return skip(bar + 1);

	uint32_t more = 0;

	if (repeat) {
		uint32_t a = draw_below(w->form, n);
		uint32_t b = draw_below(w->form, n);

		more = a < b ? a : b;
	}
	w->open[w->depth++] = (struct open){bar + 1, more};
	return bar + 1;
}

static const char *end(struct writer *w, const char *p)
{
	if (w->depth == 0)
		die("template: > without <");

	struct open *o = &w->open[w->depth - 1];

	if (o->left == 0) {
		w->depth--;
		return p + 1;
	}
	o->left--;
	buffer_add_byte(w->out, ',');
	return o->start;
}

static const char *hole(struct writer *w, const char *p)
{
	bool braces = p[1] == '{';
	struct span word = {p + 1 + braces, 0}, argument = {NULL, 0};

	while (word.p[word.n] >= 'a' && word.p[word.n] <= 'z')
		word.n++;

	const char *after = word.p + word.n;

	if (word.n == 0) {
		buffer_add_byte(w->out, '$');
		return p + 1;
	}
	if (braces && *after == ':') {
		argument.p = ++after;
		argument.n = strcspn(after, "}");
		after += argument.n;
	}
	if (braces && *after++ != '}')
		die("template: cannot read %.20s", p);
	w->word(w->context, word, argument, w->out);
	return after;
}

void template_write(const char *text, struct draw *form, template_word *word,
		    void *context, struct buffer *out)
{
	struct writer w = {form, word, context, out, {{0}}, 0};

	for (const char *p = text; *p; ) {
		if (opens(p)) {
			p = begin(&w, p);
		} else if (*p == '>') {
			p = end(&w, p);
		} else if (*p == '$') {
			p = hole(&w, p);
		} else if (*p == '\'') {
			buffer_add_byte(out, '"');
			p++;
		} else if (*p == '`') {
			buffer_add(out, "\\\"", 2);
			p++;
		} else {
			size_t n = strcspn(p, "<>$'`");

			n = n ? n : 1;
			buffer_add(out, p, n);
			p += n;
		}
	}
	if (w.depth)
		die("template: < without >");
}

struct span template_pick(struct span choices, struct draw *draw)
{
	uint32_t count = 1;

	for (size_t i = 0; i < choices.n; i++)
		count += choices.p[i] == '|';

	uint32_t chosen = draw_below(draw, count);
	const char *p = choices.p, *limit = choices.p + choices.n;

	for (;;) {
		const char *bar = memchr(p, '|', (size_t)(limit - p));

		if (!bar || chosen == 0)
			return (struct span){p, (size_t)((bar ? bar : limit) - p)};
		chosen--;
		p = bar + 1;
	}
}
