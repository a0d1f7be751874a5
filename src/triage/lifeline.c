/* Owns the order and the words of a life line.  What the events mean is the
 * index's. */
#include "triage/lifeline.h"

#include "base/memory.h"
#include "trail/arn.h"
#include "trail/certificate.h"
#include "triage/attachments.h"
#include "triage/cells.h"
#include "triage/leaves.h"
#include "query/names.h"

#include <stdlib.h>

/* What else is told with a step. */
static const struct {
	enum step step;
	const char *label, *path;
} details[] = {
#define DETAIL(step, label, path) {STEP_##step, label, path},
#include "triage/steps.def"
#undef DETAIL
};

enum { DETAILS = sizeof details / sizeof *details };

struct line {
	const struct certificates *c;
	const struct certificates_entry *e;
	const struct findings *findings;
	struct answer *a;
	struct leaves *leaves;
};

static const char *const columns[] = {
	"time", "step", "event", "who", "from", "result", "detail",
	"findings",
};

/* Reading a certificate is counted, not told call by call; failures are. */
static bool is_counted(const struct certificates_mention *m)
{
	return m->step == STEP_LOOKED && !m->failed;
}

static void add_labelled(struct answer *a, const char *label,
			 struct span text)
{
	struct buffer both = {0};

	if (*label)
		buffer_printf(&both, "%s ", label);
	buffer_add_span(&both, text);
	answer_item(a, buffer_span(&both));
	buffer_free(&both);
}

static void add_details(struct line *l, const struct certificates_mention *m)
{
	for (size_t i = 0; i < DETAILS; i++) {
		struct span text;

		if (details[i].step != (enum step)m->step)
			continue;
		for (uint32_t k = 0; (text = leaves_text(
				l->leaves, l->c->store, m->event, i, k)).p;
		     k++)
			if (text.n > 0)
				add_labelled(l->a, details[i].label, text);
	}
}

static void add_other(struct line *l, const struct certificates_mention *m)
{
	struct buffer text = {0};

	if (m->other == CERTIFICATES_NONE)
		return;
	buffer_add_text(&text, m->step == STEP_REPLACED ? "by "
							: "in place of ");
	buffer_add_span(&text, certificate_id(l->c->entry[m->other].arn));
	answer_item(l->a, buffer_span(&text));
	buffer_free(&text);
}

static void add_findings(struct line *l, const struct certificates_mention *m)
{
	const struct findings_entry *f;
	size_t count = 0;

	answer_list(l->a);
	if (!l->findings)
		return;
	f = findings_of(l->findings, m->event, &count);
	for (size_t i = 0; i < count; i++)
		if (f[i].certificate == CERTIFICATES_NONE ||
		    &l->c->entry[f[i].certificate] == l->e)
			answer_item(l->a, span_of(
				findings_info(f[i].finding)->name));
}

static void add_step(struct answer *a, const struct certificates_mention *m)
{
	struct buffer text = {0};

	buffer_printf(&text, "%s%s", m->failed ? "not " : "",
		      relation_word((enum step)m->step));
	answer_span(a, buffer_span(&text));
	buffer_free(&text);
}

static bool is_tied(const struct certificates_entry *e, size_t i)
{
	const struct certificates_mention *m = e->mention;

	if (m[i].time == SEGMENT_NO_TIME)
		return false;
	return (i > 0 && !is_counted(&m[i - 1]) &&
		m[i - 1].time == m[i].time) ||
	       (i + 1 < e->mentions && !is_counted(&m[i + 1]) &&
		m[i + 1].time == m[i].time);
}

static void add_steps(struct line *l)
{
	answer_table(l->a, "steps", columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < l->e->mentions; i++) {
		const struct certificates_mention *m = &l->e->mention[i];
		struct span brief;

		if (is_counted(m))
			continue;
		answer_row(l->a, 0, m->event);
		answer_time(l->a, m->time, is_tied(l->e, i));
		add_step(l->a, m);
		cells_call(l->a, l->c->store, m->event);
		answer_list(l->a);
		if (m->on.n > 0 && (!m->joined || m->step == STEP_REPLACED ||
				    m->step == STEP_DETACHED)) {
			brief = arn_short(m->on);
			answer_item(l->a, brief.n > 0 ? brief : m->on);
		}
		add_other(l, m);
		add_details(l, m);
		add_findings(l, m);
	}
}

/* Calls that only read, by principal and call. */
struct reading {
	uint64_t count;
	int64_t first, last;
	struct store_event event;
};

static void add_readings(struct line *l)
{
	static const char *const heads[] = {"event", "who", "calls", "first",
					    "last"};
	struct names *names = names_new(l->c->store);
	struct reading *readings = NULL;
	struct buffer key = {0};

	answer_table(l->a, "looked_at", heads, 5);
	for (size_t i = 0; i < l->e->mentions; i++) {
		const struct certificates_mention *m = &l->e->mention[i];
		struct column_ref event = {.column = COLUMN_EVENT};
		struct column_ref who = {.column = COLUMN_WHO};
		uint32_t known = names_count(names), number;

		if (!is_counted(m))
			continue;
		buffer_clear(&key);
		columns_text(l->c->store, m->event, &event, &key);
		buffer_add_byte(&key, '\0');
		columns_text(l->c->store, m->event, &who, &key);
		number = names_add(names, buffer_span(&key));
		if (number == known) {
			readings = memory_resize(readings, known + 1u,
						 sizeof *readings);
			readings[number] = (struct reading){
				.first = m->time, .last = m->time,
				.event = m->event};
		}
		readings[number].count++;
		if (m->time != SEGMENT_NO_TIME)
			readings[number].last = m->time;
	}
	for (uint32_t i = 0; i < names_count(names); i++) {
		answer_row(l->a, 0, readings[i].event);
		cells_column(l->a, l->c->store, readings[i].event,
			     COLUMN_EVENT);
		cells_column(l->a, l->c->store, readings[i].event,
			     COLUMN_WHO);
		answer_count(l->a, readings[i].count);
		answer_time(l->a, readings[i].first, false);
		answer_time(l->a, readings[i].last, false);
	}
	free(readings);
	buffer_free(&key);
	names_free(names);
}

static bool has(const struct certificates_entry *e, enum step step)
{
	for (size_t i = 0; i < e->mentions; i++)
		if (e->mention[i].step == step && !e->mention[i].failed)
			return true;
	return false;
}

static void on_carrier(void *context, struct span on)
{
	answer_item(context, on);
}

static void add_names(struct line *l)
{
	size_t count;
	const struct domains_link *link = domains_of(l->c->domains, l->e->arn,
						     &count);

	answer_fact(l->a, "domains");
	answer_list(l->a);
	for (size_t i = 0; i < count; i++)
		answer_item(l->a, link[i].name);
	if (count == 0)
		answer_note(l->a, "domain names: nothing in the loaded data "
			    "tells one: look for RequestCertificate, "
			    "DescribeCertificate or notices of aws.acm");
}

static bool names_it(const struct line *l, struct span name)
{
	size_t count;
	const struct domains_link *link = domains_of(l->c->domains, l->e->arn,
						     &count);

	for (size_t i = 0; i < count; i++)
		if (span_equal_ignoring_case(link[i].name, name))
			return true;
	return false;
}

/* Other certificates with one of its names, or that were exchanged with it. */
static void add_tied(struct line *l)
{
	size_t count;
	const struct domains_link *link = domains_all(l->c->domains, &count);
	struct names *seen = names_new(l->c->store);

	names_add(seen, l->e->arn);
	for (size_t i = 0; i < count; i++)
		if (!span_equal(link[i].certificate, l->e->arn) &&
		    names_it(l, link[i].name))
			names_add(seen, link[i].certificate);
	for (size_t i = 0; i < l->e->mentions; i++)
		if (l->e->mention[i].other != CERTIFICATES_NONE)
			names_add(seen, l->c->entry[l->e->mention[i].other]
						.arn);
	answer_fact(l->a, "tied_to");
	answer_list(l->a);
	for (uint32_t i = 1; i < names_count(seen); i++)
		answer_item(l->a, names_text(seen, i));
	names_free(seen);
}

static void add_not_after(struct line *l)
{
	static const char *const paths[] = {
		"detail.CertificateExpirationDate",
		"responseElements.certificate.notAfter"};
	struct leaves *leaves = leaves_new(paths, 2);
	struct span text = {NULL, 0};

	for (size_t i = l->e->mentions; i-- > 0 && text.n == 0;)
		text = leaves_first(leaves, l->c->store,
				    l->e->mention[i].event);
	answer_fact(l->a, "not_after");
	answer_span(l->a, text);
	if (text.n == 0)
		answer_note(l->a, "expiry: nothing in the loaded data tells "
			    "it: look at DescribeCertificate, or at notices "
			    "of aws.acm");
	leaves_free(leaves);
}

static uint64_t count_listed(const struct line *l)
{
	uint64_t count = 0;

	for (size_t i = 0; i < l->c->lists; i++) {
		const struct store *s = l->c->store;
		struct store_event e = l->c->listed[i];

		count += span_equal(cells_field(s, e, FIELD_RECIPIENT_ACCOUNT),
				    arn_account(l->e->arn)) &&
			 span_equal(cells_field(s, e, FIELD_REGION),
				    arn_region(l->e->arn));
	}
	return count;
}

static void add_facts(struct line *l)
{
	const struct certificates_entry *e = l->e;
	uint64_t exports = 0;

	answer_fact(l->a, "certificate");
	answer_span(l->a, e->arn);
	answer_fact(l->a, "also_written");
	answer_list(l->a);
	for (size_t i = 0; i < e->aliases; i++)
		answer_item(l->a, e->alias[i]);
	add_names(l);
	answer_fact(l->a, "account");
	answer_span(l->a, arn_account(e->arn));
	answer_fact(l->a, "region");
	answer_span(l->a, arn_region(e->arn));
	answer_fact(l->a, "first_seen");
	answer_time(l->a, e->mention[0].time, false);
	answer_fact(l->a, "last_seen");
	answer_time(l->a, certificates_last(e), false);
	add_not_after(l);
	answer_fact(l->a, "attached_to");
	answer_list(l->a);
	attachments_now(l->c, (uint32_t)(e - l->c->entry), on_carrier, l->a);
	for (size_t i = 0; i < e->mentions; i++)
		exports += e->mention[i].step == STEP_EXPORTED &&
			   !e->mention[i].failed;
	answer_fact(l->a, "exports");
	answer_count(l->a, exports);
	answer_fact(l->a, "listed");
	answer_count(l->a, count_listed(l));
	add_tied(l);
}

/* What a life line should have and this one has not. */
static void add_missing(struct line *l)
{
	const struct certificates_entry *e = l->e;

	if (!e->acm)
		return;
	if (!has(e, STEP_REQUESTED) && !has(e, STEP_IMPORTED))
		answer_note(l->a, "requested or imported: nothing in the "
			    "loaded data: look at what was logged before");
	if (has(e, STEP_REQUESTED) && !has(e, STEP_RECORD) &&
	    !has(e, STEP_MAIL) && !has(e, STEP_ISSUED))
		answer_note(l->a, "validated: nothing in the loaded data: the "
			    "names may be hosted elsewhere; look for "
			    "ChangeResourceRecordSets in the account of the "
			    "zone");
	if (!has(e, STEP_ATTACHED))
		answer_note(l->a, "attached: nothing in the loaded data: look "
			    "at DescribeCertificate, InUseBy");
	if (!has(e, STEP_USED))
		answer_note(l->a, "key used: nothing in the loaded data: look "
			    "for KMS Decrypt with the ARN in its encryption "
			    "context");
	if (!has(e, STEP_EXPORTED))
		answer_note(l->a, "exported: nothing in the loaded data");
	if (!has(e, STEP_RENEWED))
		answer_note(l->a, "renewed: nothing in the loaded data; ACM's "
			    "own renewals are not API calls: look for aws.acm "
			    "notices or DescribeCertificate");
}

static void add_candidate(struct answer *a, const struct certificates_entry *e)
{
	answer_row(a, 0, e->mention[0].event);
	answer_span(a, e->arn);
	answer_time(a, e->mention[0].time, false);
	answer_time(a, certificates_last(e), false);
}

/* Several certificates have the name or the beginning of an id that was asked
 * for, or none. */
static void add_candidates(struct answer *a, const struct certificates *c,
			   struct span text)
{
	static const char *const heads[] = {"certificate", "first", "last"};
	size_t count, fits = 0;
	const struct domains_link *link = domains_all(c->domains, &count);

	answer_fact(a, "asked_for");
	answer_span(a, text);
	answer_table(a, "candidates", heads, 3);
	for (size_t i = 0; i < count; i++) {
		uint32_t number;

		if (!span_equal_ignoring_case(link[i].name, text))
			continue;
		/* Names may come from later events than certificates. */
		number = certificates_find(c, link[i].certificate);
		if (number == CERTIFICATES_NONE)
			continue;
		add_candidate(a, &c->entry[number]);
		fits++;
	}
	for (uint32_t i = 0; i < c->count; i++) {
		if (!certificates_begins(&c->entry[i], text))
			continue;
		add_candidate(a, &c->entry[i]);
		fits++;
	}
	if (fits > 0)
		answer_note(a, "several certificates have this name or id: ask for "
			    "one of them");
	else
		answer_note(a, "nothing in the loaded data names this "
			    "certificate: look at other accounts and "
			    "regions, and at -o certificates");
}

struct answer *lifeline_of(const struct certificates *c, uint32_t number,
			   struct span text, const struct findings *findings)
{
	struct line l = {.c = c, .findings = findings,
			 .a = answer_new("lifeline")};
	const char *paths[DETAILS];

	if (number == CERTIFICATES_NONE) {
		add_candidates(l.a, c, text);
		return l.a;
	}
	for (size_t i = 0; i < DETAILS; i++)
		paths[i] = details[i].path;
	l.leaves = leaves_new(paths, DETAILS);
	l.e = &c->entry[number];
	add_facts(&l);
	add_steps(&l);
	add_readings(&l);
	add_missing(&l);
	leaves_free(l.leaves);
	return l.a;
}
