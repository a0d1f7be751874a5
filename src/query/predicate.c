/* Owns the reading of one term: which field, which operator.  What follows the
 * operator is read in predicate_value.c. */
#include "query/predicate.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "query/predicate_parts.h"
#include "query/words.h"
#include "trail/fields.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct operator {
	const char *sign;
	enum predicate_test test;
	bool negated;
	enum predicate_order order;
} operators[] = {
	{"!~", PREDICATE_MATCHES, true, 0},
	{"=~", PREDICATE_MATCHES, false, 0},
	{"~", PREDICATE_MATCHES, false, 0},
	{"!=", PREDICATE_EQUALS, true, 0},
	{"==", PREDICATE_EQUALS, false, 0},
	{"=", PREDICATE_EQUALS, false, 0},
	{"<=", PREDICATE_COMPARES, false, PREDICATE_UP_TO},
	{"<", PREDICATE_COMPARES, false, PREDICATE_BELOW},
	{">=", PREDICATE_COMPARES, false, PREDICATE_FROM},
	{">", PREDICATE_COMPARES, false, PREDICATE_ABOVE},
	{"!?", PREDICATE_PRESENT, true, 0},
	{"?", PREDICATE_PRESENT, false, 0},
};

enum { OPERATORS = sizeof operators / sizeof *operators, SHOWN = 60 };

static struct span rest_of(const char *p, const char *end)
{
	return (struct span){p, (size_t)(end - p)};
}

static int shown(struct span text)
{
	return text.n < SHOWN ? (int)text.n : SHOWN;
}

static const struct operator *operator_at(const char *p, const char *end)
{
	for (size_t i = 0; i < OPERATORS; i++)
		if (span_starts(rest_of(p, end), span_of(operators[i].sign)))
			return &operators[i];
	return NULL;
}

bool predicate_place(const struct predicate_reading *r, const char *at,
		     struct error *err)
{
	uint64_t offset = (uint64_t)(at - r->from);

	return error_at(err, 1, offset + 1, offset);
}

void predicate_note(struct predicate_reading *r, const char *at,
		    const char *format, ...)
{
	va_list arguments;

	if (r->note.column > 0)
		return;
	r->note.column = (size_t)(at - r->from) + 1;
	va_start(arguments, format);
	vsnprintf(r->note.text, sizeof r->note.text, format, arguments);
	va_end(arguments);
}

/* The name `any` stands for every field; all others are columns or paths. */
static bool read_field(struct predicate_reading *r, struct predicate *t,
		       struct span field, struct error *err)
{
	uint64_t column;

	if (span_equal_ignoring_case(field, SPAN("any"))) {
		t->any = true;
		return true;
	}
	if (columns_parse(field, &t->field, err))
		return true;
	column = err && err->column > 0 ? err->column - 1 : 0;
	return predicate_place(r, field.p + column, err);
}

bool predicate_of_address(const struct predicate *t)
{
	struct buffer name = {0};
	bool address;

	if (t->any)
		return false;
	if (t->field.column != COLUMN_PATH)
		return t->field.column == COLUMN_FROM;
	columns_name(&t->field, &name);
	address = span_is(buffer_span(&name), "sourceIPAddress") ||
		  span_is(buffer_span(&name), "\"sourceIPAddress\"");
	buffer_free(&name);
	return address;
}

/* What ends a term that has no value. */
static bool ends_term(const struct predicate_reading *r, const char *p)
{
	return p == r->end || words_is_blank(*p) ||
	       ((r->place & WORDS_GROUPED) && *p == ')');
}

/* `NAME?` is a question about presence only for what is a field; otherwise the
 * mark belongs to a regular expression. */
static bool asks_presence(const struct predicate_reading *r,
			  struct span field, const char *behind)
{
	struct column_ref ref;

	if (!ends_term(r, behind) || !columns_parse(field, &ref, NULL))
		return false;
	columns_free(&ref);
	return true;
}

static bool read_value(struct predicate_reading *r, const char **p,
		       struct predicate *t, struct error *err)
{
	bool time = !t->any && t->field.column == COLUMN_TIME;

	switch (t->test) {
	case PREDICATE_MATCHES:
		return predicate_read_regex(r, p, t, err);
	case PREDICATE_EQUALS:
		if (time)
			return predicate_read_measure(r, p, t, err);
		return predicate_read_literal(r, p, t, err);
	case PREDICATE_COMPARES:
		if (!t->any)
			return predicate_read_measure(r, p, t, err);
		error_set(err, "any: has no order");
		error_hint(err, "a field is compared: FIELD>VALUE");
		return predicate_place(r, *p, err);
	default:
		return true;
	}
}

static bool read_operator(struct predicate_reading *r, const char **p,
			  struct predicate *t, struct span field,
			  const struct operator *o, struct error *err)
{
	if (!read_field(r, t, field, err))
		return false;
	t->test = o->test;
	t->negated = o->negated;
	t->order = o->order;
	*p = field.p + field.n + strlen(o->sign);
	return read_value(r, p, t, err);
}

/* Behind `in` or `not in`, which follows a field and a blank at P; or NULL. */
static const char *choice_at(const char *p, const char *end, bool *negated)
{
	const char *word = words_skip(p, end), *behind;

	*negated = false;
	if (word == p)
		return NULL;
	behind = words_behind(word, end, "not");
	if (behind && behind < end && words_is_blank(*behind)) {
		*negated = true;
		word = words_skip(behind, end);
	}
	return words_behind(word, end, "in");
}

/* `in` between two words is no choice, when the first is no field and the other
 * no list. */
static bool is_choice(const struct predicate_reading *r, struct span field,
		      const char *behind)
{
	struct column_ref ref;

	behind = words_skip(behind, r->end);
	if ((behind < r->end && (*behind == '(' || *behind == '@')) ||
	    span_equal_ignoring_case(field, SPAN("any")))
		return true;
	if (!columns_parse(field, &ref, NULL))
		return false;
	columns_free(&ref);
	return true;
}

static bool read_choice(struct predicate_reading *r, const char **p,
			struct predicate *t, struct span field,
			const char *behind, bool negated, struct error *err)
{
	if (!read_field(r, t, field, err))
		return false;
	t->test = PREDICATE_ONE_OF;
	t->negated = negated;
	*p = words_skip(behind, r->end);
	return predicate_read_choice(r, p, t, err);
}

static bool read_mark(struct predicate_reading *r, const char **p,
		      struct predicate *t, enum mark_group group,
		      const char *name, struct error *err)
{
	const char *end = words_value_end(name, r->end, r->place);
	const char *path;

	t->test = PREDICATE_MARK;
	t->mark = marks_find(group, rest_of(name, end), err);
	if (t->mark == MARK_COUNT)
		return predicate_place(r, name, err);
	t->any = !marks_by_value(t->mark, &path) || !path;
	if (!t->any)
		columns_parse(span_of(path), &t->field, NULL);
	*p = end;
	return true;
}

/* NAME:VALUE, where NAME is likely to be meant as a field. */
static bool refuse_colon(struct predicate_reading *r, struct span name,
			 const char *value, struct error *err)
{
	static const char *const words[] = {"is", "has", "saved"};
	const char *end = words_value_end(value, r->end, r->place);
	struct span rest = rest_of(value, end);
	struct column_ref ref;
	const char *nearest = nearest_name(name, words, 3);
	bool field = columns_parse(name, &ref, NULL);
	bool top = field && (ref.column != COLUMN_PATH ||
			     fields_top_name(name));

	if (field)
		columns_free(&ref);
	if (top) {
		error_set(err, "%.*s: a field is followed by an operator, "
			  "not a colon", shown(name), name.p);
		error_hint(err, "%.*s=%.*s or %.*s~%.*s; in quotes it is text",
			   shown(name), name.p, shown(rest), rest.p,
			   shown(name), name.p, shown(rest), rest.p);
	} else if (nearest) {
		error_set(err, "%.*s: no such word", shown(name), name.p);
		error_hint(err, "%s:%.*s? in quotes it is text", nearest,
			   shown(rest), rest.p);
	} else {
		return true;
	}
	return predicate_place(r, name.p, err);
}

/* A path that goes on with what has to stand in quotes:
 * requestParameters.encryptionContext.aws:acm:arn? */
static bool refuse_bare_key(struct predicate_reading *r, struct span path,
			    struct error *err)
{
	const char *end = words_value_end(path.p, r->end, r->place);
	const char *dot = memchr(path.p, '.', path.n), *last = NULL, *p;
	const char *behind = NULL;
	const struct operator *o = NULL;

	if (!dot || !fields_top_name(rest_of(path.p, dot)))
		return true;
	for (p = path.p; p < path.p + path.n; p++)
		last = *p == '.' ? p + 1 : last;
	for (; p < end && !o; p++) {
		o = operator_at(p, end);
		if (!behind && (o || *p == '.' || *p == '['))
			behind = p;
	}
	if (!o)
		return true;
	error_set(err, "a key that is not a plain word stands in quotes");
	error_hint(err, "%.*s\"%.*s\"%.*s", (int)(last - path.p), path.p,
		   (int)(behind - last), last, shown(rest_of(behind, end)),
		   behind);
	return predicate_place(r, last, err);
}

/* What is likely to be meant as a part of a key. */
static bool in_key(char c)
{
	return (unsigned char)c >= 0x80 || memchr("/$@", c, 3);
}

/* What begins like a field and goes on with a colon: a mark, a mistake, or
 * text. */
static bool read_colon(struct predicate_reading *r, const char **p,
		       struct predicate *t, struct span name, bool *done,
		       struct error *err)
{
	const char *value = name.p + name.n + 1;

	*done = false;
	if (ends_term(r, value))
		return true;
	if (span_equal_ignoring_case(name, SPAN("is")) ||
	    span_equal_ignoring_case(name, SPAN("has"))) {
		*done = true;
		return read_mark(r, p, t, name.n == 2 ? MARK_IS : MARK_HAS,
				 value, err);
	}
	return refuse_colon(r, name, value, err) &&
	       refuse_bare_key(r, name, err);
}

/* An operator that nothing stands in front of, most likely for a blank. */
static bool refuse_operator(struct predicate_reading *r, const char *p,
			    struct error *err)
{
	const struct operator *o = operator_at(p, r->end);
	const char *behind = o ? p + strlen(o->sign) : p;

	if (!o || o->test == PREDICATE_PRESENT ||
	    (!ends_term(r, behind) && !memchr("=!", *p, 2) &&
	     *behind != '"'))
		return true;
	error_set(err, "%s: a field is missing in front of it", o->sign);
	error_hint(err, "without blanks: FIELD%sVALUE; in quotes it is text",
		   o->sign);
	return predicate_place(r, p, err);
}

/* A lone `in` or `|` is none of our operators here, but was meant as one. */
static bool refuse_word(struct predicate_reading *r, const char *p,
			struct error *err)
{
	const char *behind = words_behind(p, r->end, "in");

	if (behind && ends_term(r, words_skip(p + 2, r->end)))
		error_set(err, "in: a list is missing behind it");
	else if (behind)
		error_set(err, "in: a field is missing in front of it");
	else if (*p == '|' && ends_term(r, p + 1))
		error_set(err, "|: no operator");
	else
		return true;
	error_hint(err, "%s", behind
		   ? "FIELD in (A, B), any in @FILE; in quotes it is text"
		   : "or, ||; in quotes it is text");
	return predicate_place(r, p, err);
}

/* A single address is looked for as text, so that all else is passed by
 * quickly. */
static void glance_at_address(struct predicate *t)
{
	struct buffer dotted = {0};
	const uint8_t *b = t->network.byte;

	t->six = t->network.six;
	t->four = !t->six && t->network.prefix < 32;
	if (t->six || t->four)
		return;
	buffer_printf(&dotted, "%d\\.%d\\.%d\\.%d", b[0], b[1], b[2], b[3]);
	t->regex = match_compile(buffer_span(&dotted), 0, NULL);
	buffer_free(&dotted);
}

/* 203.0.113.7, 198.51.100.0/24, 2001:db8::1 */
static bool read_address(struct predicate_reading *r, const char **p,
			 struct predicate *t)
{
	const char *end = words_value_end(*p, r->end, r->place);
	struct span text = rest_of(*p, end);

	if (text.n < 3 || !network_parse(text, &t->network))
		return false;
	t->any = true;
	t->addressed = true;
	t->test = PREDICATE_HOLDS;
	t->value = text;
	glance_at_address(t);
	*p = end;
	return true;
}

static bool read_bare(struct predicate_reading *r, const char **p,
		      struct predicate *t, struct error *err)
{
	if (!refuse_operator(r, *p, err) || !refuse_word(r, *p, err))
		return false;
	if (read_address(r, p, t))
		return true;
	t->any = true;
	t->test = PREDICATE_MATCHES;
	return predicate_read_regex(r, p, t, err);
}

static bool read(struct predicate_reading *r, const char **p,
		 struct predicate *t, struct error *err)
{
	const char *at = words_field_end(*p, r->end);
	struct span field = rest_of(*p, at);
	const struct operator *o = NULL;
	const char *choice = NULL;
	bool negated, done;

	if (field.n > 0) {
		o = operator_at(at, r->end);
		choice = choice_at(at, r->end, &negated);
	}
	if (o && (o->test != PREDICATE_PRESENT ||
		  asks_presence(r, field, at + strlen(o->sign))))
		return read_operator(r, p, t, field, o, err);
	if (choice && is_choice(r, field, choice))
		return read_choice(r, p, t, field, choice, negated, err);
	if (field.n > 0 && at < r->end && *at == ':') {
		if (!read_colon(r, p, t, field, &done, err))
			return false;
		if (done)
			return true;
	} else if (field.n > 0 && at < r->end && in_key(*at) &&
		   !refuse_bare_key(r, field, err)) {
		return false;
	}
	return read_bare(r, p, t, err);
}

bool predicate_read(struct predicate_reading *r, const char **p,
		    struct predicate *t, struct error *err)
{
	const char *from = *p;

	*t = (struct predicate){.column = (size_t)(from - r->from) + 1};
	if (!read(r, p, t, err)) {
		predicate_free(t);
		return false;
	}
	t->text = rest_of(from, *p);
	predicate_make_key(t);
	return true;
}

void predicate_free(struct predicate *t)
{
	match_free(t->regex);
	if (!t->any)
		columns_free(&t->field);
	needles_free(t->own);
	free(t->moment);
	for (int i = 0; i < 2; i++)
		free(t->memory[i]);
	*t = (struct predicate){.any = true};
}
