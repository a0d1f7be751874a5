/* The way back from a template and its tokens to the bytes that were scanned:
 * that nothing is lost is what a scan promises. */
#ifndef REBUILT_H
#define REBUILT_H

#include "json/scan.h"

/* The next hole outside of quotes, or END. */
static inline const char *next_hole(const char *p, const char *end)
{
	char quote = 0;

	for (; p < end; p++) {
		if (quote && *p == '\\')
			p++;
		else if (quote ? *p == quote : *p == '"' || *p == '\'')
			quote = quote ? 0 : *p;
		else if (!quote && (*p == SCAN_HOLE || *p == SCAN_HOLE_SKIPPED))
			return p;
	}
	return end;
}

static inline void rebuild(const struct scan *scan, struct buffer *out)
{
	const char *p = scan->template.p;
	const char *end = p ? p + scan->template.n : p;

	for (size_t i = 0; i < scan->count; i++) {
		const struct scan_token *t = &scan->tokens[i];
		const char *hole = next_hole(p, end);

		buffer_add(out, p, (size_t)(hole - p));
		scan_token_text(t->kind, (struct span){t->text, t->length},
				out);
		p = hole + 1;
	}
	buffer_add(out, p, (size_t)(end - p));
}

#endif
