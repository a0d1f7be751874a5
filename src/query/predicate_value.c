/* Owns the reading of values: regexes, literals, numbers, times, lists. */
#include "query/predicate_parts.h"

#include "base/memory.h"
#include "json/decode.h"
#include "query/words.h"
#include "text/utf8.h"

#include <stdlib.h>

enum { SHOWN = 60 };

static int shown(struct span text)
{
	return text.n < SHOWN ? (int)text.n : SHOWN;
}

static struct span rest_of(const char *p, const char *end)
{
	return (struct span){p, (size_t)(end - p)};
}

/* The quoted text at *P, decoded; behind it a term must end, or, when LISTED, a
 * comma or a bracket may follow. */
static bool read_quoted(struct predicate_reading *r, const char **p,
			bool listed, struct buffer *out, struct error *err)
{
	const char *behind = words_behind_quote(*p, r->end);

	if (!behind) {
		error_set(err, "the quote is never closed");
		error_hint(err, "a quote inside of quotes is \\\"");
		return predicate_place(r, *p, err);
	}
	if (behind < r->end && !words_is_blank(*behind) &&
	    !(((r->place & WORDS_GROUPED) || listed) && *behind == ')') &&
	    !(listed && *behind == ',')) {
		error_set(err, "a blank is missing behind the quote");
		error_hint(err, "what stands in quotes is the whole value");
		return predicate_place(r, behind, err);
	}
	decode_string(rest_of(*p + 1, behind - 1), out);
	*p = behind;
	return true;
}

static bool take_quoted(struct predicate_reading *r, const char **p,
			struct predicate *t, struct error *err)
{
	struct buffer text = {0};

	t->spelling = PREDICATE_QUOTED;
	if (!read_quoted(r, p, false, &text, err)) {
		buffer_free(&text);
		return false;
	}
	t->value.n = text.n;
	t->value.p = t->memory[0] = buffer_take(&text);
	return true;
}

static bool compile(struct predicate_reading *r, struct predicate *t,
		    unsigned flags, const char *at, struct error *err)
{
	struct match_worker *worker;
	uint64_t column;

	t->regex = match_compile(t->value, flags, err);
	if (t->regex) {
		worker = match_worker_new();
		t->matches_all = match_matches_empty(t->regex, worker);
		match_worker_free(worker);
		return true;
	}
	column = err && err->column > 0 && t->spelling != PREDICATE_QUOTED
			 ? err->column - 1 : 0;
	if (t->spelling == PREDICATE_PLAIN && at + t->value.n < r->end &&
	    column == t->value.n && memchr(t->value.p, '(', t->value.n))
		error_hint(err, "a value ends at a blank, unless it stands "
				"between slashes: /a b/");
	return predicate_place(r, at + column, err);
}

bool predicate_read_regex(struct predicate_reading *r, const char **p,
			  struct predicate *t, struct error *err)
{
	const char *from = *p, *close, *behind;

	if (from < r->end && *from == '"')
		return take_quoted(r, p, t, err) &&
		       compile(r, t, MATCH_LITERAL, from, err);
	behind = words_behind_slashes(from, r->end,
				      r->place & WORDS_GROUPED, &close);
	if (behind) {
		t->spelling = PREDICATE_SLASHED;
		t->caseless = behind > close + 1;
		t->value = rest_of(from + 1, close);
		*p = behind;
		return compile(r, t, t->caseless ? MATCH_CASELESS : 0,
			       from + 1, err);
	}
	*p = words_value_end(from, r->end, r->place | WORDS_PATTERN);
	t->value = rest_of(from, *p);
	return compile(r, t, 0, from, err);
}

static void field_text(const struct predicate *t, struct buffer *out)
{
	if (t->any)
		buffer_add_text(out, "any");
	else
		columns_name(&t->field, out);
}

/* event=(A or B) */
static bool refuse_brackets(struct predicate_reading *r, const char *at,
			    const struct predicate *t, struct error *err)
{
	struct buffer field = {0};

	field_text(t, &field);
	error_set(err, "= takes one value");
	error_hint(err, "%s%s in (A, B); a value with brackets stands in "
		   "quotes", buffer_text(&field), t->negated ? " not" : "");
	buffer_free(&field);
	return predicate_place(r, at, err);
}

/* event=Get* */
static void note_star(struct predicate_reading *r, const char *at,
		      const struct predicate *t)
{
	struct buffer field = {0};
	struct span v = t->value;
	const char *star = memchr(v.p, '*', v.n);

	if (!star || v.n == 1)
		return;
	field_text(t, &field);
	if (star == v.p + v.n - 1)
		predicate_note(r, at, "* is literal behind =: %s%s~^%.*s?",
			       buffer_text(&field), t->negated ? "!" : "",
			       shown(rest_of(v.p, star)), v.p);
	else
		predicate_note(r, at, "* is literal behind =: %s%s~ takes a "
			       "regex", buffer_text(&field),
			       t->negated ? "!" : "");
	buffer_free(&field);
}

/* event=a\(b: the bracket is shielded, and the backslash is looked for. */
static void note_backslash(struct predicate_reading *r, const char *at,
			   struct span value)
{
	for (size_t i = 0; i + 1 < value.n; i++)
		if (value.p[i] == '\\' && memchr("()", value.p[i + 1], 2))
			predicate_note(r, at, "\\ is literal here; a value "
				       "with brackets stands in quotes");
}

bool predicate_read_literal(struct predicate_reading *r, const char **p,
			    struct predicate *t, struct error *err)
{
	const char *from = *p;

	if (from < r->end && *from == '"')
		return take_quoted(r, p, t, err);
	if (from < r->end && *from == '(')
		return refuse_brackets(r, from, t, err);
	*p = words_value_end(from, r->end, r->place);
	t->value = rest_of(from, *p);
	if (t->value.n > 0)
		note_star(r, from, t);
	note_backslash(r, from, t->value);
	if (predicate_of_address(t))
		t->addressed = network_parse(t->value, &t->network);
	return true;
}

static void keep_moment(struct predicate *t, const struct moment *m)
{
	t->moment = memory_resize(t->moment, t->moments + 1,
				  sizeof *t->moment);
	t->moment[t->moments++] = *m;
}

static bool add_moment(struct predicate_reading *r, struct predicate *t,
		       struct span text, const char *at, struct error *err)
{
	struct moment m, again;

	if (!moment_parse(text, &r->view->moment, &m, err))
		return predicate_place(r, at, err);
	keep_moment(t, &m);
	if (t->test == PREDICATE_WITHIN && moment_again(&m, &again))
		keep_moment(t, &again);
	return true;
}

/* A time in a list must be one that a single word spells. */
static bool add_listed_moment(struct predicate_reading *r, struct predicate *t,
			      struct span text, const char *at,
			      struct error *err)
{
	const struct moment *m;

	if (!add_moment(r, t, text, at, err))
		return false;
	m = &t->moment[t->moments - 1];
	if (m->spelled || m->open || moment_is_point(m))
		return true;
	error_set(err, "%.*s: does not stand in a list", shown(text), text.p);
	error_hint(err, "(time=%.*s or time=...)", shown(text), text.p);
	return predicate_place(r, at, err);
}

static bool read_order(struct predicate_reading *r, struct predicate *t,
		       const char *at, struct error *err)
{
	struct error no_time;

	if (decimal_parse(t->value, &t->number)) {
		t->measure = PREDICATE_NUMBER;
		return true;
	}
	t->measure = PREDICATE_TIME;
	if (add_moment(r, t, t->value, at, &no_time))
		return true;
	error_set(err, "neither a number nor a time: %.*s", shown(t->value),
		  t->value.p);
	error_hint(err, "< <= > >= compare 1e9, 2016-03-18, last-2h");
	return predicate_place(r, at, err);
}

bool predicate_read_measure(struct predicate_reading *r, const char **p,
			    struct predicate *t, struct error *err)
{
	bool time = !t->any && t->field.column == COLUMN_TIME;
	const char *at = *p;

	if (at < r->end && *at == '"') {
		if (!take_quoted(r, p, t, err))
			return false;
	} else {
		*p = words_value_end(at, r->end, r->place);
		t->value = rest_of(at, *p);
	}
	if (t->value.n == 0) {
		error_set(err, "a value is missing");
		return predicate_place(r, at, err);
	}
	if (!time)
		return read_order(r, t, at, err);
	t->measure = PREDICATE_TIME;
	if (t->test == PREDICATE_EQUALS)
		t->test = PREDICATE_WITHIN;
	return add_moment(r, t, t->value, at, err);
}

static bool read_item(struct predicate_reading *r, const char **p,
		      struct predicate *t, struct error *err)
{
	bool quoted = **p == '"';
	const char *at = *p;
	struct buffer text = {0};
	struct span item;
	bool good = true;

	if (quoted) {
		good = read_quoted(r, p, true, &text, err);
		item = buffer_span(&text);
	} else {
		*p = words_value_end(at, r->end, WORDS_LISTED);
		item = rest_of(at, *p);
		note_backslash(r, at, item);
	}
	if (good && item.n > 0 && *item.p == '@' && !quoted) {
		error_set(err, "a list in a file stands alone");
		error_hint(err, "in %.*s; in quotes it is text", shown(item),
			   item.p);
		good = predicate_place(r, at, err);
	} else if (good && t->test == PREDICATE_WITHIN) {
		good = add_listed_moment(r, t, quoted ? (struct span){at + 1,
				  (size_t)(*p - at) - 2} : item, at, err);
	} else if (good) {
		needles_add(t->own, item, !quoted);
	}
	buffer_free(&text);
	return good;
}

/* Behind an item: a comma, or the end of the list; *OVER tells which. */
static bool read_comma(struct predicate_reading *r, const char **p,
		       const char *open, bool *over, struct error *err)
{
	*p = words_skip(*p, r->end);
	*over = *p < r->end && **p == ')';
	if (*over || (*p < r->end && **p == ',')) {
		++*p;
		return true;
	}
	if (*p == r->end) {
		error_set(err, "the list is never closed");
		return predicate_place(r, open, err);
	}
	error_set(err, "a comma is missing");
	error_hint(err, "in (A, \"B C\")");
	return predicate_place(r, *p, err);
}

static bool read_items(struct predicate_reading *r, const char **p,
		       struct predicate *t, struct error *err)
{
	const char *open = (*p)++;
	bool over = false;
	size_t count = 0;

	t->own = needles_new();
	while (!over) {
		*p = words_skip(*p, r->end);
		if (*p < r->end && **p == ',') {
			++*p;
			continue;
		}
		if (*p < r->end && **p == ')') {
			++*p;
			break;
		}
		if (*p == r->end)
			return read_comma(r, p, open, &over, err);
		if (!read_item(r, p, t, err) ||
		    !read_comma(r, p, open, &over, err))
			return false;
		count++;
	}
	t->needles = t->own;
	if (count > 0)
		return true;
	error_set(err, "the list is empty");
	error_hint(err, "absent is FIELD!?; an empty text is \"\"");
	return predicate_place(r, open, err);
}

/* in @FILE, in @"my file" */
static bool read_list_name(struct predicate_reading *r, const char **p,
			   struct predicate *t, struct error *err)
{
	const char *at = (*p)++;

	if (t->test == PREDICATE_WITHIN) {
		error_set(err, "times are not read from lists");
		error_hint(err, "time in (2016-03-18, 2016-03-20)");
		return predicate_place(r, at, err);
	}
	if (*p < r->end && **p == '"') {
		if (!take_quoted(r, p, t, err))
			return false;
	} else {
		*p = words_value_end(*p, r->end, r->place);
		t->value = rest_of(at + 1, *p);
	}
	t->list = t->value;
	if (t->list.n == 0)
		error_set(err, "@: a file's name is missing");
	else if (!r->view->lists)
		error_set(err, "@%.*s: no lists can be read here",
			  shown(t->list), t->list.p);
	else
		t->needles = lists_find(r->view->lists, t->list, err);
	return t->needles ? true : predicate_place(r, at, err);
}

static bool ends(const struct predicate_reading *r, const char *p)
{
	return p == r->end || words_is_blank(*p) ||
	       ((r->place & WORDS_GROUPED) && *p == ')');
}

/* The literals of a short list as one regex. */
static void glance_at_needles(struct predicate *t)
{
	enum { FEW = 64, LONGEST = 3000 };
	struct buffer pattern = {0};
	size_t n = needles_count(t->needles);
	bool good = n <= FEW;

	for (size_t i = 0; good && i < n; i++) {
		struct span literal = needles_get(t->needles, i);

		buffer_add_text(&pattern, i ? "|" : "");
		match_quote(literal, &pattern);
		good = literal.n > 0 && utf8_is_valid(literal) &&
		       pattern.n < LONGEST;
	}
	if (good)
		t->regex = match_compile(buffer_span(&pattern), 0, NULL);
	buffer_free(&pattern);
	needles_networks(t->needles, &t->four, &t->six);
}

bool predicate_read_choice(struct predicate_reading *r, const char **p,
			   struct predicate *t, struct error *err)
{
	if (!t->any && t->field.column == COLUMN_TIME)
		t->test = PREDICATE_WITHIN;
	if (*p < r->end && **p == '@') {
		if (!read_list_name(r, p, t, err))
			return false;
		if (t->any)
			glance_at_needles(t);
		return true;
	}
	if (*p == r->end || **p != '(') {
		error_set(err, "in: a list is missing behind it");
		error_hint(err, "in (A, B) or in @FILE");
		return predicate_place(r, *p, err);
	}
	if (!read_items(r, p, t, err))
		return false;
	if (ends(r, *p)) {
		if (t->any)
			glance_at_needles(t);
		return true;
	}
	error_set(err, "a blank is missing behind the list");
	return predicate_place(r, *p, err);
}
