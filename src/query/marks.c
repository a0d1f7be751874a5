/* Owns the meaning of marks.  Reads events, keeps nothing. */
#include "query/marks.h"

#include "base/buffer.h"
#include "base/nearest.h"
#include "text/show.h"
#include "trail/outcome.h"
#include "trail/principal.h"
#include "trail/row.h"

static const struct mark_info table[] = {
#define MARK(id, group, name, help) {MARK_##group, name, help},
#include "query/marks.def"
#undef MARK
};

const struct mark_info *marks_info(enum mark mark)
{
	return &table[mark];
}

enum mark marks_find(enum mark_group group, struct span name,
		     struct error *err)
{
	const char *names[MARK_COUNT], *nearest;
	const char *word = group == MARK_IS ? "is" : "has";
	struct buffer all = {0};
	size_t n = 0;

	for (int i = 0; i < MARK_COUNT; i++) {
		if (table[i].group != group)
			continue;
		if (span_equal_ignoring_case(name, span_of(table[i].name))) {
			buffer_free(&all);
			return (enum mark)i;
		}
		buffer_printf(&all, "%s%s", n ? " " : "", table[i].name);
		names[n++] = table[i].name;
	}
	nearest = nearest_name(name, names, n);
	error_set(err, "%s:%.*s: no such mark", word,
		  (int)(name.n < 40 ? name.n : 40), name.p);
	if (nearest)
		error_hint(err, "%s:%s?", word, nearest);
	else
		error_hint(err, "%s: takes %s", word, buffer_text(&all));
	buffer_free(&all);
	return MARK_COUNT;
}

static bool holds(struct span text, const char *part)
{
	return span_find(text, span_of(part)) != NULL;
}

/* AccessDenied, AccessDeniedException, Client.UnauthorizedOperation,
 * NotAuthorizedException, AuthorizationError, Forbidden, … */
static bool is_denied(const struct store *store, struct store_event e)
{
	static const char *const parts[] = {
		"AccessDenied", "Unauthorized", "NotAuthorized",
		"AuthorizationError", "Forbidden", "OptInRequired",
	};
	uint32_t value = store_derived(store, e, STORE_RESULT);
	struct buffer scratch = {0};
	struct span text;
	bool denied = false;

	if (value == VALUES_NONE)
		return false;
	text = store_text(store, e.segment, value, &scratch);
	for (size_t i = 0; i < sizeof parts / sizeof *parts && !denied; i++)
		denied = holds(text, parts[i]);
	buffer_free(&scratch);
	return denied;
}

static bool is_write(const struct record *r)
{
	char glyph = outcome_glyph(r);

	return glyph == 'W' || glyph == 'D' || glyph == '!';
}

static bool is_service_name(struct span text)
{
	return span_ends(text, SPAN(".amazonaws.com")) ||
	       span_ends(text, SPAN(".amazonaws.com.cn")) ||
	       span_starts(text, SPAN("AWS Internal"));
}

/* The caller itself, who it was invoked by, or where it came from. */
static bool is_service(const struct record *r)
{
	return span_is(record_text(r, FIELD_USER_TYPE), "AWSService") ||
	       span_is(record_text(r, FIELD_EVENT_TYPE), "AwsServiceEvent") ||
	       is_service_name(record_text(r, FIELD_INVOKED_BY)) ||
	       is_service_name(record_text(r, FIELD_SOURCE_ADDRESS)) ||
	       holds(record_text(r, FIELD_ISSUER_ARN), "/aws-service-role/");
}

static bool is_console(const struct record *r)
{
	struct span type = record_text(r, FIELD_EVENT_TYPE);
	struct span agent = record_text(r, FIELD_USER_AGENT);

	return span_is(type, "AwsConsoleSignIn") ||
	       span_is(type, "AwsConsoleAction") ||
	       span_is(record_text(r, FIELD_CONSOLE_SESSION), "true") ||
	       holds(agent, "console.amazonaws.com") ||
	       holds(agent, "signin.amazonaws.com");
}

static bool has_secret(const struct row *row)
{
	for (uint32_t i = 0; i < row->shape->slots; i++)
		if (store_is_secret(row->value[i]))
			return true;
	return false;
}

bool marks_hold(const struct store *store, struct store_event e,
		enum mark mark)
{
	struct row row = row_of(store, e);
	struct record record = row_record(&row);

	switch (mark) {
	case MARK_ERROR:
		return row_derived(&row, STORE_RESULT) != VALUES_NONE;
	case MARK_DENIED:
		return is_denied(store, e);
	case MARK_WRITE:
		return is_write(&record);
	case MARK_SERVICE:
		return is_service(&record);
	case MARK_CONSOLE:
		return is_console(&record);
	case MARK_CROSSACCOUNT:
		return principal_is_foreign(&record);
	case MARK_RELAXED:
		return row.event->marks & SEGMENT_RELAXED;
	case MARK_DAMAGED:
		return row.event->marks & SEGMENT_DAMAGED;
	case MARK_UNVERIFIED:
		return store_unverified(store, e);
	case MARK_CONFLICT:
		return store_conflict(store, e);
	case MARK_MARKED:
		return notes_marked(store_notes(store),
				    record_text(&record, FIELD_EVENT_ID));
	case MARK_NOTICE:
		return row.event->marks & SEGMENT_NOTICE;
	case MARK_SECRET:
		return has_secret(&row);
	case MARK_CERTIFICATE:
		return row_certificates(&row) > 0;
	default:
		return false;
	}
}

bool marks_text(enum mark mark, struct span text)
{
	if (mark == MARK_OMITTED)
		return span_is(text, "true");
	if (mark == MARK_FINDING)
		return true;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] < ' ' || text.p[i] > '~')
			return !show_is_plain(text);
	return false;
}

bool marks_by_value(enum mark mark, const char **path)
{
	*path = mark == MARK_OMITTED ? "*.omitted"
	      : mark == MARK_FINDING ? "finding" : NULL;
	return *path || mark == MARK_CONTROL;
}

bool marks_change(enum mark mark)
{
	return mark == MARK_UNVERIFIED || mark == MARK_CONFLICT ||
	       mark == MARK_MARKED;
}
