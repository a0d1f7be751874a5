/* Writes filter text.  What it writes is read again before anybody gets it, so
 * quoting has one owner, the reader. */
#include "query/compose.h"

#include "base/memory.h"
#include "json/decode.h"
#include "query/words.h"
#include "text/utf8.h"
#include "trail/columns.h"

#include <stdlib.h>

static bool same_field(const struct predicate *t, struct span field)
{
	struct buffer name = {0};
	bool same;

	if (t->any || t->test == PREDICATE_MARK)
		return false;
	columns_name(&t->field, &name);
	same = span_equal(buffer_span(&name), field);
	buffer_free(&name);
	return same;
}

static const struct predicate *only_predicate(const struct filter *f)
{
	return f && filter_terms(f) == 1 && filter_predicates(f) == 1
		       ? filter_predicate(f, 0) : NULL;
}

/* Whether TEXT is read as that field with that value, and as nothing else. */
static bool reads_as(struct span text, struct span field, struct span value)
{
	struct filter *f = filter_parse(text, NULL);
	const struct predicate *t = only_predicate(f);
	bool good = t && same_field(t, field) &&
		    (t->test == PREDICATE_EQUALS ||
		     t->test == PREDICATE_WITHIN) &&
		    span_equal(t->value, value);

	filter_free(f);
	return good;
}

/* Whether the value can stand there as it is, and be edited as a line. */
static bool legible(struct span value)
{
	const char *at = value.p, *end = value.p + value.n;

	while (at < end) {
		struct utf8_char c = utf8_decode(at, end);

		if (c.kind != UTF8_SCALAR || c.code < ' ' ||
		    (c.code >= 0x7f && c.code < 0xa0))
			return false;
		at += c.length;
	}
	return value.n > 0;
}

static bool one_value(struct span field, struct span value, const char *sign,
		      struct buffer *out)
{
	size_t start = out->n, behind;

	buffer_add_span(out, field);
	buffer_add_text(out, sign);
	behind = out->n;
	if (legible(value))
		buffer_add_span(out, value);
	if (out->n > behind &&
	    reads_as(span_from(buffer_span(out), start), field, value))
		return true;
	out->n = behind;
	decode_quote(value, out);
	if (reads_as(span_from(buffer_span(out), start), field, value))
		return true;
	out->n = start;
	return false;
}

/* Ends what was appended from START on: gone, unless it reads as a term of
 * that field. */
static bool keep_if_read(struct span field, size_t start, struct buffer *out)
{
	struct filter *f = filter_parse(span_from(buffer_span(out), start),
					NULL);
	const struct predicate *t = only_predicate(f);
	bool good = t && same_field(t, field);

	filter_free(f);
	if (!good)
		out->n = start;
	return good;
}

bool compose_term(struct span field, const struct span *values, size_t n,
		  bool negated, struct buffer *out)
{
	size_t start = out->n;

	if (n == 1)
		return one_value(field, values[0], negated ? "!=" : "=", out);
	buffer_add_span(out, field);
	buffer_add_text(out, negated ? " not in (" : " in (");
	for (size_t i = 0; i < n; i++) {
		buffer_add_text(out, i > 0 ? ", " : "");
		decode_quote(values[i], out);
	}
	buffer_add_byte(out, ')');
	return keep_if_read(field, start, out);
}

bool compose_presence(struct span field, bool present, struct buffer *out)
{
	size_t start = out->n;

	buffer_add_span(out, field);
	buffer_add_text(out, present ? "?" : "!?");
	return keep_if_read(field, start, out);
}

/* With an `or` at the top the whole text is one term.  Brackets that are there
 * already make it none. */
static bool or_at_top(const struct filter *f)
{
	struct span text = span_trim(filter_text(f));
	const char *end = text.p + text.n;
	size_t nodes;
	const struct filter_node *node = filter_nodes(f, &nodes);

	return nodes > 0 && filter_terms(f) == 1 &&
	       node[nodes - 1].kind == FILTER_OR &&
	       !(text.p[0] == '(' &&
		 words_group_end(text.p, end) == end - 1);
}

/* Appends the filter such that it may stand between others. */
static void add_closed(const struct filter_view *view, struct span filter,
		       struct buffer *out)
{
	struct filter *f = filter_parse_with(filter, view, NULL);
	struct span text = span_trim(filter);

	if (f && or_at_top(f))
		words_add_group(text, out);
	else
		buffer_add_span(out, text);
	filter_free(f);
}

void compose_open(const struct filter_view *view, struct span filter,
		  struct buffer *out)
{
	if (span_trim(filter).n == 0)
		return;
	add_closed(view, filter, out);
	buffer_add_byte(out, ' ');
}

static bool has_term(const struct filter_view *view, struct span filter,
		     struct span term)
{
	struct filter *f = filter_parse_with(filter, view, NULL);
	bool has = false;

	for (size_t i = 0; f && i < filter_terms(f) && !has; i++)
		has = span_equal(filter_term(f, i)->text, term);
	filter_free(f);
	return has;
}

bool compose_add(const struct filter_view *view, struct span filter,
		 struct span term, struct buffer *out)
{
	if (has_term(view, filter, term)) {
		buffer_add_span(out, filter);
		return false;
	}
	if (span_trim(filter).n == 0) {
		buffer_add_span(out, term);
		return true;
	}
	compose_open(view, filter, out);
	add_closed(view, term, out);
	return true;
}

/* Whether nothing but that field is asked for between two nodes. */
static bool about(const struct filter *f, const struct filter_term *term,
		  struct span field)
{
	size_t count;
	const struct filter_node *node = filter_nodes(f, &count);

	for (uint32_t i = term->first; i < term->end; i++) {
		if (node[i].kind == FILTER_SAVED)
			return false;
		if (node[i].kind == FILTER_LEAF &&
		    !same_field(filter_predicate(f, node[i].n), field))
			return false;
	}
	return true;
}

void compose_replace(const struct filter_view *view, struct span filter,
		     struct span field, struct span term, struct buffer *out)
{
	struct filter *f = filter_parse_with(filter, view, NULL);
	struct buffer rest = {0};

	for (size_t i = 0; f && i < filter_terms(f); i++) {
		const struct filter_term *old = filter_term(f, i);

		if (about(f, old, field))
			continue;
		if (rest.n > 0)
			buffer_add_byte(&rest, ' ');
		buffer_add_span(&rest, old->text);
	}
	compose_add(view, buffer_span(&rest), term, out);
	filter_free(f);
	buffer_free(&rest);
}

/* A predicate has an operator that means the opposite, but for those that are
 * written without any. */
static bool negate_predicate(const struct filter *f, struct buffer *out)
{
	const struct predicate *t = only_predicate(f);
	size_t nodes, terms;
	const struct filter_node *node = filter_nodes(f, &nodes);
	struct predicate other;

	if (!t || nodes > 2 || node[nodes - 1].kind == FILTER_SAVED ||
	    t->test == PREDICATE_HOLDS ||
	    t->test == PREDICATE_MARK || t->test == PREDICATE_COMPARES ||
	    (t->any && t->test == PREDICATE_MATCHES))
		return false;
	other = *t;
	/* With a `!` before it the opposite is what it says itself. */
	if (nodes == 1)
		other.negated = !other.negated;
	predicate_print(&other, out, &terms);
	return true;
}

bool compose_negate(const struct filter_view *view, struct span term,
		    struct buffer *out)
{
	struct filter *f = filter_parse_with(term, view, NULL), *read;
	size_t start = out->n, nodes = 0;
	const struct filter_node *node = f ? filter_nodes(f, &nodes) : NULL;
	bool good;

	if (f && !negate_predicate(f, out)) {
		if (node[nodes - 1].kind == FILTER_NOT &&
		    (term.p[0] == '!')) {
			buffer_add_span(out, span_from(term, 1));
		} else {
			buffer_add_byte(out, '!');
			compose_open(view, term, out);
			out->n -= out->p[out->n - 1] == ' ';
		}
	}
	read = filter_parse_with(span_from(buffer_span(out), start), view,
				 NULL);
	good = f && read && filter_terms(read) == 1;
	filter_free(read);
	filter_free(f);
	if (!good)
		out->n = start;
	return good;
}

static bool add_first(void *context, struct span text, uint32_t value)
{
	(void)value;
	buffer_add_span(context, text);
	return false;
}

static bool is_among(const struct span *all, size_t n, struct span text)
{
	for (size_t i = 0; i < n; i++)
		if (span_equal(all[i], text))
			return true;
	return false;
}

void compose_ids(const struct store *store, const struct store_event *events,
		 size_t n, struct buffer *out)
{
	static const struct column_ref ref = {.column = COLUMN_ID};
	struct span *id = memory_clear(memory_add(n, 1), sizeof *id);
	struct buffer text = {0};
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		buffer_clear(&text);
		columns_each(store, events[i], &ref, add_first, &text);
		if (text.n > 0 && !is_among(id, count, buffer_span(&text)))
			id[count++] = (struct span){
				memory_copy(text.p, text.n), text.n};
	}
	if (count > 0)
		compose_term(SPAN("id"), id, count, false, out);
	for (size_t i = 0; i < count; i++)
		free((char *)id[i].p);
	free(id);
	buffer_free(&text);
}

static bool asks_marks(const struct filter *f, const struct filter_term *term)
{
	size_t count;
	const struct filter_node *node = filter_nodes(f, &count) + term->first;
	const struct predicate *t;

	if (term->end - term->first != 1 || node->kind != FILTER_LEAF)
		return false;
	t = filter_predicate(f, node->n);
	return t->test == PREDICATE_MARK && t->mark == MARK_MARKED &&
	       !t->negated;
}

void compose_settled(const struct filter *f, const struct store *store,
		     const struct store_event *events, size_t n,
		     struct buffer *out)
{
	for (size_t i = 0; i < filter_terms(f); i++) {
		const struct filter_term *term = filter_term(f, i);
		size_t start = out->n + (i > 0);

		if (i > 0)
			buffer_add_byte(out, ' ');
		if (asks_marks(f, term))
			compose_ids(store, events, n, out);
		if (out->n == start)
			filter_print_settled(f, i, out);
	}
}
