/* Owns the pairs of certificate and name.  A name counts when the event is
 * ACM's own, was not refused (its request may be wrong) and tells of one
 * certificate only: else nobody could say which one it belongs to. */
#include "trail/domains.h"

#include "base/hash.h"
#include "base/memory.h"
#include "trail/columns.h"
#include "trail/row.h"
#include "trail/slots.h"

#include <stdlib.h>

/* Where ACM tells names (ACM API reference; EventBridge events of ACM). */
static const char *const paths[] = {
	"requestParameters.domainName",
	"requestParameters.subjectAlternativeNames[]",
	"requestParameters.domain",
	"requestParameters.domainValidationOptions[].domainName",
	"responseElements.certificate.domainName",
	"responseElements.certificate.subjectAlternativeNames[]",
	"detail.CommonName",
	"detail.DomainName",
	"detail.SubjectAlternativeNames[]",
};

enum { PATHS = sizeof paths / sizeof *paths };

struct domains {
	struct domains_link *link;
	size_t count, capacity;
	uint32_t *table;                /* link + 1 by hash of its name, of
					   equal names one; 0: free */
	size_t mask;
	uint32_t segments;              /* that were read */
	uint32_t finished;              /* the store was, so often */
};

static int by_certificate(const void *a, const void *b)
{
	const struct domains_link *x = a, *y = b;
	int order = span_compare(x->certificate, y->certificate);

	return order ? order : span_compare(x->name, y->name);
}

/* Of equal links the first is kept. */
static void merge(struct domains *d, const struct store *store)
{
	size_t kept = 0;

	if (d->count > 1)
		qsort(d->link, d->count, sizeof *d->link, by_certificate);
	for (size_t i = 0; i < d->count; i++) {
		struct domains_link *last = kept ? &d->link[kept - 1] : NULL;

		if (!last || by_certificate(last, &d->link[i]) != 0)
			d->link[kept++] = d->link[i];
		else if (store_compare(store, d->link[i].event,
				       last->event) < 0)
			last->event = d->link[i].event;
	}
	d->count = kept;
}

/* Where NAME is in the table, or is to go. */
static size_t place(const struct domains *d, struct span name)
{
	size_t at = hash_span(name) & d->mask;

	while (d->table[at] &&
	       !span_equal(d->link[d->table[at] - 1].name, name))
		at = (at + 1) & d->mask;
	return at;
}

static void put_names(struct domains *d)
{
	size_t size = 64;

	while (size < d->count * 2)
		size *= 2;
	free(d->table);
	d->table = memory_clear(size, sizeof *d->table);
	d->mask = size - 1;
	for (size_t i = 0; i < d->count; i++)
		d->table[place(d, d->link[i].name)] = (uint32_t)i + 1;
}

bool domains_known(const struct domains *d, struct span name)
{
	return d->table[place(d, name)] != 0;
}

static void add(struct domains *d, struct span certificate, struct span name,
		struct store_event event)
{
	/* The name in its DNS form is the same name. */
	if (name.n > 1 && name.p[name.n - 1] == '.')
		name.n--;
	if (name.n == 0)
		return;
	if (d->count == d->capacity) {
		d->capacity = memory_grown(d->capacity, d->count + 1,
					   sizeof *d->link);
		d->link = memory_resize(d->link, d->capacity,
					sizeof *d->link);
	}
	d->link[d->count++] = (struct domains_link){certificate, name, event};
}

bool domains_of_acm(const struct record *r)
{
	struct span source = record_text(r, FIELD_EVENT_SOURCE);

	return span_is(columns_short_source(source), "acm") ||
	       span_is(source, "aws.acm");
}

static void read_event(struct domains *d, const struct store *store,
		       struct slots *slots, struct store_event event)
{
	struct row row = row_of(store, event);
	struct record record = row_record(&row);
	const struct slots_list *list;
	struct span certificate;

	if (row_certificates(&row) != 1 || !domains_of_acm(&record) ||
	    row_derived(&row, STORE_RESULT) != VALUES_NONE)
		return;
	certificate = values_text(&row.segment->values,
				  row_derived(&row, STORE_CERTIFICATES));
	list = slots_of(slots, store_shapes(store), row.event->shape);
	for (uint32_t i = 0; i < list->count; i++)
		add(d, certificate, record.text(&record, list->slot[i]),
		    event);
}

/* Adds what the segments tell that were not read yet. */
static void read_on(struct domains *d, const struct store *store)
{
	struct span path[PATHS];
	struct slots *slots;
	struct store_event e = {d->segments, 0};

	for (size_t i = 0; i < PATHS; i++)
		path[i] = span_of(paths[i]);
	slots = slots_new(path, PATHS, false, NULL);
	d->segments = store_segment_count(store);
	for (; e.segment < d->segments; e.segment++, e.index = 0)
		for (; e.index < store_segment(store, e.segment)->count;
		     e.index++)
			if (!store_dropped(store, e))
				read_event(d, store, slots, e);
	slots_free(slots);
	merge(d, store);
	put_names(d);
}

struct domains *domains_new(const struct store *store)
{
	struct domains *d = memory_clear(1, sizeof *d);

	read_on(d, store);
	return d;
}

/* Whether the links are told by the same events too. */
static bool is_same(const struct domains *a, const struct domains *b)
{
	bool same = a->count == b->count;

	for (size_t i = 0; same && i < a->count; i++)
		same = store_same_event(a->link[i].event,
					b->link[i].event);
	return same;
}

static void *make(const struct store *store, void *before)
{
	struct domains *old = before, *d = memory_clear(1, sizeof *d);
	uint32_t finished = store_finished(store);

	/* When files were read again events may have gone and come. */
	if (old && old->finished != finished && finished > 1)
		old = NULL;
	d->finished = finished;
	for (size_t i = 0; old && i < old->count; i++)
		add(d, old->link[i].certificate, old->link[i].name,
		    old->link[i].event);
	d->segments = old ? old->segments : 0;
	read_on(d, store);
	if (!old || !is_same(old, d))
		return d;
	old->segments = d->segments;
	old->finished = finished;
	domains_free(d);
	return old;
}

static void free_kept(void *domains)
{
	domains_free(domains);
}

const struct domains *domains_kept(const struct store *store)
{
	static const struct indexes_kind kind = {make, free_kept};

	return store_index(store, &kind);
}

void domains_free(struct domains *d)
{
	if (!d)
		return;
	free(d->link);
	free(d->table);
	free(d);
}

const struct domains_link *domains_all(const struct domains *d, size_t *count)
{
	*count = d->count;
	return d->link;
}

const struct domains_link *domains_of(const struct domains *d,
				      struct span certificate, size_t *count)
{
	size_t low = 0, high = d->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (span_compare(d->link[middle].certificate, certificate) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (high = low; high < d->count &&
	     span_equal(d->link[high].certificate, certificate);)
		high++;
	*count = high - low;
	return d->link + low;
}
