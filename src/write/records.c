/* Owns the two JSON forms of the events that passed. */
#include "write/records.h"

#include "store/document.h"

static void add(struct sink *sink, const struct store *store,
		struct store_event event, bool clear)
{
	size_t from = sink->row.n;

	document_line(store, event, clear, &sink->row);
	sink_show(sink, from);
}

void records_write_lines(struct sink *sink, const struct store *store,
			 const struct run_result *result, bool clear)
{
	for (size_t i = 0; i < result->count && sink_turn(sink); i++) {
		add(sink, store, result->events[i], clear);
		buffer_add_byte(&sink->row, '\n');
	}
}

void records_write_document(struct sink *sink, const struct store *store,
			    const struct run_result *result, bool clear)
{
	buffer_add_text(&sink->row, "{\"Records\":[");
	for (size_t i = 0; i < result->count && sink_turn(sink); i++) {
		buffer_add_text(&sink->row, i ? ",\n" : "\n");
		add(sink, store, result->events[i], clear);
	}
	buffer_add_text(&sink->row, result->count ? "\n]}\n" : "]}\n");
}
