/* What Amazon resource names are made of:
 * arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE.  All answers are parts of the
 * text that was given; p == NULL says that it has no such part. */
#ifndef TRAIL_ARN_H
#define TRAIL_ARN_H

#include "base/span.h"

/* All behind the fifth colon: "assumed-role/ROLE/SESSION". */
struct span arn_resource(struct span arn);

struct span arn_account(struct span arn);
struct span arn_region(struct span arn);

/* The last segment, behind the last `/` or `:` of the resource. */
struct span arn_name(struct span arn);

/* The resource without the word for its kind: "ROLE/SESSION"; of what has no
 * such word (S3) all of it. */
struct span arn_short(struct span arn);

/* Of assumed roles (arn:aws:sts:…:assumed-role/ROLE/SESSION) and of roles
 * (arn:aws:iam:…:role/PATH/ROLE). */
struct span arn_role(struct span arn);

/* Of assumed roles and federated users. */
struct span arn_session(struct span arn);

/* "ROLE/SESSION" of an assumed role. */
struct span arn_role_session(struct span arn);

#endif
