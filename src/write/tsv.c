/* Owns the escapes of tsv cells. */
#include "write/tsv.h"

void tsv_cell(struct span text, struct buffer *out)
{
	const char *p = text.p, *end, *from = p;

	if (text.n == 0)
		return;
	end = p + text.n;
	for (; p < end; p++) {
		const char *escape = *p == '\t' ? "\\t"
				   : *p == '\n' ? "\\n"
				   : *p == '\\' ? "\\\\" : NULL;

		if (!escape)
			continue;
		buffer_add(out, from, (size_t)(p - from));
		buffer_add_text(out, escape);
		from = p + 1;
	}
	if (from < end)
		buffer_add(out, from, (size_t)(end - from));
}
