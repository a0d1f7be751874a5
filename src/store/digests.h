/* What CloudTrail's digest files say was delivered: log files by their keys in
 * S3.  Written while loading, read by any thread. */
#ifndef STORE_DIGESTS_H
#define STORE_DIGESTS_H

#include "base/span.h"

#include <stddef.h>
#include <stdint.h>

struct digests;

struct digests_log {
	const char *key;        /* of the log file: raw bytes, kept until the
				   end */
	uint32_t input;         /* the digest's file number */
};

struct digests *digests_new(void);
void digests_free(struct digests *);

/* One more log file that the digest INPUT names.  KEY is copied. */
void digests_add(struct digests *, uint32_t input, struct span key);

size_t digests_count(struct digests *);
struct digests_log digests_log(struct digests *, size_t i);

#endif
