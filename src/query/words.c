/* Owns where pieces of a filter's text end.  Bytes in, places out. */
#include "query/words.h"

bool words_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const char *words_skip(const char *p, const char *end)
{
	while (p < end && words_is_blank(*p))
		p++;
	return p;
}

const char *words_behind(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(end - p) < n ||
	    !span_equal_ignoring_case((struct span){p, n}, span_of(word)))
		return NULL;
	p += n;
	return p == end || words_is_blank(*p) || *p == '(' || *p == ')' ? p
									: NULL;
}

const char *words_behind_quote(const char *p, const char *end)
{
	for (p++; p < end; p++) {
		if (*p == '"')
			return p + 1;
		p += *p == '\\';
	}
	return NULL;
}

static bool closes(const char *p, const char *end, bool grouped)
{
	return p >= end || words_is_blank(*p) || (grouped && *p == ')');
}

const char *words_behind_slashes(const char *p, const char *end, bool grouped,
				 const char **close)
{
	if (p == end || *p != '/')
		return NULL;
	for (p++; p < end; p++) {
		if (*p == '\\') {
			p++;
		} else if (*p == '/') {
			*close = p;
			if (closes(p + 1, end, grouped))
				return p + 1;
			if (p[1] == 'i' && closes(p + 2, end, grouped))
				return p + 2;
		}
	}
	return NULL;
}

const char *words_value_end(const char *p, const char *end, unsigned place)
{
	size_t open = 0;

	for (; p < end && !words_is_blank(*p); p++) {
		if (*p == ',' && open == 0 && (place & WORDS_LISTED))
			break;
		if (*p == '\\' && p + 1 < end &&
		    (!words_is_blank(p[1]) || (place & WORDS_PATTERN)))
			p++;
		else if (*p == '(')
			open++;
		else if (*p == ')' && open > 0)
			open--;
		else if (*p == ')' && (place & (WORDS_GROUPED | WORDS_LISTED)))
			break;
	}
	return p;
}

/* Whether the word in front of P is `in`. */
static bool is_choice(const char *from, const char *p)
{
	const char *word = p;

	while (word > from && words_is_blank(word[-1]))
		word--;
	return word - from > 2 && words_is_blank(word[-3]) &&
	       words_behind(word - 2, word, "in");
}

/* Behind the list that begins at P, or NULL. */
static const char *behind_list(const char *p, const char *end)
{
	for (p++; p < end && *p != ')'; p++) {
		if (words_is_blank(*p) || *p == ',')
			continue;
		p = *p == '"' ? words_behind_quote(p, end)
			      : words_value_end(p, end, WORDS_LISTED);
		if (!p)
			return NULL;
		p--;
	}
	return p < end ? p + 1 : NULL;
}

static bool in_field(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || memchr("_-.[]*", c, 6);
}

const char *words_field_end(const char *p, const char *end)
{
	const char *from = p;

	if (p == end || !((*p >= 'a' && *p <= 'z') ||
			  (*p >= 'A' && *p <= 'Z') || memchr("*_\"", *p, 3)))
		return p;
	while (p < end) {
		const char *behind = NULL;

		if (*p == '"' && (p == from || memchr(".[", p[-1], 2)))
			behind = words_behind_quote(p, end);
		if (!behind && !in_field(*p))
			break;
		p = behind ? behind : p + 1;
	}
	return p;
}

/* Behind the value at P. */
static const char *behind_value(const char *p, const char *end, bool pattern)
{
	const char *close, *behind = NULL;

	if (p < end && *p == '"')
		behind = words_behind_quote(p, end);
	else if (pattern)
		behind = words_behind_slashes(p, end, true, &close);
	return behind ? behind
		      : words_value_end(p, end, WORDS_GROUPED |
					(pattern ? WORDS_PATTERN : 0));
}

/* Behind the sign of an operator at P, or P. */
static const char *behind_sign(const char *p, const char *end)
{
	const char *at = p;

	if (at < end && memchr("!<>", *at, 3))
		at++;
	if (at < end && (*at == '=' || (*at == '~' && (at == p || *p == '!'))))
		return at + 1;
	return at > p && *p != '!' ? at : p;
}

/* Behind the term at P, which stands in a group: a field with an operator and a
 * value, a name with a colon, or what is looked for anywhere. */
static const char *behind_term(const char *p, const char *end)
{
	const char *field = words_field_end(p, end);
	const char *value = field > p ? behind_sign(field, end) : p;

	if (field > p && field < end && *field == ':')
		return behind_value(field + 1, end, false);
	if (value == field)
		return behind_value(p, end, true);
	return behind_value(value, end, value[-1] == '~');
}

const char *words_group_end(const char *p, const char *end)
{
	const char *from = p, *behind;
	size_t open = 0;

	while (p < end) {
		if (words_is_blank(*p) || *p == '!') {
			p++;
		} else if (*p == ')') {
			if (--open == 0)
				return p;
			p++;
		} else if (is_choice(from, p) && (*p == '(' || *p == '@')) {
			behind = *p == '(' ? behind_list(p, end)
					   : behind_value(p + 1, end, false);
			p = behind ? behind : p + 1;
		} else if (*p == '(') {
			open++;
			p++;
		} else {
			behind = behind_term(p, end);
			p = behind > p ? behind : p + 1;
		}
	}
	return NULL;
}

/* A value with a `(` of its own would take the next `)` with it. */
void words_add_group(struct span text, struct buffer *out)
{
	size_t start = out->n;
	struct span group;

	buffer_add_byte(out, '(');
	buffer_add_span(out, text);
	buffer_add_byte(out, ')');
	group = span_from(buffer_span(out), start);
	if (words_group_end(group.p, group.p + group.n))
		return;
	out->n--;
	buffer_add_text(out, " )");
}

void words_quote(struct span text, struct buffer *out)
{
	buffer_add_byte(out, '"');
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c == '"' || c == '\\')
			buffer_printf(out, "\\%c", c);
		else if (c == '\t')
			buffer_add_text(out, "\\t");
		else if (c < ' ' || c == 0x7f)
			buffer_printf(out, "\\u%04x", c);
		else
			buffer_add_byte(out, text.p[i]);
	}
	buffer_add_byte(out, '"');
}
