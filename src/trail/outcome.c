/* Tells from a record's fields how the call ended and what kind of call it was.
 * Names of calls are judged by their verb and by the table of sensitive ones,
 * since readOnly is missing in old records and unreliable in others. */
#include "trail/outcome.h"

struct span outcome_result(const struct record *r, uint16_t *slot)
{
	struct span text = record_text(r, FIELD_ERROR_CODE);

	*slot = r->field[FIELD_ERROR_CODE];
	if (text.n > 0)
		return text;
	text = record_text(r, FIELD_RESPONSE_ERROR);
	*slot = r->field[FIELD_RESPONSE_ERROR];
	if (text.n > 0)
		return text;
	text = record_text(r, FIELD_SIGNIN_RESULT);
	*slot = r->field[FIELD_SIGNIN_RESULT];
	if (span_is(text, "Failure"))
		return text;
	*slot = SHAPES_ABSENT;
	return record_text(r, FIELD_ERROR_MESSAGE).n > 0
		       ? SPAN("error")
		       : (struct span){NULL, 0};
}

static const struct {
	struct span event;
	struct span service;
} sensitive[] = {
#define SENSITIVE(event, service, class, source) \
	{{event, sizeof(event) - 1}, {service, sizeof(service) - 1}},
#include "trail/sensitive.def"
#undef SENSITIVE
};

/* The verbs that AWS's API names begin with. */
static const struct {
	const char *verb;
	char glyph;
} verbs[] = {
	{"BatchGet", 'R'}, {"Describe", 'R'}, {"Get", 'R'}, {"Head", 'R'},
	{"List", 'R'}, {"Lookup", 'R'}, {"Query", 'R'}, {"Scan", 'R'},
	{"Search", 'R'}, {"Select", 'R'}, {"Simulate", 'R'}, {"View", 'R'},
	{"BatchDelete", 'D'}, {"Delete", 'D'}, {"Deregister", 'D'},
	{"Destroy", 'D'}, {"Purge", 'D'}, {"Release", 'D'}, {"Remove", 'D'},
	{"Revoke", 'D'}, {"ScheduleKeyDeletion", 'D'}, {"Terminate", 'D'},
	{"Accept", 'W'}, {"Activate", 'W'}, {"Add", 'W'}, {"Allocate", 'W'},
	{"Apply", 'W'}, {"Assign", 'W'}, {"Associate", 'W'}, {"Attach", 'W'},
	{"Authorize", 'W'}, {"BatchPut", 'W'}, {"BatchWrite", 'W'},
	{"Cancel", 'W'}, {"Change", 'W'}, {"Copy", 'W'}, {"Create", 'W'},
	{"Deactivate", 'W'}, {"Detach", 'W'}, {"Disable", 'W'},
	{"Disassociate", 'W'}, {"Enable", 'W'}, {"Import", 'W'},
	{"Invite", 'W'}, {"Invoke", 'W'}, {"Leave", 'W'}, {"Modify", 'W'},
	{"Move", 'W'}, {"Publish", 'W'}, {"Put", 'W'}, {"Reboot", 'W'},
	{"Register", 'W'}, {"Renew", 'W'}, {"Replace", 'W'}, {"Request", 'W'},
	{"Resend", 'W'}, {"Reset", 'W'}, {"Restore", 'W'}, {"Resume", 'W'},
	{"Rotate", 'W'}, {"Run", 'W'}, {"Send", 'W'}, {"Set", 'W'},
	{"Start", 'W'}, {"Stop", 'W'}, {"Subscribe", 'W'}, {"Suspend", 'W'},
	{"Tag", 'W'}, {"Unsubscribe", 'W'}, {"Untag", 'W'}, {"Update", 'W'},
	{"Upload", 'W'}, {"Write", 'W'},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* SOURCE may be missing; `acm` and `acm.amazonaws.com` are the same. */
static bool same_service(struct span source, struct span service)
{
	return source.n == 0 ||
	       (span_starts(source, service) &&
		(source.n == service.n || source.p[service.n] == '.'));
}

static bool is_sensitive(struct span name, struct span source)
{
	for (size_t i = 0; i < COUNT(sensitive); i++)
		if (span_equal(name, sensitive[i].event) &&
		    same_service(source, sensitive[i].service))
			return true;
	return false;
}

/* By the verb that is a whole word: Get of GetItem, not of Getaway. */
static char verb_glyph(struct span name)
{
	for (size_t i = 0; i < COUNT(verbs); i++) {
		struct span verb = span_of(verbs[i].verb);

		if (!span_starts(name, verb))
			continue;
		if (name.n == verb.n ||
		    !(name.p[verb.n] >= 'a' && name.p[verb.n] <= 'z'))
			return verbs[i].glyph;
	}
	return ' ';
}

char outcome_glyph(const struct record *r)
{
	char copy[64];          /* no verb and no sensitive name is longer */
	struct span name, read_only;
	char glyph;

	if (r->field[FIELD_NOTICE_TYPE] != SHAPES_ABSENT ||
	    r->field[FIELD_INSIGHT_NAME] != SHAPES_ABSENT)
		return ' ';
	name = record_text(r, FIELD_EVENT_NAME);
	if (name.n > sizeof copy)
		name.n = sizeof copy;
	if (name.n > 0)
		memcpy(copy, name.p, name.n);
	name.p = copy;
	if (is_sensitive(name, record_text(r, FIELD_EVENT_SOURCE)))
		return '!';
	glyph = verb_glyph(name);
	if (glyph == 'D')
		return 'D';
	read_only = record_text(r, FIELD_READ_ONLY);
	if (span_is(read_only, "true"))
		return 'R';
	/* Some reads are logged as writes: false alone proves nothing. */
	return span_is(read_only, "false") && glyph == ' ' ? 'W' : glyph;
}

static bool in_action(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '*';
}

/* After "is not authorized to perform: ", with quotes or without. */
struct span outcome_refused_action(struct span message)
{
	struct span words = SPAN("not authorized to perform:");
	const char *p = span_find(message, words), *end, *from;

	if (!p)
		return (struct span){NULL, 0};
	end = message.p + message.n;
	for (p += words.n; p < end && memchr(" \"'[", *p, 4); p++)
		;
	for (from = p; p < end && in_action(*p); p++)
		;
	if (p == from || p == end || *p != ':')
		return (struct span){NULL, 0};
	for (p++; p < end && in_action(*p); p++)
		;
	return p[-1] == ':' ? (struct span){NULL, 0}
			    : (struct span){from, (size_t)(p - from)};
}

struct span outcome_needs(const struct record *r)
{
	return outcome_refused_action(record_text(r, FIELD_ERROR_MESSAGE));
}
