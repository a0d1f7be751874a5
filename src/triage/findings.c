/* Owns the rules that follow from one certificate's events, the list of what was
 * found, and its order.  Rules over all events are findings_events.c. */
#define _GNU_SOURCE
#include "triage/findings.h"

#include "base/memory.h"
#include "query/eventset.h"
#include "trail/arn.h"
#include "trail/certificate.h"
#include "trail/columns.h"
#include "trail/policy.h"
#include "trail/row.h"
#include "triage/cells.h"
#include "triage/findings_parts.h"
#include "triage/leaves.h"

#include <stdlib.h>

enum { DAY = 24 * 3600 * 1000, BURST = 10 * 60 * 1000 };        /* ms */

static const struct findings_info infos[] = {
#define FINDING(id, name, weight, rule, source) {name, weight, rule, source},
#include "triage/findings.def"
#undef FINDING
};

const struct findings_info *findings_info(enum finding finding)
{
	return &infos[finding];
}

const char *findings_rule(struct span name)
{
	for (int i = 0; i < FINDING_COUNT; i++)
		if (span_is(name, infos[i].name))
			return infos[i].rule;
	return NULL;
}

void findings_add(struct findings *f, enum finding finding,
		  struct store_event event, struct store_event because,
		  uint32_t certificate)
{
	if (f->count == f->capacity) {
		f->capacity = memory_grown(f->capacity, f->count + 1,
					   sizeof *f->entry);
		f->entry = memory_resize(f->entry, f->capacity,
					 sizeof *f->entry);
	}
	f->entry[f->count++] = (struct findings_entry){
		finding, event, because, certificate};
}

/* One certificate while its rules are tried. */
struct trying {
	struct findings *f;
	const struct certificates *c;
	const struct certificates_entry *e;
	uint32_t number;
	struct leaves *transparency;
};

static struct span who_of(const struct store *store, struct store_event event)
{
	struct row row = row_of(store, event);
	uint32_t who = row_derived(&row, STORE_WHO);

	return who == VALUES_NONE ? SPAN("")
				  : values_text(&row.segment->values, who);
}

static void found(struct trying *t, enum finding finding, size_t i,
		  struct store_event because)
{
	findings_add(t->f, finding, t->e->mention[i].event, because,
		     t->number);
}

/* FROM is not behind TO; of what has no time nobody knows. */
static bool within_day(int64_t from, int64_t to)
{
	return to != SEGMENT_NO_TIME && to - from <= DAY;
}

/* Whether an earlier event than I is by the same, as `of` tells it. */
static bool knew(const struct trying *t, size_t i, bool address)
{
	const struct certificates_mention *m = t->e->mention;
	const struct store *store = t->c->store;
	struct span text = address
		? cells_field(store, m[i].event, FIELD_SOURCE_ADDRESS)
		: who_of(store, m[i].event);

	for (size_t k = 0; k < i && m[k].time < m[i].time - DAY; k++)
		if (span_equal(text, address
			? cells_field(store, m[k].event, FIELD_SOURCE_ADDRESS)
			: who_of(store, m[k].event)))
			return true;
	return false;
}

/* Who made the certificate knows it from the start. */
static bool made_it(const struct trying *t, size_t i)
{
	const struct certificates_mention *m = t->e->mention;

	for (size_t k = 0; k < i; k++)
		if (!m[k].failed && (m[k].step == STEP_REQUESTED ||
				     m[k].step == STEP_IMPORTED))
			return span_equal(who_of(t->c->store, m[k].event),
					  who_of(t->c->store, m[i].event)) &&
			       span_equal(
				cells_field(t->c->store, m[k].event,
					    FIELD_SOURCE_ADDRESS),
				cells_field(t->c->store, m[i].event,
					    FIELD_SOURCE_ADDRESS));
	return false;
}

static struct store_event options_before(const struct trying *t, size_t i)
{
	const struct certificates_mention *m = t->e->mention;

	while (i-- > 0)
		if (m[i].step == STEP_OPTIONS && !m[i].failed)
			return m[i].event;
	return STORE_NO_EVENT;
}

static void try_export(struct trying *t, size_t i)
{
	const struct certificates_mention *m = &t->e->mention[i];
	struct store_event options = options_before(t, i);

	if (!made_it(t, i) && (!knew(t, i, false) || !knew(t, i, true)))
		found(t, FINDING_EXPORT_NEW, i, STORE_NO_EVENT);
	if (options.segment != UINT32_MAX &&
	    within_day(cells_when(t->c->store, options), m->time))
		found(t, FINDING_EXPORT_AFTER_OPTIONS, i, options);
}

static void try_attach(struct trying *t, size_t i)
{
	const struct certificates_mention *m = t->e->mention;
	struct span account = cells_field(t->c->store, m[i].event,
					  FIELD_RECIPIENT_ACCOUNT);
	struct span own = arn_account(t->e->arn);
	bool imported = false;

	if (account.n > 0 && own.n > 0 && !span_equal(account, own))
		found(t, FINDING_FOREIGN_ATTACH, i, STORE_NO_EVENT);
	for (size_t k = 0; k < i; k++)
		imported |= m[k].step == STEP_IMPORTED && !m[k].failed;
	if ((imported || m[i].other != CERTIFICATES_NONE) &&
	    within_day(m[0].time, m[i].time))
		found(t, FINDING_NEW_ATTACH, i, m[0].event);
}

static struct span service_of(struct span arn)
{
	struct span rest = span_starts(arn, SPAN("arn:")) ? span_from(arn, 4)
							  : SPAN("");
	const char *p = rest.n ? memchr(rest.p, ':', rest.n) : NULL;
	const char *end;

	if (!p)
		return SPAN("");
	rest = span_from(rest, (size_t)(p + 1 - rest.p));
	end = rest.n ? memchr(rest.p, ':', rest.n) : NULL;
	if (end)
		rest.n = (size_t)(end - rest.p);
	return rest;
}

/* Where a certificate's life is not known nothing is unexpected. */
static void try_use(struct trying *t, size_t i)
{
	const struct certificates_mention *m = t->e->mention;
	struct span service = service_of(m[i].on);
	bool known = false;

	if (service.n == 0)
		return;
	for (size_t k = 0; k < t->e->mentions; k++) {
		known |= k < i && !m[k].failed &&
			 (m[k].step == STEP_REQUESTED ||
			  m[k].step == STEP_IMPORTED ||
			  m[k].step == STEP_ATTACHED);
		if (m[k].step == STEP_ATTACHED && !m[k].failed &&
		    m[k].time <= m[i].time &&
		    span_equal(columns_short_source(cells_field(
				       t->c->store, m[k].event,
				       FIELD_EVENT_SOURCE)), service))
			return;
	}
	if (known)
		found(t, FINDING_KEY_USE, i, STORE_NO_EVENT);
}

/* ACM refuses to delete what is in use: whoever means harm, or covers it, takes
 * the certificate out of use first. */
static void try_delete(struct trying *t, size_t i)
{
	const struct certificates_mention *m = t->e->mention;
	size_t k = i;

	if (m[i].failed) {
		if (span_is(cells_field(t->c->store, m[i].event,
					FIELD_ERROR_CODE),
			    "ResourceInUseException"))
			found(t, FINDING_DELETE_IN_USE, i, STORE_NO_EVENT);
		return;
	}
	while (k-- > 0 && within_day(m[k].time, m[i].time)) {
		if (m[k].failed || (m[k].step != STEP_DETACHED &&
				    m[k].step != STEP_REPLACED))
			continue;
		found(t, FINDING_DELETE_IN_USE, i, m[k].event);
		return;
	}
}

/* Without transparency logging nobody who watches the public logs sees the next
 * certificate of these names. */
static void try_options(struct trying *t, size_t i)
{
	if (span_is(leaves_first(t->transparency, t->c->store,
				 t->e->mention[i].event), "DISABLED"))
		found(t, FINDING_LOGGING, i, STORE_NO_EVENT);
}

/* Whether TEXT names an account that is not OWN. */
static bool names_foreign(struct span text, struct span own)
{
	size_t run = 0;

	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] >= '0' && text.p[i] <= '9') {
			run++;
			continue;
		}
		if (run == 12 && !span_equal(own, (struct span){
						text.p + i - 12, 12}))
			return true;
		run = 0;
	}
	return false;
}

static void try_permission(struct trying *t, size_t i)
{
	struct row row = row_of(t->c->store, t->e->mention[i].event);
	struct record record = row_record(&row);
	struct span own = arn_account(t->e->arn);
	const uint8_t *parts = relation_parts_of(t->f->parts,
						   row.event->shape);

	for (uint32_t slot = 0; slot < row.shape->slots; slot++) {
		struct span text = record.text(&record, slot);

		if (parts[slot] != PART_REQUEST ||
		    span_is(service_of(text), "acm-pca") ||
		    (!names_foreign(text, own) &&
		     !policy_opens_to_all(text, own)))
			continue;
		found(t, FINDING_FOREIGN_PERMIT, i, STORE_NO_EVENT);
		return;
	}
}

static void try_mention(struct trying *t, size_t i)
{
	const struct certificates_mention *m = &t->e->mention[i];

	if (m->step == STEP_DELETED)
		try_delete(t, i);
	if (m->failed)
		return;
	switch (m->step) {
	case STEP_EXPORTED:
		try_export(t, i);
		break;
	case STEP_ATTACHED:
		try_attach(t, i);
		break;
	case STEP_USED:
		try_use(t, i);
		break;
	case STEP_REIMPORTED:
		found(t, FINDING_REIMPORT, i, STORE_NO_EVENT);
		break;
	case STEP_OPTIONS:
		try_options(t, i);
		break;
	case STEP_MAIL:
		found(t, FINDING_MAIL, i, STORE_NO_EVENT);
		break;
	case STEP_UNRECORD:
		found(t, FINDING_UNRECORD, i, STORE_NO_EVENT);
		break;
	case STEP_ENCLAVE:
		found(t, FINDING_ENCLAVE, i, STORE_NO_EVENT);
		break;
	case STEP_CREDENTIALS:
		found(t, FINDING_ACME, i, STORE_NO_EVENT);
		break;
	case STEP_PERMITTED:
		try_permission(t, i);
		break;
	default:
		break;
	}
}

/* A day after it was made a certificate should be at work. */
static void try_never_used(struct trying *t, int64_t end)
{
	size_t made = SIZE_MAX;

	for (size_t i = 0; i < t->e->mentions; i++) {
		const struct certificates_mention *m = &t->e->mention[i];

		if (m->failed)
			continue;
		if (m->step == STEP_ATTACHED || m->step == STEP_USED ||
		    m->step == STEP_EXPORTED || m->step == STEP_ENCLAVE)
			return;
		if ((m->step == STEP_REQUESTED || m->step == STEP_IMPORTED) &&
		    m->time != SEGMENT_NO_TIME)
			made = i;
	}
	if (t->e->acm && made != SIZE_MAX &&
	    end - t->e->mention[made].time >= DAY)
		found(t, FINDING_NEVER_USED, made, STORE_NO_EVENT);
}

/* A call that counts in a burst. */
struct shot {
	struct span who, account;
	int64_t time;
	struct store_event event;
	uint32_t certificate;
};

/* Users of two accounts may have the same name. */
static struct span account_of(const struct store *store,
			      struct store_event event)
{
	struct span account = cells_field(store, event, FIELD_USER_ACCOUNT);

	return account.n > 0
		? account
		: arn_account(cells_field(store, event, FIELD_USER_ARN));
}

static int by_caller(const struct shot *x, const struct shot *y)
{
	int order = span_compare(x->who, y->who);

	return order ? order : span_compare(x->account, y->account);
}

static int by_who(const void *a, const void *b)
{
	const struct shot *x = a, *y = b;
	int order = by_caller(x, y);

	return order ? order : (x->time > y->time) - (x->time < y->time);
}

/* LEAST certificates in a burst; there are CERTIFICATES of them in all. */
static void find_bursts(struct findings *f, struct shot *shot, size_t count,
			uint32_t certificates, size_t least,
			enum finding finding)
{
	uint32_t *calls = memory_clear(certificates + 1u, sizeof *calls);
	size_t told = 0, different = 0;

	if (count > 1)
		qsort(shot, count, sizeof *shot, by_who);
	for (size_t from = 0, to = 0; to < count; to++) {
		different += calls[shot[to].certificate]++ == 0;
		while (by_caller(&shot[from], &shot[to]) != 0 ||
		       shot[to].time - shot[from].time > BURST)
			different -= --calls[shot[from++].certificate] == 0;
		if (different < least)
			continue;
		for (size_t i = told > from ? told : from; i <= to; i++)
			findings_add(f, finding, shot[i].event,
				     shot[from].event, shot[i].certificate);
		told = to + 1;
	}
	free(calls);
}

static void try_bursts(struct findings *f, const struct certificates *c,
		       bool exports, size_t least, enum finding finding)
{
	struct shot *shot = NULL;
	size_t count = 0, capacity = 0;

	for (uint32_t n = 0; n < c->count; n++)
		for (size_t i = 0; i < c->entry[n].mentions; i++) {
			const struct certificates_mention *m =
				&c->entry[n].mention[i];
			bool fits = exports ? m->step == STEP_EXPORTED
				: m->step == STEP_REQUESTED ||
				  m->step == STEP_IMPORTED;

			if (!fits || m->failed || m->time == SEGMENT_NO_TIME)
				continue;
			if (count == capacity) {
				capacity = memory_grown(capacity, count + 1,
							sizeof *shot);
				shot = memory_resize(shot, capacity,
						     sizeof *shot);
			}
			shot[count++] = (struct shot){
				who_of(c->store, m->event),
				account_of(c->store, m->event), m->time,
				m->event, n};
		}
	find_bursts(f, shot, count, c->count, least, finding);
	free(shot);
}

static int by_event(const void *a, const void *b)
{
	const struct findings_entry *x = a, *y = b;

	if (x->event.segment != y->event.segment)
		return x->event.segment < y->event.segment ? -1 : 1;
	if (x->event.index != y->event.index)
		return x->event.index < y->event.index ? -1 : 1;
	if (x->finding != y->finding)
		return x->finding < y->finding ? -1 : 1;
	return (x->certificate > y->certificate) -
	       (x->certificate < y->certificate);
}

struct findings *findings_new(const struct certificates *c,
			      const struct sessions *s,
			      const atomic_bool *cancel)
{
	static const char *const options[] = {
		"requestParameters.options."
		"certificateTransparencyLoggingPreference"};
	struct findings *f = memory_clear(1, sizeof *f);
	struct leaves *transparency = leaves_new(options, 1);
	struct store_counts counts;

	store_counts(c->store, &counts);
	f->version = c->version;
	f->parts = relation_parts_new(store_shapes(c->store));
	for (uint32_t n = 0; n < c->count; n++) {
		struct trying t = {f, c, &c->entry[n], n, transparency};

		for (size_t i = 0; i < t.e->mentions; i++)
			try_mention(&t, i);
		try_never_used(&t, counts.last);
	}
	leaves_free(transparency);
	try_bursts(f, c, true, 2, FINDING_EXPORT_BURST);
	try_bursts(f, c, false, 5, FINDING_REQUEST_BURST);
	findings_events(f, c, s, cancel);
	if (f->count > 1)
		qsort(f->entry, f->count, sizeof *f->entry, by_event);
	f->flagged = eventset_new(c->store, NULL, 0);
	for (size_t i = 0; i < f->count; i++)
		eventset_add(f->flagged, f->entry[i].event);
	return f;
}

void findings_free(struct findings *f)
{
	if (!f)
		return;
	eventset_free(f->flagged);
	relation_parts_free(f->parts);
	free(f->entry);
	free(f);
}

uint64_t findings_version(const struct findings *f)
{
	return f->version;
}

const struct findings_entry *findings_all(const struct findings *f,
					  size_t *count)
{
	*count = f->count;
	return f->entry;
}

const struct findings_entry *findings_of(const struct findings *f,
					 struct store_event event,
					 size_t *count)
{
	size_t low = 0, high = f->count;

	*count = 0;
	if (!eventset_has(f->flagged, event))
		return f->entry;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct store_event e = f->entry[middle].event;

		if (e.segment < event.segment ||
		    (e.segment == event.segment && e.index < event.index))
			low = middle + 1;
		else
			high = middle;
	}
	for (high = low; high < f->count &&
	     f->entry[high].event.segment == event.segment &&
	     f->entry[high].event.index == event.index;)
		high++;
	*count = high - low;
	return f->entry + low;
}
