/* Owns the meaning of a filter text.  The text is split at blanks outside
 * quotes and slashes; each piece is a term. */
#include "query/filter.h"

#include "base/memory.h"
#include "json/decode.h"

#include <stdlib.h>

struct filter {
	char *text;
	size_t length;
	struct filter_term *term;
	size_t count;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What a field can be written with: a column's name or a JSON path. */
static bool in_field(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || strchr("_-.[]*", c);
}

/* Behind a quoted piece that begins at P, or END. */
static const char *behind_quote(const char *p, const char *end)
{
	char quote = *p++;

	while (p < end && *p != quote)
		p += *p == '\\' && p + 1 < end ? 2 : 1;
	return p < end ? p + 1 : end;
}

/* Behind the field that the text begins with; the text's start: none. */
static const char *behind_field(struct span text)
{
	const char *p = text.p, *end = text.p + text.n;

	if (p == end || !((*p >= 'a' && *p <= 'z') ||
			  (*p >= 'A' && *p <= 'Z') || *p == '*' || *p == '_'))
		return p;
	while (p < end) {
		if (*p == '"' && p > text.p && (p[-1] == '.' || p[-1] == '['))
			p = behind_quote(p, end);
		else if (*p && in_field(*p))
			p++;
		else
			break;
	}
	return p;
}

/* An operator, and what it asks. */
static const struct {
	const char *sign;
	enum filter_test test;
	bool negated;
} operators[] = {
	{"!~", FILTER_MATCHES, true}, {"=~", FILTER_MATCHES, false},
	{"~", FILTER_MATCHES, false}, {"!=", FILTER_EQUALS, true},
	{"==", FILTER_EQUALS, false}, {"=", FILTER_EQUALS, false},
	{"!?", FILTER_PRESENT, true}, {"?", FILTER_PRESENT, false},
};

enum { OPERATORS = sizeof operators / sizeof operators[0] };

/* The operator at P, or OPERATORS. */
static size_t operator_at(const char *p, const char *end)
{
	size_t i;

	for (i = 0; i < OPERATORS; i++)
		if (span_starts((struct span){p, (size_t)(end - p)},
				span_of(operators[i].sign)))
			break;
	return i;
}

static bool place(struct error *err, const struct filter *f, const char *at)
{
	uint64_t column = (uint64_t)(at - f->text) + 1;

	return error_at(err, 1, column, column - 1);
}

/* A literal in double quotes, read as a JSON string. */
static void read_literal(struct filter_term *t, struct span text)
{
	struct buffer decoded = {0};

	text.p++;
	text.n -= text.n > 1 && text.p[text.n - 2] == '"' ? 2 : 1;
	decode_string(text, &decoded);
	t->value.n = decoded.n;
	t->value.p = t->memory = buffer_take(&decoded);
}

/* The pattern between slashes, and whether an i follows them. */
static struct span unslash(struct span text, unsigned *flags)
{
	if (text.n > 2 && text.p[text.n - 1] == 'i' &&
	    text.p[text.n - 2] == '/') {
		*flags |= MATCH_CASELESS;
		text.n--;
	}
	if (text.n < 2 || text.p[text.n - 1] != '/')
		return text;
	return (struct span){text.p + 1, text.n - 2};
}

static bool read_pattern(struct filter *f, struct filter_term *t,
			 struct span text, struct error *err)
{
	struct match_worker *worker;
	unsigned flags = 0;

	if (text.n > 0 && text.p[0] == '"') {
		read_literal(t, text);
		flags = MATCH_LITERAL;
	} else {
		t->value = text;
		if (text.n > 0 && text.p[0] == '/')
			t->value = unslash(text, &flags);
	}
	t->regex = match_compile(t->value, flags, err);
	if (!t->regex) {
		if (!t->memory && err)
			place(err, f, t->value.p + (err->column ? err->column -
						    1 : 0));
		else
			place(err, f, text.p);
		return false;
	}
	worker = match_worker_new();
	t->matches_all = match_matches_empty(t->regex, worker);
	match_worker_free(worker);
	return true;
}

/* FIELD and OPERATOR were found; VALUE is what follows. */
static bool read_field_term(struct filter *f, struct filter_term *t,
			    struct span field, size_t operator,
			    struct span value, struct error *err)
{
	if (!columns_parse(field, &t->field, err))
		return place(err, f, field.p);
	t->test = operators[operator].test;
	t->negated = operators[operator].negated;
	if (t->test == FILTER_MATCHES)
		return read_pattern(f, t, value, err);
	if (t->test == FILTER_EQUALS && value.n > 0 && value.p[0] == '"')
		read_literal(t, value);
	else
		t->value = value;
	return true;
}

/* `NAME?` is a question about presence only for what is a field; otherwise the
 * mark belongs to a regular expression. */
static bool asks_presence(struct span field, struct span rest)
{
	struct column_ref ref;

	if (rest.n > 0 || !columns_parse(field, &ref, NULL))
		return false;
	columns_free(&ref);
	return true;
}

static bool read_term(struct filter *f, struct filter_term *t,
		      struct error *err)
{
	const char *end = t->text.p + t->text.n;
	const char *at = behind_field(t->text);
	size_t operator = OPERATORS;
	struct span field = {t->text.p, (size_t)(at - t->text.p)};
	struct span value;

	if (field.n > 0)
		operator = operator_at(at, end);
	if (operator < OPERATORS) {
		size_t n = strlen(operators[operator].sign);

		value = (struct span){at + n, (size_t)(end - at) - n};
		if (operators[operator].test != FILTER_PRESENT ||
		    asks_presence(field, value))
			return read_field_term(f, t, field, operator, value,
					       err);
	}
	t->any = true;
	t->test = FILTER_MATCHES;
	return read_pattern(f, t, t->text, err);
}

/* Where the term that begins at P ends: at a blank that is in no quotes and
 * between no slashes. */
static const char *term_end(const char *p, const char *end)
{
	const char *at = behind_field((struct span){p, (size_t)(end - p)});
	size_t operator = at > p ? operator_at(at, end) : OPERATORS;

	if (operator < OPERATORS)
		p = at + strlen(operators[operator].sign);
	if (p < end && *p == '"')
		p = behind_quote(p, end);
	else if (p < end && *p == '/' &&
		 memchr(p + 1, '/', (size_t)(end - p) - 1))
		p = behind_quote(p, end);
	while (p < end && !is_blank(*p))
		p++;
	return p;
}

static struct filter_term *add_term(struct filter *f, const char *from,
				    const char *to)
{
	struct filter_term *t;

	f->term = memory_resize(f->term, f->count + 1, sizeof *f->term);
	t = &f->term[f->count++];
	*t = (struct filter_term){
		.text = {from, (size_t)(to - from)},
		.column = (size_t)(from - f->text) + 1};
	return t;
}

struct filter *filter_parse(struct span text, struct error *err)
{
	struct filter *f = memory_clear(1, sizeof *f);
	const char *p, *end;

	f->text = memory_copy(text.p, text.n);
	f->length = text.n;
	end = f->text + text.n;
	for (p = f->text; p < end; p++) {
		const char *to;

		if (is_blank(*p))
			continue;
		to = term_end(p, end);
		if (!read_term(f, add_term(f, p, to), err)) {
			filter_free(f);
			return NULL;
		}
		p = to;
	}
	return f;
}

void filter_free(struct filter *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->count; i++) {
		match_free(f->term[i].regex);
		if (!f->term[i].any)
			columns_free(&f->term[i].field);
		free(f->term[i].memory);
	}
	free(f->term);
	free(f->text);
	free(f);
}

struct span filter_text(const struct filter *f)
{
	return (struct span){f->text, f->length};
}

size_t filter_terms(const struct filter *f)
{
	return f->count;
}

const struct filter_term *filter_term(const struct filter *f, size_t i)
{
	return &f->term[i];
}
