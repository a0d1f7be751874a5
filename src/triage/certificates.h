/* The index of certificates: every ARN of ACM, of private CAs, of IAM server
 * certificates and of ACME that the loaded events hold, each with the events
 * that tell of it and what they mean for it. */
#ifndef TRIAGE_CERTIFICATES_H
#define TRIAGE_CERTIFICATES_H

#include "store/store.h"
#include "trail/domains.h"
#include "triage/carriers.h"
#include "triage/relation.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CERTIFICATES_NONE UINT32_MAX

struct certificates_mention {
	struct store_event event;
	int64_t time;
	uint8_t step;           /* enum step */
	uint8_t part;           /* enum relation_part */
	bool failed;
	bool joined;            /* the event does not name the certificate */
	uint32_t other;         /* what it replaced, or what replaced it: the
				   number of a certificate; or NONE */
	struct span on;         /* what it is attached to, or what uses its
				   key; p == NULL: not told */
	uint32_t carrier;       /* the number of what it is attached to
				   (triage/carriers.h), or CARRIERS_NONE */
};

struct certificates_entry {
	struct span arn;
	struct span *alias;     /* its ARN as somebody redacted it */
	size_t aliases;
	bool acm;               /* a certificate of ACM itself */
	struct certificates_mention *mention;   /* by time; of equal times in
						   order of the log */
	size_t mentions;
	size_t capacity;
};

struct certificates {
	const struct store *store;
	struct domains *domains;
	struct certificates_entry *entry;       /* by ARN */
	uint32_t count;
	/* ListCertificates and SearchCertificates of ACM, which name none. */
	struct store_event *listed;
	size_t lists;
	/* PutAccountConfiguration of ACM. */
	struct store_event *configured;
	size_t configurations;
	uint64_t version;       /* of the store */
};

/* Over all that is published now; free with certificates_free.  Once *CANCEL (may
 * be NULL) is true it ends soon and holds only a part. */
struct certificates *certificates_new(const struct store *,
				      const atomic_bool *cancel);
void certificates_free(struct certificates *);

/* The certificate that TEXT means: its ARN, an ARN redacted in parts, its id in
 * full or as lists shorten it, a domain name or a beginning of the id that only
 * one has; or CERTIFICATES_NONE. */
uint32_t certificates_find(const struct certificates *, struct span text);

/* Whether the certificate's id begins with TEXT, which has four characters at
 * least. */
bool certificates_begins(const struct certificates_entry *, struct span text);

/* When it was seen last: SEGMENT_NO_TIME when no mention has a time. */
int64_t certificates_last(const struct certificates_entry *);

/* Adds a mention that is found by joining events. */
struct certificates_mention *certificates_add(struct certificates *,
					      uint32_t number,
					      struct store_event);

#endif
