/* Owns reading with permissions: what people write by hand, and what is left
 * of a record that was damaged.  Flows in: bytes; out: a template and tokens
 * that give back every byte, and a notice for each thing that was not JSON.
 * Up to the first notice it reads as scan_strict does, and stumbles over the
 * same byte.  Knows nothing of records and files. */
#include "json/lexeme.h"
#include "json/relaxed.h"

/* Whether what follows P cannot be a key, so that a comma in front of it was one
 * too many. */
static bool value_follows(const struct relaxed *r, const char *p)
{
	bool touched;

	p = scan_blank(p, r->parts.end);
	switch (fault_thing_at(p, r->parts.end, &touched)) {
	case FAULT_OPEN:
	case FAULT_SCALAR:
		return true;
	case FAULT_STRING:
	case FAULT_SINGLE:
		return !relaxed_key_follows(r, p);
	default:
		return false;
	}
}

static void at_value(struct relaxed *r, enum fault_thing thing)
{
	switch (thing) {
	case FAULT_SINGLE:
		relaxed_unexpected(r, thing);
		relaxed_take_string(r);
		break;
	case FAULT_STRING:
		relaxed_take_string(r);
		break;
	case FAULT_OPEN:
		relaxed_take_bracket(r);
		break;
	case FAULT_COMMA:
		relaxed_unexpected(r, thing);
		if (r->expect != FAULT_AT_VALUE)
			r->expect = FAULT_AT_ELEMENT;
		else if (!value_follows(r, r->p + 1))
			r->expect = FAULT_AT_KEY;
		relaxed_consume(r, r->p + 1, r->expect);
		break;
	case FAULT_COLON:
		relaxed_unexpected(r, thing);
		relaxed_consume(r, r->p + 1, r->expect);
		break;
	case FAULT_CLOSE_ARRAY:
	case FAULT_CLOSE_OBJECT:
		if (thing != FAULT_CLOSE_ARRAY ||
		    r->expect != FAULT_AT_FIRST_ELEMENT)
			relaxed_unexpected(r, thing);
		relaxed_take_closing(r);
		break;
	default:
		relaxed_take_word(r, thing);
	}
}

static void at_root(struct relaxed *r, enum fault_thing thing)
{
	if (thing == FAULT_COMMA || thing == FAULT_COLON ||
	    thing == FAULT_CLOSE_ARRAY || thing == FAULT_CLOSE_OBJECT) {
		relaxed_unexpected(r, thing);
		relaxed_skip_text(r);
	} else {
		at_value(r, thing);
	}
}

static void at_key(struct relaxed *r, enum fault_thing thing)
{
	if (thing != FAULT_STRING && (thing != FAULT_CLOSE_OBJECT ||
				      r->expect != FAULT_AT_FIRST_KEY))
		relaxed_unexpected(r, thing);
	switch (thing) {
	case FAULT_STRING:
	case FAULT_SINGLE:
		relaxed_take_key(r);
		break;
	case FAULT_NAME:
		relaxed_consume(r, lexeme_word(r->p, r->parts.end), FAULT_AT_COLON);
		break;
	case FAULT_OPEN:
	case FAULT_SCALAR:
	case FAULT_COLON:
		/* the place is told, so that a colon is not told again */
		r->expect = FAULT_AT_VALUE;
		break;
	case FAULT_COMMA:
		relaxed_consume(r, r->p + 1, FAULT_AT_KEY);
		break;
	case FAULT_CLOSE_ARRAY:
	case FAULT_CLOSE_OBJECT:
		relaxed_take_closing(r);
		break;
	case FAULT_DOTS:
		relaxed_skip(r, lexeme_word(r->p, r->parts.end));
		r->expect = FAULT_AFTER_MEMBER;
		r->forgiven = true;
		break;
	default:
		relaxed_skip_text(r);
	}
}

static void at_colon(struct relaxed *r, enum fault_thing thing)
{
	if ((thing == FAULT_STRING || thing == FAULT_SINGLE) &&
	    relaxed_key_follows(r, r->p))
		thing = FAULT_NAME;
	if (thing != FAULT_COLON)
		relaxed_unexpected(r, thing);
	switch (thing) {
	case FAULT_COLON:
		relaxed_consume(r, r->p + 1, FAULT_AT_VALUE);
		break;
	case FAULT_COMMA:
		relaxed_consume(r, r->p + 1, FAULT_AT_KEY);
		break;
	case FAULT_NAME:
		r->expect = FAULT_AT_KEY;
		break;
	case FAULT_CLOSE_ARRAY:
	case FAULT_CLOSE_OBJECT:
		relaxed_take_closing(r);
		break;
	default:
		r->expect = FAULT_AT_VALUE;
	}
}

/* After a value, in an object or an array. */
static void at_comma(struct relaxed *r, enum fault_thing thing)
{
	bool array = r->expect == FAULT_AFTER_ELEMENT;
	enum fault_expect next = array ? FAULT_AT_ELEMENT : FAULT_AT_KEY;

	switch (thing) {
	case FAULT_COMMA:
		relaxed_consume(r, r->p + 1, next);
		return;
	case FAULT_CLOSE_ARRAY:
	case FAULT_CLOSE_OBJECT:
		relaxed_take_closing(r);
		return;
	case FAULT_COLON:
		relaxed_unexpected(r, thing);
		relaxed_consume(r, r->p + 1, array ? r->expect
						   : FAULT_AT_VALUE);
		r->forgiven = true;
		return;
	case FAULT_DOTS:
		r->expect = next;
		return;
	case FAULT_SCALAR:
	case FAULT_NAME:
		if (array != (thing == FAULT_SCALAR))
			break;
		/* fall through */
	case FAULT_STRING:
	case FAULT_SINGLE:
	case FAULT_OPEN:
		if (!array && (thing == FAULT_STRING || thing == FAULT_SINGLE) &&
		    !relaxed_key_follows(r, r->p))
			break;
		if (!r->forgiven)
			relaxed_unexpected(r, thing);
		r->expect = next;
		return;
	default:
		break;
	}
	relaxed_unexpected(r, thing);
	relaxed_skip_text(r);
}

/* Reads what stands at the present place, which is not white space. */
static void step(struct relaxed *r)
{
	bool touched;
	enum fault_thing thing = fault_thing_at(r->p, r->parts.end, &touched);

	if (thing == FAULT_REMARK) {
		relaxed_take_comment(r);
		return;
	}
	if (thing == FAULT_ODD_SPACE || thing == FAULT_ODD_CONTROL) {
		relaxed_unexpected(r, thing);
		relaxed_skip(r, r->p + fault_odd_length(r->p, r->parts.end));
		return;
	}
	switch (r->expect) {
	case FAULT_AT_ROOT:
		at_root(r, thing);
		break;
	case FAULT_AT_FIRST_ELEMENT:
	case FAULT_AT_ELEMENT:
	case FAULT_AT_VALUE:
		at_value(r, thing);
		break;
	case FAULT_AT_FIRST_KEY:
	case FAULT_AT_KEY:
		at_key(r, thing);
		break;
	case FAULT_AT_COLON:
		at_colon(r, thing);
		break;
	case FAULT_AFTER_ELEMENT:
	case FAULT_AFTER_MEMBER:
		at_comma(r, thing);
		break;
	}
}

/* The bytes ended before the value. */
static enum scan_end finish_early(struct relaxed *r)
{
	enum fault_thing thing = r->clipped ? FAULT_LIMIT : FAULT_END;
	const char *end = r->parts.end;
	const char *behind = end;
	struct scan_fault f;

	while (behind > r->from && lexeme_is(behind[-1], LEXEME_BLANK))
		behind--;
	fault_unexpected(&f, r->expect, thing, end, end, behind,
			 relaxed_innermost(r));
	/* told even where a number or word has its fault, so that the last
	 * notice says what was not closed */
	if (!r->noticed_opened)
		r->noticed = NULL;
	relaxed_tell(r, &f);
	scan_parts_finish(&r->parts, end);
	return SCAN_BAD;
}

enum scan_end scan_relaxed(struct scan *scan, const char *from,
			   const char *end, const char **after,
			   scan_notice *notice, void *context)
{
	struct relaxed r;

	from = scan_blank(from, end);
	r = (struct relaxed){
		.from = from,
		.p = from,
		.behind = from,
		.expect = FAULT_AT_ROOT,
		.no_comment_end = from,
		.clipped = (size_t)(end - from) > SCAN_LENGTH,
		.notice = notice,
		.context = context,
	};
	end = r.clipped ? from + SCAN_LENGTH : end;
	scan_parts_begin(&r.parts, scan, from, end);
	while (r.depth > 0 || r.behind == r.from) {
		r.p = scan_blank(r.p, end);
		if (r.p == end)
			return finish_early(&r);
		step(&r);
	}
	scan_parts_finish(&r.parts, r.p);
	if (r.cut)
		return SCAN_BAD;
	*after = r.p;
	return SCAN_WHOLE;
}
