/* Owns the three orders.  Of each only so much is sorted as was asked for: there
 * may be a million values, of which a screenful is looked at. */
#include "view/ranking.h"

#include "base/memory.h"

#include <stdlib.h>

enum { FEW = 32 };              /* rows that are sorted at once */

/* A value with what it is ranked by at hand: its events, which are less than
 * 2^32, and how its text begins. */
struct place {
	uint32_t shown, all;
	uint64_t beginning;
	uint32_t number;        /* of distinct.value */
};

/* A fence at a row says that those before it rank before those from it on. */
struct ranking_rows {
	struct place *place;    /* NULL: nobody asked yet */
	uint64_t *fence;        /* a bit a row, and one behind them */
};

static int ascending(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_text(const struct ranking *r, const struct place *a,
		   const struct place *b)
{
	int order = ascending(a->beginning, b->beginning);

	return order ? order : span_compare(r->distinct.value[a->number].text,
					    r->distinct.value[b->number].text);
}

static int by_count(const struct ranking *r, const struct place *a,
		    const struct place *b)
{
	int order = ascending(b->shown, a->shown);

	order = order ? order : ascending(b->all, a->all);
	return order ? order : by_text(r, a, b);
}

static int by_rarity(const struct ranking *r, const struct place *a,
		     const struct place *b)
{
	int order = ascending(a->shown, b->shown);

	order = order ? order : ascending(a->all, b->all);
	return order ? order : by_text(r, a, b);
}

static int by_ratio(const struct ranking *r, const struct place *a,
		    const struct place *b)
{
	int order = ascending((uint64_t)b->shown * a->all,
			      (uint64_t)a->shown * b->all);

	return order ? order : by_count(r, a, b);
}

typedef int compare(const struct ranking *, const struct place *,
		    const struct place *);

static compare *const compares[RANKING_ORDERS] = {
	[RANKING_COUNT] = by_count,
	[RANKING_RARITY] = by_rarity,
	[RANKING_RATIO] = by_ratio,
};

static void put_fence(uint64_t *fence, size_t row)
{
	fence[row / 64] |= UINT64_C(1) << row % 64;
}

/* The last fence up to ROW; and the first behind it. */
static size_t fence_before(const uint64_t *fence, size_t row)
{
	size_t w = row / 64;
	uint64_t here = fence[w] << (63 - row % 64);

	if (here)
		return row - (size_t)__builtin_clzll(here);
	while (!fence[--w])
		;
	return w * 64 + 63 - (size_t)__builtin_clzll(fence[w]);
}

static size_t fence_behind(const uint64_t *fence, size_t row)
{
	size_t w = ++row / 64;
	uint64_t here = fence[w] >> row % 64;

	if (here)
		return row + (size_t)__builtin_ctzll(here);
	while (!fence[++w])
		;
	return w * 64 + (size_t)__builtin_ctzll(fence[w]);
}

static void start(struct ranking *r, struct ranking_rows *rows)
{
	size_t n = 0;

	rows->place = memory_clear(r->count + 1, sizeof *rows->place);
	rows->fence = memory_clear(r->count / 64 + 1, sizeof *rows->fence);
	for (size_t i = 0; i < r->distinct.count; i++) {
		const struct distinct_value *v = &r->distinct.value[i];

		if (v->shown > 0)
			rows->place[n++] = (struct place){
				(uint32_t)v->shown, (uint32_t)v->all,
				v->beginning, (uint32_t)i};
	}
	put_fence(rows->fence, 0);
	put_fence(rows->fence, r->count);
}

static void swap(struct place *a, struct place *b)
{
	struct place kept = *a;

	*a = *b;
	*b = kept;
}

/* Divides [FROM, END), which has several; answers where the second part
 * begins.  A row in the middle is what both are compared with, first of all:
 * so neither part is empty. */
static size_t divide(const struct ranking *r, compare *order,
		     struct place *place, size_t from, size_t end)
{
	struct place middle;
	size_t a = from, b = end - 1;

	swap(&place[from], &place[from + (end - from) / 2]);
	middle = place[from];
	for (;; a++, b--) {
		while (order(r, &place[a], &middle) < 0)
			a++;
		while (order(r, &place[b], &middle) > 0)
			b--;
		if (a >= b)
			return b + 1;
		swap(&place[a], &place[b]);
	}
}

static void sort_few(const struct ranking *r, compare *order,
		     struct place *place, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k > 0 && order(r, &place[k - 1],
						  &place[k]) > 0; k--)
			swap(&place[k - 1], &place[k]);
}

const struct distinct_value *ranking_value(struct ranking *r,
					   enum ranking_order order, size_t i)
{
	struct ranking_rows *rows = &r->rows[order];
	size_t from, end;

	if (!rows->place)
		start(r, rows);
	from = fence_before(rows->fence, i);
	end = fence_behind(rows->fence, i);
	while (end - from > FEW) {
		size_t second = divide(r, compares[order], rows->place, from,
				       end);

		put_fence(rows->fence, second);
		if (i < second)
			end = second;
		else
			from = second;
	}
	if (end - from > 1)
		sort_few(r, compares[order], rows->place + from, end - from);
	while (++from < end)
		put_fence(rows->fence, from);
	return &r->distinct.value[rows->place[i].number];
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
	for (size_t i = 0; i < r->distinct.count; i++)
		r->count += r->distinct.value[i].shown > 0;
	r->rows = memory_clear(RANKING_ORDERS, sizeof *r->rows);
	if (r->count > 0)
		r->most = ranking_value(r, RANKING_COUNT, 0)->shown;
	return r;
}

void ranking_free(struct ranking *r)
{
	if (!r)
		return;
	distinct_free(&r->distinct);
	for (int k = 0; k < RANKING_ORDERS; k++) {
		free(r->rows[k].place);
		free(r->rows[k].fence);
	}
	free(r->rows);
	free(r);
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
