/* Tells who made a call, by CloudTrail's document of the userIdentity
 * element.  Reads a record's fields, writes text.  Texts of a record live
 * only until the next is read, so each is used up before another is asked. */
#include "trail/principal.h"

#include "trail/arn.h"

const enum field principal_fields[] = {
	FIELD_USER_TYPE, FIELD_USER_NAME, FIELD_USER_ARN, FIELD_USER_ACCOUNT,
	FIELD_USER_PRINCIPAL, FIELD_INVOKED_BY, FIELD_ISSUER_ARN,
	FIELD_ISSUER_NAME, FIELD_ON_BEHALF_OF, FIELD_NOTICE_SOURCE,
	FIELD_INSIGHT_NAME, FIELD_COUNT,
};

/* The kinds of userIdentity; what is missing or new is UNKNOWN. */
enum identity {
	ROOT, IAM_USER, ASSUMED_ROLE, ROLE, FEDERATED_USER, DIRECTORY,
	AWS_ACCOUNT, AWS_SERVICE, IDENTITY_CENTER_USER, SAML_USER,
	WEB_IDENTITY_USER, UNKNOWN
};

static enum identity identity(const struct record *r)
{
	static const char *const names[] = {
		"Root", "IAMUser", "AssumedRole", "Role", "FederatedUser",
		"Directory", "AWSAccount", "AWSService", "IdentityCenterUser",
		"SAMLUser", "WebIdentityUser",
	};
	struct span type = record_text(r, FIELD_USER_TYPE);

	for (int i = 0; i < UNKNOWN; i++)
		if (span_is(type, names[i]))
			return (enum identity)i;
	return UNKNOWN;
}

/* Appends TEXT; whether there was any. */
static bool add(struct buffer *out, struct span text)
{
	buffer_add_span(out, text);
	return text.n > 0;
}

static bool add_field(const struct record *r, enum field f, struct buffer *out)
{
	return add(out, record_text(r, f));
}

/* The permission set behind a role that Identity Center made:
 * AWSReservedSSO_NAME_0123456789abcdef. */
static struct span permission_set(struct span role)
{
	struct span head = SPAN("AWSReservedSSO_");
	size_t i;

	if (!span_starts(role, head))
		return (struct span){NULL, 0};
	role = span_from(role, head.n);
	if (role.n <= 17 || role.p[role.n - 17] != '_')
		return role;
	for (i = role.n - 16; i < role.n; i++)
		if (!memchr("0123456789abcdefABCDEF", role.p[i], 22))
			return role;
	role.n -= 17;
	return role;
}

static bool add_role_session(struct span role, struct span session,
			     struct buffer *out)
{
	struct span set = permission_set(role);

	if (set.n > 0 && session.n > 0) {
		buffer_add_span(out, session);
		buffer_add_text(out, " sso:");
		return add(out, set);
	}
	if (session.n == 0)
		return add(out, role);
	buffer_add_span(out, role);
	buffer_add_byte(out, '/');
	return add(out, session);
}

/* From the identity's own ARN, when it is one of an assumed role. */
static bool add_assumed_role(const struct record *r, struct buffer *out)
{
	struct span arn = record_text(r, FIELD_USER_ARN);

	return arn_role_session(arn).n > 0 &&
	       add_role_session(arn_role(arn), arn_session(arn), out);
}

/* Some records have no ARN: the issuer and the part of the principalId behind
 * its colon tell the same. */
static bool add_issued_role(const struct record *r, struct buffer *out)
{
	struct buffer role = {0};
	bool any;

	buffer_add_span(&role, principal_role(r));
	any = role.n > 0 && add_role_session(buffer_span(&role),
					     principal_session(r), out);
	buffer_free(&role);
	return any;
}

static struct span other_than_root(struct span arn)
{
	struct span name = arn_name(arn);

	return name.n > 0 && !span_is(arn_resource(arn), "root")
		? name : (struct span){NULL, 0};
}

struct span principal_contradiction(const struct record *r)
{
	return identity(r) == ROOT
		? other_than_root(record_text(r, FIELD_USER_ARN))
		: (struct span){NULL, 0};
}

static bool add_root(const struct record *r, struct buffer *out)
{
	struct span account = record_text(r, FIELD_USER_ACCOUNT);
	struct span name;

	buffer_add_text(out, "root");
	if (account.n == 0)
		account = arn_account(record_text(r, FIELD_USER_ARN));
	if (account.n > 0) {
		buffer_add_byte(out, '@');
		buffer_add_span(out, account);
	}
	/* The ARN of a user contradicts the type: both are told. */
	name = other_than_root(record_text(r, FIELD_USER_ARN));
	if (name.n > 0) {
		buffer_add_text(out, " (");
		buffer_add_span(out, name);
		buffer_add_byte(out, ')');
	}
	return true;
}

static bool add_account(const struct record *r, struct buffer *out)
{
	struct span account = record_text(r, FIELD_USER_ACCOUNT);

	if (account.n == 0)
		return false;
	buffer_add_text(out, "acct:");
	return add(out, account);
}

static bool add_foreign_account(const struct record *r, struct buffer *out)
{
	struct span principal;

	if (!add_account(r, out))
		return add_field(r, FIELD_USER_PRINCIPAL, out);
	principal = record_text(r, FIELD_USER_PRINCIPAL);
	if (principal.n > 0) {
		buffer_add_byte(out, ' ');
		buffer_add_span(out, principal);
	}
	return true;
}

static bool add_federated(const struct record *r, struct buffer *out)
{
	struct span name = principal_session(r);

	if (name.n == 0)
		return false;
	buffer_add_text(out, "federated-user/");
	return add(out, name);
}

/* What an ARN tells without a type to go by. */
static bool add_any_arn(const struct record *r, struct buffer *out)
{
	struct span arn = record_text(r, FIELD_USER_ARN);

	if (span_is(arn_resource(arn), "root"))
		return add_root(r, out);
	if (span_starts(arn_resource(arn), SPAN("federated-user/")))
		return add(out, arn_resource(arn));
	return add_assumed_role(r, out) ||
	       add(out, arn_name(record_text(r, FIELD_USER_ARN)));
}

/* A notice is told by the service it comes from, an Insight by CloudTrail. */
static bool add_no_user(const struct record *r, struct buffer *out)
{
	if (add_field(r, FIELD_NOTICE_SOURCE, out))
		return true;
	return record_text(r, FIELD_INSIGHT_NAME).n > 0 &&
	       add(out, SPAN("CloudTrail Insights"));
}

static bool add_by_type(const struct record *r, struct buffer *out)
{
	switch (identity(r)) {
	case ROOT:
		return add_root(r, out);
	case IAM_USER:
	case ROLE:
		return add_field(r, FIELD_USER_NAME, out) ||
		       add(out, arn_name(record_text(r, FIELD_USER_ARN)));
	case ASSUMED_ROLE:
		return add_assumed_role(r, out) || add_issued_role(r, out);
	case FEDERATED_USER:
		return add_federated(r, out);
	case AWS_ACCOUNT:
		return add_foreign_account(r, out);
	case AWS_SERVICE:
		return add_field(r, FIELD_INVOKED_BY, out);
	case IDENTITY_CENTER_USER:
		return add_field(r, FIELD_ON_BEHALF_OF, out);
	case DIRECTORY:
	case SAML_USER:
	case WEB_IDENTITY_USER:
	case UNKNOWN:
		break;
	}
	return false;
}

void principal_who(const struct record *r, struct buffer *out)
{
	if (add_by_type(r, out) || add_field(r, FIELD_USER_NAME, out) ||
	    add_any_arn(r, out) || add_field(r, FIELD_USER_PRINCIPAL, out) ||
	    add_field(r, FIELD_INVOKED_BY, out) || add_account(r, out) ||
	    add_no_user(r, out))
		return;
	buffer_add_byte(out, '?');
}

/* Accounts are twelve digits; longer texts are compared by their beginning. */
bool principal_is_foreign(const struct record *r)
{
	struct span account = record_text(r, FIELD_USER_ACCOUNT);
	char own[32];
	struct span mine = {own, account.n < sizeof own ? account.n : sizeof own};

	if (account.n == 0)
		return false;
	memcpy(own, account.p, mine.n);
	account = record_text(r, FIELD_RECIPIENT_ACCOUNT);
	if (account.n > sizeof own)
		account.n = sizeof own;
	return account.n > 0 && !span_equal(account, mine);
}

size_t principal_via_fields(const struct record *r,
			    enum field fields[PRINCIPAL_VIA])
{
	size_t count = 0;

	if (record_text(r, FIELD_INVOKED_BY).n > 0 && identity(r) != AWS_SERVICE)
		fields[count++] = FIELD_INVOKED_BY;
	if (record_text(r, FIELD_IDENTITY_PROVIDER).n > 0)
		fields[count++] = FIELD_IDENTITY_PROVIDER;
	if (record_text(r, FIELD_SOURCE_IDENTITY).n > 0)
		fields[count++] = FIELD_SOURCE_IDENTITY;
	if (principal_is_foreign(r))
		fields[count++] = FIELD_USER_ACCOUNT;
	return count;
}

void principal_via(const struct record *r, struct buffer *out)
{
	enum field fields[PRINCIPAL_VIA];
	size_t count = principal_via_fields(r, fields);

	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_add_text(out, "; ");
		if (fields[i] == FIELD_SOURCE_IDENTITY)
			buffer_add_text(out, "for ");
		if (fields[i] == FIELD_USER_ACCOUNT)
			buffer_add_text(out, "acct:");
		add_field(r, fields[i], out);
	}
}

struct span principal_role(const struct record *r)
{
	struct span role = arn_role(record_text(r, FIELD_USER_ARN));

	if (role.p)
		return role;
	role = arn_role(record_text(r, FIELD_ISSUER_ARN));
	if (role.p)
		return role;
	return identity(r) == ASSUMED_ROLE ? record_text(r, FIELD_ISSUER_NAME)
					   : (struct span){NULL, 0};
}

struct span principal_id_session(struct span id)
{
	size_t i = 0;

	while (i < id.n && (id.p[i] == '*' || id.p[i] == '_' ||
			    (id.p[i] >= '0' && id.p[i] <= '9') ||
			    (id.p[i] >= 'A' && id.p[i] <= 'Z') ||
			    (id.p[i] >= 'a' && id.p[i] <= 'z')))
		i++;
	if (i == 0 || i + 1 >= id.n || id.p[i] != ':' ||
	    memchr(id.p + i + 1, ':', id.n - i - 1))
		return (struct span){NULL, 0};
	return span_from(id, i + 1);
}

struct span principal_session(const struct record *r)
{
	struct span session = arn_session(record_text(r, FIELD_USER_ARN));

	return session.p ? session
			 : principal_id_session(
				   record_text(r, FIELD_USER_PRINCIPAL));
}
