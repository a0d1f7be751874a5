/* Internet addresses and networks: IPv4 as four decimal bytes, IPv6 as RFC 4291
 * writes it.  An IPv4 address that is written inside IPv6 (::ffff:192.0.2.1) is
 * that IPv4 address. */
#ifndef TEXT_NETWORK_H
#define TEXT_NETWORK_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* A network, or an address, which is a network of one. */
struct network {
	uint8_t byte[16];       /* in order of the wire; bits behind the prefix
				   are zero; 4 or 16 of them count */
	uint8_t prefix;         /* bits */
	bool six;
};

/* All of TEXT: 192.0.2.7, 192.0.2.0/24, 2001:db8::/32.  `1.2.3[.]4` is
 * understood as people write addresses that nobody should follow.  False when
 * it is none; leading zeros and zone ids are not. */
bool network_parse(struct span text, struct network *);

/* The same for an address alone, without brackets. */
bool network_parse_address(struct span text, struct network *);

/* Whether ADDRESS lies in NETWORK. */
bool network_holds(const struct network *, const struct network *address);

/* The next address that stands in TEXT as a whole word, from *AT on: no digit,
 * and no dot or colon that would belong to it, beside it; beside an IPv4 address
 * a colon does not.  *AT, at first 0, is set behind it.  False when there is
 * none. */
bool network_find(struct span text, size_t *at, struct network *address);

/* Sets a bit for each of COUNT texts, lying as in match.h's blocks, that may hold
 * an address: at once for all of them, and for few that hold none.  Bits are
 * only ever set. */
void network_glance(const char *bytes, const uint32_t *start, uint32_t count,
		    bool six, uint64_t *likely);

#endif
