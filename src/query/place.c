/* Reads a filter's text as far as it goes, and forgives what the parser would
 * not: it is still being typed. */
#include "query/place.h"

#include "query/words.h"

struct reading {
	const char *from, *p, *end;
	struct place place;
};

static void stop(struct reading *r, enum place_kind kind, const char *from,
		 const char *head)
{
	r->place.kind = kind;
	r->place.from = (size_t)(from - r->from);
	r->place.head = (struct span){head, (size_t)(r->end - head)};
	r->p = r->end;
}

/* One value; PLAIN is how far it goes where no quote begins it. */
static void read_value(struct reading *r, enum place_kind kind,
		       unsigned place)
{
	const char *p = r->p, *close;
	const char *behind = NULL;

	if (p < r->end && *p == '"') {
		behind = words_behind_quote(p, r->end);
		if (!behind)
			stop(r, kind, p, p + 1);
	} else if (p < r->end && *p == '/' && kind == PLACE_PATTERN) {
		behind = words_behind_slashes(p, r->end, true, &close);
		if (!behind)
			stop(r, PLACE_NOTHING, p, p);
	} else {
		behind = words_value_end(p, r->end, place);
		if (behind == r->end)
			stop(r, kind, p, p);
	}
	r->p = behind ? behind : r->end;
}

/* Behind `in` or `not in`, or NULL. */
static const char *behind_in(const char *p, const char *end)
{
	const char *behind = words_behind(p, end, "not");

	return words_behind(behind ? words_skip(behind, end) : p, end, "in");
}

static void read_list(struct reading *r)
{
	r->p = words_skip(r->p, r->end);
	if (r->p == r->end || *r->p != '(') {
		stop(r, PLACE_NOTHING, r->end, r->end);
		return;
	}
	for (r->p++; r->p <= r->end; r->p++) {
		r->p = words_skip(r->p, r->end);
		if (r->p < r->end && *r->p == ',')
			continue;
		if (r->p < r->end && *r->p == ')')
			break;
		read_value(r, PLACE_ITEM, WORDS_LISTED);
		if (r->p == r->end)
			return;
		r->p--;
	}
	r->p++;
}

/* The length of the operator at P, and what may stand behind it. */
static size_t operator_at(const char *p, const char *end,
			  enum place_kind *kind)
{
	static const struct {
		const char *sign;
		enum place_kind kind;
	} signs[] = {
		{"!=", PLACE_VALUE}, {"!~", PLACE_PATTERN},
		{"==", PLACE_VALUE}, {"=~", PLACE_PATTERN},
		{"<=", PLACE_VALUE}, {">=", PLACE_VALUE},
		{"!?", PLACE_NOTHING}, {"=", PLACE_VALUE},
		{"~", PLACE_PATTERN}, {"<", PLACE_VALUE},
		{">", PLACE_VALUE}, {"?", PLACE_NOTHING},
		{":", PLACE_MARK},
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (!span_starts((struct span){p, (size_t)(end - p)},
				 span_of(signs[i].sign)))
			continue;
		*kind = signs[i].kind;
		return strlen(signs[i].sign);
	}
	return 0;
}

static bool has_marks(struct span name)
{
	return span_is(name, "is") || span_is(name, "has") ||
	       span_is(name, "saved");
}

/* What follows a field; false when it is none, but a plain pattern. */
static bool read_behind_field(struct reading *r, const char *behind)
{
	const char *word = words_skip(behind, r->end);
	enum place_kind kind;
	size_t n = operator_at(behind, r->end, &kind);
	const char *in = word > behind ? behind_in(word, r->end) : NULL;

	r->place.field = (struct span){r->p, (size_t)(behind - r->p)};
	if (in) {
		r->p = in;
		read_list(r);
		return true;
	}
	if (n == 0 || (kind == PLACE_MARK && !has_marks(r->place.field)))
		return false;
	r->p = behind + n;
	if (kind != PLACE_NOTHING)
		read_value(r, kind, WORDS_GROUPED |
			   (kind == PLACE_PATTERN ? WORDS_PATTERN : 0));
	return true;
}

static void read_term(struct reading *r)
{
	const char *behind = words_field_end(r->p, r->end);

	if (*r->p == '/' || (*r->p == '"' && behind == r->p)) {
		read_value(r, PLACE_PATTERN, 0);
		if (r->place.kind != PLACE_NOTHING)
			stop(r, PLACE_NOTHING, r->end, r->end);
	} else if (behind == r->end) {
		stop(r, PLACE_FIELD, r->p, r->p);
	} else if (behind == r->p || !read_behind_field(r, behind)) {
		if (*r->p != '"')
			behind = words_value_end(r->p, r->end, WORDS_GROUPED |
						 WORDS_PATTERN);
		if (behind == r->end)
			stop(r, PLACE_NOTHING, r->end, r->end);
		r->p = behind;
	}
}

/* Behind a word between terms that begins at P, or NULL. */
static const char *behind_word(const char *p, const char *end)
{
	static const char *const words[] = {"and", "or", "not"};
	const char *behind = NULL;

	for (size_t i = 0; i < 3 && !behind; i++)
		behind = words_behind(p, end, words[i]);
	return behind == end ? NULL : behind;
}

struct place place_at_end(struct span text)
{
	struct reading r = {.from = text.n ? text.p : ""};

	r.p = r.from;
	r.end = r.p + text.n;
	while (r.p < r.end) {
		const char *behind;

		r.p = words_skip(r.p, r.end);
		if (r.p == r.end)
			break;
		behind = behind_word(r.p, r.end);
		if (behind)
			r.p = behind;
		else if (memchr("!()&|", *r.p, 5))
			r.p++;
		else
			read_term(&r);
	}
	if (r.place.head.p == NULL)
		stop(&r, PLACE_FIELD, r.end, r.end);
	return r.place;
}

bool place_waits(struct span text, size_t at, size_t *from, size_t *end)
{
	struct place place = place_at_end((struct span){text.p, at});
	bool over = at == text.n || text.p[at] == ' ' || text.p[at] == ')';

	if (!over || place.head.n > 0 ||
	    (place.kind != PLACE_VALUE && place.kind != PLACE_PATTERN &&
	     place.kind != PLACE_MARK))
		return false;
	*from = (size_t)(place.field.p - text.p);
	while (*from > 0 && text.p[*from - 1] == '!')
		--*from;
	*end = at;
	return true;
}

/* Whether a value of a list may follow TEXT behind a blank; not within quotes. */
static bool in_list(struct buffer *text)
{
	struct place place;

	buffer_add_byte(text, ' ');
	place = place_at_end(buffer_span(text));
	text->n--;
	return place.kind == PLACE_ITEM &&
	       place.head.p == text->p + place.from;
}

static bool is_break(char c)
{
	return c == '\n' || c == '\r';
}

/* Neither side has its comma or the list's bracket. */
static bool lacks_comma(struct span before, struct span behind)
{
	while (before.n > 0 && words_is_blank(before.p[before.n - 1]))
		before.n--;
	behind = span_trim(behind);
	return before.n > 0 && !memchr("(,", before.p[before.n - 1], 2) &&
	       behind.n > 0 && !memchr("),", behind.p[0], 2);
}

void place_write_pasted(struct span text, struct span pasted,
			struct buffer *out)
{
	struct buffer whole = {0};
	bool listed;

	buffer_add_span(&whole, text);
	listed = in_list(&whole);
	while (pasted.n > 0) {
		struct span line = {pasted.p, 0}, rest;

		while (line.n < pasted.n && !is_break(line.p[line.n]))
			line.n++;
		buffer_add_span(&whole, line);
		/* Nothing else begins a list or ends it. */
		if (memchr(line.p, '(', line.n) ||
		    memchr(line.p, ')', line.n) || memchr(line.p, '"', line.n))
			listed = in_list(&whole);
		rest = span_from(pasted, line.n);
		if (listed && lacks_comma(buffer_span(&whole), rest))
			buffer_add_byte(&whole, ',');
		for (line.n = 0; line.n < rest.n && is_break(rest.p[line.n]);)
			line.n++;
		buffer_add(&whole, rest.p, listed ? line.n > 0 : line.n);
		pasted = span_from(rest, line.n);
	}
	buffer_add_span(out, span_from(buffer_span(&whole), text.n));
	buffer_free(&whole);
}
