/* What a column says of one event: its values, and the text that is drawn.
 * Reads the row and what trail/ makes of it; keeps nothing. */
#include "trail/columns.h"

#include "base/memory.h"
#include "text/stamp.h"
#include "trail/arn.h"
#include "trail/certificate.h"
#include "trail/domains.h"
#include "trail/gates.h"
#include "trail/outcome.h"
#include "trail/principal.h"
#include "trail/row.h"
#include "trail/slots.h"

#include <stdlib.h>

enum { FEW = 16, TOLD = 64 };

/* The columns that are one field, by its number plus one. */
static const uint8_t direct[COLUMN_COUNT] = {
	[COLUMN_TIME] = FIELD_EVENT_TIME + 1,
	[COLUMN_EVENT] = FIELD_EVENT_NAME + 1,
	[COLUMN_FROM] = FIELD_SOURCE_ADDRESS + 1,
	[COLUMN_REGION] = FIELD_REGION + 1,
	[COLUMN_SOURCE] = FIELD_EVENT_SOURCE + 1,
	[COLUMN_USER_AGENT] = FIELD_USER_AGENT + 1,
	[COLUMN_KEY] = FIELD_USER_KEY + 1,
	[COLUMN_ERROR] = FIELD_ERROR_CODE + 1,
	[COLUMN_MESSAGE] = FIELD_ERROR_MESSAGE + 1,
	[COLUMN_ID] = FIELD_EVENT_ID + 1,
	[COLUMN_REQUEST_ID] = FIELD_REQUEST_ID + 1,
	[COLUMN_TYPE] = FIELD_EVENT_TYPE + 1,
	[COLUMN_CATEGORY] = FIELD_EVENT_CATEGORY + 1,
	[COLUMN_VERSION] = FIELD_EVENT_VERSION + 1,
	[COLUMN_READ_ONLY] = FIELD_READ_ONLY + 1,
	[COLUMN_TLS] = FIELD_TLS_VERSION + 1,
	[COLUMN_VPCE] = FIELD_VPC_ENDPOINT + 1,
};

static const char *const containers[] = {
	[SEGMENT_RECORDS] = "Records",
	[SEGMENT_RECORD] = "record",
	[SEGMENT_ARRAY] = "array",
	[SEGMENT_EVENTBRIDGE] = "EventBridge",
	[SEGMENT_LOOKUP] = "lookup-events",
	[SEGMENT_LOGS] = "CloudWatch Logs",
	[SEGMENT_WRAPPER] = "wrapper",
	[SEGMENT_ENVELOPE] = "notice",
};

struct taking {
	uint32_t *value;
	size_t most;
	size_t count;
};

static void take(struct taking *t, uint32_t value)
{
	if (value == VALUES_NONE)
		return;
	if (t->count < t->most)
		t->value[t->count] = value;
	t->count++;
}

static const struct slots_list *list_of(const struct store *store,
					const struct row *row,
					const struct column_ref *ref)
{
	return slots_of(ref->paths, store_shapes(store), row->event->shape);
}

static void take_slots(struct taking *t, const struct store *store,
		       const struct row *row, const struct column_ref *ref)
{
	const struct slots_list *list = list_of(store, row, ref);

	for (uint32_t i = 0; i < list->count; i++) {
		uint32_t value = row->value[list->slot[i]];

		if (ref->column == COLUMN_PATH ||
		    values_kind(&row->segment->values, value) != SCAN_NULL)
			take(t, value);
	}
}

static void take_via(struct taking *t, const struct row *row)
{
	enum field fields[PRINCIPAL_VIA];
	struct record record = row_record(row);
	size_t count = principal_via_fields(&record, fields);

	for (size_t i = 0; i < count; i++)
		take(t, row_field(row, fields[i]));
}

/* A notice and an Insight did not end in any way. */
static bool is_call(const struct row *row)
{
	return !(row->event->marks & SEGMENT_NOTICE) &&
	       row_field(row, FIELD_INSIGHT_NAME) == VALUES_NONE;
}

size_t columns_values(const struct store *store, struct store_event e,
		      const struct column_ref *ref, uint32_t *value,
		      size_t most)
{
	struct row row = row_of(store, e);
	struct taking t = {value, most, 0};

	switch (ref->column) {
	case COLUMN_WHO:
		take(&t, row_derived(&row, STORE_WHO));
		break;
	case COLUMN_RESULT:
		take(&t, row_derived(&row, STORE_RESULT));
		if (t.count == 0 && is_call(&row))
			return SIZE_MAX;
		break;
	case COLUMN_TARGET:
		take(&t, row_derived(&row, row_certificates(&row)
						   ? STORE_CERTIFICATES
						   : STORE_TARGET));
		break;
	case COLUMN_CERTIFICATE:
		for (uint32_t i = 0; i < row_certificates(&row); i++)
			take(&t, row_derived(&row, STORE_CERTIFICATES + i));
		break;
	case COLUMN_ACCOUNT:
		take(&t, row_field(&row, FIELD_RECIPIENT_ACCOUNT));
		if (t.count == 0)
			take(&t, row_field(&row, FIELD_USER_ACCOUNT));
		break;
	case COLUMN_VIA:
		take_via(&t, &row);
		break;
	case COLUMN_PATH:
		if (gates_open(list_of(store, &row, ref), store, e))
			return SIZE_MAX;
		take_slots(&t, store, &row, ref);
		break;
	case COLUMN_RESOURCES:
		take_slots(&t, store, &row, ref);
		break;
	default:
		if (!direct[ref->column])
			return SIZE_MAX;
		take(&t, row_field(&row,
				   (enum field)(direct[ref->column] - 1)));
	}
	return t.count;
}

size_t columns_made_from(const struct column_ref *ref,
			 enum field field[COLUMNS_FIELDS])
{
	static const struct {
		enum column column;
		size_t count;
		enum field field[COLUMNS_FIELDS];
	} made_from[] = {
		{COLUMN_GLYPH, 5, {FIELD_NOTICE_TYPE, FIELD_INSIGHT_NAME,
				   FIELD_EVENT_NAME, FIELD_EVENT_SOURCE,
				   FIELD_READ_ONLY}},
		{COLUMN_ROLE, 4, {FIELD_USER_ARN, FIELD_ISSUER_ARN,
				  FIELD_USER_TYPE, FIELD_ISSUER_NAME}},
		{COLUMN_SESSION, 2, {FIELD_USER_ARN, FIELD_USER_PRINCIPAL}},
		{COLUMN_NEEDS, 1, {FIELD_ERROR_MESSAGE}},
		{COLUMN_MFA, 2, {FIELD_SIGNIN_MFA, FIELD_SESSION_MFA}},
	};

	for (size_t i = 0; i < sizeof made_from / sizeof *made_from; i++)
		if (made_from[i].column == ref->column) {
			memcpy(field, made_from[i].field,
			       sizeof made_from[i].field);
			return made_from[i].count;
		}
	return 0;
}

static uint32_t field_place(const struct shape *shape, enum field field)
{
	uint16_t slot = shape->field[field];

	return slot == SHAPES_ABSENT ? COLUMNS_NOWHERE : slot;
}

static uint32_t path_place(const struct slots_list *list)
{
	if (list->gates > 0 || list->count > 1)
		return COLUMNS_ASK;
	return list->count == 1 ? list->slot[0] : COLUMNS_NOWHERE;
}

uint32_t columns_place(const struct store *store, uint32_t number,
		       const struct column_ref *ref)
{
	const struct shapes *shapes = store_shapes(store);
	const struct shape *shape = shapes_get(shapes, number);
	uint32_t place;

	switch (ref->column) {
	case COLUMN_WHO:
		return shape->slots + STORE_WHO;
	case COLUMN_RESULT:
		return shape->slots + STORE_RESULT;
	case COLUMN_ACCOUNT:
		place = field_place(shape, FIELD_RECIPIENT_ACCOUNT);
		return place != COLUMNS_NOWHERE
			? place : field_place(shape, FIELD_USER_ACCOUNT);
	case COLUMN_PATH:
	case COLUMN_RESOURCES:
		return path_place(slots_of(ref->paths, shapes, number));
	default:
		if (!direct[ref->column])
			return COLUMNS_ASK;
		return field_place(shape,
				   (enum field)(direct[ref->column] - 1));
	}
}

static struct span mfa(const struct row *row)
{
	struct record record = row_record(row);
	struct span text = record_text(&record, FIELD_SIGNIN_MFA);

	if (!text.p)
		text = record_text(&record, FIELD_SESSION_MFA);
	return columns_mfa_word(text);
}

/* The value of a column that is made from no value of the row alone; p == NULL
 * when the event has none.  GLYPH holds one that is a character. */
static struct span made(const struct store *store, const struct row *row,
			enum column column, char *glyph)
{
	struct record record = row_record(row);

	switch (column) {
	case COLUMN_GLYPH:
		*glyph = outcome_glyph(&record);
		return (struct span){*glyph == ' ' ? NULL : glyph, 1};
	case COLUMN_RESULT:
		return SPAN("ok");
	case COLUMN_ROLE:
		return principal_role(&record);
	case COLUMN_SESSION:
		return principal_session(&record);
	case COLUMN_NEEDS:
		return outcome_needs(&record);
	case COLUMN_MFA:
		return mfa(row);
	case COLUMN_CONTAINER:
		return span_of(containers[row->event->container]);
	case COLUMN_FILE:
		return span_of(store_file(store, row->event->input).name);
	default:
		die("column %d is made from no values", (int)column);
	}
}

/* Of a path that leads into JSON: its own leaves, then those in there. */
static void each_in_json(const struct store *store, const struct row *row,
			 struct store_event e, const struct column_ref *ref,
			 columns_each_fn *each, void *context)
{
	const struct slots_list *list = list_of(store, row, ref);
	struct buffer scratch = {0};
	bool more = true;

	for (uint32_t i = 0; more && i < list->count; i++) {
		uint32_t value = row->value[list->slot[i]];

		more = each(context, store_text(store, e.segment, value,
						&scratch), value);
	}
	if (more)
		gates_each(ref->paths, list, store, e, each, context);
	buffer_free(&scratch);
}

static void each_remark(const struct store *store, struct store_event e,
			columns_each_fn *each, void *context)
{
	const struct store_remarks *remarks = store_remarks(store);
	const char *word[FEW];
	size_t n = 0;

	if (remarks)
		n = remarks->words(remarks->known(store), e, word, FEW);
	for (size_t i = 0; i < n && i < FEW; i++)
		if (!each(context, span_of(word[i]), VALUES_NONE))
			break;
}

/* The texts of a column that is made from no value of the row alone. */
static void each_made(const struct store *store, struct store_event e,
		      const struct column_ref *ref, columns_each_fn *each,
		      void *context)
{
	struct row row = row_of(store, e);
	struct span text;
	char glyph;

	if (ref->column == COLUMN_PATH) {
		each_in_json(store, &row, e, ref, each, context);
		return;
	}
	if (ref->column == COLUMN_FINDING) {
		each_remark(store, e, each, context);
		return;
	}
	text = made(store, &row, ref->column, &glyph);
	if (text.p)
		each(context, text, VALUES_NONE);
}

/* A text that is told once, though several values stand for it. */
struct telling {
	columns_each_fn *each;
	void *context;
	struct span told[TOLD];
	size_t count;
	bool more;
};

static bool tell_once(void *context, struct span text, uint32_t value)
{
	struct telling *t = context;

	for (size_t i = 0; i < t->count; i++)
		if (span_equal(t->told[i], text))
			return true;
	if (t->count < TOLD)
		t->told[t->count++] = text;
	t->more = t->each(t->context, text, value);
	return t->more;
}

/* Columns whose values are what their values match. */
static bool is_joined(enum column column)
{
	return column == COLUMN_DOMAIN || column == COLUMN_IOC;
}

void columns_each(const struct store *store, struct store_event e,
		  const struct column_ref *ref, columns_each_fn *each,
		  void *context)
{
	uint32_t few[FEW], *value = few;
	struct buffer scratch = {0};
	size_t n = columns_values(store, e, ref, value, FEW);

	if (is_joined(ref->column)) {
		struct telling t = {.each = each, .context = context,
				    .more = true};

		columns_match_row(store, e, ref, tell_once, &t);
		return;
	}
	if (n == SIZE_MAX) {
		each_made(store, e, ref, each, context);
		return;
	}
	if (n > FEW) {
		value = memory_resize(NULL, n, sizeof *value);
		columns_values(store, e, ref, value, n);
	}
	for (size_t i = 0; i < n; i++)
		if (!each(context, store_text(store, e.segment, value[i],
					      &scratch), value[i]))
			break;
	if (value != few)
		free(value);
	buffer_free(&scratch);
}

static bool found(void *context, struct span text, uint32_t value)
{
	(void)text;
	(void)value;
	*(bool *)context = true;
	return false;
}

bool columns_present(const struct store *store, struct store_event e,
		     const struct column_ref *ref)
{
	bool present = false;
	uint32_t value;
	size_t n;

	if (ref->column == COLUMN_PATH &&
	    slots_of(ref->paths, store_shapes(store),
		     row_of(store, e).event->shape)->there)
		return true;
	n = columns_values(store, e, ref, &value, 1);
	if (n != SIZE_MAX)
		return n > 0;
	columns_each(store, e, ref, found, &present);
	return present;
}

struct joining {
	struct buffer *out;
	size_t start;
};

struct drawing {
	struct buffer *out;
	bool ascii;
};

static bool join(void *context, struct span text, uint32_t value)
{
	struct joining *j = context;

	(void)value;
	if (j->out->n > j->start)
		buffer_add_text(j->out, "; ");
	buffer_add_span(j->out, text);
	return true;
}

static bool draw_certificate(void *context, struct span arn, uint32_t value)
{
	struct drawing *d = context;
	char text[16];

	(void)value;
	buffer_add(d->out, text, certificate_short(certificate_id(arn),
						   d->ascii, text));
	return false;
}

/* The first one and how many more there are. */
static void draw_certificates(const struct store *store, struct store_event e,
			      bool ascii, struct buffer *out)
{
	struct column_ref all = {.column = COLUMN_CERTIFICATE};
	struct drawing d = {out, ascii};
	size_t count = columns_values(store, e, &all, NULL, 0);

	columns_each(store, e, &all, draw_certificate, &d);
	if (count > 1)
		buffer_printf(out, " +%zu", count - 1);
}

static bool draw_short(void *context, struct span text, uint32_t value)
{
	struct span brief = arn_short(text);

	(void)value;
	buffer_add_span(context, brief.n > 0 ? brief : text);
	return false;
}

/* The name by which most people know the event's first certificate. */
static struct span first_name(const struct store *store, const struct row *row)
{
	struct span arn = values_text(&row->segment->values,
				      row_derived(row, STORE_CERTIFICATES));
	size_t count;
	const struct domains_link *link = domains_of(domains_kept(store), arn,
						     &count);

	return count > 0 ? link[0].name : (struct span){NULL, 0};
}

static void draw_target(const struct store *store, struct store_event e,
			const struct column_ref *ref, struct buffer *out)
{
	struct row row = row_of(store, e);
	struct record record = row_record(&row);
	struct span domain;

	if (row_certificates(&row) == 0) {
		columns_each(store, e, ref, draw_short, out);
		return;
	}
	domain = record_text(&record, FIELD_DOMAIN);
	if (domain.n == 0)
		domain = first_name(store, &row);
	if (domain.n > 0) {
		buffer_add_span(out, domain);
		buffer_add_byte(out, ' ');
	}
	draw_certificates(store, e, ref->ascii, out);
}

static void draw_time(const struct row *row, struct buffer *out)
{
	struct record record = row_record(row);
	char text[STAMP_ROOM];

	if (row->event->time == SEGMENT_NO_TIME)
		buffer_add_span(out, record_text(&record, FIELD_EVENT_TIME));
	else
		buffer_add(out, text, stamp_format(row->event->time, STAMP_FULL,
						   STAMP_UTC, text));
}

void columns_text(const struct store *store, struct store_event e,
		  const struct column_ref *ref, struct buffer *out)
{
	struct joining j = {out, out->n};
	struct row row = row_of(store, e);
	struct record record = row_record(&row);

	switch (ref->column) {
	case COLUMN_TIME:
		draw_time(&row, out);
		break;
	case COLUMN_RESULT:
		if (row_derived(&row, STORE_RESULT) != VALUES_NONE)
			columns_each(store, e, ref, join, &j);
		break;
	case COLUMN_TARGET:
		draw_target(store, e, ref, out);
		break;
	case COLUMN_CERTIFICATE:
		draw_certificates(store, e, ref->ascii, out);
		break;
	case COLUMN_SOURCE:
		buffer_add_span(out, columns_short_source(record_text(
					     &record, FIELD_EVENT_SOURCE)));
		break;
	case COLUMN_VIA:
		principal_via(&record, out);
		break;
	default:
		columns_each(store, e, ref, join, &j);
	}
}
