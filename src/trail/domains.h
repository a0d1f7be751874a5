/* The domain names of ACM certificates, joined from every event that tells one:
 * requests, descriptions, validation mails, notices.  A certificate's names and
 * a name's certificates; computed from what is published. */
#ifndef TRAIL_DOMAINS_H
#define TRAIL_DOMAINS_H

#include "base/span.h"
#include "store/store.h"

#include <stdbool.h>
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

struct record;

/* Whether the event is one of ACM's own, which tell names. */
bool domains_of_acm(const struct record *);

/* Over all that is published now; free with domains_free. */
struct domains *domains_new(const struct store *);
void domains_free(struct domains *);

/* The one that is kept with the store, up to date.  Another one than before means
 * that there are more links. */
const struct domains *domains_kept(const struct store *);

/* All links, by certificate, then by name. */
const struct domains_link *domains_all(const struct domains *, size_t *count);

/* Whether some certificate has that very name. */
bool domains_known(const struct domains *, struct span name);

/* The links of one certificate: *COUNT of them. */
const struct domains_link *domains_of(const struct domains *,
				      struct span certificate, size_t *count);

#endif
