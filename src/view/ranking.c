/* Owns the three orders, which are all made at once, off the screen's thread. */
#include "view/ranking.h"

#include "base/memory.h"

#include <stdlib.h>

static int by_text(const struct distinct_value *a,
		   const struct distinct_value *b)
{
	return span_compare(a->text, b->text);
}

static int descending(uint64_t a, uint64_t b)
{
	return a < b ? 1 : a > b ? -1 : 0;
}

/* Places among the rows of a value, with it at hand. */
struct place {
	const struct distinct_value *value;
	uint32_t number;
};

static int by_count(const void *x, const void *y)
{
	const struct distinct_value *a = ((const struct place *)x)->value;
	const struct distinct_value *b = ((const struct place *)y)->value;
	int order = descending(a->shown, b->shown);

	order = order ? order : descending(a->all, b->all);
	return order ? order : by_text(a, b);
}

static int by_rarity(const void *x, const void *y)
{
	const struct distinct_value *a = ((const struct place *)x)->value;
	const struct distinct_value *b = ((const struct place *)y)->value;
	int order = descending(b->shown, a->shown);

	order = order ? order : descending(b->all, a->all);
	return order ? order : by_text(a, b);
}

/* Events are less than 2^32, so products do not wrap. */
static int by_ratio(const void *x, const void *y)
{
	const struct distinct_value *a = ((const struct place *)x)->value;
	const struct distinct_value *b = ((const struct place *)y)->value;
	int order = descending(a->shown * b->all, b->shown * a->all);

	return order ? order : by_count(x, y);
}

static int (*const orders[RANKING_ORDERS])(const void *, const void *) = {
	[RANKING_COUNT] = by_count,
	[RANKING_RARITY] = by_rarity,
	[RANKING_RATIO] = by_ratio,
};

static void sort(struct ranking *r)
{
	const struct distinct *d = &r->distinct;
	struct place *place = memory_clear(d->count, sizeof *place);

	for (size_t i = 0; i < d->count; i++)
		if (d->value[i].shown > 0)
			place[r->count++] = (struct place){&d->value[i],
							   (uint32_t)i};
	for (int k = 0; k < RANKING_ORDERS; k++) {
		if (r->count > 0)
			qsort(place, r->count, sizeof *place, orders[k]);
		r->row[k] = memory_clear(r->count, sizeof *r->row[k]);
		for (size_t i = 0; i < r->count; i++)
			r->row[k][i] = place[i].number;
	}
	free(place);
	r->most = r->count > 0
		? ranking_value(r, RANKING_COUNT, 0)->shown : 0;
}

struct ranking *ranking_new(const struct store *store, struct jobs *jobs,
			    const struct column_ref *column,
			    const struct store_event *shown,
			    size_t shown_count, const atomic_bool *cancel)
{
	struct ranking *r = memory_clear(1, sizeof *r);
	struct store_counts counts;

	r->version = store_version(store);
	store_counts(store, &counts);
	r->shown = shown_count;
	r->all = counts.events;
	if (!distinct_count(store, jobs, column, shown, shown_count, cancel,
			    &r->distinct)) {
		free(r);
		return NULL;
	}
	sort(r);
	return r;
}

void ranking_free(struct ranking *r)
{
	if (!r)
		return;
	distinct_free(&r->distinct);
	for (int k = 0; k < RANKING_ORDERS; k++)
		free(r->row[k]);
	free(r);
}

const struct distinct_value *ranking_value(const struct ranking *r,
					   enum ranking_order order, size_t i)
{
	return &r->distinct.value[r->row[order][i]];
}

bool ranking_is_new(const struct ranking *r, const struct distinct_value *v)
{
	return r->shown < r->all && v->shown == v->all;
}

const char *ranking_order_name(enum ranking_order order)
{
	static const char *const names[] = {
		[RANKING_COUNT] = "count", [RANKING_RARITY] = "rarity",
		[RANKING_RATIO] = "ratio",
	};

	return names[order];
}
