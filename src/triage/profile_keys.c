/* Owns the tables of keys.  The links between keys are sessions'. */
#include "triage/profile_keys.h"

#include "base/memory.h"
#include "trail/arn.h"
#include "triage/cells.h"
#include "triage/leaves.h"
#include "triage/profile_places.h"
#include "triage/session_tree.h"

#include <stdlib.h>

/* The trees tell of so many keys; the rest are counted. */
enum { TREES = 100 };

struct keys {
	struct answer *a;
	const struct sessions *s;
	uint64_t *events;               /* of the profile, by key */
	uint32_t *order;                /* keys by text */
	struct leaves *expires, *roles;
};

static void add_times(struct keys *k, uint32_t number)
{
	const struct sessions_key *key = &k->s->key[number];
	bool known = key->origin.segment != UINT32_MAX;

	if (known)
		answer_time(k->a, cells_when(k->s->store, key->origin),
			    false);
	else
		answer_none(k->a);
	if (known)
		cells_column(k->a, k->s->store, key->origin, COLUMN_WHO);
	else
		answer_none(k->a);
	answer_span(k->a, span_of(session_tree_how(
			    (enum sessions_link)key->link)));
	session_tree_expires(k->a, k->s, number, k->expires);
	if (key->ended.segment != UINT32_MAX)
		answer_time(k->a, cells_when(k->s->store, key->ended), false);
	else
		answer_none(k->a);
	answer_time(k->a, key->events ? key->last_time : SEGMENT_NO_TIME,
		    false);
}

static void add_keys(struct keys *k)
{
	static const char *const heads[] = {
		"key", "events", "issued", "issued_to", "traced_by",
		"expires", "ended", "last_use"};
	uint64_t unknown = 0;

	answer_table(k->a, "access_keys", heads, 8);
	for (uint32_t n = 0; n < k->s->count; n++) {
		uint32_t i = k->order[n];
		const struct sessions_key *key = &k->s->key[i];

		if (!k->events[i])
			continue;
		answer_row(k->a, 0, key->first);
		answer_span(k->a, names_text(k->s->keys, i));
		answer_count(k->a, k->events[i]);
		add_times(k, i);
		unknown += key->link == SESSIONS_UNKNOWN;
	}
	if (unknown > 0)
		answer_note(k->a, "issued: for %llu of the keys no call in "
			    "the loaded data says so: look for AssumeRole, "
			    "CreateAccessKey and sign-ins before their first "
			    "event, in the account of whoever called, in "
			    "us-east-1 too; expires: unknown without it",
			    (unsigned long long)unknown);
}

/* Revocations of the sessions of a role that a key of these belongs to. */
static void add_revocations(struct keys *k)
{
	static const char *const heads[] = {"time", "role", "by"};

	answer_table(k->a, "sessions_revoked", heads, 3);
	for (size_t r = 0; r < k->s->revocations; r++) {
		struct store_event event = k->s->revoked[r];
		struct span role = leaves_first(k->roles, k->s->store, event);
		bool ours = false;

		for (uint32_t i = 0; i < k->s->count && !ours; i++)
			ours = k->events[i] && role.n > 0 && span_equal(
				role, arn_role(cells_field(
					k->s->store, k->s->key[i].first,
					FIELD_USER_ARN)));
		if (!ours)
			continue;
		answer_row(k->a, 0, event);
		answer_time(k->a, cells_when(k->s->store, event), false);
		answer_span(k->a, role);
		cells_column(k->a, k->s->store, event, COLUMN_WHO);
	}
}

/* Whether a key above this one is one of the profile's: then it is in that
 * one's tree.  ABOVE has of each key its parent at first, then the key up to
 * which none is: chains are long, and other keys hang on them too. */
static bool below_another(const struct keys *k, uint32_t number,
			  uint32_t *above)
{
	uint32_t at = above[number], next;

	while (at != SESSIONS_NONE && !k->events[at])
		at = above[at];
	for (uint32_t i = number; above[i] != at; i = next) {
		next = above[i];
		above[i] = at;
	}
	return at != SESSIONS_NONE;
}

/* The key, all that it issued, and the chain of keys that it came from. */
static void take_part(const struct keys *k, uint32_t number, uint8_t *part)
{
	uint32_t at = k->s->key[number].parent;

	part[number] = SESSION_TREE_WHOLE;
	for (; at != SESSIONS_NONE; at = k->s->key[at].parent)
		part[at] = SESSION_TREE_KEY;
}

/* Keys of one origin share a tree. */
static void add_trees(struct keys *k)
{
	uint8_t *part = memory_clear(k->s->count + 1u, sizeof *part);
	uint32_t *above = memory_alloc(k->s->count * sizeof *above + 1);
	uint64_t told = 0, more = 0;

	for (uint32_t i = 0; i < k->s->count; i++)
		above[i] = k->s->key[i].parent;
	for (uint32_t n = 0; n < k->s->count; n++) {
		uint32_t i = k->order[n];
		const struct sessions_key *key = &k->s->key[i];

		if (!k->events[i] || below_another(k, i, above) ||
		    (key->parent == SESSIONS_NONE &&
		     key->child == SESSIONS_NONE))
			continue;
		if (told++ < TREES)
			take_part(k, i, part);
		else
			more++;
	}
	session_tree_table(k->a, "sessions");
	for (uint32_t n = 0; n < k->s->count; n++) {
		uint32_t i = k->order[n];

		if (part[i] != SESSION_TREE_LEFT_OUT &&
		    k->s->key[i].parent == SESSIONS_NONE)
			session_tree_add(k->a, k->s, i, part);
	}
	if (more > 0)
		answer_note(k->a, "sessions: %llu more keys have trees: see -o "
			    "sessions", (unsigned long long)more);
	free(part);
	free(above);
}

void profile_keys_add(struct answer *a, const struct sessions *s,
		      const struct store_event *events, size_t count)
{
	static const char *const roles[] = {"requestParameters.roleName"};
	struct keys k = {.a = a, .s = s,
			 .expires = session_tree_expirations(),
			 .roles = leaves_new(roles, 1)};

	k.events = memory_clear(k.s->count + 1u, sizeof *k.events);
	for (size_t i = 0; i < count; i++) {
		uint32_t number = sessions_of(s, events[i]);

		if (number != SESSIONS_NONE)
			k.events[number]++;
	}
	k.order = names_sorted(k.s->keys);
	add_keys(&k);
	profile_places_add(a, s, events, count);
	add_revocations(&k);
	add_trees(&k);
	free(k.events);
	free(k.order);
	leaves_free(k.expires);
	leaves_free(k.roles);
}
