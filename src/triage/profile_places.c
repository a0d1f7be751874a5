/* Owns the uses of the keys of a profile, by time.  Most keys have one address
 * and one agent, and then no order is needed. */
#define _GNU_SOURCE
#include "triage/profile_places.h"

#include "base/memory.h"
#include "trail/row.h"
#include "triage/cells.h"
#include "triage/session_places.h"

#include <stdlib.h>

/* What two uses differ in. */
enum { NEAR = 1, FAR = 2, AGENT = 4 };

struct use {
	uint32_t key, address, agent;
	int64_t time;
	struct store_event event;
};

/* What is known of a key: its first place, and what was told. */
struct known {
	uint32_t address, agent;
	bool met, many;
	uint8_t told;
};

struct uses {
	const struct sessions *s;
	struct names *addresses, *agents;
	struct known *known;            /* by key */
	struct use *use;
	size_t count;
};

static void take(struct uses *u, struct store_event event)
{
	const struct store *store = u->s->store;
	struct row row = row_of(store, event);
	struct use use = {.key = sessions_of(u->s, event),
			  .time = row.event->time, .event = event};
	struct known *known;

	if (use.key == SESSIONS_NONE || use.time == SEGMENT_NO_TIME)
		return;
	use.address = names_value(u->addresses, event.segment,
				  row_field(&row, FIELD_SOURCE_ADDRESS));
	use.agent = names_value(u->agents, event.segment,
				row_field(&row, FIELD_USER_AGENT));
	if (use.address == NAMES_NONE || !session_places_is_address(
			names_text(u->addresses, use.address)))
		return;
	known = &u->known[use.key];
	if (!known->met)
		*known = (struct known){use.address, use.agent, true, false, 0};
	known->many |= use.address != known->address ||
		       use.agent != known->agent;
	u->use[u->count++] = use;
}

static void keep_many(struct uses *u)
{
	size_t kept = 0;

	for (size_t i = 0; i < u->count; i++)
		if (u->known[u->use[i].key].many)
			u->use[kept++] = u->use[i];
	u->count = kept;
}

static int by_key_and_time(const void *a, const void *b, void *sessions)
{
	const struct use *x = a, *y = b;
	const struct sessions *s = sessions;

	if (x->key != y->key)
		return span_compare(names_text(s->keys, x->key),
				    names_text(s->keys, y->key));
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return store_compare(s->store, x->event, y->event);
}

static uint8_t difference(const struct uses *u, const struct use *from,
			  const struct use *to)
{
	uint8_t what = 0;

	if (from->key != to->key ||
	    to->time - from->time > SESSION_PLACES_SOON)
		return 0;
	if (from->address != to->address)
		what |= session_places_are_neighbours(
			names_text(u->addresses, from->address),
			names_text(u->addresses, to->address)) ? NEAR : FAR;
	if (from->agent != to->agent && from->agent != NAMES_NONE &&
	    to->agent != NAMES_NONE)
		what |= AGENT;
	return what;
}

static void tell(const struct uses *u, struct answer *a, const struct use *from,
		 const struct use *to)
{
	const struct store *store = u->s->store;

	answer_row(a, 0, to->event);
	answer_span(a, names_text(u->s->keys, to->key));
	answer_time(a, from->time, false);
	cells_column(a, store, from->event, COLUMN_FROM);
	cells_column(a, store, from->event, COLUMN_USER_AGENT);
	answer_time(a, to->time, false);
	cells_column(a, store, to->event, COLUMN_FROM);
	cells_column(a, store, to->event, COLUMN_USER_AGENT);
}

void profile_places_add(struct answer *a, const struct sessions *s,
			const struct store_event *events, size_t count)
{
	static const char *const heads[] = {"key", "at", "from", "agent",
					    "then_at", "then_from",
					    "then_agent"};
	struct uses u = {.s = s, .addresses = names_new(s->store),
			 .agents = names_new(s->store)};

	u.known = memory_clear(s->count + 1u, sizeof *u.known);
	u.use = memory_alloc(count * sizeof *u.use + 1);
	for (size_t i = 0; i < count; i++)
		take(&u, events[i]);
	keep_many(&u);
	if (u.count > 0)
		qsort_r(u.use, u.count, sizeof *u.use, by_key_and_time,
			(void *)s);
	answer_table(a, "two_places", heads, 7);
	for (size_t i = 1; i < u.count; i++) {
		uint8_t *told = &u.known[u.use[i].key].told;
		uint8_t what = difference(&u, &u.use[i - 1], &u.use[i]);

		if (what & ~*told)
			tell(&u, a, &u.use[i - 1], &u.use[i]);
		*told |= what;
	}
	free(u.known);
	free(u.use);
	names_free(u.addresses);
	names_free(u.agents);
}
