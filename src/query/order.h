/* In what order events are shown: by columns, each ascending or descending, then
 * by time, and at last by (input, record), so that order never depends on
 * threads. */
#ifndef QUERY_ORDER_H
#define QUERY_ORDER_H

#include "base/error.h"
#include "base/jobs.h"
#include "base/span.h"
#include "store/store.h"
#include "trail/columns.h"

#include <stdbool.h>
#include <stddef.h>

enum { ORDER_KEYS = 4 };

struct order_key {
	struct column_ref column;
	bool descending;
};

/* Zero keys: by time. */
struct order {
	struct order_key key[ORDER_KEYS];
	size_t count;
};

/* A list as columns_next has it, each name with a leading `-` for descending;
 * empty: zero keys.  ERR has the place in TEXT.  Free with order_free. */
bool order_parse(struct span text, struct order *, struct error *err);
struct order order_copy(const struct order *);
void order_free(struct order *);

bool order_same(const struct order *, const struct order *);
bool order_same_column(const struct column_ref *, const struct column_ref *);

/* Sorts in place N events that stand in order of (input, record).  JOBS (may be
 * NULL) lends its threads. */
void order_sort(const struct store *, struct jobs *, const struct order *,
		struct store_event *events, size_t n);

#endif
