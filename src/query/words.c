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

/* Whether a quote or a slash at P begins a quoted piece, and is not just a
 * character of a value. */
static bool begins_piece(const char *from, const char *p)
{
	if (p == from + 1 || words_is_blank(p[-1]))
		return true;
	return memchr("=~<>!(,.[@:", p[-1], 11) &&
	       (*p == '"' || memchr("~!(", p[-1], 3));
}

/* Whether the `(` at P opens the list of an `in`, and no group. */
static bool opens_list(const char *from, const char *p)
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

const char *words_group_end(const char *p, const char *end)
{
	const char *from = p, *close;
	size_t open = 0;

	for (; p < end; p++) {
		const char *behind = NULL;

		if (*p == '(' && opens_list(from, p))
			behind = behind_list(p, end);
		else if ((*p == '"' || *p == '/') && begins_piece(from, p))
			behind = *p == '"' ? words_behind_quote(p, end)
				: words_behind_slashes(p, end, true, &close);
		if (behind)
			p = behind - 1;
		else if (*p == '\\')
			p++;
		else if (*p == '(')
			open++;
		else if (*p == ')' && --open == 0)
			return p;
	}
	return NULL;
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
			  (*p >= 'A' && *p <= 'Z') || *p == '*' || *p == '_'))
		return p;
	while (p < end) {
		const char *behind = NULL;

		if (*p == '"' && p > from && (p[-1] == '.' || p[-1] == '['))
			behind = words_behind_quote(p, end);
		if (!behind && !in_field(*p))
			break;
		p = behind ? behind : p + 1;
	}
	return p;
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
