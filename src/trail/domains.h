/* The domain names of ACM certificates, joined from every event that tells one:
 * requests, descriptions, validation mails, notices.  A certificate's names and
 * a name's certificates; computed from what is published. */
#ifndef TRAIL_DOMAINS_H
#define TRAIL_DOMAINS_H

#include "base/span.h"
#include "store/store.h"

#include <stddef.h>
#include <stdint.h>

/* That a certificate has a name, and the first event that says so.  Texts
 * belong to the store. */
struct domains_link {
	struct span certificate;        /* its ARN */
	struct span name;
	struct store_event event;
};

struct domains;

/* Over all that is published now; free with domains_free. */
struct domains *domains_new(const struct store *);
void domains_free(struct domains *);

/* The store's version that was read. */
uint64_t domains_version(const struct domains *);

/* All links, by certificate, then by name. */
const struct domains_link *domains_all(const struct domains *, size_t *count);

/* The links of one certificate: *COUNT of them. */
const struct domains_link *domains_of(const struct domains *,
				      struct span certificate, size_t *count);

#endif
