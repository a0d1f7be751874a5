/* Makes one CloudTrail record: draws a kind of call (kinds.def), an identity,
 * an outcome, and fills the templates.  Everything comes from the draw that is
 * handed in.  Knows nothing of files. */
#include "record.h"

#include "base/memory.h"
#include "template.h"
#include "words.h"

#include <string.h>

struct kind {
	uint32_t weight;
	const char *service;
	const char *calls;
	const char *who;
	bool reads;
	const char *request;
	const char *response;
	const char *extra;
	const char *resources;
};

#define KIND(weight, service, calls, who, reads, request, response, extra, \
	     resources) \
	{weight, service, calls, who, reads, request, response, extra, resources},

static const struct kind kinds[] = {
#include "kinds.def"
};

enum {
	KINDS = sizeof kinds / sizeof kinds[0],
	WAYS = 1 << 12 /* of one kind of call to be made */
};

#define ISSUER(role, id) \
	"'sessionIssuer':{'type':'Role','principalId':'${" id "}'," \
	"'arn':'arn:aws:iam::$account:role/" role "'," \
	"'accountId':'$account','userName':'" role "'}"
#define ATTRIBUTES \
	"'attributes':{'creationDate':'${since}','mfaAuthenticated':'false'}"

/* The letter of kinds.def, whether a service acts, the identity. */
static const struct {
	char letter;
	bool service;
	const char *text;
} identities[] = {
	{'a', false, "{'type':'AssumedRole','principalId':'${roleid}:$user','arn':'arn:aws:sts::$account:assumed-role/$role/$user','accountId':'$account','accessKeyId':'$key','sessionContext':{" ISSUER("$role", "roleid") ",<50|'webIdFederationData':{},>" ATTRIBUTES "<4|,'sourceIdentity':'$user'>}}"},
	{'u', false, "{'type':'IAMUser','principalId':'$userid','arn':'arn:aws:iam::$account:user/$user','accountId':'$account','accessKeyId':'$key','userName':'$user'<20|,'sessionContext':{" ATTRIBUTES "}>}"},
	{'i', false, "{'type':'AssumedRole','principalId':'${roleid}:$node','arn':'arn:aws:sts::$account:assumed-role/$role/${node}','accountId':'$account','accessKeyId':'$key','sessionContext':{" ISSUER("$role", "roleid") "," ATTRIBUTES ",'ec2RoleDelivery':'${pick:1.0|2.0}'}}"},
	{'l', true, "{'type':'AssumedRole','principalId':'${serviceid}:$service','arn':'arn:aws:sts::$account:assumed-role/AWSServiceRoleFor$service/$service','accountId':'$account'<50|,'accessKeyId':'$key'>,'sessionContext':{" ISSUER("aws-service-role/AWSServiceRoleFor$service", "serviceid") "," ATTRIBUTES "},'invokedBy':'$service.amazonaws.com'}"},
	{'s', true, "{'type':'AWSService','invokedBy':'$service.amazonaws.com'}"},
	{'r', false, "{'type':'Root','principalId':'$account','arn':'arn:aws:iam::$account:root','accountId':'$account','accessKeyId':'$key'<50|,'sessionContext':{" ATTRIBUTES "}>}"},
	{'x', false, "{'type':'AWSAccount','principalId':'${roleid}:$user','accountId':'$account'}"},
	{'w', false, "{'type':'WebIdentityUser','principalId':'arn:aws:iam::$account:oidc-provider/oidc.example.com/id/${id:31}:sts.amazonaws.com:system:serviceaccount:${name:folder}:${name}','userName':'system:serviceaccount:${name:folder}:${name}','identityProvider':'arn:aws:iam::$account:oidc-provider/oidc.example.com/id/${id:31}'}"},
	{'g', false, "{'type':'SAMLUser','principalId':'${id:27}=:$user','userName':'$user','identityProvider':'${id:27}='}"},
};

enum { IDENTITIES = sizeof identities / sizeof identities[0] };

/* What goes wrong. */
static const char *const errors[] = {
	"'errorCode':'AccessDenied','errorMessage':'User: "
	"arn:aws:sts::$account:assumed-role/$role/$user is not authorized "
	"to perform: $source:$call on resource: * because no identity-based "
	"policy allows the $source:$call action',",
	"'errorCode':'AccessDenied','errorMessage':'User: "
	"arn:aws:iam::$account:user/$user is not authorized to perform: "
	"$source:$call on resource: "
	"arn:aws:$source:$region:$account:${name} with an explicit deny in "
	"a service control policy',",
	"'errorCode':'ThrottlingException','errorMessage':'Rate exceeded',",
	"'errorCode':'ResourceNotFoundException','errorMessage':'Requested "
	"resource ${name} not found',",
	"'errorCode':'NoSuchEntity','errorMessage':'The role with name "
	"${name:role} cannot be found.',",
	"'errorCode':'Client.UnauthorizedOperation','errorMessage':'You are "
	"not authorized to perform this operation. Encoded authorization "
	"failure message: ${base:500}',",
	"'errorCode':'ValidationException',",
};

enum { ERRORS = sizeof errors / sizeof errors[0] };

static const struct kind *draw_kind(struct draw *draw)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < KINDS; i++)
		sum += kinds[i].weight;

	uint32_t at = draw_below(draw, sum);
	const struct kind *k = kinds;

	for (; at >= k->weight; k++)
		at -= k->weight;
	return k;
}

static void add(struct words *w, const char *text, struct buffer *out)
{
	template_write(text, &w->form, words_write, w, out);
}

/* TEXT as the value of NAME, with a comma; nothing at all, or null, where it
 * comes to nothing. */
static void add_member(struct words *w, const char *name, const char *text,
		       bool null, struct buffer *out)
{
	size_t start = out->n;

	buffer_printf(out, "\"%s\":", name);

	size_t value = out->n;

	add(w, text, out);
	if (out->n > value)
		buffer_add_byte(out, ',');
	else if (null)
		buffer_add_text(out, "null,");
	else
		out->n = start;
}

static void add_tail(struct words *w, const struct kind *k, bool service,
		     struct buffer *out)
{
	add(w, "'requestID':'${uuid}','eventID':'${uuid}','readOnly':", out);
	buffer_add_text(out, k->reads ? "true," : "false,");
	add_member(w, "resources", k->resources, false, out);
	add(w, "'eventType':'AwsApiCall',", out);
	if ((k - kinds) % 7 == 3)
		add(w, "'apiVersion':'2015-12-01',", out);
	add(w, "'managementEvent':true,'recipientAccountId':'$account',", out);
	if (strchr(k->who, 'x'))
		add(w, "<60|'sharedEventID':'${uuid}',>", out);
	if (!service)
		add(w, "<6|'vpcEndpointId':'${endpoint}',"
		    "'vpcEndpointAccountId':'$account',>", out);
	add(w, "'eventCategory':'Management'", out);
	if (!service)
		add(w, "<90|,'tlsDetails':{'tlsVersion':'TLSv1.3',"
		    "'cipherSuite':'TLS_AES_128_GCM_SHA256',"
		    "'clientProvidedHostHeader':'$source.$region.amazonaws.com'}>", out);
	if (w->browser)
		add(w, ",'sessionCredentialFromConsole':'true'", out);
}

/* The way a call is made, from 1: the ways of one kind differ in identity, in
 * optional parts, in the lengths of arrays and in the outcome.  Programs repeat
 * themselves, but not for ever: one in N^3 is the N-th or a later one, so that
 * shapes grow as long as there are events. */
static uint32_t draw_way(struct draw *draw)
{
	uint64_t chance = (draw_bits(draw) >> 32) + 1, way = 1;

	while (way < WAYS - 1 &&
	       (way + 1) * (way + 1) * (way + 1) <= (UINT64_C(1) << 32) / chance)
		way++;
	return (uint32_t)way;
}

static size_t identity_of(char letter)
{
	for (size_t i = 0; i < IDENTITIES; i++)
		if (identities[i].letter == letter)
			return i;
	die("kinds.def: no identity %c", letter);
}

static void add_head(struct words *w, size_t who, struct buffer *out)
{
	add(w, "{'eventVersion':'1.${version}','userIdentity':", out);
	add(w, identities[who].text, out);
	add(w, ",'eventTime':'$time','eventSource':'$source.amazonaws.com',"
	    "'eventName':'$call','awsRegion':'$region',", out);
	add(w, identities[who].service ?
	    "'sourceIPAddress':'$service.amazonaws.com',"
	    "'userAgent':'$service.amazonaws.com'," :
	    "'sourceIPAddress':'$ip','userAgent':'$agent',", out);
}

static void add_style(struct words *w, enum record_style style,
		      struct buffer *out)
{
	if (style == RECORD_ALL_SHAPES)
		add(w, "'${hex:16}':'$user',", out);
	else if (style == RECORD_ESCAPES && draw_percent(&w->draw, 25))
		add(w, "'policy':'{\\n  `Version`: `2012-10-17`,\\n  `Id`: "
		    "`${hex:12}`,\\n  `Description`: `証明書の"
		    "更新と鍵の交換を毎年 ${name:people} для ${name}`,"
		    "\\n  `Statement`: [{\\n    `Sid`: `${hex:8}`,\\n    "
		    "`Effect`: `Allow`,\\n    `Principal`: {`AWS`: "
		    "`arn:aws:iam::$account:root`},\\n    `Action`: "
		    "[`kms:Decrypt`, `kms:DescribeKey`],\\n    `Resource`: "
		    "`arn:aws:s3:::${name:bucket}/*`,\\n    `Condition`: "
		    "{`StringEquals`: {`aws:SourceAccount`: `$account`}}\\n"
		    "  }]\\n}',", out);
}

void record_write(uint32_t place, int64_t time, enum record_style style,
		  struct draw *draw, struct buffer *out)
{
	const struct kind *k = draw_kind(draw);
	uint32_t way = draw_way(draw);
	struct words w;

	words_start(&w, place, time, draw);
	w.form.state = draw_mix((uint64_t)(k - kinds) * WAYS + way);
	w.source = span_of(k->service);
	w.call = template_pick(span_of(k->calls), &w.draw);

	size_t who = identity_of(
		k->who[draw_below(&w.form, (uint32_t)strlen(k->who))]);
	bool service = identities[who].service;
	bool failed = way % 3 == 2 && !service;

	w.browser = !service && draw_percent(&w.form, 8);
	add_head(&w, who, out);
	if (failed)
		add(&w, errors[draw_below(&w.form, ERRORS)], out);
	add_member(&w, "requestParameters", k->request, true, out);
	add_member(&w, "responseElements", failed ? "" : k->response, true,
		   out);
	add_member(&w, "additionalEventData", k->extra, false, out);
	add_style(&w, style, out);
	add_tail(&w, k, service, out);
	buffer_add_byte(out, '}');
	draw->state = w.draw.state;
}
