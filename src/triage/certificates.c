/* Owns the entries and which mention belongs to which.  What follows from the
 * order of events (what was attached to what) is attachments.c. */
#define _GNU_SOURCE
#include "triage/certificates.h"

#include "base/memory.h"
#include "trail/arn.h"
#include "trail/certificate.h"
#include "trail/columns.h"
#include "trail/row.h"
#include "triage/attachments.h"
#include "query/names.h"
#include "triage/relatives.h"

#include <stdlib.h>

/* Calls that matter although they name no certificate. */
enum watched {
	LIST, SEARCH, RECORD_SETS, CONFIGURE, DELETE_LISTENER, DELETE_BALANCER,
	DELETE_DISTRIBUTION, DELETE_DOMAIN, DELETE_POOL_DOMAIN, WATCHED
};

static const char *const watched[] = {
	[LIST] = "ListCertificates", [SEARCH] = "SearchCertificates",
	[RECORD_SETS] = "ChangeResourceRecordSets",
	[CONFIGURE] = "PutAccountConfiguration",
	[DELETE_LISTENER] = "DeleteListener",
	[DELETE_BALANCER] = "DeleteLoadBalancer",
	[DELETE_DISTRIBUTION] = "DeleteDistribution",
	[DELETE_DOMAIN] = "DeleteDomainName",
	[DELETE_POOL_DOMAIN] = "DeleteUserPoolDomain",
};

struct events {
	struct store_event *event;
	size_t count, capacity;
};

struct making {
	struct certificates *c;
	struct names *arns;             /* numbers are those of entries */
	struct relation_parts *parts;
	struct names *calls;            /* the first WATCHED: those above */
	size_t capacity;
	struct events watched[WATCHED];
	const atomic_bool *cancel;
};

static void keep_event(struct events *e, struct store_event event)
{
	if (e->count == e->capacity) {
		e->capacity = memory_grown(e->capacity, e->count + 1,
					   sizeof *e->event);
		e->event = memory_resize(e->event, e->capacity,
					 sizeof *e->event);
	}
	e->event[e->count++] = event;
}

static uint32_t entry_of(struct making *m, struct span arn, bool acm)
{
	struct certificates *c = m->c;
	uint32_t number = names_add(m->arns, arn);

	if (number < c->count)
		return number;
	if (c->count == m->capacity) {
		m->capacity = memory_grown(m->capacity, c->count + 1u,
					   sizeof *c->entry);
		c->entry = memory_resize(c->entry, m->capacity,
					 sizeof *c->entry);
	}
	c->entry[c->count++] = (struct certificates_entry){
		.arn = arn, .acm = acm};
	return number;
}

struct certificates_mention *certificates_add(struct certificates *c,
					      uint32_t number,
					      struct store_event event)
{
	struct certificates_entry *e = &c->entry[number];

	if (e->mentions == e->capacity) {
		e->capacity = memory_grown(e->capacity, e->mentions + 1,
					   sizeof *e->mention);
		e->mention = memory_resize(e->mention, e->capacity,
					   sizeof *e->mention);
	}
	e->mention[e->mentions] = (struct certificates_mention){
		.event = event, .other = CERTIFICATES_NONE, .joined = true,
		.carrier = CARRIERS_NONE,
		.time = segment_event(store_segment(c->store, event.segment),
				      event.index)->time};
	return &e->mention[e->mentions++];
}

static void mention(struct making *m, const struct row *row,
		    struct store_event event, uint32_t number,
		    enum relation_part part)
{
	struct certificates_entry *e = &m->c->entry[number];
	struct record record = row_record(row);
	struct certificates_mention *last =
		e->mentions ? &e->mention[e->mentions - 1] : NULL;

	/* The same event where that tells more. */
	if (last && last->event.segment == event.segment &&
	    last->event.index == event.index) {
		if (last->part <= part)
			return;
	} else {
		last = certificates_add(m->c, number, event);
	}
	last->joined = false;
	last->part = (uint8_t)part;
	last->step = (uint8_t)relation_step(&record, part);
	last->failed = row_derived(row, STORE_RESULT) != VALUES_NONE;
}

static bool holds(const struct row *row, uint32_t slot, struct span arn)
{
	uint32_t value = row->value[slot];
	struct span text;

	if (store_is_secret(value))
		return false;
	text = values_text(&row->segment->values, value);
	return memmem(text.p, text.n, arn.p, arn.n) != NULL;
}

/* The most telling part of an event that names a certificate. */
static enum relation_part find_part(struct making *m, const struct row *row,
			     uint32_t value, struct span arn)
{
	const uint8_t *parts = relation_parts_of(m->parts,
						   row->event->shape);
	enum relation_part best = PART_MESSAGE;
	bool found = false;

	for (uint32_t i = 0; i < row->shape->slots; i++)
		if (row->value[i] == value) {
			found = true;
			if (parts[i] < best)
				best = (enum relation_part)parts[i];
		}
	if (found)
		return best;
	for (uint32_t i = 0; i < row->shape->slots; i++)
		if ((!found || parts[i] < best) && holds(row, i, arn)) {
			found = true;
			best = (enum relation_part)parts[i];
		}
	/* A key of an object: of an encryption context. */
	return found ? best : PART_CONTEXT;
}

static void read_event(struct making *m, const struct row *row,
		       struct store_event event)
{
	uint32_t count = row_certificates(row);
	uint32_t call = names_value(m->calls, event.segment,
				    row_field(row, FIELD_EVENT_NAME));

	if (call < WATCHED)
		keep_event(&m->watched[call], event);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t value = row_derived(row, STORE_CERTIFICATES + i);
		struct span arn = values_text(&row->segment->values, value);
		uint32_t number = entry_of(m, arn, true);

		mention(m, row, event, number,
			find_part(m, row, value, arn));
	}
}

static void read_relative(void *context, struct store_event event,
			  uint32_t slot, struct span arn)
{
	struct making *m = context;
	struct row row = row_of(m->c->store, event);
	const uint8_t *parts = relation_parts_of(m->parts,
						   row.event->shape);

	mention(m, &row, event, entry_of(m, arn, false),
		(enum relation_part)parts[slot]);
}

static int by_time(const void *a, const void *b, void *store)
{
	const struct certificates_mention *x = a, *y = b;
	int order;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	order = store_compare(store, x->event, y->event);
	return order ? order : (x->step > y->step) - (x->step < y->step);
}

static void sort(struct certificates *c)
{
	for (uint32_t i = 0; i < c->count; i++) {
		struct certificates_entry *e = &c->entry[i];

		if (e->mentions > 1)
			qsort_r(e->mention, e->mentions, sizeof *e->mention,
				by_time, (void *)c->store);
	}
}

static bool redacted(struct span arn)
{
	return memchr(arn.p, '*', arn.n) || span_find(arn, SPAN("...")) ||
	       span_find(arn, SPAN("\xe2\x80\xa6"));
}

/* Lists in ASCII shorten ids with a `~`. */
static bool left_out(char c)
{
	return c == '*' || c == '.' || c == '~' || (unsigned char)c >= 0x80;
}

/* What stands before and behind the redacted part of an id. */
static bool fits(struct span id, struct span hole)
{
	struct span head = hole, tail = hole;
	size_t n = 0;

	while (n < hole.n && !left_out(hole.p[n]))
		n++;
	head.n = n;
	for (n = 0; n < hole.n && !left_out(hole.p[hole.n - 1 - n]);)
		n++;
	tail = span_from(hole, hole.n - n);
	if (head.n == hole.n)
		return span_equal(id, hole);
	return head.n + tail.n >= 8 && id.n > head.n + tail.n &&
	       span_starts(id, head) && span_ends(id, tail);
}

/* The only certificate whose id fits; NONE when there are none or several. */
static uint32_t only_by_id(const struct certificates *c, struct span id)
{
	uint32_t only = CERTIFICATES_NONE;

	for (uint32_t i = 0; i < c->count; i++) {
		if (!c->entry[i].acm || redacted(c->entry[i].arn) ||
		    !fits(certificate_id(c->entry[i].arn), id))
			continue;
		if (only != CERTIFICATES_NONE)
			return CERTIFICATES_NONE;
		only = i;
	}
	return only;
}

static void join(struct certificates *c, uint32_t from, uint32_t to)
{
	struct certificates_entry *a = &c->entry[from], *b = &c->entry[to];

	for (size_t i = 0; i < a->mentions; i++)
		*certificates_add(c, to, a->mention[i].event) = a->mention[i];
	b->alias = memory_resize(b->alias, b->aliases + 1, sizeof *b->alias);
	b->alias[b->aliases++] = a->arn;
	free(a->mention);
	a->mention = NULL;
	a->mentions = 0;
}

static int by_arn(const void *a, const void *b)
{
	const struct certificates_entry *x = a, *y = b;

	return span_compare(x->arn, y->arn);
}

/* ARNs that somebody redacted are those of a certificate that is known whole
 * when its id says so. */
static void join_redacted(struct certificates *c)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < c->count; i++) {
		uint32_t whole = c->entry[i].acm && redacted(c->entry[i].arn)
			? only_by_id(c, certificate_id(c->entry[i].arn))
			: CERTIFICATES_NONE;

		if (whole != CERTIFICATES_NONE)
			join(c, i, whole);
	}
	for (uint32_t i = 0; i < c->count; i++)
		if (c->entry[i].mentions > 0)
			c->entry[kept++] = c->entry[i];
	c->count = kept;
	if (kept > 1)
		qsort(c->entry, kept, sizeof *c->entry, by_arn);
}

static void read_all(struct making *m)
{
	struct store_event event = STORE_NO_EVENT;

	while (!(m->cancel && *m->cancel) &&
	       store_next(m->c->store, &event)) {
		struct row row = row_of(m->c->store, event);

		read_event(m, &row, event);
	}
	relatives_each(m->c->store, read_relative, m);
}

/* Only those of ACM itself: other services have calls of these names. */
static void keep_own(struct certificates *c, const struct events *e,
		     struct store_event **list, size_t *count)
{
	*list = memory_resize(*list, *count + e->count + 1, sizeof **list);
	for (size_t i = 0; i < e->count; i++) {
		struct row row = row_of(c->store, e->event[i]);
		struct record record = row_record(&row);

		if (span_is(columns_short_source(record_text(
				    &record, FIELD_EVENT_SOURCE)), "acm"))
			(*list)[(*count)++] = e->event[i];
	}
}

static int by_alias(const void *a, const void *b)
{
	return span_compare(*(const struct span *)a, *(const struct span *)b);
}

struct certificates *certificates_new(const struct store *store,
				      const atomic_bool *cancel)
{
	struct certificates *c = memory_clear(1, sizeof *c);
	struct making m = {.c = c, .cancel = cancel};

	c->store = store;
	c->version = store_version(store);
	m.arns = names_new(store);
	m.calls = names_new(store);
	m.parts = relation_parts_new(store_shapes(store));
	for (uint32_t i = 0; i < WATCHED; i++)
		names_add(m.calls, span_of(watched[i]));
	read_all(&m);
	names_free(m.arns);
	names_free(m.calls);
	relation_parts_free(m.parts);
	join_redacted(c);
	c->domains = domains_new(store);
	keep_own(c, &m.watched[LIST], &c->listed, &c->lists);
	keep_own(c, &m.watched[SEARCH], &c->listed, &c->lists);
	keep_own(c, &m.watched[CONFIGURE], &c->configured,
		 &c->configurations);
	sort(c);
	attachments_join(c);
	attachments_records(c, m.watched[RECORD_SETS].event,
			    m.watched[RECORD_SETS].count);
	attachments_warnings(c, c->configured, c->configurations);
	for (int i = DELETE_LISTENER; i < WATCHED; i++)
		attachments_deleted(c, m.watched[i].event,
				    m.watched[i].count);
	sort(c);
	for (uint32_t i = 0; i < c->count; i++)
		if (c->entry[i].aliases > 1)
			qsort(c->entry[i].alias, c->entry[i].aliases,
			      sizeof *c->entry[i].alias, by_alias);
	for (size_t i = 0; i < WATCHED; i++)
		free(m.watched[i].event);
	return c;
}

void certificates_free(struct certificates *c)
{
	if (!c)
		return;
	for (uint32_t i = 0; i < c->count; i++) {
		free(c->entry[i].mention);
		free(c->entry[i].alias);
	}
	free(c->entry);
	free(c->listed);
	free(c->configured);
	domains_free(c->domains);
	free(c);
}

/* The only certificate with that name; p == NULL: none, or several. */
static struct span by_domain(const struct certificates *c, struct span name)
{
	size_t count;
	const struct domains_link *link = domains_all(c->domains, &count);
	struct span only = {NULL, 0};

	for (size_t i = 0; i < count; i++) {
		if (!span_equal_ignoring_case(link[i].name, name))
			continue;
		if (only.p)
			return (struct span){NULL, 0};
		only = link[i].certificate;
	}
	return only;
}

bool certificates_begins(const struct certificates_entry *e,
			 struct span text)
{
	struct span id = certificate_id(e->arn);

	return e->acm && text.n >= 4 && text.n <= id.n &&
	       span_equal_ignoring_case((struct span){id.p, text.n}, text);
}

/* What has no time stands behind all that has. */
int64_t certificates_last(const struct certificates_entry *e)
{
	size_t i = e->mentions;

	while (i > 1 && e->mention[i - 1].time == SEGMENT_NO_TIME)
		i--;
	return e->mention[i - 1].time;
}

static uint32_t only_by_start(const struct certificates *c, struct span text)
{
	uint32_t only = CERTIFICATES_NONE;

	for (uint32_t i = 0; i < c->count; i++) {
		if (!certificates_begins(&c->entry[i], text))
			continue;
		if (only != CERTIFICATES_NONE)
			return CERTIFICATES_NONE;
		only = i;
	}
	return only;
}

/* Its ARN, or one of its redacted forms, is TEXT. */
static uint32_t exactly(const struct certificates *c, struct span text)
{
	struct certificates_entry key = {.arn = text};
	const struct certificates_entry *e = NULL;

	if (c->count > 0)
		e = bsearch(&key, c->entry, c->count, sizeof key, by_arn);
	if (e)
		return (uint32_t)(e - c->entry);
	for (uint32_t i = 0; i < c->count; i++)
		for (size_t k = 0; k < c->entry[i].aliases; k++)
			if (span_equal(c->entry[i].alias[k], text))
				return i;
	return CERTIFICATES_NONE;
}

uint32_t certificates_find(const struct certificates *c, struct span text)
{
	bool arn = span_starts(text, SPAN("arn:"));
	uint32_t number = exactly(c, text);
	struct span only;

	if (number != CERTIFICATES_NONE || text.n == 0)
		return number;
	if (!arn || redacted(text))
		number = only_by_id(c, arn ? certificate_id(text) : text);
	if (number != CERTIFICATES_NONE || arn)
		return number;
	only = by_domain(c, text);
	return only.p ? exactly(c, only) : only_by_start(c, text);
}
