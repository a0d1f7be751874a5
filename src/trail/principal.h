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

/* Appends what only decorates: the service a call was made through, the
 * foreign account; may append nothing. */
void principal_via(const struct record *, struct buffer *out);

/* The role's name, the session's name, of an assumed role; empty otherwise. */
struct span principal_role(const struct record *);
struct span principal_session(const struct record *);

#endif
