/* Owns the columns of the list of certificates. */
#include "triage/inventory.h"

#include "base/memory.h"
#include "trail/arn.h"
#include "trail/certificate.h"
#include "triage/attachments.h"
#include "triage/leaves.h"

#include <stdlib.h>

static const char *const columns[] = {
	"domain", "id", "account", "region", "first", "last", "last_step",
	"attached_to", "key_used", "exports", "not_after", "findings", "arn",
};

static const char *const expiry_paths[] = {
	"detail.CertificateExpirationDate",
	"responseElements.certificate.notAfter"};

struct list {
	const struct certificates *c;
	struct answer *a;
	struct leaves *expiry;
	uint64_t *findings;             /* of each certificate */
};

static void on_carrier(void *context, struct span on)
{
	struct span brief = arn_short(on);

	answer_item(context, brief.n > 0 ? brief : on);
}

static void add_domains(struct list *l, const struct certificates_entry *e)
{
	size_t count;
	const struct domains_link *link = domains_of(l->c->domains, e->arn,
						     &count);

	answer_list(l->a);
	for (size_t i = 0; i < count; i++)
		answer_item(l->a, link[i].name);
}

/* The last step that did something: reading does nothing. */
static enum step last_step(const struct certificates_entry *e)
{
	for (size_t i = e->mentions; i-- > 0;) {
		enum step step = (enum step)e->mention[i].step;

		if (!e->mention[i].failed && step != STEP_LOOKED &&
		    step != STEP_NAMED && step != STEP_ERROR &&
		    step != STEP_WARNINGS)
			return step;
	}
	return (enum step)e->mention[e->mentions - 1].step;
}

static void add_uses(struct list *l, const struct certificates_entry *e)
{
	int64_t used = SEGMENT_NO_TIME;
	uint64_t exports = 0;

	for (size_t i = 0; i < e->mentions; i++) {
		const struct certificates_mention *m = &e->mention[i];

		if (m->failed)
			continue;
		if (m->step == STEP_USED && m->time != SEGMENT_NO_TIME)
			used = m->time;
		exports += m->step == STEP_EXPORTED;
	}
	answer_time(l->a, used, false);
	answer_count(l->a, exports);
}

static void add_row(struct list *l, uint32_t number)
{
	const struct certificates_entry *e = &l->c->entry[number];
	struct span expiry = {NULL, 0}, name = certificate_id(e->arn);

	answer_row(l->a, 0, e->mention[e->mentions - 1].event);
	add_domains(l, e);
	answer_span(l->a, e->acm ? name : arn_short(e->arn));
	answer_span(l->a, arn_account(e->arn));
	answer_span(l->a, arn_region(e->arn));
	answer_time(l->a, e->mention[0].time, false);
	answer_time(l->a, certificates_last(e), false);
	answer_span(l->a, span_of(relation_word(last_step(e))));
	answer_list(l->a);
	attachments_now(l->c, number, on_carrier, l->a);
	add_uses(l, e);
	for (size_t i = e->mentions; i-- > 0 && expiry.n == 0;)
		expiry = leaves_first(l->expiry, l->c->store,
				      e->mention[i].event);
	answer_span(l->a, expiry);
	answer_count(l->a, l->findings[number]);
	answer_span(l->a, e->arn);
}

struct answer *inventory_of(const struct certificates *c,
			    const struct findings *findings)
{
	struct list l = {.c = c, .a = answer_new("certificates"),
			 .expiry = leaves_new(expiry_paths, 2),
			 .findings = memory_clear(c->count + 1u,
						  sizeof(uint64_t))};
	const struct findings_entry *f = NULL;
	size_t count = 0;

	if (findings)
		f = findings_all(findings, &count);
	for (size_t i = 0; i < count; i++)
		if (f[i].certificate != CERTIFICATES_NONE)
			l.findings[f[i].certificate]++;
	answer_table(l.a, "certificates", columns,
		     sizeof columns / sizeof *columns);
	for (uint32_t i = 0; i < c->count; i++)
		add_row(&l, i);
	if (c->count == 0)
		answer_note(l.a, "certificates: no ARN of one is in the "
			    "loaded data");
	leaves_free(l.expiry);
	free(l.findings);
	return l.a;
}
