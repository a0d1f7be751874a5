/* Many literals and networks at once: what a list of indicators, or the choice
 * of `in (...)`, holds.  Knows nothing of files and fields. */
#ifndef TEXT_NEEDLES_H
#define TEXT_NEEDLES_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct needles;

struct needles *needles_new(void);
void needles_free(struct needles *);

/* Adds a literal, copied; with NETWORKS one that reads as an address or as a
 * network means what lies in it too.  What is there already is not added
 * again.  Fewer than 4 billion, which are more than a list's file may have.
 * Not while others read. */
void needles_add(struct needles *, struct span literal, bool networks);

/* Adds what a list has, a literal a line: white space at both ends, blank lines
 * and those that begin with `#`, a byte order mark and carriage returns do not
 * count; `[.]`, `(dot)` and `hxxp` are read as what they stand for. */
void needles_add_lines(struct needles *, struct span text);

size_t needles_count(const struct needles *);
/* In order of adding. */
struct span needles_get(const struct needles *, size_t i);

/* Whether it means what lies in its network too. */
bool needles_is_network(const struct needles *, size_t i);

/* Whether there are networks of IPv4, of IPv6. */
void needles_networks(const struct needles *, bool *four, bool *six);

/* The number of the needle that TEXT is as a whole, or else of one in whose
 * network TEXT as an address lies; SIZE_MAX when there is none. */
size_t needles_equal(const struct needles *, struct span text);

/* Calls EACH, until it answers false, with each needle that stands in TEXT as a
 * whole word (no letter or digit goes on beside it), or in whose network an
 * address that stands in TEXT lies; some may be told twice. */
typedef bool needles_each_fn(void *context, size_t i);
void needles_within(const struct needles *, struct span text,
		    needles_each_fn *each, void *context);

#endif
