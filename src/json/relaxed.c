/* Owns the taking of single things in relaxed reading.  Flows in: the present
 * place; out: a token or skipped text, a new place, and a notice for what was
 * not JSON.  Does not decide what may come next. */
#include "json/relaxed.h"

#include "json/lexeme.h"

void relaxed_tell(struct relaxed *r, const struct scan_fault *fault)
{
	if (r->noticed && fault->at <= r->noticed)
		return;
	r->noticed = fault->at;
	r->noticed_opened = fault->opened != NULL;
	if (r->notice)
		r->notice(r->context, fault);
}

static void notify(struct relaxed *r, enum fault fault, const char *at,
		   const char *opened)
{
	struct scan_fault f;

	fault_set(&f, fault, at, opened);
	relaxed_tell(r, &f);
}

const char *relaxed_innermost(const struct relaxed *r)
{
	return r->depth ? r->open[r->depth - 1] : NULL;
}

void relaxed_unexpected(struct relaxed *r, enum fault_thing thing)
{
	struct scan_fault f;

	fault_unexpected(&f, r->expect, thing, r->p, r->parts.end, r->behind,
			 relaxed_innermost(r));
	/* a comment may have been told since the place of what is missing */
	if (r->noticed && f.at < r->noticed)
		f.at = r->p;
	relaxed_tell(r, &f);
}

/* What follows a value depends on what it stands in. */
static void value_taken(struct relaxed *r, const char *behind)
{
	const char *bracket = relaxed_innermost(r);

	r->p = r->behind = behind;
	r->forgiven = false;
	if (bracket)
		r->expect = *bracket == '[' ? FAULT_AFTER_ELEMENT
					    : FAULT_AFTER_MEMBER;
}

static void take_leaf(struct relaxed *r, const char *behind, uint8_t kind)
{
	size_t n = (size_t)(behind - r->p);
	bool escaped = kind <= SCAN_STRING_OPEN && memchr(r->p, '\\', n);

	scan_parts_add(&r->parts, r->p, behind, kind, escaped);
	value_taken(r, behind);
}

void relaxed_skip(struct relaxed *r, const char *behind)
{
	scan_parts_add(&r->parts, r->p, behind, SCAN_SKIPPED, false);
	r->p = behind;
}

void relaxed_consume(struct relaxed *r, const char *behind,
		    enum fault_expect next)
{
	r->p = r->behind = behind;
	r->forgiven = false;
	r->expect = next;
}

static bool is_line_break(char c)
{
	return c == '\n' || c == '\r';
}

static const char *line_end(const char *p, const char *end)
{
	while (p < end && !is_line_break(*p))
		p++;
	return p;
}

/* Behind the block comment at the present place, or NULL.  One that is not
 * closed soon never is: files of broken records would else be searched to their
 * end from each of them. */
static const char *comment_end(struct relaxed *r)
{
	enum { LONGEST = 4 << 10 };
	const char *from = r->p + 2, *end = r->parts.end, *found;

	if (end - from > LONGEST)
		end = from + LONGEST;
	if (from < r->no_comment_end)
		from = r->no_comment_end - 1;
	found = span_find((struct span){from, (size_t)(end - from)},
			  SPAN("*/"));
	if (!found)
		r->no_comment_end = end;
	return found ? found + 2 : NULL;
}

void relaxed_take_comment(struct relaxed *r)
{
	const char *end = NULL;

	relaxed_unexpected(r, FAULT_REMARK);
	if (*r->p == '/' && r->p[1] == '*')
		end = comment_end(r);
	relaxed_skip(r, end ? end : line_end(r->p, r->parts.end));
}

bool relaxed_key_follows(const struct relaxed *r, const char *p)
{
	const char *end = r->parts.end;
	const char *q = p + 1;
	bool touched;

	if (*p != '"' && *p != '\'')
		return fault_thing_at(p, end, &touched) == FAULT_NAME;
	if (end - p > FAULT_AHEAD)
		end = p + FAULT_AHEAD;
	while (q < end && *q != *p && !is_line_break(*q))
		q += *q == '\\' && end - q > 1 ? 2 : 1;
	if (q == end || *q != *p)
		return false;
	q = scan_blank(q + 1, end);
	return q < end && *q == ':';
}

/* Whether reading can go on at the comma P, inside text that is skipped. */
static bool goes_on(const struct relaxed *r, const char *p)
{
	const char *bracket = relaxed_innermost(r);
	const char *next = scan_blank(p + 1, r->parts.end);

	if (!bracket)
		return false;
	return *bracket == '[' || next == r->parts.end || *next == '}' ||
	       *next == ']' || line_end(p, next) < next ||
	       relaxed_key_follows(r, next);
}

void relaxed_skip_text(struct relaxed *r)
{
	const char *end = r->parts.end;
	const char *q = r->p + 1;
	size_t open = 0;

	while (q < end && !is_line_break(*q)) {
		if (*q == '{' || *q == '[')
			open++;
		else if (open > 0 && (*q == '}' || *q == ']'))
			open--;
		else if (open == 0 && r->depth > 0 &&
			 (*q == '}' || *q == ']'))
			break;
		else if (open == 0 && *q == ',' && goes_on(r, q))
			break;
		q++;
	}
	relaxed_skip(r, q);
	r->forgiven = true;
	if (r->expect == FAULT_AT_FIRST_KEY || r->expect == FAULT_AT_KEY)
		r->expect = FAULT_AFTER_MEMBER;
}

/* Where the string whose inside begins at P has its closing quote. */
static const struct closing *find_closing(struct relaxed *r, const char *p,
					  char quote)
{
	struct closing *c = &r->closing[quote == '\''];
	const char *end = r->parts.end;
	const char *q = p;

	if (c->from && c->from <= p && p <= c->at)
		return c;
	while (q < end && *q != quote)
		q += *q == '\\' && end - q > 1 ? 2 : 1;
	*c = (struct closing){.from = p, .at = q};
	if (q < end) {
		q = scan_blank(q + 1, end);
		c->good = q == end || *q == ',' || *q == ':' || *q == '}' ||
			  *q == ']' || lexeme_comment(q, end);
	}
	return c;
}

/* Tells the first fault inside the string that begins at QUOTE and ends before
 * BEHIND. */
static void tell_inside(struct relaxed *r, const char *quote,
			const char *behind)
{
	const char *p = quote;
	enum fault fault = FAULT_NONE;

	while (p < behind && fault == FAULT_NONE) {
		p = lexeme_plain(p, behind, true);
		if (p == behind)
			return;
		if (*p == '"' || (*quote == '\'' && *p == '\\' &&
				  behind - p > 1 && p[1] == '\''))
			p++;
		else
			p = lexeme_special(p, r->parts.end, &fault);
	}
	if (fault != FAULT_NONE && fault != FAULT_SHORT)
		notify(r, fault, p, quote);
}

/* Finds the end of the string at the present place and tells what is wrong
 * with it.  False: it is not closed there. */
static bool read_string(struct relaxed *r, const char **inside_end)
{
	const char *quote = r->p;
	const struct closing *c = find_closing(r, quote + 1, *quote);
	bool closed = c->at < r->parts.end;
	const char *line = closed && c->good ? c->at
					     : line_end(quote, c->at);

	*inside_end = line;
	tell_inside(r, quote, line);
	if (line < c->at)
		notify(r, FAULT_STRING_LINE, line, quote);
	else if (!closed)
		notify(r, r->clipped ? FAULT_LONG : FAULT_STRING_OPEN,
		       line, quote);
	return closed && line == c->at;
}

void relaxed_take_string(struct relaxed *r)
{
	bool single = *r->p == '\'';
	const char *end;
	bool closed = read_string(r, &end);

	if (closed) {
		take_leaf(r, end + 1, single ? SCAN_STRING_SINGLE
					     : SCAN_STRING);
	} else {
		take_leaf(r, end, single ? SCAN_BARE : SCAN_STRING_OPEN);
		r->forgiven = true;
		r->cut = end == r->parts.end;
	}
}

/* Whether no value can belong to the key that ends at P. */
static bool is_lone(const struct relaxed *r, const char *p)
{
	bool touched;

	p = scan_blank(p, r->parts.end);
	switch (fault_thing_at(p, r->parts.end, &touched)) {
	case FAULT_END:
	case FAULT_COMMA:
	case FAULT_CLOSE_ARRAY:
	case FAULT_CLOSE_OBJECT:
	case FAULT_NAME:
		return true;
	case FAULT_STRING:
	case FAULT_SINGLE:
		return relaxed_key_follows(r, p);
	default:
		return false;
	}
}

/* A key stays in the template, so it has to be closed there.  Text right
 * behind its closing quote says that this was the next string's first.  What
 * has no value may have been one itself, and is skipped. */
void relaxed_take_key(struct relaxed *r)
{
	const char *end;
	bool closed = read_string(r, &end);
	enum fault_thing thing;
	bool touched;

	if (closed) {
		thing = fault_thing_at(end + 1, r->parts.end, &touched);
		if (thing != FAULT_TEXT) {
			if (is_lone(r, end + 1))
				relaxed_skip(r, end + 1);
			relaxed_consume(r, end + 1, FAULT_AT_COLON);
			return;
		}
		notify(r, FAULT_STRAY_QUOTE, end + 1, NULL);
	}
	relaxed_skip_text(r);
}

/* Behind the bare word at P: a colon in its midst is part of it, so that
 * times, ARNs and URLs stay whole. */
static const char *bare_end(const char *p, const char *end)
{
	p = lexeme_word(p, end);
	while (end - p > 1 && *p == ':' && lexeme_is(p[1], LEXEME_WORD)) {
		p++;
		while (p < end && *p == '/')
			p++;
		p = lexeme_word(p, end);
	}
	return p;
}

void relaxed_take_word(struct relaxed *r, enum fault_thing thing)
{
	const char *p = r->p;
	const char *end = r->parts.end;
	const char *q;
	enum fault fault;
	uint8_t kind = SCAN_NUMBER;

	if (*p == '-' || lexeme_is(*p, LEXEME_DIGIT)) {
		q = lexeme_number(p, end, &fault);
		if (fault) {
			notify(r, fault, q, NULL);
			kind = SCAN_BARE;
		}
	} else {
		q = lexeme_literal(p, end, &kind);
		if (!q) {
			relaxed_unexpected(r, thing);
			kind = SCAN_BARE;
		}
	}
	take_leaf(r, kind == SCAN_BARE ? bare_end(p, end) : q, kind);
}

/* Behind what begins at the bracket P, whatever it holds. */
static const char *deep_end(struct relaxed *r, const char *p)
{
	const char *end = r->parts.end;
	size_t open = 0;

	while (p < end) {
		if (*p == '"') {
			p = find_closing(r, p + 1, '"')->at;
			if (p == end)
				return end;
		} else if (*p == '{' || *p == '[') {
			open++;
		} else if ((*p == '}' || *p == ']') && --open == 0) {
			return p + 1;
		}
		p++;
	}
	return end;
}

void relaxed_take_bracket(struct relaxed *r)
{
	bool array = *r->p == '[';
	const char *behind;

	if (r->depth == SCAN_DEPTH) {
		notify(r, FAULT_DEEP, r->p, NULL);
		take_leaf(r, deep_end(r, r->p), SCAN_RAW);
		return;
	}
	behind = array ? lexeme_numbers(r->p, r->parts.end, true) : NULL;
	if (behind) {
		take_leaf(r, behind, SCAN_RAW);
		return;
	}
	r->open[r->depth++] = r->p;
	r->arrays += array;
	relaxed_consume(r, r->p + 1, array ? FAULT_AT_FIRST_ELEMENT
				   : FAULT_AT_FIRST_KEY);
}

/* A closing bracket closes all up to the nearest it can belong to, and is
 * skipped where there is none. */
void relaxed_take_closing(struct relaxed *r)
{
	bool array = *r->p == ']';
	unsigned matching = array ? r->arrays : r->depth - r->arrays;
	bool wrong = (*relaxed_innermost(r) == '[') != array;

	if (wrong)
		notify(r, array ? FAULT_BRACKET_OBJECT
				: FAULT_BRACKET_ARRAY,
		       r->p, relaxed_innermost(r));
	if (matching == 0) {
		relaxed_skip(r, r->p + 1);
		if (r->expect == FAULT_AT_VALUE || r->expect == FAULT_AT_COLON)
			r->expect = FAULT_AFTER_MEMBER;
		return;
	}
	do {
		wrong = (*relaxed_innermost(r) == '[') != array;
		r->arrays -= *relaxed_innermost(r) == '[';
		r->depth--;
	} while (wrong);
	value_taken(r, r->p + 1);
}
