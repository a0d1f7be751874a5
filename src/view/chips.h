/* The terms of the filter one by one: those in force, and those that are off for
 * now but not forgotten.  The filter's text is made from them, and they follow
 * it when it is typed. */
#ifndef VIEW_CHIPS_H
#define VIEW_CHIPS_H

#include "base/buffer.h"
#include "base/span.h"
#include "query/filter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chip {
	struct buffer text;             /* a term, as it was written */
	bool off;
	bool pinned;                    /* no typed filter takes it away */
};

/* Zero-initialised is empty. */
struct chips {
	struct chip *chip;
	size_t count;
	size_t cursor;                  /* < count, or 0 */
};

void chips_free(struct chips *);

/* Takes the terms of the filter that is in force now.  What is off keeps its
 * place among them, what is pinned stays so. */
void chips_follow(struct chips *, const struct filter *);

/* Appends the filter that those in force are; without the pinned ones where
 * they are not WANTED. */
void chips_write(const struct chips *, const struct filter_view *,
		 bool pinned_wanted, struct buffer *out);

/* Appends the pinned terms that FILTER has not, then FILTER, which has been
 * parsed before. */
void chips_keep(const struct chips *, const struct filter_view *,
		struct span filter, struct buffer *out);

void chips_remove(struct chips *, size_t i);

/* Which term of the filter in force the chip is; SIZE_MAX: none. */
size_t chips_term(const struct chips *, size_t i);

/* All of it as bytes, for the history, and back. */
void chips_save(const struct chips *, struct buffer *out);
void chips_restore(struct chips *, struct span saved);

#endif
