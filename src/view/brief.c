/* Owns the choice of what matters first.  Values come from trail/columns, so
 * masks stay masks. */
#include "view/brief.h"

#include "store/notes.h"
#include "trail/columns.h"
#include "trail/fields.h"

enum { COLUMNS = 4, VALUES = 4 };

static const struct {
	const char *label;
	enum column column[COLUMNS];    /* glyph: no more */
} lines[] = {
	{"who", {COLUMN_WHO, COLUMN_VIA}},
	{"session", {COLUMN_SESSION, COLUMN_KEY}},
	{"did", {COLUMN_EVENT, COLUMN_SOURCE, COLUMN_REGION,
		 COLUMN_ACCOUNT}},
	{"to", {COLUMN_TARGET, COLUMN_DOMAIN}},
	{"with", {COLUMN_CERTIFICATE}},
	{"result", {COLUMN_RESULT, COLUMN_NEEDS}},
	{"message", {COLUMN_MESSAGE}},
	{"when", {COLUMN_TIME}},
	{"from", {COLUMN_FROM, COLUMN_VPCE}},
	{"program", {COLUMN_USER_AGENT}},
	{"finding", {COLUMN_FINDING, COLUMN_IOC}},
	{"file", {COLUMN_FILE, COLUMN_ID}},
};

struct joining {
	struct buffer *out;
	size_t start, count;
	bool named;             /* the line begins with one of the values */
};

static bool join(void *context, struct span text, uint32_t value)
{
	struct joining *j = context;

	(void)value;
	if (j->named && span_starts(span_from(buffer_span(j->out), j->start),
				    text))
		return true;
	if (j->out->n > j->start)
		buffer_add_text(j->out, j->count > 0 ? "; " : "  ");
	buffer_add_span(j->out, text);
	return ++j->count < VALUES;
}

static void add_time(const struct store *store, struct store_event event,
		     enum stamp_zone zone, struct buffer *out)
{
	const struct column_ref ref = {.column = COLUMN_TIME};
	int64_t time = segment_event(store_segment(store, event.segment),
				     event.index)->time;
	char text[STAMP_ROOM];

	if (time == SEGMENT_NO_TIME) {
		columns_text(store, event, &ref, out);
		return;
	}
	stamp_format(time, STAMP_FULL, zone, text);
	buffer_printf(out, "%s %s", text,
		      zone == STAMP_LOCAL ? "local" : "UTC");
}

static void add_line(const struct store *store, struct store_event event,
		     enum stamp_zone zone, bool findings, size_t i,
		     struct buffer *out)
{
	size_t line = out->n;
	struct joining j = {.out = out};

	buffer_printf(out, "%-*s", BRIEF_LABEL, lines[i].label);
	j.start = out->n;
	for (size_t k = 0; k < COLUMNS && lines[i].column[k]; k++) {
		struct column_ref ref = {.column = lines[i].column[k]};

		if (ref.column == COLUMN_FINDING && !findings)
			continue;
		j.count = 0;
		j.named = ref.column == COLUMN_DOMAIN;
		if (ref.column == COLUMN_TIME)
			add_time(store, event, zone, out);
		/* As people call it; in full it stands in the line below. */
		else if (ref.column == COLUMN_TARGET)
			columns_text(store, event, &ref, out);
		else
			columns_each(store, event, &ref, join, &j);
	}
	/* A line break in a value would look like one of ours. */
	for (size_t k = j.start; k < out->n; k++)
		if (out->p[k] == '\n')
			out->p[k] = ' ';
	if (out->n == j.start)
		out->n = line;
	else
		buffer_add_byte(out, '\n');
}

static void add_note(const struct store *store, struct store_event event,
		     struct buffer *out)
{
	uint32_t id = store_field(store, event, FIELD_EVENT_ID);
	struct buffer text = {0}, note = {0};

	if (id != VALUES_NONE &&
	    notes_text(store_notes(store),
		       store_text(store, event.segment, id, &text), &note))
		buffer_printf(out, "%-*s%s\n", BRIEF_LABEL, "note",
			      buffer_text(&note));
	buffer_free(&text);
	buffer_free(&note);
}

void brief_write(const struct store *store, struct store_event event,
		 enum stamp_zone zone, bool findings, struct buffer *out)
{
	size_t from = out->n;

	add_note(store, event, out);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		add_line(store, event, zone, findings, i, out);
	if (out->n > from)
		out->n--;
}
