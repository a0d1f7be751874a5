/* Owns the terms.  How they are written together, query/compose knows. */
#include "view/chips.h"

#include "base/memory.h"
#include "query/compose.h"

#include <stdlib.h>

static void forget(struct chip *chip, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_free(&chip[i].text);
	free(chip);
}

void chips_free(struct chips *c)
{
	forget(c->chip, c->count);
	*c = (struct chips){.count = 0};
}

static void add(struct chips *c, struct span text, bool off, bool pinned)
{
	c->chip = memory_resize(c->chip, c->count + 1, sizeof(*c->chip));
	c->chip[c->count] = (struct chip){.off = off, .pinned = pinned};
	buffer_add_span(&c->chip[c->count++].text, text);
}

static bool is_pinned(const struct chips *c, struct span text)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->chip[i].pinned &&
		    span_equal(buffer_span(&c->chip[i].text), text))
			return true;
	return false;
}

static bool has_term(const struct filter *filter, struct span text)
{
	for (size_t i = 0; i < filter_terms(filter); i++)
		if (span_equal(filter_term(filter, i)->text, text))
			return true;
	return false;
}

void chips_follow(struct chips *c, const struct filter *filter)
{
	struct chips next = {.cursor = c->cursor};
	size_t term = 0;

	for (size_t i = 0; i <= c->count; i++) {
		bool off = i < c->count && c->chip[i].off;
		size_t end = i < c->count ? term + !off
					  : filter_terms(filter);

		for (; term < end && term < filter_terms(filter); term++) {
			struct span text = filter_term(filter, term)->text;

			add(&next, text, false, is_pinned(c, text));
		}
		if (off && !has_term(filter, buffer_span(&c->chip[i].text)))
			add(&next, buffer_span(&c->chip[i].text), true,
			    c->chip[i].pinned);
	}
	if (next.cursor >= next.count)
		next.cursor = next.count ? next.count - 1 : 0;
	forget(c->chip, c->count);
	*c = next;
}

/* Takes a blank behind the last term off again. */
static void end_with_term(struct buffer *out, size_t start)
{
	while (out->n > start && out->p[out->n - 1] == ' ')
		out->n--;
}

void chips_write(const struct chips *c, const struct filter_view *view,
		 bool pinned_wanted, struct buffer *out)
{
	size_t start = out->n, written = 0, last = 0;

	for (size_t i = 0; i < c->count; i++) {
		if (c->chip[i].off || (c->chip[i].pinned && !pinned_wanted))
			continue;
		compose_open(view, buffer_span(&c->chip[i].text), out);
		written++;
		last = i;
	}
	/* Alone it needs no brackets. */
	if (written == 1) {
		out->n = start;
		buffer_add_span(out, buffer_span(&c->chip[last].text));
	}
	end_with_term(out, start);
}

void chips_keep(const struct chips *c, const struct filter_view *view,
		struct span filter, struct buffer *out)
{
	struct filter *f = filter_parse_with(filter, view, NULL);
	size_t start = out->n;

	for (size_t i = 0; f && i < c->count; i++) {
		struct span text = buffer_span(&c->chip[i].text);

		if (c->chip[i].pinned && !c->chip[i].off && !has_term(f, text))
			compose_open(view, text, out);
	}
	if (out->n > start) {
		compose_open(view, filter, out);
		end_with_term(out, start);
	} else {
		buffer_add_span(out, filter);
	}
	filter_free(f);
}

void chips_remove(struct chips *c, size_t i)
{
	buffer_free(&c->chip[i].text);
	c->count--;
	memmove(&c->chip[i], &c->chip[i + 1],
		(c->count - i) * sizeof(*c->chip));
	if (c->cursor >= c->count)
		c->cursor = c->count ? c->count - 1 : 0;
}

/* A letter for each, its text, and a NUL, which no filter holds. */
void chips_save(const struct chips *c, struct buffer *out)
{
	for (size_t i = 0; i < c->count; i++) {
		buffer_add_byte(out, (char)('0' + c->chip[i].off +
					    2 * c->chip[i].pinned));
		buffer_add_span(out, buffer_span(&c->chip[i].text));
		buffer_add_byte(out, '\0');
	}
}

void chips_restore(struct chips *c, struct span saved)
{
	size_t cursor = c->cursor;

	chips_free(c);
	while (saved.n > 0) {
		const char *end = memchr(saved.p, '\0', saved.n);
		int flags = saved.p[0] - '0';

		add(c, (struct span){saved.p + 1,
				     (size_t)(end - saved.p) - 1},
		    flags & 1, flags & 2);
		saved = span_from(saved, (size_t)(end - saved.p) + 1);
	}
	c->cursor = cursor < c->count ? cursor : 0;
}

size_t chips_term(const struct chips *c, size_t i)
{
	size_t term = 0;

	if (i >= c->count || c->chip[i].off)
		return SIZE_MAX;
	for (size_t k = 0; k < i; k++)
		term += !c->chip[k].off;
	return term;
}
