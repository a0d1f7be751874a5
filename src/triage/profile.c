/* Owns what a profile counts.  Which events it is about is a filter's. */
#include "triage/profile.h"

#include "base/memory.h"
#include "json/decode.h"
#include "query/run.h"
#include "trail/arn.h"
#include "trail/outcome.h"
#include "trail/row.h"
#include "triage/cells.h"
#include "triage/counts.h"
#include "triage/leaves.h"
#include "triage/profile_keys.h"
#include "triage/session_places.h"

#include <stdlib.h>

/* The fields that a plain text may be a value of, as it is looked for. */
static const char *const guesses[] = {
	"key", "from", "who", "session", "role", "user-agent", "event",
	"source", "account", "region", "certificate", "target", "id",
	"request-id", "userIdentity.sessionContext.sourceIdentity",
};

enum { GUESSES = sizeof guesses / sizeof *guesses };

/* What is counted beside the calls themselves. */
static const struct {
	const char *name;
	enum field field;
	const char *columns[5];
} counted[] = {
#define COUNTED(name, field, column) \
	{name, FIELD_##field, {column, "events", "errors", "first", "last"}}
	COUNTED("addresses", SOURCE_ADDRESS, "address"),
	COUNTED("agents", USER_AGENT, "agent"),
	COUNTED("sources", EVENT_SOURCE, "source"),
	COUNTED("regions", REGION, "region"),
	COUNTED("accounts", RECIPIENT_ACCOUNT, "account"),
#undef COUNTED
};

enum { COUNTED = sizeof counted / sizeof *counted };

struct profile {
	const struct store *store;
	const atomic_bool *cancel;
	struct run_result result;
	struct answer *a;
	struct counts *counts[COUNTED];
	struct counts *events;          /* names */
	struct counts *who;
	struct counts *refused;         /* actions */
	struct counts *certificates;
	struct counts *exported;
	struct names *calls;            /* 0: ExportCertificate */
};

/* The filter text FIELD="VALUE". */
static void write_filter(const char *field, struct span value,
			 struct buffer *out)
{
	buffer_add_text(out, field);
	buffer_add_byte(out, '=');
	decode_quote(value, out);
}

/* Whether WHO is a filter, and each part of it asks for a field or a mark. */
static bool names_fields(struct span who)
{
	struct filter *filter = filter_parse(who, NULL);
	bool named = filter && filter_predicates(filter) > 0;

	for (size_t i = 0; named && i < filter_predicates(filter); i++) {
		const struct predicate *p = filter_predicate(filter, i);

		named = !p->any && p->test != PREDICATE_HOLDS;
	}
	filter_free(filter);
	return named;
}

bool profile_check(struct span who, struct error *err)
{
	struct filter *filter;

	if (names_fields(who) || !memchr(who.p, '=', who.n))
		return true;
	filter = filter_parse(who, err);
	filter_free(filter);
	return filter != NULL;
}

static size_t ask(struct profile *p, struct jobs *jobs, struct span text)
{
	struct run_cache *cache = run_cache_new();
	struct filter *filter = filter_parse(text, NULL);
	struct order order = {.count = 0};

	run_result_free(&p->result);
	p->result = (struct run_result){0};
	if (filter)
		run_query(p->store, cache, jobs, filter, &order, p->cancel,
			  &p->result);
	filter_free(filter);
	run_cache_free(cache);
	return p->result.count;
}

/* Whether a value of the field may look like that; the others are asked last. */
static bool is_likely(const char *field, struct span who)
{
	if (strcmp(field, "key") == 0)
		return span_starts(who, SPAN("AKIA")) ||
		       span_starts(who, SPAN("ASIA"));
	if (strcmp(field, "from") == 0)
		return session_places_is_address(who);
	return true;
}

/* Finds the events; the filter that they passed is written to TEXT. */
static void find(struct profile *p, struct jobs *jobs, struct span who,
		 struct buffer *text)
{
	if (names_fields(who)) {
		buffer_add_span(text, who);
		ask(p, jobs, who);
		return;
	}
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < GUESSES; i++) {
			if (is_likely(guesses[i], who) != (round == 0))
				continue;
			buffer_clear(text);
			write_filter(guesses[i], who, text);
			if (ask(p, jobs, buffer_span(text)) > 0)
				return;
		}
	buffer_clear(text);
}

static void count_refused(struct profile *p, const struct row *row,
			  struct store_event event, int64_t time)
{
	struct record record = row_record(row);
	struct span action;

	if (row_derived(row, STORE_RESULT) == VALUES_NONE)
		return;
	action = outcome_needs(&record);
	if (action.n > 0)
		counts_add(p->refused, names_add(p->refused->names, action),
			   event, time, true);
}

static void count_certificates(struct profile *p, const struct row *row,
			       struct store_event event, int64_t time,
			       bool failed)
{
	uint32_t call = names_value(p->calls, event.segment,
				    row_field(row, FIELD_EVENT_NAME));

	for (uint32_t i = 0; i < row_certificates(row); i++) {
		uint32_t value = row_derived(row, STORE_CERTIFICATES + i);

		counts_add(p->certificates,
			   names_value(p->certificates->names, event.segment,
				       value), event, time, failed);
		if (call == 0 && !failed)
			counts_add(p->exported, names_value(
				p->exported->names, event.segment, value),
				event, time, false);
	}
}

static void count_event(struct profile *p, struct store_event event)
{
	struct row row = row_of(p->store, event);
	bool failed = row_derived(&row, STORE_RESULT) != VALUES_NONE;
	int64_t time = row.event->time;

	for (size_t i = 0; i < COUNTED; i++)
		counts_add(p->counts[i], names_value(
			p->counts[i]->names, event.segment,
			row_field(&row, counted[i].field)), event, time,
			failed);
	counts_add(p->events, names_value(p->events->names, event.segment,
					  row_field(&row, FIELD_EVENT_NAME)),
		   event, time, failed);
	counts_add(p->who, names_value(p->who->names, event.segment,
				       row_derived(&row, STORE_WHO)),
		   event, time, failed);
	count_refused(p, &row, event, time);
	count_certificates(p, &row, event, time, failed);
}

static void start_counts(struct profile *p)
{
	for (size_t i = 0; i < COUNTED; i++)
		p->counts[i] = counts_new(p->store);
	p->events = counts_new(p->store);
	p->who = counts_new(p->store);
	p->refused = counts_new(p->store);
	p->certificates = counts_new(p->store);
	p->exported = counts_new(p->store);
	p->calls = names_new(p->store);
	names_add(p->calls, SPAN("ExportCertificate"));
}

static void end_counts(struct profile *p)
{
	for (size_t i = 0; i < COUNTED; i++)
		counts_free(p->counts[i]);
	counts_free(p->events);
	counts_free(p->who);
	counts_free(p->refused);
	counts_free(p->certificates);
	counts_free(p->exported);
	names_free(p->calls);
}

static void add_certificates(struct profile *p)
{
	static const char *const heads[] = {"certificate", "events",
					    "exports", "first", "last"};
	uint32_t *order = counts_sorted(p->certificates);

	answer_table(p->a, "certificates", heads, 5);
	for (uint32_t i = 0; i < p->certificates->count; i++) {
		const struct counts_entry *e =
			&p->certificates->entry[order[i]];
		struct span arn = names_text(p->certificates->names,
					     order[i]);
		uint32_t exported = names_find(p->exported->names, arn);

		answer_row(p->a, 0, e->event);
		answer_span(p->a, arn);
		answer_count(p->a, e->events);
		answer_count(p->a, exported == NAMES_NONE ? 0
			     : p->exported->entry[exported].events);
		answer_time(p->a, e->first, false);
		answer_time(p->a, e->last, false);
	}
	free(order);
}

static void add_facts(struct profile *p, struct span filter)
{
	const struct run_result *r = &p->result;
	bool timed = r->first <= r->last && r->count > 0;

	answer_fact(p->a, "profile_of");
	answer_span(p->a, filter);
	answer_fact(p->a, "events");
	answer_count(p->a, r->count);
	answer_fact(p->a, "errors");
	answer_count(p->a, r->errors);
	answer_fact(p->a, "first_seen");
	answer_time(p->a, timed ? r->first : SEGMENT_NO_TIME, false);
	answer_fact(p->a, "last_seen");
	answer_time(p->a, timed ? r->last : SEGMENT_NO_TIME, false);
}

static void add_tables(struct profile *p)
{
	static const char *const events[] = {"event", "events", "errors",
					     "first", "last"};
	static const char *const who[] = {"who", "events", "errors", "first",
					  "last"};
	static const char *const refused[] = {"action", "events", "errors",
					      "first", "last"};

	counts_table(p->who, p->a, "principals", who);
	for (size_t i = 0; i < COUNTED; i++)
		counts_table(p->counts[i], p->a, counted[i].name,
			     counted[i].columns);
	counts_table(p->events, p->a, "event_names", events);
	counts_table(p->refused, p->a, "refused_actions", refused);
	add_certificates(p);
}

struct answer *profile_of(struct index *index, struct jobs *jobs,
			  struct span who, const atomic_bool *cancel,
			  bool *found)
{
	struct profile p = {.store = index_store(index), .cancel = cancel,
			    .a = answer_new("profile")};
	struct buffer text = {0};

	find(&p, jobs, who, &text);
	*found = p.result.count > 0;
	start_counts(&p);
	for (size_t i = 0; i < p.result.count && !(cancel && *cancel); i++)
		count_event(&p, p.result.events[i]);
	add_facts(&p, text.n > 0 ? buffer_span(&text) : who);
	if (*found) {
		add_tables(&p);
		profile_keys_add(p.a, index_sessions(index), p.result.events,
				 p.result.count);
	} else {
		answer_note(p.a, "nothing in the loaded data is it: look at "
			    "-o values:who, -o values:key and -o "
			    "values:from, or at other accounts and days");
	}
	end_counts(&p);
	run_result_free(&p.result);
	buffer_free(&text);
	return p.a;
}
