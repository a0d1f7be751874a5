/* Owns the rules that need no certificate, and the overview of all findings. */
#define _GNU_SOURCE
#include "triage/findings_parts.h"

#include "base/memory.h"
#include "json/repeats.h"
#include "trail/arn.h"
#include "trail/certificate.h"
#include "trail/columns.h"
#include "trail/row.h"
#include "trail/slots.h"
#include "triage/cells.h"
#include "triage/sessions.h"

#include <stdlib.h>

/* What trail/sensitive.def lists. */
static const struct {
	const char *event, *service;
	enum {SECRET, LOGGING} class;
} sensitive[] = {
#define SENSITIVE(event, service, class, source) {event, service, class},
#include "trail/sensitive.def"
#undef SENSITIVE
};

enum { SENSITIVES = sizeof sensitive / sizeof *sensitive };

static bool is_tampering(const struct store *store, struct store_event event)
{
	struct span name = cells_field(store, event, FIELD_EVENT_NAME);
	struct span service = columns_short_source(
		cells_field(store, event, FIELD_EVENT_SOURCE));

	for (size_t i = 0; i < SENSITIVES; i++)
		if (sensitive[i].class == LOGGING &&
		    span_is(name, sensitive[i].event) &&
		    span_is(service, sensitive[i].service))
			return true;
	return false;
}

/* A field that was too large leaves {"omitted": true} in its place. */
static bool has_omitted(const struct row *row, const struct store *store,
			struct slots *omitted)
{
	struct record record = row_record(row);
	const struct slots_list *list = slots_of(omitted, store_shapes(store),
						 row->event->shape);

	for (uint32_t i = 0; i < list->count; i++)
		if (span_is(record.text(&record, list->slot[i]), "true"))
			return true;
	return false;
}

/* What is known of shapes: looked at once each. */
struct told_shapes {
	enum {TOLD_NOT_YET, TOLD_SOUND, TOLD_REPEATS} *told;
	size_t count;
};

static bool repeats_key(struct told_shapes *t, const struct row *row)
{
	size_t n = row->event->shape;

	if (n >= t->count) {
		size_t count = memory_grown(t->count, n + 1, sizeof *t->told);

		t->told = memory_resize(t->told, count, sizeof *t->told);
		memset(t->told + t->count, 0,
		       (count - t->count) * sizeof *t->told);
		t->count = count;
	}
	if (t->told[n] == TOLD_NOT_YET)
		t->told[n] = repeats_some_key(row->shape->template)
				     ? TOLD_REPEATS : TOLD_SOUND;
	return t->told[n] == TOLD_REPEATS;
}

/* Names in IAM are letters, digits and signs of ASCII. */
static bool is_lookalike(const struct row *row)
{
	struct span who = values_text(&row->segment->values,
				      row_derived(row, STORE_WHO));

	for (size_t i = 0; i < who.n; i++)
		if ((unsigned char)who.p[i] >= 0x80)
			return true;
	return false;
}

static void along_events(struct findings *f, const struct store *store,
			 const atomic_bool *cancel)
{
	struct span path = SPAN("*.omitted");
	struct slots *omitted = slots_new(&path, 1, false, NULL);
	struct names *names = names_new(store);
	struct store_event event = STORE_NO_EVENT;
	struct told_shapes shapes = {NULL, 0};
	uint32_t watched;

	for (size_t i = 0; i < SENSITIVES; i++)
		if (sensitive[i].class == LOGGING)
			names_add(names, span_of(sensitive[i].event));
	watched = names_count(names);
	while (!(cancel && *cancel) && store_next(store, &event)) {
		struct row row = row_of(store, event);
		uint32_t name = names_value(names, event.segment,
					    row_field(&row,
						      FIELD_EVENT_NAME));

		if (name < watched && is_tampering(store, event) &&
		    row_derived(&row, STORE_RESULT) == VALUES_NONE)
			findings_add(f, FINDING_LOGGING, event,
				     STORE_NO_EVENT, CERTIFICATES_NONE);
		if (store_conflict(store, event))
			findings_add(f, FINDING_CONFLICT, event,
				     STORE_NO_EVENT, CERTIFICATES_NONE);
		if (repeats_key(&shapes, &row))
			findings_add(f, FINDING_REPEATED, event,
				     STORE_NO_EVENT, CERTIFICATES_NONE);
		if (is_lookalike(&row))
			findings_add(f, FINDING_LOOKALIKE, event,
				     STORE_NO_EVENT, CERTIFICATES_NONE);
		if (has_omitted(&row, store, omitted))
			findings_add(f, FINDING_OMITTED, event,
				     STORE_NO_EVENT, CERTIFICATES_NONE);
	}
	free(shapes.told);
	names_free(names);
	slots_free(omitted);
}

/* Only keys of sessions: a program with a long-term key runs anywhere. */
static void along_keys(struct findings *f, const struct sessions *s)
{
	for (size_t i = 0; i < s->jumps; i++)
		findings_add(f, FINDING_TWO_PLACES, s->jump[i].to,
			     s->jump[i].from, CERTIFICATES_NONE);
}

void findings_events(struct findings *f, const struct certificates *c,
		     const struct sessions *s, const atomic_bool *cancel)
{
	along_events(f, c->store, cancel);
	along_keys(f, s);
	for (size_t i = 0; i < c->configurations; i++) {
		struct row row = row_of(c->store, c->configured[i]);

		if (row_derived(&row, STORE_RESULT) == VALUES_NONE)
			findings_add(f, FINDING_WARNINGS, c->configured[i],
				     STORE_NO_EVENT, CERTIFICATES_NONE);
	}
}

static int by_time(const void *a, const void *b, void *store)
{
	const struct findings_entry *x = *(const struct findings_entry *const *)a;
	const struct findings_entry *y = *(const struct findings_entry *const *)b;
	int64_t s = cells_when(store, x->event), t = cells_when(store, y->event);
	int order;

	if (s != t)
		return s < t ? -1 : 1;
	order = store_compare(store, x->event, y->event);
	return order ? order : (x > y) - (x < y);
}

static void add_certificate(struct answer *a, const struct certificates *c,
			    uint32_t number)
{
	answer_list(a);
	if (number != CERTIFICATES_NONE)
		answer_item(a, certificate_id(c->entry[number].arn));
}

static void add_entry(struct answer *a, const struct certificates *c,
		      const struct findings_entry *e)
{
	const struct findings_info *info = findings_info(e->finding);

	answer_row(a, 0, e->event);
	answer_time(a, cells_when(c->store, e->event), false);
	answer_count(a, (uint64_t)info->weight);
	answer_span(a, span_of(info->name));
	cells_call(a, c->store, e->event);
	add_certificate(a, c, e->certificate);
	if (e->because.segment == UINT32_MAX)
		answer_none(a);
	else
		answer_time(a, cells_when(c->store, e->because), false);
}

static void add_rules(struct answer *a, const uint64_t *counts)
{
	static const char *const heads[] = {"finding", "weight", "count",
					    "rule", "source"};

	answer_table(a, "rules", heads, 5);
	for (int i = 0; i < FINDING_COUNT; i++) {
		const struct findings_info *info =
			findings_info((enum finding)i);

		answer_row(a, 0, STORE_NO_EVENT);
		answer_span(a, span_of(info->name));
		answer_count(a, (uint64_t)info->weight);
		answer_count(a, counts[i]);
		answer_span(a, span_of(info->rule));
		answer_span(a, span_of(info->source));
	}
}

struct answer *findings_answer(const struct findings *f,
			       const struct certificates *c)
{
	static const char *const heads[] = {
		"time", "weight", "finding", "event", "who", "from",
		"result", "certificate", "because_of"};
	struct answer *a = answer_new("findings");
	const struct findings_entry **order =
		memory_alloc(f->count * sizeof *order + 1);
	uint64_t counts[FINDING_COUNT] = {0};

	for (size_t i = 0; i < f->count; i++) {
		order[i] = &f->entry[i];
		counts[f->entry[i].finding]++;
	}
	if (f->count > 1)
		qsort_r(order, f->count, sizeof *order, by_time,
			(void *)c->store);
	answer_table(a, "findings", heads, 9);
	for (size_t i = 0; i < f->count; i++)
		add_entry(a, c, order[i]);
	add_rules(a, counts);
	free(order);
	return a;
}
