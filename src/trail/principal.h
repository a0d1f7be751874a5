/* Who made a call, as a person would say it, by the type of its userIdentity
 * (CloudTrail userIdentity element). */
#ifndef TRAIL_PRINCIPAL_H
#define TRAIL_PRINCIPAL_H

#include "base/buffer.h"
#include "trail/record.h"

/* The fields that principal_who looks at, ending with FIELD_COUNT: equal
 * values in all of them give an equal text. */
extern const enum field principal_fields[];

/* Appends `Alice`, `role/session`, `alice sso:AdminAccess`, `root@ACCOUNT`,
 * `ec2.amazonaws.com`, …; "?" when nothing tells it. */
void principal_who(const struct record *, struct buffer *out);

/* The name in the ARN of a user whose type says that it was root, as in an
 * example of AWS's document: who it was is either.  p == NULL: no such thing. */
struct span principal_contradiction(const struct record *);

/* Whether the caller's account is another one than the account of the event. */
bool principal_is_foreign(const struct record *);

/* The fields that only decorate: the service a call was made through, the
 * identity provider, who stands behind a session (sourceIdentity), and the
 * account it comes from when that is foreign.  Answers how many. */
enum { PRINCIPAL_VIA = 4 };
size_t principal_via_fields(const struct record *,
			    enum field fields[PRINCIPAL_VIA]);

/* Appends them as text, "s3.amazonaws.com; acct:111122223333"; or nothing. */
void principal_via(const struct record *, struct buffer *out);

/* The role's name, the session's name; p == NULL when there is none.  Borrowed
 * from the record, until it reads another text. */
struct span principal_role(const struct record *);
struct span principal_session(const struct record *);

/* The session in a principalId: ALICE of AROAEXAMPLE:ALICE.  p == NULL for
 * those of users, and of identity providers, which have other colons. */
struct span principal_id_session(struct span id);

#endif
