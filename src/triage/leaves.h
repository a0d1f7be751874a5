/* Texts of a few places of a record, by path: resolved once per shape. */
#ifndef TRIAGE_LEAVES_H
#define TRIAGE_LEAVES_H

#include "base/span.h"
#include "store/store.h"

#include <stddef.h>
#include <stdint.h>

struct leaves;

/* The paths are literals.  Free with leaves_free. */
struct leaves *leaves_new(const char *const *paths, size_t count);
void leaves_free(struct leaves *);

/* Text NTH of the leaves that PATH (its number) names; p == NULL: there is
 * none, or it is null.  Empty for a secret.  Belongs to the store. */
struct span leaves_text(const struct leaves *, const struct store *,
			struct store_event, size_t path, uint32_t nth);

/* The first text of the first path that has one. */
struct span leaves_first(const struct leaves *, const struct store *,
			 struct store_event);

#endif
