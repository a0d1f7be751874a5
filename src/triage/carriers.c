/* Owns the places where calls name what carries certificates, and which names
 * mean the same thing.  Knows nothing of certificates. */
#define _GNU_SOURCE
#include "triage/carriers.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "json/paths.h"
#include "query/names.h"
#include "trail/row.h"
#include "triage/cells.h"
#include "triage/leaves.h"

#include <stdlib.h>

/* The closest first (API references of Elastic Load Balancing, CloudFront, API
 * Gateway, Cognito, EC2). */
static const char *const places[] = {
	"requestParameters.listenerArn",
	"responseElements.listeners[].listenerArn",
	"requestParameters.loadBalancerArn",
	"requestParameters.loadBalancerName",
	"requestParameters.id",
	"responseElements.distribution.id",
	"requestParameters.domainName",
	"requestParameters.createDomainNameInput.domainName",
	"requestParameters.domain",
	"requestParameters.clientVpnEndpointId",
	"responseElements.**.clientVpnEndpointId",
};

/* What a name that is no ARN belongs to. */
static const enum field bounds[] = {
	FIELD_EVENT_SOURCE, FIELD_RECIPIENT_ACCOUNT, FIELD_REGION,
};

enum {
	PLACES = sizeof places / sizeof *places,
	BOUNDS = sizeof bounds / sizeof *bounds,
};

struct carriers {
	const struct store *store;
	struct leaves *leaves;
	struct names *names;
	struct buffer key;
};

struct carriers *carriers_new(const struct store *store)
{
	struct carriers *c = memory_clear(1, sizeof *c);

	c->store = store;
	c->leaves = leaves_new(places, PLACES);
	c->names = names_new(store);
	return c;
}

void carriers_free(struct carriers *c)
{
	leaves_free(c->leaves);
	names_free(c->names);
	buffer_free(&c->key);
	free(c);
}

struct span carriers_name(const struct carriers *c, struct store_event event)
{
	return leaves_first(c->leaves, c->store, event);
}

static bool is_arn(struct span name)
{
	return span_starts(name, SPAN("arn:"));
}

/* The port of a classic load balancer that has the certificate: of the call, or
 * of one of its listeners. */
static struct span port_of(const struct row *row, struct span certificate)
{
	struct record record = row_record(row);
	struct span port = {NULL, 0};
	struct paths_walk walk;
	enum paths_event what;
	bool found = false;

	paths_start(&walk, row->shape->template);
	while ((what = paths_next(&walk)) != PATHS_END) {
		struct span key;

		if (walk.depth < 2 ||
		    !span_is(walk.steps[0].key, "requestParameters"))
			continue;
		/* At a listener's end. */
		if (found && what == PATHS_CLOSE)
			break;
		key = walk.steps[walk.depth - 1].key;
		if (what == PATHS_LEAF && span_is(key, "loadBalancerPort"))
			port = record.text(&record, walk.slot);
		if (what == PATHS_LEAF && span_is(key, "sSLCertificateId"))
			found = span_equal(record.text(&record, walk.slot),
					   certificate);
	}
	return found ? port : (struct span){NULL, 0};
}

uint32_t carriers_number(struct carriers *c, struct store_event event,
			 struct span certificate)
{
	struct span name = carriers_name(c, event);
	struct row row = row_of(c->store, event);

	if (name.n == 0)
		return CARRIERS_NONE;
	buffer_clear(&c->key);
	buffer_add_span(&c->key, name);
	if (is_arn(name))
		return names_add(c->names, buffer_span(&c->key));
	for (size_t i = 0; i < BOUNDS; i++) {
		buffer_add_byte(&c->key, '\0');
		buffer_add_span(&c->key,
				cells_field(c->store, event, bounds[i]));
	}
	buffer_add_byte(&c->key, '\0');
	buffer_add_span(&c->key, port_of(&row, certificate));
	return names_add(c->names, buffer_span(&c->key));
}

uint32_t carriers_count(const struct carriers *c)
{
	return names_count(c->names);
}

/* Whether PART is WHOLE, or a listener of that load balancer: …:listener/ID/L
 * of …:loadbalancer/ID. */
static bool within(struct span part, struct span whole)
{
	static const struct span balancer = {":loadbalancer/", 14};
	static const struct span listener = {":listener/", 10};
	const char *at = span_find(whole, balancer);
	size_t head = at ? (size_t)(at - whole.p) : 0;
	struct span rest;

	if (span_equal(part, whole))
		return true;
	if (!at || part.n < head || memcmp(part.p, whole.p, head) != 0 ||
	    !span_starts(span_from(part, head), listener))
		return false;
	rest = span_from(part, head + listener.n);
	whole = span_from(whole, head + balancer.n);
	return span_starts(rest, whole) && rest.n > whole.n &&
	       memrchr(rest.p, '/', rest.n) == rest.p + whole.n;
}

bool carriers_belong(const struct carriers *c, struct span part,
		     struct store_event part_by, struct span whole,
		     struct store_event whole_by)
{
	if (!within(part, whole))
		return false;
	for (size_t i = 0; i < BOUNDS && !is_arn(part); i++)
		if (!span_equal(cells_field(c->store, part_by, bounds[i]),
				cells_field(c->store, whole_by, bounds[i])))
			return false;
	return true;
}
