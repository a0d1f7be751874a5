/* Owns the keys and the links between them.  One pass reads the events; what
 * that leaves open is traced by names. */
#define _GNU_SOURCE
#include "triage/sessions.h"

#include "base/memory.h"
#include "trail/arn.h"
#include "trail/row.h"
#include "triage/cells.h"
#include "triage/leaves.h"
#include "triage/session_chains.h"
#include "triage/session_openings.h"
#include "triage/session_places.h"

#include <stdlib.h>

enum { SIGN_IN_LASTS = 12 * 3600 * 1000 };     /* ms: a console session */

enum call {
	ASSUME_ROLE, ASSUME_SAML, ASSUME_WEB, SIGN_IN, SWITCH_ROLE, UPDATE_KEY,
	DELETE_KEY, PUT_POLICY, CALLS
};

static const char *const calls[] = {
	[ASSUME_ROLE] = "AssumeRole", [ASSUME_SAML] = "AssumeRoleWithSAML",
	[ASSUME_WEB] = "AssumeRoleWithWebIdentity",
	[SIGN_IN] = "ConsoleLogin", [SWITCH_ROLE] = "SwitchRole",
	[UPDATE_KEY] = "UpdateAccessKey", [DELETE_KEY] = "DeleteAccessKey",
	[PUT_POLICY] = "PutRolePolicy",
};

/* Of the calls that end keys and sessions. */
static const char *const end_paths[] = {
	"requestParameters.accessKeyId", "requestParameters.status",
	"requestParameters.policyName"};

/* Of the calls that open sessions: for whom, if the response does not say. */
static const char *const open_paths[] = {
	"requestParameters.roleArn", "requestParameters.roleSessionName",
	"requestParameters.sourceIdentity",
	"additionalEventData.SwitchFrom"};

enum { OPEN_ROLE, OPEN_SESSION, OPEN_SOURCE, OPEN_FROM, OPEN_PATHS };

struct making {
	struct sessions *s;
	size_t capacity;
	struct names *calls;            /* the first CALLS: those above */
	struct session_openings sessions;       /* by the ARN of session or user */
	struct session_openings sources;        /* by sourceIdentity */
	struct session_openings principals;     /* by principalId */
	struct session_openings users;          /* by ARN, of those who switched */
	struct leaves *assumed, *ends, *opens;
	struct session_places_use *use;
	size_t uses, use_room;
	const atomic_bool *cancel;
};

static struct sessions_key *key_at(struct making *m, uint32_t number)
{
	struct sessions *s = m->s;

	for (; s->count <= number; s->count++) {
		if (s->count == m->capacity) {
			m->capacity = memory_grown(m->capacity,
						   s->count + 1u,
						   sizeof *s->key);
			s->key = memory_resize(s->key, m->capacity,
					       sizeof *s->key);
		}
		s->key[s->count] = (struct sessions_key){
			.first = STORE_NO_EVENT, .last = STORE_NO_EVENT,
			.origin = STORE_NO_EVENT, .ended = STORE_NO_EVENT,
			.parent = SESSIONS_NONE, .child = SESSIONS_NONE,
			.next = SESSIONS_NONE, .link = SESSIONS_UNKNOWN};
	}
	return &s->key[number];
}

/* A key that is there but empty says nothing. */
static uint32_t key_of(struct making *m, const struct row *row,
		       uint32_t segment, enum field field)
{
	uint32_t value = row_field(row, field), number;

	if (value == VALUES_NONE ||
	    (!store_is_secret(value) &&
	     values_text(&row->segment->values, value).n == 0))
		return SESSIONS_NONE;
	number = names_value(m->s->keys, segment, value);
	key_at(m, number);
	return number;
}

static void keep_use(struct making *m, uint32_t key, uint32_t address,
		     int64_t time, struct store_event event)
{
	if (address == NAMES_NONE)
		return;
	if (m->uses == m->use_room) {
		m->use_room = memory_grown(m->use_room, m->uses + 1,
					   sizeof *m->use);
		m->use = memory_resize(m->use, m->use_room, sizeof *m->use);
	}
	m->use[m->uses++] = (struct session_places_use){key, address, time,
							event};
}

/* Whether event A comes before event B. */
static bool before(const struct store *store, int64_t s, struct store_event a,
		   int64_t t, struct store_event b)
{
	return s < t || (s == t && store_compare(store, a, b) < 0);
}

static void use_key(struct making *m, const struct row *row,
		    struct store_event event)
{
	uint32_t number = key_of(m, row, event.segment, FIELD_USER_KEY);
	const struct store *store = m->s->store;
	int64_t time = row->event->time;
	struct sessions_key *k;

	if (number == SESSIONS_NONE)
		return;
	k = &m->s->key[number];
	if (!k->events || before(store, time, event, k->first_time, k->first)) {
		k->first = event;
		k->first_time = time;
	}
	if (!k->events || before(store, k->last_time, k->last, time, event)) {
		k->last = event;
		k->last_time = time;
	}
	k->events++;
	k->errors += row_derived(row, STORE_RESULT) != VALUES_NONE;
	keep_use(m, number, names_value(
			 m->s->addresses, event.segment,
			 row_field(row, FIELD_SOURCE_ADDRESS)), time, event);
}

bool sessions_is_earlier(const struct store *store, struct store_event a,
			 struct store_event b)
{
	return before(store, cells_when(store, a), a, cells_when(store, b),
		      b);
}

/* Of the records of the same issue the one counts that tells the key it was made
 * with; then the earlier. */
static void set_origin(struct making *m, uint32_t number,
		       struct store_event event, uint32_t parent)
{
	struct sessions_key *k = &m->s->key[number];
	bool more, had = k->parent != SESSIONS_NONE;

	/* A key that issued itself tells nothing. */
	if (parent == number)
		parent = SESSIONS_NONE;
	more = parent != SESSIONS_NONE;
	if (k->issued && (more == had ? sessions_is_earlier(
					m->s->store, k->origin, event)
				      : had))
		return;
	k->link = SESSIONS_KEY;
	k->issued = true;
	k->origin = event;
	k->parent = parent;
}

static void issue_key(struct making *m, const struct row *row,
		      struct store_event event)
{
	uint32_t key = key_of(m, row, event.segment, FIELD_ISSUED_KEY);
	uint32_t parent;

	if (key == SESSIONS_NONE) {
		key = key_of(m, row, event.segment, FIELD_CREATED_KEY);
		if (key == SESSIONS_NONE)
			return;
		m->s->key[key].long_term = true;
	}
	parent = key_of(m, row, event.segment, FIELD_USER_KEY);
	set_origin(m, key, event, parent);
	m->s->key[key].service |= span_is(cells_field(
		m->s->store, event, FIELD_USER_TYPE), "AWSService");
	session_openings_add(&m->sessions,
		    leaves_first(m->assumed, m->s->store, event), event,
		    row->event->time, key, SESSIONS_NAME);
}

/* The ARN of the session NAME of a role. */
static void add_session(struct buffer *out, struct span role, struct span name)
{
	struct span partition = span_from(role, 4);
	const char *end = partition.n ? memchr(partition.p, ':', partition.n)
				      : NULL;

	if (end)
		partition.n = (size_t)(end - partition.p);
	buffer_add_text(out, "arn:");
	buffer_add_span(out, partition);
	buffer_add_text(out, ":sts::");
	buffer_add_span(out, arn_account(role));
	buffer_add_text(out, ":assumed-role/");
	buffer_add_span(out, arn_role(role));
	buffer_add_byte(out, '/');
	buffer_add_span(out, name);
}

/* The session that a call opened whose response tells no key. */
static void open_session(struct making *m, const struct row *row,
			 struct store_event event)
{
	const struct store *store = m->s->store;
	struct span arn = leaves_text(m->opens, store, event, OPEN_ROLE, 0);
	struct span name = leaves_text(m->opens, store, event, OPEN_SESSION,
				       0);
	struct buffer session = {0};

	if (row_field(row, FIELD_ISSUED_KEY) == VALUES_NONE &&
	    arn_role(arn).n > 0 && name.n > 0) {
		add_session(&session, arn, name);
		session_openings_add(&m->sessions, buffer_span(&session), event,
			    row->event->time, SESSIONS_NONE, SESSIONS_NAME);
	}
	buffer_free(&session);
	session_openings_add(&m->sources,
		    leaves_text(m->opens, store, event, OPEN_SOURCE, 0), event,
		    row->event->time, SESSIONS_NONE, SESSIONS_SOURCE);
}

static void sign_in(struct making *m, const struct row *row,
		    struct store_event event, enum sessions_link link)
{
	struct record record = row_record(row);

	session_openings_add(&m->sessions, record_text(&record, FIELD_USER_ARN), event,
		    row->event->time, SESSIONS_NONE, link);
}

/* UpdateAccessKey, DeleteAccessKey: the last one counts, but what is deleted
 * stays so. */
static void end_key(struct making *m, struct store_event event, bool deleted)
{
	const struct store *store = m->s->store;
	struct span key = leaves_text(m->ends, store, event, 0, 0);
	struct span status = leaves_text(m->ends, store, event, 1, 0);
	bool active = !deleted && span_is(status, "Active");
	struct sessions_key *k;

	if (key.n == 0 ||
	    !(deleted || active || span_is(status, "Inactive")))
		return;
	k = key_at(m, names_add(m->s->keys, key));
	if (k->ended.segment != UINT32_MAX &&
	    (deleted == k->deleted
	     ? sessions_is_earlier(store, event, k->ended) : k->deleted))
		return;
	k->ended = event;
	k->deleted = deleted;
	k->active = active;
}

static void forget_ends_of_active(struct sessions *s)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (s->key[i].active)
			s->key[i].ended = STORE_NO_EVENT;
}

/* What the console's button "Revoke active sessions" does (IAM user guide). */
static void revoke(struct making *m, struct store_event event)
{
	struct sessions *s = m->s;

	if (!span_is(leaves_text(m->ends, s->store, event, 2, 0),
		     "AWSRevokeOlderSessions"))
		return;
	s->revoked = memory_resize(s->revoked, s->revocations + 1,
				   sizeof *s->revoked);
	s->revoked[s->revocations++] = event;
}

static void watch(struct making *m, const struct row *row,
		  struct store_event event)
{
	uint32_t call = names_value(m->calls, event.segment,
				    row_field(row, FIELD_EVENT_NAME));

	if (call >= CALLS || row_derived(row, STORE_RESULT) != VALUES_NONE)
		return;
	switch ((enum call)call) {
	case ASSUME_ROLE:
	case ASSUME_SAML:
	case ASSUME_WEB:
		open_session(m, row, event);
		break;
	case SIGN_IN:
	case SWITCH_ROLE:
		sign_in(m, row, event, call == SIGN_IN ? SESSIONS_SIGN_IN
						       : SESSIONS_SWITCH);
		break;
	case UPDATE_KEY:
	case DELETE_KEY:
		end_key(m, event, call == DELETE_KEY);
		break;
	case PUT_POLICY:
		revoke(m, event);
		break;
	case CALLS:
		break;
	}
}

static void read_all(struct making *m)
{
	struct store_event event = STORE_NO_EVENT;
	struct store_counts counts;

	/* Most events are made with a key. */
	store_counts(m->s->store, &counts);
	m->use_room = counts.events + 1;
	m->use = memory_alloc(memory_multiply(m->use_room, sizeof *m->use));

	while (!(m->cancel && *m->cancel) && store_next(m->s->store, &event)) {
		struct row row = row_of(m->s->store, event);

		use_key(m, &row, event);
		if (row.shape->field[FIELD_ISSUED_KEY] != SHAPES_ABSENT ||
		    row.shape->field[FIELD_CREATED_KEY] != SHAPES_ABSENT)
			issue_key(m, &row, event);
		watch(m, &row, event);
	}
}

/* The call that the key's session came from, as names tell it, or NULL. */
static const struct session_opening *opening_of(const struct making *m,
					const struct sessions_key *k)
{
	const struct store *store = m->s->store;
	const struct session_opening *o = session_openings_last(
		&m->sessions, cells_field(store, k->first, FIELD_USER_ARN),
		k->first_time);

	if (o && (o->key != SESSIONS_NONE || o->link == SESSIONS_NAME ||
		  k->first_time - o->time <= SIGN_IN_LASTS))
		return o;
	return session_openings_last(&m->sources,
			    cells_field(store, k->first,
					FIELD_SOURCE_IDENTITY),
			    k->first_time);
}

/* A key that no response tells: where did its session come from? */
static void trace(struct making *m, uint32_t number)
{
	struct sessions_key *k = &m->s->key[number];
	const struct session_opening *o;
	struct row row;

	if (!span_starts(names_text(m->s->keys, number), SPAN("ASIA")))
		return;
	o = opening_of(m, k);
	if (!o)
		return;
	k->link = o->link;
	k->origin = o->event;
	if (o->key != SESSIONS_NONE) {
		k->parent = m->s->key[o->key].parent;
		k->service = m->s->key[o->key].service;
	} else if (o->link != SESSIONS_SIGN_IN) {
		row = row_of(m->s->store, o->event);
		k->parent = key_of(m, &row, o->event.segment, FIELD_USER_KEY);
		if (k->parent == number)
			k->parent = SESSIONS_NONE;
	}
}

/* Whether the call that issued a key is known, but not the key it was made
 * with. */
static bool lacks_parent(const struct sessions_key *k)
{
	return k->link == SESSIONS_KEY && k->parent == SESSIONS_NONE &&
	       !k->service;
}

/* The first use of each key by a principal that is asked for. */
static void open_principals(struct making *m)
{
	struct sessions *s = m->s;
	struct session_openings *o = &m->principals;

	for (uint32_t i = 0; i < s->count; i++)
		if (lacks_parent(&s->key[i]))
			names_add(o->names, cells_field(
				s->store, s->key[i].origin,
				FIELD_USER_PRINCIPAL));
	if (names_count(o->names) == 0)
		return;
	for (uint32_t i = 0; i < s->count; i++) {
		const struct sessions_key *k = &s->key[i];
		struct span principal = k->events == 0 ? SPAN("")
			: cells_field(s->store, k->first,
				      FIELD_USER_PRINCIPAL);

		if (principal.n > 0 &&
		    names_find(o->names, principal) != NAMES_NONE)
			session_openings_add(o, principal, k->first, k->first_time, i,
				    SESSIONS_KEY);
	}
	session_openings_sort(o, s->store);
}

/* Records of the other account do not tell the key that was used: by role and
 * session name, the last that began before. */
static void trace_parents(struct making *m)
{
	struct sessions *s = m->s;

	open_principals(m);
	for (uint32_t i = 0; i < s->count; i++) {
		struct sessions_key *k = &s->key[i];
		const struct session_opening *o;

		if (!lacks_parent(k))
			continue;
		o = session_openings_last(&m->principals,
				 cells_field(s->store, k->origin,
					     FIELD_USER_PRINCIPAL),
				 cells_when(s->store, k->origin));
		if (o && o->key != i)
			k->parent = o->key;
	}
}

/* Who switched to a role in the console: the last key before that of the user
 * that the event says it was. */
static void trace_switches(struct making *m)
{
	struct sessions *s = m->s;
	struct session_openings *o = &m->users;

	for (uint32_t i = 0; i < s->count; i++)
		if (s->key[i].link == SESSIONS_SWITCH)
			names_add(o->names, leaves_text(
				m->opens, s->store, s->key[i].origin,
				OPEN_FROM, 0));
	for (uint32_t i = 0; names_count(o->names) > 0 && i < s->count; i++) {
		const struct sessions_key *k = &s->key[i];
		struct span arn = k->events == 0 ? SPAN("")
			: cells_field(s->store, k->first, FIELD_USER_ARN);

		if (names_find(o->names, arn) != NAMES_NONE)
			session_openings_add(o, arn, k->first, k->first_time, i,
				    SESSIONS_KEY);
	}
	session_openings_sort(o, s->store);
	for (uint32_t i = 0; i < s->count; i++) {
		struct sessions_key *k = &s->key[i];
		const struct session_opening *from = NULL;

		if (k->link == SESSIONS_SWITCH && k->parent == SESSIONS_NONE)
			from = session_openings_last(o, leaves_text(
				m->opens, s->store, k->origin, OPEN_FROM, 0),
				cells_when(s->store, k->origin));
		if (from && from->key != i)
			k->parent = from->key;
	}
}

static int by_time(const void *a, const void *b, void *store)
{
	struct store_event x = *(const struct store_event *)a;
	struct store_event y = *(const struct store_event *)b;

	return sessions_is_earlier(store, y, x) -
	       sessions_is_earlier(store, x, y);
}

static void making_end(struct making *m)
{
	names_free(m->calls);
	session_openings_free(&m->sessions);
	session_openings_free(&m->sources);
	session_openings_free(&m->principals);
	session_openings_free(&m->users);
	leaves_free(m->assumed);
	leaves_free(m->ends);
	leaves_free(m->opens);
	free(m->use);
}

struct sessions *sessions_new(const struct store *store, const atomic_bool *cancel)
{
	static const char *const assumed[] = {
		"responseElements.assumedRoleUser.arn",
		"responseElements.federatedUser.arn"};
	struct sessions *s = memory_clear(1, sizeof *s);
	struct making m = {
		.s = s, .cancel = cancel, .calls = names_new(store),
		.sessions = {.names = names_new(store)},
		.sources = {.names = names_new(store)},
		.principals = {.names = names_new(store)},
		.users = {.names = names_new(store)},
		.assumed = leaves_new(assumed, 2),
		.ends = leaves_new(end_paths, 3),
		.opens = leaves_new(open_paths, OPEN_PATHS)};

	s->store = store;
	s->keys = names_new(store);
	s->addresses = names_new(store);
	for (size_t i = 0; i < CALLS; i++)
		names_add(m.calls, span_of(calls[i]));
	read_all(&m);
	forget_ends_of_active(s);
	if (s->revocations > 1)
		qsort_r(s->revoked, s->revocations, sizeof *s->revoked,
			by_time, (void *)store);
	session_openings_sort(&m.sessions, store);
	session_openings_sort(&m.sources, store);
	for (uint32_t i = 0; i < s->count; i++)
		if (!s->key[i].issued && s->key[i].events > 0)
			trace(&m, i);
	trace_parents(&m);
	trace_switches(&m);
	session_chains_link(s);
	session_places_find(s, m.use, m.uses);
	making_end(&m);
	return s;
}

void sessions_free(struct sessions *s)
{
	if (!s)
		return;
	names_free(s->keys);
	names_free(s->addresses);
	free(s->key);
	free(s->place);
	free(s->jump);
	free(s->revoked);
	free(s);
}

uint32_t sessions_find(const struct sessions *s, struct span key)
{
	uint32_t number = names_find(s->keys, key);

	return number == NAMES_NONE || number >= s->count ? SESSIONS_NONE
							  : number;
}

uint32_t sessions_of(const struct sessions *s, struct store_event event)
{
	struct span key = cells_field(s->store, event, FIELD_USER_KEY);

	return key.n > 0 ? sessions_find(s, key) : SESSIONS_NONE;
}
