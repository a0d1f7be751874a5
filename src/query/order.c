/* Owns no order: sorts the events it is given.  Texts are ranked once per
 * distinct value, then events are sorted by rank with a stable radix sort, from
 * the last key to the first. */
#include "query/order.h"

#include "base/memory.h"
#include "query/radix.h"
#include "query/rank.h"

#include <stdlib.h>

static struct store_event event_in(const struct radix_item *item)
{
	return (struct store_event){(uint32_t)(item->what >> 32),
				    (uint32_t)item->what};
}

static const struct segment_event *event_of(const struct store *store,
					    struct store_event e)
{
	return segment_event(store_segment(store, e.segment), e.index);
}

/* Numbered through all files, so that the keys are small. */
static void identity_keys(const struct store *store, struct radix_item *item,
			  size_t n)
{
	uint32_t inputs = 0;
	uint64_t *first, sum = 0;

	for (size_t i = 0; i < n; i++) {
		const struct segment_event *e = event_of(store,
							 event_in(&item[i]));

		item[i].key = (uint64_t)e->input << 32 | e->record;
		inputs = e->input >= inputs ? e->input + 1 : inputs;
	}
	first = memory_clear(inputs, sizeof *first);
	for (size_t i = 0; i < n; i++) {
		uint64_t *most = &first[item[i].key >> 32];
		uint64_t records = (item[i].key & UINT32_MAX) + 1;

		*most = records > *most ? records : *most;
	}
	for (uint32_t i = 0; i < inputs; i++) {
		uint64_t records = first[i];

		first[i] = sum;
		sum += records;
	}
	for (size_t i = 0; i < n; i++)
		item[i].key = first[item[i].key >> 32] +
			      (item[i].key & UINT32_MAX);
	free(first);
}

/* Events without a time are last both ways.  Where all are whole seconds, as
 * CloudTrail's are, seconds are enough. */
static void time_keys(const struct store *store, struct radix_item *item,
		      size_t n, bool descending)
{
	int64_t least = INT64_MAX, most = INT64_MIN;
	uint64_t range = 0, unit = 1000;

	for (size_t i = 0; i < n; i++) {
		int64_t time = event_of(store, event_in(&item[i]))->time;

		item[i].key = (uint64_t)time;
		if (time == SEGMENT_NO_TIME)
			continue;
		least = time < least ? time : least;
		most = time > most ? time : most;
		unit = time % 1000 ? 1 : unit;
	}
	if (most >= least)
		range = ((uint64_t)most - (uint64_t)least) / unit + 1;
	for (size_t i = 0; i < n; i++) {
		uint64_t time = item[i].key;

		if (time == (uint64_t)SEGMENT_NO_TIME)
			item[i].key = range;
		else
			item[i].key = (descending ? (uint64_t)most - time
						  : time - (uint64_t)least) /
				      unit;
	}
}

/* So are events without a value. */
static void rank_keys(const struct store *store, const struct column_ref *ref,
		      struct radix_item *item, size_t n, bool descending)
{
	struct rank *rank = rank_new(store, ref);

	for (size_t i = 0; i < n; i++)
		item[i].key = rank_add(rank, event_in(&item[i]));
	rank_sort(rank);
	for (size_t i = 0; i < n; i++) {
		uint32_t r = rank_of(rank, (uint32_t)item[i].key);

		item[i].key = descending && r != RANK_NONE ? RANK_NONE - 1 - r
							   : r;
	}
	rank_free(rank);
}

void order_sort(const struct store *store, const struct order *order,
		struct store_event *events, size_t n)
{
	static const struct order by_time = {{{{.column = COLUMN_TIME},
					       false}}, 1};
	struct radix_item *memory = memory_alloc(
		memory_multiply(n, 2 * sizeof *memory));
	struct radix_item *item = memory;

	if (order->count == 0)
		order = &by_time;
	for (size_t i = 0; i < n; i++)
		item[i].what = (uint64_t)events[i].segment << 32 |
			       events[i].index;
	identity_keys(store, item, n);
	item = radix_sort(item, memory + n, n);
	for (size_t k = order->count; k-- > 0;) {
		const struct order_key *key = &order->key[k];

		if (key->column.column == COLUMN_TIME)
			time_keys(store, item, n, key->descending);
		else
			rank_keys(store, &key->column, item, n,
				  key->descending);
		item = radix_sort(item, item == memory ? memory + n : memory,
				  n);
	}
	for (size_t i = 0; i < n; i++)
		events[i] = event_in(&item[i]);
	free(memory);
}

bool order_parse(struct span text, struct order *order, struct error *err)
{
	struct span rest = text;
	bool more = text.n > 0;

	*order = (struct order){.count = 0};
	while (more) {
		const char *comma = rest.n ? memchr(rest.p, ',', rest.n) : NULL;
		size_t n = comma ? (size_t)(comma - rest.p) : rest.n;
		bool descending = n > 0 && *rest.p == '-';
		struct span name = {rest.p + descending, n - descending};
		struct order_key *key = &order->key[order->count];

		if (order->count == ORDER_KEYS) {
			error_set(err, "too many columns to sort by: at most "
				       "%d", ORDER_KEYS);
			order_free(order);
			return false;
		}
		if (!columns_parse(name, &key->column, err)) {
			if (err)
				error_at(err, 1, (uint64_t)(name.p - text.p) +
					 1, (uint64_t)(name.p - text.p));
			order_free(order);
			return false;
		}
		key->descending = descending;
		order->count++;
		more = comma != NULL;
		rest = span_from(rest, n + 1);
	}
	return true;
}

bool order_same_column(const struct column_ref *a, const struct column_ref *b)
{
	struct buffer one = {0}, other = {0};
	bool same = a->column == b->column;

	if (same && a->column == COLUMN_PATH) {
		columns_name(a, &one);
		columns_name(b, &other);
		same = span_equal(buffer_span(&one), buffer_span(&other));
	}
	buffer_free(&one);
	buffer_free(&other);
	return same;
}

bool order_same(const struct order *a, const struct order *b)
{
	bool same = a->count == b->count;

	for (size_t i = 0; same && i < a->count; i++)
		same = a->key[i].descending == b->key[i].descending &&
		       order_same_column(&a->key[i].column,
					 &b->key[i].column);
	return same;
}

struct order order_copy(const struct order *order)
{
	struct order copy = *order;

	for (size_t i = 0; i < copy.count; i++)
		copy.key[i].column = columns_copy(&order->key[i].column);
	return copy;
}

void order_free(struct order *order)
{
	for (size_t i = 0; i < order->count; i++)
		columns_free(&order->key[i].column);
	order->count = 0;
}
