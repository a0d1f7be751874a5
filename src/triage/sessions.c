/* Owns the keys and the links between them.  One pass reads the events; what
 * that leaves open is traced by names. */
#define _GNU_SOURCE
#include "triage/sessions.h"

#include "base/memory.h"
#include "trail/outcome.h"
#include "trail/row.h"
#include "triage/cells.h"
#include "triage/leaves.h"
#include "triage/session_places.h"

#include <stdlib.h>

enum { SIGN_IN_LASTS = 12 * 3600 * 1000 };     /* ms: a console session */

enum call { SIGN_IN, SWITCH_ROLE, UPDATE_KEY, DELETE_KEY, PUT_POLICY, CALLS };

static const char *const calls[] = {
	[SIGN_IN] = "ConsoleLogin", [SWITCH_ROLE] = "SwitchRole",
	[UPDATE_KEY] = "UpdateAccessKey", [DELETE_KEY] = "DeleteAccessKey",
	[PUT_POLICY] = "PutRolePolicy",
};

/* Of the calls that end keys and sessions. */
static const char *const end_paths[] = {
	"requestParameters.accessKeyId", "requestParameters.status",
	"requestParameters.policyName"};

/* A call that opened a session, or a sign-in, or the first use of a key: whose,
 * and when. */
struct opening {
	uint32_t name;
	uint32_t key;           /* that it issued, or SESSIONS_NONE */
	int64_t time;
	struct store_event event;
};

struct openings {
	struct names *names;
	struct opening *opening;
	size_t count, capacity;
};

struct making {
	struct sessions *s;
	size_t capacity;
	struct names *calls;            /* the first CALLS: those above */
	struct openings sessions;       /* by the ARN of session or user */
	struct openings principals;     /* by principalId */
	struct leaves *assumed, *ends;
	struct session_places_use *use;
	size_t uses, use_room;
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
			.origin = STORE_NO_EVENT, .twin = STORE_NO_EVENT,
			.ended = STORE_NO_EVENT,
			.parent = SESSIONS_NONE, .child = SESSIONS_NONE,
			.next = SESSIONS_NONE, .link = SESSIONS_UNKNOWN,
			.place = SESSIONS_NONE};
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

static void add_opening(struct openings *o, struct span name,
			struct store_event event, int64_t time, uint32_t key)
{
	if (o->count == o->capacity) {
		o->capacity = memory_grown(o->capacity, o->count + 1,
					   sizeof *o->opening);
		o->opening = memory_resize(o->opening, o->capacity,
					   sizeof *o->opening);
	}
	o->opening[o->count++] = (struct opening){names_add(o->names, name),
						  key, time, event};
}

static int by_name_and_time(const void *a, const void *b, void *store)
{
	const struct opening *x = a, *y = b;

	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return store_compare(store, x->event, y->event);
}

static void sort_openings(struct openings *o, const struct store *store)
{
	if (o->count > 1)
		qsort_r(o->opening, o->count, sizeof *o->opening,
			by_name_and_time, (void *)store);
}

/* The last one of that name that is not after TIME, or NULL. */
static const struct opening *last_opening(const struct openings *o,
					  struct span name, int64_t time)
{
	uint32_t number = names_find(o->names, name);
	size_t low = 0, high = o->count;

	if (name.n == 0 || number == NAMES_NONE)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct opening *at = &o->opening[middle];

		if (at->name < number ||
		    (at->name == number && at->time <= time))
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && o->opening[low - 1].name == number
		? &o->opening[low - 1] : NULL;
}

/* Of two records of the same issue the one counts that tells the key it was
 * made with; then the earlier. */
static void set_origin(struct making *m, uint32_t number,
		       struct store_event event, uint32_t parent)
{
	const struct store *store = m->s->store;
	struct sessions_key *k = &m->s->key[number];
	bool more = parent != SESSIONS_NONE, had = k->parent != SESSIONS_NONE;
	bool better = !k->issued || (more && !had) ||
		(more == had && before(store, cells_when(store, event), event,
				       cells_when(store, k->origin),
				       k->origin));

	k->link = SESSIONS_KEY;
	if (!better) {
		k->twin = event;
		return;
	}
	k->twin = k->issued ? k->origin : STORE_NO_EVENT;
	k->issued = true;
	k->origin = event;
	k->parent = parent == number ? SESSIONS_NONE : parent;
}

static bool by_service(const struct record *r)
{
	return span_is(record_text(r, FIELD_USER_TYPE), "AWSService");
}

static void issue_key(struct making *m, const struct row *row,
		      struct store_event event)
{
	struct record record = row_record(row);
	uint32_t key = key_of(m, row, event.segment, FIELD_ISSUED_KEY);
	uint32_t parent;
	struct span name;

	if (key == SESSIONS_NONE) {
		key = key_of(m, row, event.segment, FIELD_CREATED_KEY);
		if (key == SESSIONS_NONE)
			return;
		m->s->key[key].long_term = true;
	}
	parent = key_of(m, row, event.segment, FIELD_USER_KEY);
	set_origin(m, key, event, parent);
	m->s->key[key].service |= by_service(&record);
	name = leaves_first(m->assumed, m->s->store, event);
	if (name.n > 0)
		add_opening(&m->sessions, name, event, row->event->time, key);
}

static void sign_in(struct making *m, const struct row *row,
		    struct store_event event)
{
	struct record record = row_record(row);
	struct span arn = record_text(&record, FIELD_USER_ARN);

	if (arn.n > 0)
		add_opening(&m->sessions, arn, event, row->event->time,
			    SESSIONS_NONE);
}

/* UpdateAccessKey to Inactive, DeleteAccessKey. */
static void end_key(struct making *m, struct store_event event, bool deleted)
{
	const struct store *store = m->s->store;
	struct span key = leaves_text(m->ends, store, event, 0, 0);
	uint32_t number;

	if (key.n == 0 || (!deleted &&
			   !span_is(leaves_text(m->ends, store, event, 1, 0),
				    "Inactive")))
		return;
	number = names_add(m->s->keys, key);
	key_at(m, number)->ended = event;
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
	case SIGN_IN:
	case SWITCH_ROLE:
		sign_in(m, row, event);
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

	while (store_next(m->s->store, &event)) {
		struct row row = row_of(m->s->store, event);

		use_key(m, &row, event);
		if (row.shape->field[FIELD_ISSUED_KEY] != SHAPES_ABSENT ||
		    row.shape->field[FIELD_CREATED_KEY] != SHAPES_ABSENT)
			issue_key(m, &row, event);
		watch(m, &row, event);
	}
}

/* A key that no response tells: where did its session come from? */
static void trace(struct making *m, uint32_t number)
{
	struct sessions_key *k = &m->s->key[number];
	const struct opening *o;

	if (!span_starts(names_text(m->s->keys, number), SPAN("ASIA")))
		return;
	o = last_opening(&m->sessions,
			 cells_field(m->s->store, k->first, FIELD_USER_ARN),
			 k->first_time);
	if (!o)
		return;
	if (o->key == SESSIONS_NONE) {
		if (k->first_time - o->time > SIGN_IN_LASTS)
			return;
		k->link = SESSIONS_SIGN_IN;
		k->origin = o->event;
	} else {
		k->link = SESSIONS_NAME;
		k->origin = o->event;
		k->parent = m->s->key[o->key].parent;
		k->service = m->s->key[o->key].service;
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
	struct openings *o = &m->principals;

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
			add_opening(o, principal, k->first, k->first_time, i);
	}
	sort_openings(o, s->store);
}

/* Records of the other account do not tell the key that was used: by role and
 * session name, the last that began before. */
static void trace_parents(struct making *m)
{
	struct sessions *s = m->s;

	open_principals(m);
	for (uint32_t i = 0; i < s->count; i++) {
		struct sessions_key *k = &s->key[i];
		const struct opening *o;

		if (!lacks_parent(k))
			continue;
		o = last_opening(&m->principals,
				 cells_field(s->store, k->origin,
					     FIELD_USER_PRINCIPAL),
				 cells_when(s->store, k->origin));
		if (o && o->key != i)
			k->parent = o->key;
	}
}

/* A chain of parents that comes back to where it began is cut. */
static void cut_circles(struct sessions *s)
{
	for (uint32_t i = 0; i < s->count; i++) {
		uint32_t steps = 0, at = s->key[i].parent;

		while (at != SESSIONS_NONE && at != i && steps++ < 64)
			at = s->key[at].parent;
		if (at != SESSIONS_NONE)
			s->key[i].parent = SESSIONS_NONE;
	}
}

struct dated {
	int64_t time;
	uint32_t number;
};

static int latest_first(const void *a, const void *b, void *sessions)
{
	const struct dated *x = a, *y = b;
	const struct sessions *s = sessions;

	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	return -span_compare(names_text(s->keys, x->number),
			     names_text(s->keys, y->number));
}

static void link_children(struct sessions *s)
{
	struct dated *order = memory_alloc(s->count * sizeof *order + 1);

	for (uint32_t i = 0; i < s->count; i++)
		order[i] = (struct dated){
			s->key[i].origin.segment == UINT32_MAX
				? s->key[i].first_time
				: cells_when(s->store, s->key[i].origin), i};
	if (s->count > 1)
		qsort_r(order, s->count, sizeof *order, latest_first, s);
	for (uint32_t i = 0; i < s->count; i++) {
		struct sessions_key *k = &s->key[order[i].number];

		if (k->parent == SESSIONS_NONE)
			continue;
		k->next = s->key[k->parent].child;
		s->key[k->parent].child = order[i].number;
	}
	free(order);
}

static void making_end(struct making *m)
{
	names_free(m->calls);
	names_free(m->sessions.names);
	names_free(m->principals.names);
	free(m->sessions.opening);
	free(m->principals.opening);
	leaves_free(m->assumed);
	leaves_free(m->ends);
	free(m->use);
}

struct sessions *sessions_new(const struct store *store)
{
	static const char *const assumed[] = {
		"responseElements.assumedRoleUser.arn",
		"responseElements.federatedUser.arn"};
	struct sessions *s = memory_clear(1, sizeof *s);
	struct making m = {
		.s = s, .calls = names_new(store),
		.sessions.names = names_new(store),
		.principals.names = names_new(store),
		.assumed = leaves_new(assumed, 2),
		.ends = leaves_new(end_paths, 3)};

	s->store = store;
	s->version = store_version(store);
	s->keys = names_new(store);
	s->addresses = names_new(store);
	for (size_t i = 0; i < CALLS; i++)
		names_add(m.calls, span_of(calls[i]));
	read_all(&m);
	sort_openings(&m.sessions, store);
	for (uint32_t i = 0; i < s->count; i++)
		if (!s->key[i].issued && s->key[i].events > 0)
			trace(&m, i);
	trace_parents(&m);
	cut_circles(s);
	link_children(s);
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
