/* Owns what stands in a cell of the formats for programs.  Knows no format. */
#include "write/cell.h"

#include "json/decode.h"

struct joining {
	const struct store *store;
	struct store_event event;
	bool clear;
	bool first;
	struct buffer *out;
};

static bool joins(void *context, struct span text, uint32_t value)
{
	struct joining *j = context;

	if (!j->first)
		buffer_add_text(j->out, "; ");
	j->first = false;
	if (j->clear)
		cell_clear_value(j->store, j->event.segment, value, text,
				 j->out);
	else
		buffer_add_span(j->out, text);
	return true;
}

void cell_text(const struct store *store, struct store_event event,
	       const struct column_ref *ref, bool clear, struct buffer *out)
{
	struct joining j = {store, event, clear, true, out};

	columns_each(store, event, ref, joins, &j);
}

void cell_clear_value(const struct store *store, uint32_t segment,
		      uint32_t value, struct span text, struct buffer *out)
{
	struct buffer token = {0};
	struct span inside;

	if (value == VALUES_NONE || !store_is_secret(value)) {
		buffer_add_span(out, text);
		return;
	}
	store_clear_token(store, segment, value, &token);
	inside = buffer_span(&token);
	if (inside.n >= 2 && inside.p[0] == '"')
		decode_string((struct span){inside.p + 1, inside.n - 2}, out);
	else
		buffer_add_span(out, inside);
	buffer_wipe(&token);
}
