/* Owns strict reading: RFC 8259 and nothing else.  Flows in: bytes; out: a
 * template and tokens, or a fault.  Knows nothing of records and files.  One
 * body is compiled twice, with SSE2 and without. */
#include "json/lexeme.h"
#include "json/scan_parts.h"

struct strict {
	struct scan_parts parts;
	const char *from;
	bool last;
	bool clipped;            /* END is where the value gets too long */
	struct scan_fault *fault;
	unsigned depth;
	const char *open[SCAN_DEPTH];
};

static const char *innermost(const struct strict *r)
{
	return r->depth ? r->open[r->depth - 1] : NULL;
}

static enum scan_end bad(struct strict *r, enum fault fault, const char *at,
			 const char *opened)
{
	fault_set(r->fault, fault, at, opened);
	return SCAN_BAD;
}

/* Whether more bytes could follow those that were read up to AT. */
static bool unfinished(const struct strict *r, const char *at)
{
	return at == r->parts.end && !r->last;
}

static enum scan_end more(struct strict *r, const char *opened)
{
	if (r->clipped)
		return bad(r, FAULT_LONG, r->parts.end, opened);
	return SCAN_SHORT;
}

/* The inside of the string that begins at QUOTE has a fault at AT. */
static __attribute__((noinline)) enum scan_end
bad_string(struct strict *r, enum fault fault, const char *quote,
	   const char *at)
{
	if (fault != FAULT_SHORT)
		return bad(r, fault, at, quote);
	return unfinished(r, at) ? more(r, quote)
				 : bad(r, FAULT_STRING_OPEN, at, quote);
}

static __attribute__((noinline)) enum scan_end
bad_number(struct strict *r, enum fault fault, const char *at)
{
	/* one byte more may make a comment of a slash */
	if (unfinished(r, at) || unfinished(r, at + 1))
		return more(r, innermost(r));
	return bad(r, fault, at, NULL);
}

/* What stands at P is not what was expected. */
static __attribute__((noinline)) enum scan_end
stuck(struct strict *r, enum fault_expect expect, const char *p)
{
	const char *end = r->parts.end;
	const char *behind = p;
	enum fault_thing thing;
	bool touched;

	thing = fault_thing_at(p, end, &touched);
	if (touched && unfinished(r, end))
		return more(r, innermost(r));
	while (behind > r->from && lexeme_is(behind[-1], LEXEME_BLANK))
		behind--;
	fault_unexpected(r->fault, expect, thing, p, end, behind,
			 innermost(r));
	return SCAN_BAD;
}

/* Over 60 lines: one state machine with a label a state, through which all of
 * a value's bytes pass, so that no state is looked up. */
LEXEME_INLINE enum scan_end read_value(struct strict *r, const char **after,
				       bool simd)
{
	const char *const end = r->parts.end;
	const char *p = r->from;
	const char *q;
	enum fault_expect expect = FAULT_AT_ROOT;
	enum fault fault;
	uint8_t kind;
	bool escaped;

value:
	if (p == end)
		goto stuck;
	switch (*p) {
	case '"':
		q = lexeme_string(p + 1, end, &escaped, &fault, simd);
		if (fault)
			return bad_string(r, fault, p, q);
		scan_parts_add(&r->parts, p, q + 1, SCAN_STRING, escaped);
		break;
	case '-': case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9':
		q = lexeme_number(p, end, &fault);
		if (fault || unfinished(r, q))
			return bad_number(r, fault, q);
		scan_parts_add(&r->parts, p, q, SCAN_NUMBER, false);
		p = q;
		goto after;
	case 't': case 'f': case 'n':
		q = lexeme_literal(p, end, &kind);
		if (!q || unfinished(r, q))
			goto stuck;
		scan_parts_add(&r->parts, p, q, kind, false);
		p = q;
		goto after;
	case '{':
		if (r->depth == SCAN_DEPTH)
			return bad(r, FAULT_DEEP, p, NULL);
		r->open[r->depth++] = p;
		p = lexeme_blank(p + 1, end, simd);
		if (p < end && *p == '}')
			goto close;
		expect = FAULT_AT_FIRST_KEY;
		goto key;
	case '[':
		if (r->depth == SCAN_DEPTH)
			return bad(r, FAULT_DEEP, p, NULL);
		q = lexeme_numbers(p, end, simd);
		if (q) {
			scan_parts_add(&r->parts, p, q, SCAN_RAW, false);
			p = q;
			goto after;
		}
		r->open[r->depth++] = p;
		p = lexeme_blank(p + 1, end, simd);
		if (p < end && *p == ']')
			goto close;
		expect = FAULT_AT_FIRST_ELEMENT;
		goto value;
	default:
		goto stuck;
	}
	p = q + 1;
	goto after;
key:
	if (p == end || *p != '"')
		goto stuck;
	q = lexeme_string(p + 1, end, &escaped, &fault, simd);
	if (fault)
		return bad_string(r, fault, p, q);
	p = lexeme_blank(q + 1, end, simd);
	if (p == end || *p != ':') {
		expect = FAULT_AT_COLON;
		goto stuck;
	}
	p = lexeme_blank(p + 1, end, simd);
	expect = FAULT_AT_VALUE;
	goto value;
close:
	p++;
	r->depth--;
after:
	if (r->depth == 0) {
		scan_parts_finish(&r->parts, p);
		*after = p;
		return SCAN_WHOLE;
	}
	p = lexeme_blank(p, end, simd);
	if (*r->open[r->depth - 1] == '{') {
		if (p < end && *p == ',') {
			p = lexeme_blank(p + 1, end, simd);
			expect = FAULT_AT_KEY;
			goto key;
		}
		if (p < end && *p == '}')
			goto close;
		expect = FAULT_AFTER_MEMBER;
	} else {
		if (p < end && *p == ',') {
			p = lexeme_blank(p + 1, end, simd);
			expect = FAULT_AT_ELEMENT;
			goto value;
		}
		if (p < end && *p == ']')
			goto close;
		expect = FAULT_AFTER_ELEMENT;
	}
stuck:
	return stuck(r, expect, p);
}

static void begin(struct strict *r, struct scan *scan, const char *from,
		  const char *end, bool last, struct scan_fault *fault)
{
	r->from = scan_blank(from, end);
	r->clipped = (size_t)(end - r->from) > SCAN_LENGTH;
	if (r->clipped)
		end = r->from + SCAN_LENGTH;
	r->last = last && !r->clipped;
	r->fault = fault;
	r->depth = 0;
	scan_parts_begin(&r->parts, scan, r->from, end);
}

enum scan_end scan_strict(struct scan *scan, const char *from,
			  const char *end, bool last, const char **after,
			  struct scan_fault *fault)
{
	struct strict r;

	begin(&r, scan, from, end, last, fault);
	return read_value(&r, after, true);
}

enum scan_end scan_strict_plain(struct scan *scan, const char *from,
				const char *end, bool last, const char **after,
				struct scan_fault *fault)
{
	struct strict r;

	begin(&r, scan, from, end, last, fault);
	return read_value(&r, after, false);
}
