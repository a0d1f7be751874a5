/* Owns the history of what carries certificates, listener by listener. */
#define _GNU_SOURCE
#include "triage/attachments.h"

#include "base/memory.h"
#include "json/paths.h"
#include "trail/arn.h"
#include "trail/row.h"
#include "triage/carriers.h"
#include "triage/cells.h"
#include "triage/leaves.h"
#include "query/names.h"

#include <stdlib.h>

/* What uses a key: the other members of the encryption context. */
static const char *const contexts[] = {
	"requestParameters.encryptionContext.*",
	"requestParameters.constraints.*.*",
};

enum { CONTEXTS = sizeof contexts / sizeof *contexts };

/* One attaching or detaching, by time. */
struct change {
	uint32_t certificate;
	size_t mention;
	int64_t time;
	struct store_event event;
	uint32_t carrier;
	bool detached;
};

/* A certificate on a carrier. */
struct held {
	uint32_t certificate;
	bool added;             /* to the list behind the default one */
};

struct carrier {
	struct held *held;
	size_t count;
};

struct history {
	struct certificates *c;
	struct carriers *carriers;
	struct leaves *contexts;
	struct change *change;
	size_t changes, capacity;
	struct carrier *carrier;
};

static struct span user_of_key(const struct history *h,
			       struct store_event event, struct span arn)
{
	for (size_t path = 0; path < CONTEXTS; path++) {
		struct span text;

		for (uint32_t i = 0; (text = leaves_text(
				h->contexts, h->c->store, event, path,
				i)).p; i++)
			if (text.n > 0 && !span_equal(text, arn))
				return text;
	}
	return (struct span){NULL, 0};
}

static void add_change(struct history *h, uint32_t number, size_t i)
{
	const struct certificates_mention *m = &h->c->entry[number].mention[i];

	if (h->changes == h->capacity) {
		h->capacity = memory_grown(h->capacity, h->changes + 1,
					   sizeof *h->change);
		h->change = memory_resize(h->change, h->capacity,
					  sizeof *h->change);
	}
	h->change[h->changes++] = (struct change){
		.certificate = number, .mention = i, .time = m->time,
		.event = m->event, .detached = m->step == STEP_DETACHED,
		.carrier = m->carrier};
}

static void read_mentions(struct history *h, uint32_t number)
{
	struct certificates_entry *e = &h->c->entry[number];

	for (size_t i = 0; i < e->mentions; i++) {
		struct certificates_mention *m = &e->mention[i];

		switch (m->step) {
		case STEP_ATTACHED:
		case STEP_DETACHED:
			m->on = carriers_name(h->carriers, m->event);
			m->carrier = carriers_number(h->carriers, m->event,
						     e->arn);
			if (m->carrier != CARRIERS_NONE && !m->failed)
				add_change(h, number, i);
			break;
		case STEP_GRANTED:
		case STEP_STORED:
		case STEP_USED:
			m->on = user_of_key(h, m->event, e->arn);
			break;
		default:
			break;
		}
	}
}

static int by_time(const void *a, const void *b, void *store)
{
	const struct change *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return store_compare(store, x->event, y->event);
}

static void put_on(struct carrier *carrier, uint32_t certificate, bool added)
{
	for (size_t i = 0; i < carrier->count; i++)
		if (carrier->held[i].certificate == certificate) {
			carrier->held[i].added &= added;
			return;
		}
	carrier->held = memory_resize(carrier->held, carrier->count + 1,
				      sizeof *carrier->held);
	carrier->held[carrier->count++] = (struct held){certificate, added};
}

static void take_off(struct carrier *carrier, uint32_t certificate)
{
	size_t kept = 0;

	for (size_t i = 0; i < carrier->count; i++)
		if (carrier->held[i].certificate != certificate)
			carrier->held[kept++] = carrier->held[i];
	carrier->count = kept;
}

/* Whether the call adds to what is there (AddListenerCertificates).  What was
 * added stays when another one becomes the default (ModifyListener). */
static bool adds(const struct store *store, struct store_event event)
{
	struct row row = row_of(store, event);
	struct record record = row_record(&row);

	return span_starts(record_text(&record, FIELD_EVENT_NAME),
			   SPAN("Add"));
}

static bool among(const struct change *change, size_t count,
		  uint32_t certificate)
{
	for (size_t i = 0; i < count; i++)
		if (change[i].certificate == certificate)
			return true;
	return false;
}

/* COUNT changes by one call to one carrier. */
static void apply(struct history *h, const struct change *change, size_t count)
{
	struct carrier *carrier = &h->carrier[change->carrier];
	struct certificates *c = h->c;
	struct span on = c->entry[change->certificate]
				 .mention[change->mention].on;
	bool added = adds(c->store, change->event);

	for (size_t i = 0; !change->detached && i < carrier->count;) {
		uint32_t old = carrier->held[i].certificate;
		struct certificates_mention *m;

		if (added || carrier->held[i].added ||
		    among(change, count, old)) {
			i++;
			continue;
		}
		m = certificates_add(c, old, change->event);
		m->step = STEP_REPLACED;
		m->on = on;
		m->carrier = change->carrier;
		m->other = change->certificate;
		for (size_t k = 0; k < count; k++)
			c->entry[change[k].certificate]
				.mention[change[k].mention].other = old;
		take_off(carrier, old);
	}
	for (size_t i = 0; i < count; i++)
		if (change[i].detached)
			take_off(carrier, change[i].certificate);
		else
			put_on(carrier, change[i].certificate, added);
}

static bool same_call(const struct change *a, const struct change *b)
{
	return a->event.segment == b->event.segment &&
	       a->event.index == b->event.index && a->carrier == b->carrier;
}

void attachments_join(struct certificates *c)
{
	struct history h = {
		.c = c, .carriers = carriers_new(c->store),
		.contexts = leaves_new(contexts, CONTEXTS)};
	size_t count;

	for (uint32_t i = 0; i < c->count; i++)
		read_mentions(&h, i);
	if (h.changes > 1)
		qsort_r(h.change, h.changes, sizeof *h.change, by_time,
			(void *)c->store);
	h.carrier = memory_clear(carriers_count(h.carriers) + 1u,
				 sizeof *h.carrier);
	for (size_t i = 0; i < h.changes; i += count) {
		for (count = 1; i + count < h.changes &&
		     same_call(&h.change[i], &h.change[i + count]); count++)
			;
		apply(&h, &h.change[i], count);
	}
	for (uint32_t i = 0; i < carriers_count(h.carriers); i++)
		free(h.carrier[i].held);
	free(h.carrier);
	free(h.change);
	carriers_free(h.carriers);
	leaves_free(h.contexts);
}

/* The life of a certificate as far as it is known: requests before and deletions
 * after do not concern it. */
static bool alive(const struct certificates_entry *e, int64_t time)
{
	for (size_t i = 0; i < e->mentions; i++) {
		const struct certificates_mention *m = &e->mention[i];
		bool born = m->step == STEP_REQUESTED ||
			    m->step == STEP_IMPORTED;

		if (m->failed || m->joined)
			continue;
		if (born && m->time > time)
			return false;
		if (m->step == STEP_DELETED && m->time < time)
			return false;
	}
	return true;
}

static bool is_imported(const struct certificates_entry *e)
{
	for (size_t i = 0; i < e->mentions; i++)
		if (e->mention[i].step == STEP_IMPORTED)
			return true;
	return false;
}

/* One change of a batch. */
struct record_set {
	uint32_t index;
	struct span action, name, type;
	bool validates;
};

/* From names to the links that have them. */
struct hosts {
	struct certificates *c;
	struct names *names;            /* in lower case, without `*.` */
	uint32_t *first;                /* link + 1, by name; 0: none */
	uint32_t *next;                 /* link + 1, by link */
	struct buffer key;
};

static struct span lower_case(struct buffer *out, struct span name)
{
	if (name.n > 0 && name.p[name.n - 1] == '.')
		name.n--;
	buffer_clear(out);
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		buffer_add_byte(out, c >= 'A' && c <= 'Z' ? (char)(c + 32)
							  : c);
	}
	return buffer_span(out);
}

static void hosts_start(struct hosts *h, struct certificates *c)
{
	size_t count;
	const struct domains_link *link = domains_all(c->domains, &count);

	*h = (struct hosts){.c = c, .names = names_new(c->store)};
	h->first = memory_clear(count + 1, sizeof *h->first);
	h->next = memory_clear(count + 1, sizeof *h->next);
	for (size_t i = 0; i < count; i++) {
		struct span name = link[i].name;
		uint32_t number;

		if (span_starts(name, SPAN("*.")))
			name = span_from(name, 2);
		number = names_add(h->names, lower_case(&h->key, name));
		h->next[i] = h->first[number];
		h->first[number] = (uint32_t)i + 1;
	}
}

static void hosts_end(struct hosts *h)
{
	names_free(h->names);
	free(h->first);
	free(h->next);
	buffer_free(&h->key);
}

static void join_link(struct hosts *h, const struct domains_link *link,
		      struct store_event event, const struct record_set *set,
		      bool failed)
{
	struct certificates *c = h->c;
	uint32_t number = certificates_find(c, link->certificate);
	struct certificates_mention *m;

	if (number == CERTIFICATES_NONE || is_imported(&c->entry[number]))
		return;
	m = certificates_add(c, number, event);
	m->step = span_is(set->action, "DELETE") ? STEP_UNRECORD
						 : STEP_RECORD;
	m->on = set->name;
	m->failed = failed;
	if (!alive(&c->entry[number], m->time))
		c->entry[number].mentions--;
}

/* The name without its first label; empty when it has one only. */
static struct span parent(struct span name)
{
	const char *dot = name.n ? memchr(name.p, '.', name.n) : NULL;

	return dot ? span_from(name, (size_t)(dot + 1 - name.p)) : SPAN("");
}

/* A CNAME `_token.NAME` validates NAME; a CAA record rules its name and all
 * below it, of which only the certificates of that very name are told. */
static void join_record(struct hosts *h, struct store_event event,
			const struct record_set *set, bool failed)
{
	bool caa = span_is(set->type, "CAA");
	size_t count;
	const struct domains_link *link = domains_all(h->c->domains, &count);
	struct span name = set->name;
	uint32_t number;

	if (!caa && (!set->validates || !span_starts(name, SPAN("_"))))
		return;
	if (!caa)
		name = parent(name);
	number = names_find(h->names, lower_case(&h->key, name));
	if (number == NAMES_NONE)
		return;
	for (uint32_t i = h->first[number]; i > 0; i = h->next[i - 1])
		join_link(h, &link[i - 1], event, set, failed);
}

/* Reads one leaf below requestParameters.changeBatch.changes[]. */
static void read_record(struct record_set *set, const struct paths_walk *walk,
			struct span text)
{
	struct span key = walk->steps[walk->depth - 1].key;

	if (!key.p)
		return;
	if (span_is(key, "action"))
		set->action = text;
	else if (span_is(key, "name"))
		set->name = text;
	else if (span_is(key, "type"))
		set->type = text;
	else if (span_is(key, "value") &&
		 span_find(text, SPAN("acm-validations.")))
		set->validates = true;
}

static void join_records(struct hosts *h, struct store_event event)
{
	struct row row = row_of(h->c->store, event);
	struct record record = row_record(&row);
	bool failed = row_derived(&row, STORE_RESULT) != VALUES_NONE;
	struct record_set set = {.index = UINT32_MAX};
	struct paths_walk walk;
	enum paths_event what;

	paths_start(&walk, row.shape->template);
	while ((what = paths_next(&walk)) != PATHS_END) {
		if (what != PATHS_LEAF || walk.depth < 5 ||
		    !span_is(walk.steps[2].key, "changes"))
			continue;
		if (walk.steps[3].index != set.index) {
			join_record(h, event, &set, failed);
			set = (struct record_set){
				.index = walk.steps[3].index};
		}
		read_record(&set, &walk, record.text(&record, walk.slot));
	}
	join_record(h, event, &set, failed);
}

void attachments_records(struct certificates *c,
			 const struct store_event *events, size_t count)
{
	struct hosts hosts;

	hosts_start(&hosts, c);
	for (size_t i = 0; i < count; i++)
		join_records(&hosts, events[i]);
	hosts_end(&hosts);
}

static void join_warning(struct certificates *c, struct store_event event)
{
	struct row row = row_of(c->store, event);
	struct record record = row_record(&row);
	struct span account = record_text(&record, FIELD_RECIPIENT_ACCOUNT);
	struct span region = record_text(&record, FIELD_REGION);

	for (uint32_t i = 0; i < c->count; i++) {
		struct span arn = c->entry[i].arn;
		struct certificates_mention *m;

		if (!c->entry[i].acm ||
		    !span_equal(arn_account(arn), account) ||
		    !span_equal(arn_region(arn), region))
			continue;
		m = certificates_add(c, i, event);
		m->step = STEP_WARNINGS;
		m->failed = row_derived(&row, STORE_RESULT) != VALUES_NONE;
		if (!alive(&c->entry[i], m->time))
			c->entry[i].mentions--;
	}
}

void attachments_warnings(struct certificates *c,
			  const struct store_event *events, size_t count)
{
	for (size_t i = 0; i < count; i++)
		join_warning(c, events[i]);
}

/* Whether the certificate's mentions from FROM on are of that carrier too. */
static bool taken_off(const struct certificates_entry *e, size_t from,
		      uint32_t carrier)
{
	for (size_t i = from; i < e->mentions; i++)
		if (e->mention[i].carrier == carrier)
			return true;
	return false;
}

/* Takes the certificate off everything that goes with ON, which the call
 * deletes. */
static void delete_from(struct certificates *c, uint32_t number,
			const struct carriers *carriers, struct span on,
			struct store_event event)
{
	struct certificates_entry *e = &c->entry[number];
	int64_t time = cells_when(c->store, event);
	size_t known = e->mentions;

	for (size_t i = 0; i < known; i++) {
		struct certificates_mention was = e->mention[i], *m;

		if (was.step != STEP_ATTACHED || was.failed ||
		    was.time > time ||
		    !carriers_belong(carriers, was.on, was.event, on, event) ||
		    taken_off(e, known, was.carrier))
			continue;
		m = certificates_add(c, number, event);
		m->step = STEP_DETACHED;
		m->on = was.on;
		m->carrier = was.carrier;
	}
}

void attachments_deleted(struct certificates *c,
			 const struct store_event *events, size_t count)
{
	struct carriers *carriers = carriers_new(c->store);

	for (size_t i = 0; i < count; i++) {
		struct row row = row_of(c->store, events[i]);
		struct span on = carriers_name(carriers, events[i]);

		if (on.n == 0 ||
		    row_derived(&row, STORE_RESULT) != VALUES_NONE)
			continue;
		for (uint32_t n = 0; n < c->count; n++)
			delete_from(c, n, carriers, on, events[i]);
	}
	carriers_free(carriers);
}

void attachments_now(const struct certificates *c, uint32_t number,
		     void (*each)(void *context, struct span on),
		     void *context)
{
	const struct certificates_entry *e = &c->entry[number];
	struct names *seen = names_new(c->store), *told = names_new(c->store);

	for (size_t i = e->mentions; i-- > 0;) {
		const struct certificates_mention *m = &e->mention[i];
		struct span key = {(const char *)&m->carrier,
				   sizeof m->carrier};
		uint32_t known = names_count(seen), names = names_count(told);

		if (m->failed || m->carrier == CARRIERS_NONE ||
		    (m->step != STEP_ATTACHED && m->step != STEP_DETACHED &&
		     m->step != STEP_REPLACED))
			continue;
		if (names_add(seen, key) == known &&
		    m->step == STEP_ATTACHED &&
		    names_add(told, m->on) == names)
			each(context, m->on);
	}
	names_free(seen);
	names_free(told);
}
