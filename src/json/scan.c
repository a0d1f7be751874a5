/* Owns what both readings share: the memory of a scan, and how a token stands in
 * the log. */
#include "json/scan.h"

#include "base/memory.h"
#include "json/lexeme.h"
#include "json/scan_parts.h"

#include <stdlib.h>

void scan_parts_grow(struct scan *scan)
{
	scan->capacity = memory_grown(scan->capacity, scan->count + 1,
				      sizeof *scan->tokens);
	scan->tokens = memory_resize(scan->tokens, scan->capacity,
				     sizeof *scan->tokens);
}

const char *scan_blank(const char *from, const char *end)
{
	return lexeme_blank(from, end, true);
}

/* Behind the string that begins at P. */
static const char *skip_quoted(const char *p, const char *end)
{
	p++;
	while (p < end && *p != '"')
		p += *p == '\\' && end - p > 1 ? 2 : 1;
	return p < end ? p + 1 : end;
}

void scan_token_text(enum scan_kind kind, struct span token,
		     struct buffer *out)
{
	char quote = kind == SCAN_STRING_SINGLE ? '\'' : '"';

	if (kind <= SCAN_STRING_OPEN)
		buffer_add_byte(out, quote);
	buffer_add_span(out, token);
	if (kind < SCAN_STRING_OPEN)
		buffer_add_byte(out, quote);
}

void scan_squeeze(struct span json, struct buffer *out)
{
	const char *p = json.p, *end = json.n ? p + json.n : p;

	while (p < end) {
		const char *from = p;

		if (*p == '"')
			p = skip_quoted(p, end);
		else
			while (p < end && *p != '"' &&
			       !lexeme_is(*p, LEXEME_BLANK))
				p++;
		buffer_add(out, from, (size_t)(p - from));
		p = scan_blank(p, end);
	}
}

void scan_free(struct scan *scan)
{
	buffer_wipe(&scan->template);
	free(scan->tokens);
	*scan = (struct scan){0};
}
