/* Owns the quotes of csv cells. */
#include "write/csv.h"

#include <string.h>

static bool formula(struct span text)
{
	return text.n > 0 && memchr("=+-@\t\r", text.p[0], 6);
}

static bool needs_quotes(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (memchr(",\"\r\n", text.p[i], 4))
			return true;
	return false;
}

void csv_cell(struct span text, bool raw, struct buffer *out)
{
	bool quoted = needs_quotes(text);

	if (quoted)
		buffer_add_byte(out, '"');
	if (!raw && formula(text))
		buffer_add_byte(out, '\'');
	if (!quoted) {
		buffer_add_span(out, text);
		return;
	}
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buffer_add_byte(out, '"');
		buffer_add_byte(out, text.p[i]);
	}
	buffer_add_byte(out, '"');
}
