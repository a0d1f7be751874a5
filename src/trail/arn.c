/* Takes resource names apart, by position, never by looking anything up. */
#include "trail/arn.h"

static const struct span none = {NULL, 0};

/* The part behind the COUNT-th colon, to the end. */
static struct span behind(struct span arn, int count)
{
	const char *end, *p = arn.p;

	if (!span_starts(arn, SPAN("arn:")))
		return none;
	end = arn.p + arn.n;
	for (; count > 0; count--) {
		p = memchr(p, ':', (size_t)(end - p));
		if (!p)
			return none;
		p++;
	}
	return (struct span){p, (size_t)(end - p)};
}

static struct span until(struct span text, char c)
{
	const char *p = text.n ? memchr(text.p, c, text.n) : NULL;

	if (p)
		text.n = (size_t)(p - text.p);
	return text;
}

/* TEXT without HEAD, or none. */
static struct span without(struct span text, struct span head)
{
	return span_starts(text, head) ? span_from(text, head.n) : none;
}

static struct span behind_last(struct span text, char c)
{
	size_t i = text.n;

	while (i > 0 && text.p[i - 1] != c)
		i--;
	return span_from(text, i);
}

struct span arn_resource(struct span arn)
{
	return behind(arn, 5);
}

struct span arn_account(struct span arn)
{
	struct span account = until(behind(arn, 4), ':');

	return account.n > 0 ? account : none;
}

struct span arn_region(struct span arn)
{
	struct span region = until(behind(arn, 3), ':');

	return region.n > 0 ? region : none;
}

struct span arn_name(struct span arn)
{
	return behind_last(behind_last(arn_resource(arn), '/'), ':');
}

struct span arn_short(struct span arn)
{
	struct span resource = arn_resource(arn);
	struct span service = until(behind(arn, 2), ':');
	size_t i = 0;

	if (span_is(service, "s3") || span_is(service, "sns") ||
	    span_is(service, "sqs"))
		return resource;
	while (i < resource.n && resource.p[i] != '/' && resource.p[i] != ':')
		i++;
	return i + 1 < resource.n ? span_from(resource, i + 1) : resource;
}

struct span arn_role_session(struct span arn)
{
	return without(arn_resource(arn), SPAN("assumed-role/"));
}

struct span arn_role(struct span arn)
{
	struct span assumed = arn_role_session(arn);
	struct span role;

	if (assumed.p)
		return until(assumed, '/');
	role = without(arn_resource(arn), SPAN("role/"));
	return role.p ? behind_last(role, '/') : none;
}

struct span arn_session(struct span arn)
{
	struct span assumed = arn_role_session(arn);
	struct span role;

	if (!assumed.p)
		return without(arn_resource(arn), SPAN("federated-user/"));
	role = until(assumed, '/');
	return role.n < assumed.n ? span_from(assumed, role.n + 1) : none;
}
