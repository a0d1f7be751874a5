/* Owns the words of pivots, and their counts: all predicates of all of them are
 * evaluated in one pass, then each pivot's expression over their events. */
#include "triage/pivot.h"

#include "base/memory.h"
#include "json/decode.h"
#include "query/eventset.h"
#include "query/expression.h"
#include "trail/arn.h"
#include "trail/principal.h"
#include "trail/row.h"

#include <stdlib.h>

static const struct {
	char letter;
	const char *name;
} kinds[] = {
#define PIVOT(letter, id, name) {letter, name},
#include "triage/pivots.def"
#undef PIVOT
};

enum kind {
#define PIVOT(letter, id, name) KIND_##id,
#include "triage/pivots.def"
#undef PIVOT
	KINDS
};

static void add_term(struct buffer *out, const char *field, struct span value)
{
	buffer_printf(out, "%s=", field);
	decode_quote(value, out);
}

/* FIELD="VALUE" when there is a value. */
static void add_field(struct buffer *out, const struct record *r,
		      const char *name, enum field field)
{
	struct span value = record_text(r, field);

	if (value.n > 0)
		add_term(out, name, value);
}

static void add_who(struct buffer *out, const struct row *row)
{
	uint32_t who = row_derived(row, STORE_WHO);

	if (who != VALUES_NONE)
		add_term(out, "who", values_text(&row->segment->values, who));
}

/* A record's ARN tells a principal best; without one what is drawn. */
static void add_principal(struct buffer *out, const struct row *row,
			  const struct record *r)
{
	struct span arn = record_text(r, FIELD_USER_ARN);

	if (arn.n > 0)
		add_term(out, "who", arn);
	else if (record_text(r, FIELD_USER_PRINCIPAL).n > 0)
		add_term(out, "userIdentity.principalId",
			 record_text(r, FIELD_USER_PRINCIPAL));
	else
		add_who(out, row);
}

static void add_session(struct buffer *out, const struct record *r)
{
	struct span id = record_text(r, FIELD_USER_PRINCIPAL);

	if (principal_id_session(id).p)
		add_term(out, "userIdentity.principalId", id);
	else if (principal_session(r).n > 0)
		add_term(out, "session", principal_session(r));
}

static void add_role(struct buffer *out, const struct record *r)
{
	struct span issuer = record_text(r, FIELD_ISSUER_ARN);

	if (arn_role(issuer).n > 0)
		add_term(out, "userIdentity.sessionContext.sessionIssuer.arn",
			 issuer);
	else if (principal_role(r).n > 0)
		add_term(out, "role", principal_role(r));
}

/* Whether the userName is a person's: a role has one too. */
static bool is_person(const struct record *r)
{
	static const char *const types[] = {"IAMUser", "SAMLUser",
					    "WebIdentityUser", "Directory"};
	struct span type = record_text(r, FIELD_USER_TYPE);

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (span_is(type, types[i]))
			return true;
	return false;
}

/* A person is known by the name of the session, of the user, or by the
 * sourceIdentity that follows across roles. */
static void add_person(struct buffer *out, const struct record *r)
{
	static const char source[] =
		"userIdentity.sessionContext.sourceIdentity";
	struct span name = record_text(r, FIELD_SOURCE_IDENTITY);

	if (name.n == 0)
		name = principal_session(r);
	if (name.n == 0)
		name = record_text(r, FIELD_ON_BEHALF_OF);
	if (name.n == 0 && is_person(r))
		name = record_text(r, FIELD_USER_NAME);
	if (name.n == 0)
		return;
	add_term(out, "who", name);
	buffer_add_text(out, " or ");
	add_term(out, "session", name);
	buffer_add_text(out, " or ");
	add_term(out, source, name);
}

static void add_request(struct buffer *out, const struct record *r)
{
	struct span shared = record_text(r, FIELD_SHARED_EVENT_ID);

	add_field(out, r, "request-id", FIELD_REQUEST_ID);
	if (shared.n == 0)
		return;
	if (out->n > 0)
		buffer_add_text(out, " or ");
	add_term(out, "sharedEventID", shared);
}

static void add_target(struct buffer *out, const struct row *row)
{
	uint32_t value = row_derived(row, STORE_TARGET);

	if (value != VALUES_NONE && !store_is_secret(value))
		add_term(out, "target", values_text(&row->segment->values,
						    value));
}

static void add_kind(struct buffer *out, const struct row *row,
		     const struct record *r, enum kind kind)
{
	switch (kind) {
	case KIND_PRINCIPAL:
		add_principal(out, row, r);
		break;
	case KIND_KEY:
		add_field(out, r, "key", FIELD_USER_KEY);
		break;
	case KIND_SESSION:
		add_session(out, r);
		break;
	case KIND_ROLE:
		add_role(out, r);
		break;
	case KIND_PERSON:
		add_person(out, r);
		break;
	case KIND_ADDRESS:
		add_field(out, r, "from", FIELD_SOURCE_ADDRESS);
		break;
	case KIND_AGENT:
		add_field(out, r, "user-agent", FIELD_USER_AGENT);
		break;
	case KIND_EVENT:
		add_field(out, r, "event", FIELD_EVENT_NAME);
		break;
	case KIND_SERVICE:
		add_field(out, r, "source", FIELD_EVENT_SOURCE);
		break;
	case KIND_ACCOUNT:
		add_field(out, r, "account",
			  record_text(r, FIELD_RECIPIENT_ACCOUNT).n > 0
			  ? FIELD_RECIPIENT_ACCOUNT : FIELD_USER_ACCOUNT);
		break;
	case KIND_REGION:
		add_field(out, r, "region", FIELD_REGION);
		break;
	case KIND_TARGET:
		add_target(out, row);
		break;
	case KIND_REQUEST:
		add_request(out, r);
		break;
	case KIND_CERTIFICATE:
	case KINDS:
		break;
	}
}

static void append(struct pivot_list *list, enum kind kind,
		   struct buffer *filter)
{
	if (filter->n == 0)
		return;
	list->pivot = memory_resize(list->pivot, list->count + 1,
				    sizeof *list->pivot);
	list->pivot[list->count++] = (struct pivot){
		.letter = kinds[kind].letter, .name = kinds[kind].name,
		.filter = buffer_take(filter)};
}

void pivot_list(const struct store *store, struct store_event event,
		struct pivot_list *list)
{
	struct row row = row_of(store, event);
	struct record record = row_record(&row);
	struct buffer filter = {0};

	*list = (struct pivot_list){.count = 0};
	/* With the ARN of a user it is root, or the user: that follows. */
	if (principal_contradiction(&record).p) {
		add_who(&filter, &row);
		append(list, KIND_PRINCIPAL, &filter);
	}
	for (int kind = 0; kind < KINDS; kind++) {
		uint32_t n = kind == KIND_CERTIFICATE
			? row_certificates(&row) : 1;

		for (uint32_t i = 0; i < n; i++) {
			if (kind == KIND_CERTIFICATE)
				add_term(&filter, "certificate", values_text(
					&row.segment->values, row_derived(
						&row, STORE_CERTIFICATES + i)));
			else
				add_kind(&filter, &row, &record,
					 (enum kind)kind);
			append(list, (enum kind)kind, &filter);
		}
	}
	buffer_free(&filter);
}

void pivot_free(struct pivot_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->pivot[i].filter);
	free(list->pivot);
	*list = (struct pivot_list){.count = 0};
}

struct counting {
	const struct store *store;
	struct filter **filter;         /* of each pivot */
	size_t count;
	const struct predicate **term;  /* of all of them, one after another */
	size_t terms;
	const struct eventset *shown;
	uint64_t (*tally)[2];           /* by segment and pivot: shown, all */
	const atomic_bool *cancel;
};

/* The sets of a filter's predicates, and 64 events of them. */
struct word {
	const struct filter *filter;
	const struct term_set *set;
	size_t w;
};

static struct expression_bounds ask(const void *context, uint32_t i)
{
	const struct word *word = context;

	return expression_of_set(filter_predicate(word->filter, i),
				 &word->set[i], word->w);
}

static void count_pivot(const struct counting *c, uint32_t segment,
			const struct filter *filter,
			const struct term_set *set, uint64_t tally[2])
{
	size_t words = store_segment(c->store, segment)->count / 64u + 1;
	struct word word = {filter, set, 0};
	struct expression expression;

	expression_start(&expression, filter, ask, &word);
	for (; word.w < words; word.w++) {
		uint64_t here = eventset_present(c->store, segment, word.w) &
				expression_all(&expression).yes;

		tally[0] += (uint64_t)__builtin_popcountll(
			here & c->shown->word[segment][word.w]);
		tally[1] += (uint64_t)__builtin_popcountll(here);
	}
	expression_end(&expression);
}

static void count_segment(void *context, size_t number)
{
	struct counting *c = context;
	uint32_t segment = (uint32_t)number;
	struct match_worker *worker = match_worker_new();
	struct term_set *set = memory_clear(c->terms + 1, sizeof *set);
	const struct term_set *at = set;

	if (term_evaluate(c->term, c->terms, c->store, segment, worker,
			  c->cancel, set))
		for (size_t i = 0; i < c->count; i++) {
			count_pivot(c, segment, c->filter[i], at,
				    c->tally[number * c->count + i]);
			at += filter_predicates(c->filter[i]);
		}
	for (size_t i = 0; i < c->terms; i++)
		term_free(&set[i]);
	free(set);
	match_worker_free(worker);
}

/* Reads the pivots as filters. */
static void read_filters(struct counting *c, const struct pivot *pivot)
{
	c->filter = memory_clear(c->count + 1, sizeof(struct filter *));
	for (size_t i = 0; i < c->count; i++) {
		struct error err;
		size_t n;

		c->filter[i] = filter_parse(span_of(pivot[i].filter), &err);
		if (!c->filter[i])
			die("a pivot is no filter: %s", err.text);
		n = filter_predicates(c->filter[i]);
		c->term = memory_resize(c->term, c->terms + n + 1,
					sizeof(struct predicate *));
		for (size_t k = 0; k < n; k++)
			c->term[c->terms++] = filter_predicate(c->filter[i],
							       k);
	}
}

bool pivot_count(const struct store *store, struct jobs *jobs,
		 struct pivot *pivot, size_t count,
		 const struct store_event *shown, size_t shown_count,
		 const atomic_bool *cancel)
{
	struct eventset *set = eventset_new(store, shown, shown_count);
	struct counting c = {.store = store, .count = count, .shown = set,
			     .cancel = cancel};

	c.tally = memory_clear(memory_multiply(set->segments + 1u, count + 1),
			       sizeof *c.tally);
	read_filters(&c, pivot);
	jobs_each(jobs, set->segments, count_segment, &c);
	for (size_t i = 0; i < count; i++) {
		pivot[i].shown = pivot[i].all = 0;
		for (uint32_t s = 0; s < set->segments; s++) {
			pivot[i].shown += c.tally[s * count + i][0];
			pivot[i].all += c.tally[s * count + i][1];
		}
		filter_free(c.filter[i]);
	}
	free(c.filter);
	free(c.term);
	free(c.tally);
	eventset_free(set);
	return !(cancel && *cancel);
}

bool pivot_session(const struct store *store, struct store_event event,
		   struct buffer *filter)
{
	struct row row = row_of(store, event);
	struct record record = row_record(&row);
	size_t from = filter->n;

	add_field(filter, &record, "key", FIELD_USER_KEY);
	if (filter->n == from)
		add_session(filter, &record);
	if (filter->n == from)
		add_principal(filter, &row, &record);
	return filter->n > from;
}
