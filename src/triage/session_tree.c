/* Owns the drawing of the tree of keys.  Calls that services make by themselves
 * are folded: one row for each service and role. */
#define _GNU_SOURCE
#include "triage/session_tree.h"

#include "base/memory.h"
#include "text/stamp.h"
#include "trail/arn.h"
#include "triage/cells.h"
#include "triage/leaves.h"

#include <stdlib.h>

static const char *const columns[] = {
	"session", "key", "opened", "by", "traced_by", "expires", "events",
	"errors", "first", "last", "from",
};

enum {
	COLUMNS = sizeof columns / sizeof *columns,
	PLACES = 8              /* told of one key */
};

struct tree {
	const struct sessions *s;
	struct answer *a;
	struct leaves *names;           /* of the issuing call */
	struct leaves *expires;
	uint8_t *part;                  /* by key: enum session_tree_part;
					   NULL: all are told */
};

static const char *const name_paths[] = {
	"responseElements.assumedRoleUser.arn",
	"responseElements.federatedUser.arn",
	"responseElements.accessKey.userName",
};

struct leaves *session_tree_expirations(void)
{
	static const char *const paths[] = {
		"responseElements.credentials.expiration"};

	return leaves_new(paths, 1);
}

void session_tree_expires(struct answer *a, const struct sessions *s,
			  uint32_t number, const struct leaves *expirations)
{
	const struct sessions_key *k = &s->key[number];
	struct span text = {NULL, 0};
	int64_t time;

	if (k->long_term ||
	    !span_starts(names_text(s->keys, number), SPAN("ASIA"))) {
		answer_none(a);
		return;
	}
	if (k->link == SESSIONS_KEY)
		text = leaves_first(expirations, s->store, k->origin);
	time = stamp_parse(text);
	if (time == STAMP_NONE)
		time = stamp_parse_number(text);
	if (time == STAMP_NONE)
		answer_span(a, text.n > 0 ? text : SPAN("unknown"));
	else
		answer_time(a, time, false);
}

const char *session_tree_how(enum sessions_link link)
{
	static const char *const words[] = {
		[SESSIONS_KEY] = "credential",
		[SESSIONS_NAME] = "role and session name",
		[SESSIONS_SWITCH] = "console switch of role",
		[SESSIONS_SIGN_IN] = "console sign-in",
		[SESSIONS_SOURCE] = "source identity",
		[SESSIONS_UNKNOWN] = "",
	};

	return words[link];
}

static void add_who(const struct tree *t, uint32_t number, struct buffer *out)
{
	const struct sessions_key *k = &t->s->key[number];
	struct column_ref who = {.column = COLUMN_WHO};
	struct span name, brief;

	if (k->events > 0) {
		columns_text(t->s->store, k->first, &who, out);
		return;
	}
	name = leaves_first(t->names, t->s->store, k->origin);
	brief = arn_short(name);
	buffer_add_span(out, brief.n > 0 ? brief : name);
}

static struct tree tree_start(const struct sessions *s, struct answer *a)
{
	return (struct tree){
		.s = s, .a = a,
		.names = leaves_new(name_paths, 3),
		.expires = session_tree_expirations()};
}

static void tree_end(struct tree *t)
{
	leaves_free(t->names);
	leaves_free(t->expires);
}

static void add_places(const struct tree *t, const struct sessions_key *k)
{
	struct buffer more = {0};
	uint32_t told = 0;

	answer_list(t->a);
	for (; told < k->places && told < PLACES; told++)
		answer_item(t->a, names_text(t->s->addresses,
				t->s->place[k->place + told].address));
	if (k->places <= told)
		return;
	buffer_printf(&more, "%u more", k->places - told);
	answer_item(t->a, buffer_span(&more));
	buffer_free(&more);
}

static void add_key(struct tree *t, uint32_t number, uint32_t depth)
{
	const struct sessions_key *k = &t->s->key[number];
	bool known = k->origin.segment != UINT32_MAX;
	struct buffer who = {0};

	add_who(t, number, &who);
	answer_row(t->a, depth, known ? k->origin : k->first);
	answer_span(t->a, buffer_span(&who));
	answer_span(t->a, names_text(t->s->keys, number));
	if (known) {
		answer_time(t->a, cells_when(t->s->store, k->origin), false);
		cells_column(t->a, t->s->store, k->origin, COLUMN_EVENT);
	} else {
		answer_none(t->a);
		answer_none(t->a);
	}
	answer_span(t->a, span_of(session_tree_how(
				  (enum sessions_link)k->link)));
	session_tree_expires(t->a, t->s, number, t->expires);
	answer_count(t->a, k->events);
	answer_count(t->a, k->errors);
	answer_time(t->a, k->events ? k->first_time : SEGMENT_NO_TIME, false);
	answer_time(t->a, k->events ? k->last_time : SEGMENT_NO_TIME, false);
	add_places(t, k);
	buffer_free(&who);
}

/* Whether the key belongs to the tree that is told. */
static bool is_told(struct tree *t, uint32_t number)
{
	uint32_t parent = t->s->key[number].parent;

	if (!t->part)
		return true;
	if (parent != SESSIONS_NONE && t->part[parent] == SESSION_TREE_WHOLE)
		t->part[number] = SESSION_TREE_WHOLE;
	return t->part[number] != SESSION_TREE_LEFT_OUT;
}

/* The key and what is told of all below it; children are chained, so no stack
 * is needed. */
static void add_tree(struct tree *t, uint32_t top)
{
	uint32_t at = top, depth = 0;

	for (;;) {
		bool told = is_told(t, at);

		if (told)
			add_key(t, at, depth);
		if (told && t->s->key[at].child != SESSIONS_NONE) {
			at = t->s->key[at].child;
			depth++;
			continue;
		}
		while (depth > 0 && t->s->key[at].next == SESSIONS_NONE) {
			at = t->s->key[at].parent;
			depth--;
		}
		if (depth == 0)
			return;
		at = t->s->key[at].next;
	}
}

void session_tree_table(struct answer *a, const char *name)
{
	answer_table(a, name, columns, COLUMNS);
	answer_tree(a);
}

void session_tree_add(struct answer *a, const struct sessions *s,
		      uint32_t root, uint8_t *part)
{
	struct tree t = tree_start(s, a);

	t.part = part;
	add_tree(&t, root);
	tree_end(&t);
}

/* Keys that one service got for one role. */
struct folded {
	uint64_t issued, used, events;
	struct store_event first;
};

static void add_services(struct tree *t)
{
	static const char *const heads[] = {"service", "role", "account",
					    "keys", "used", "events",
					    "first"};
	static const char *const paths[] = {"requestParameters.roleArn"};
	struct leaves *roles = leaves_new(paths, 1);
	struct names *names = names_new(t->s->store);
	struct folded *folded = NULL;
	struct buffer key = {0};
	struct span role;
	uint32_t *order;

	answer_table(t->a, "by_services", heads, 7);
	for (uint32_t i = 0; i < t->s->count; i++) {
		const struct sessions_key *k = &t->s->key[i];
		uint32_t known = names_count(names), number;

		if (!k->service)
			continue;
		buffer_clear(&key);
		buffer_add_span(&key, cells_field(t->s->store, k->origin,
						  FIELD_INVOKED_BY));
		buffer_add_byte(&key, '\0');
		buffer_add_span(&key, leaves_first(roles, t->s->store,
						   k->origin));
		number = names_add(names, buffer_span(&key));
		if (number == known) {
			folded = memory_resize(folded, known + 1u,
					       sizeof *folded);
			folded[number] = (struct folded){.first = k->origin};
		}
		folded[number].issued++;
		folded[number].used += k->events > 0;
		folded[number].events += k->events;
		if (sessions_is_earlier(t->s->store, k->origin,
					folded[number].first))
			folded[number].first = k->origin;
	}
	order = names_sorted(names);
	for (uint32_t i = 0; i < names_count(names); i++) {
		const struct folded *f = &folded[order[i]];

		answer_row(t->a, 0, f->first);
		answer_span(t->a, cells_field(t->s->store, f->first,
					      FIELD_INVOKED_BY));
		role = leaves_first(roles, t->s->store, f->first);
		cells_short(t->a, role);
		answer_span(t->a, arn_account(role));
		answer_count(t->a, f->issued);
		answer_count(t->a, f->used);
		answer_count(t->a, f->events);
		answer_time(t->a, cells_when(t->s->store, f->first), false);
	}
	free(order);
	free(folded);
	buffer_free(&key);
	names_free(names);
	leaves_free(roles);
}

/* Whether it was used, and its origin is not in the loaded data. */
static bool is_unknown(const struct sessions *s, uint32_t number)
{
	const struct sessions_key *k = &s->key[number];

	return k->link == SESSIONS_UNKNOWN && k->events > 0 &&
	       span_starts(names_text(s->keys, number), SPAN("ASIA"));
}

/* Temporary keys of unknown origin, by who used them. */
static void add_unknown(struct tree *t, uint64_t unknown)
{
	static const char *const heads[] = {"who", "account", "keys",
					    "events", "first", "last"};
	struct names *names = names_new(t->s->store);
	struct sessions_key *sum = NULL;
	struct buffer who = {0};
	uint32_t *order;

	answer_table(t->a, "origin_unknown", heads, 6);
	for (uint32_t i = 0; i < t->s->count; i++) {
		const struct sessions_key *k = &t->s->key[i];
		uint32_t known = names_count(names), number;

		if (!is_unknown(t->s, i))
			continue;
		buffer_clear(&who);
		add_who(t, i, &who);
		number = names_add(names, buffer_span(&who));
		if (number == known) {
			sum = memory_resize(sum, known + 1u, sizeof *sum);
			sum[number] = *k;
			sum[number].places = 0;
			sum[number].events = 0;
		}
		sum[number].places++;
		sum[number].events += k->events;
		if (sessions_is_earlier(t->s->store, k->first,
					sum[number].first)) {
			sum[number].first = k->first;
			sum[number].first_time = k->first_time;
		}
		if (k->last_time > sum[number].last_time)
			sum[number].last_time = k->last_time;
	}
	order = names_sorted(names);
	for (uint32_t i = 0; i < names_count(names); i++) {
		const struct sessions_key *k = &sum[order[i]];

		answer_row(t->a, 0, k->first);
		answer_span(t->a, names_text(names, order[i]));
		answer_span(t->a, cells_field(t->s->store, k->first,
					      FIELD_USER_ACCOUNT));
		answer_count(t->a, k->places);
		answer_count(t->a, k->events);
		answer_time(t->a, k->first_time, false);
		answer_time(t->a, k->last_time, false);
	}
	if (unknown > 0)
		answer_note(t->a, "origin of %llu temporary keys: no call in "
			    "the loaded data issued them: look for AssumeRole "
			    "and sign-ins before their first event, in the "
			    "account of whoever may have called, in us-east-1 "
			    "and in the region of the session",
			    (unsigned long long)unknown);
	free(order);
	free(sum);
	buffer_free(&who);
	names_free(names);
}

/* Whether the tree of a root says more than that a key was used. */
static bool is_root(const struct sessions_key *k)
{
	return k->parent == SESSIONS_NONE &&
	       (k->child != SESSIONS_NONE ||
		(k->link == SESSIONS_KEY && !k->service));
}

static int by_first(const void *a, const void *b, void *sessions)
{
	const struct sessions *s = sessions;
	const struct sessions_key *x = &s->key[*(const uint32_t *)a];
	const struct sessions_key *y = &s->key[*(const uint32_t *)b];
	int64_t s1 = x->origin.segment != UINT32_MAX
		? cells_when(s->store, x->origin) : x->first_time;
	int64_t s2 = y->origin.segment != UINT32_MAX
		? cells_when(s->store, y->origin) : y->first_time;

	if (s1 != s2)
		return s1 < s2 ? -1 : 1;
	return span_compare(names_text(s->keys, *(const uint32_t *)a),
			    names_text(s->keys, *(const uint32_t *)b));
}

static void add_roots(struct tree *t)
{
	uint32_t *root = memory_alloc(t->s->count * sizeof *root + 1);
	uint32_t count = 0;

	for (uint32_t i = 0; i < t->s->count; i++)
		if (is_root(&t->s->key[i]))
			root[count++] = i;
	if (count > 1)
		qsort_r(root, count, sizeof *root, by_first, (void *)t->s);
	session_tree_table(t->a, "sessions");
	for (uint32_t i = 0; i < count; i++)
		add_tree(t, root[i]);
	free(root);
}

struct answer *session_tree_answer(const struct sessions *s, bool *found)
{
	struct tree t = tree_start(s, answer_new("sessions"));
	uint64_t issued = 0, used = 0, created = 0, unknown = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		const struct sessions_key *k = &s->key[i];

		created += k->long_term;
		issued += k->issued && !k->long_term;
		used += k->issued && !k->long_term && k->events > 0;
		unknown += is_unknown(s, i);
	}
	*found = issued + created > 0;
	answer_fact(t.a, "temporary_keys_issued");
	answer_count(t.a, issued);
	answer_fact(t.a, "used_in_the_loaded_data");
	answer_count(t.a, used);
	answer_fact(t.a, "long_term_keys_created");
	answer_count(t.a, created);
	add_roots(&t);
	add_services(&t);
	add_unknown(&t, unknown);
	tree_end(&t);
	return t.a;
}
