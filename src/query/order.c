/* Owns no order: sorts the events it is given.  Texts are ranked once per
 * distinct value, then events are sorted by rank with a stable radix sort, from
 * the last key to the first. */
#include "query/order.h"

#include "query/rank.h"
#include "base/memory.h"

#include <stdlib.h>

enum { DIGIT = 11, DIGITS = 1 << DIGIT };

struct item {
	uint64_t key;
	struct store_event event;
};

/* One pass over the digit at SHIFT. */
static void pass(const struct item *from, struct item *to, size_t n,
		 unsigned shift, uint64_t least)
{
	size_t count[DIGITS] = {0}, at = 0;

	for (size_t i = 0; i < n; i++)
		count[(from[i].key - least) >> shift & (DIGITS - 1)]++;
	for (size_t d = 0; d < DIGITS; d++) {
		size_t c = count[d];

		count[d] = at;
		at += c;
	}
	for (size_t i = 0; i < n; i++) {
		size_t d = (from[i].key - least) >> shift & (DIGITS - 1);

		to[count[d]++] = from[i];
	}
}

/* Sorts ITEM by key with SPARE's help; answers which of the two holds the
 * result. */
static struct item *radix(struct item *item, struct item *spare, size_t n)
{
	uint64_t least = UINT64_MAX, most = 0;
	bool sorted = true;

	for (size_t i = 0; i < n; i++) {
		least = item[i].key < least ? item[i].key : least;
		most = item[i].key > most ? item[i].key : most;
		sorted &= i == 0 || item[i - 1].key <= item[i].key;
	}
	if (sorted)
		return item;
	for (unsigned shift = 0; shift < 64 && (most - least) >> shift;
	     shift += DIGIT) {
		struct item *other = spare;

		pass(item, spare, n, shift, least);
		spare = item;
		item = other;
	}
	return item;
}

static const struct segment_event *event_of(const struct store *store,
					    struct store_event e)
{
	return segment_event(store_segment(store, e.segment), e.index);
}

static void identity_keys(const struct store *store, struct item *item,
			  size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct segment_event *e = event_of(store,
							 item[i].event);

		item[i].key = (uint64_t)e->input << 32 | e->record;
	}
}

/* Events without a time are last both ways. */
static void time_keys(const struct store *store, struct item *item, size_t n,
		      bool descending)
{
	for (size_t i = 0; i < n; i++) {
		int64_t time = event_of(store, item[i].event)->time;
		uint64_t key = (uint64_t)time ^ (UINT64_C(1) << 63);

		if (time == SEGMENT_NO_TIME)
			item[i].key = UINT64_MAX;
		else
			item[i].key = descending ? ~key : key;
	}
}

/* So are events without a value. */
static void rank_keys(const struct store *store, const struct column_ref *ref,
		      struct item *item, size_t n, bool descending)
{
	struct rank *rank = rank_new(store, ref);

	for (size_t i = 0; i < n; i++)
		item[i].key = rank_add(rank, item[i].event);
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
	struct item *memory = memory_alloc(memory_multiply(n, 2 *
							   sizeof *memory));
	struct item *item = memory;

	if (order->count == 0)
		order = &by_time;
	for (size_t i = 0; i < n; i++)
		item[i].event = events[i];
	identity_keys(store, item, n);
	item = radix(item, memory + n, n);
	for (size_t k = order->count; k-- > 0;) {
		const struct order_key *key = &order->key[k];

		if (key->column.column == COLUMN_TIME)
			time_keys(store, item, n, key->descending);
		else
			rank_keys(store, &key->column, item, n,
				  key->descending);
		item = radix(item, item == memory ? memory + n : memory, n);
	}
	for (size_t i = 0; i < n; i++)
		events[i] = item[i].event;
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
