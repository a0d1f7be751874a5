/* What a DER encoding (X.690) holds, by its first bytes. */
#ifndef TRAIL_DER_H
#define TRAIL_DER_H

#include "base/span.h"

enum der_kind {
	DER_NONE,               /* not one sequence, or more than zeros
				   behind it */
	DER_CERTIFICATE,        /* RFC 5280 */
	DER_REQUEST,            /* to be certified: RFC 2986 */
	DER_PRIVATE_KEY,        /* RFC 5208, 8017, 5915; encrypted ones and
				   PKCS #12 (RFC 7292) too */
	DER_PUBLIC_KEY,         /* RFC 5280, 8017 */
	DER_OTHER
};

enum der_kind der_kind_of(struct span bytes);

#endif
