/* From events to cells.  Keeps nothing. */
#include "triage/cells.h"

#include "trail/arn.h"
#include "trail/row.h"

void cells_column(struct answer *a, const struct store *store,
		  struct store_event event, enum column column)
{
	struct column_ref ref = {.column = column};
	struct buffer text = {0};

	columns_text(store, event, &ref, &text);
	answer_span(a, buffer_span(&text));
	buffer_free(&text);
}

void cells_call(struct answer *a, const struct store *store,
		struct store_event event)
{
	cells_column(a, store, event, COLUMN_EVENT);
	cells_column(a, store, event, COLUMN_WHO);
	cells_column(a, store, event, COLUMN_FROM);
	cells_column(a, store, event, COLUMN_RESULT);
}

void cells_short(struct answer *a, struct span arn)
{
	struct span brief = arn_short(arn);

	answer_span(a, brief.n > 0 ? brief : arn);
}

int64_t cells_when(const struct store *store, struct store_event event)
{
	return segment_event(store_segment(store, event.segment),
			     event.index)->time;
}

struct span cells_field(const struct store *store, struct store_event event,
			enum field field)
{
	struct row row = row_of(store, event);
	struct record record = row_record(&row);

	return record_text(&record, field);
}
