/* Owns no order: sorts the events it is given.  Texts are ranked once per
 * distinct value, then events are sorted by rank with a stable radix sort, from
 * the last key to the first. */
#include "query/order.h"

#include "base/memory.h"
#include "query/radix.h"
#include "query/rank.h"

#include <stdlib.h>

/* A thread takes so many events at once. */
enum { SHARE = 1 << 15 };

struct share {
	int64_t least, most;    /* times; least > most: none */
	bool seconds;           /* whole ones, all of them */
};

/* Items are keys above the events' places.  What keys are made of is fetched in
 * the order of places, in which memory lies. */
struct sorting {
	const struct store *store;
	struct jobs *jobs;
	struct store_event *events;
	uint64_t *item, *spare;
	uint32_t *value;                /* of the column, by place */
	size_t n;
	struct share *share;
	struct rank *rank;
	/* Of times: */
	int64_t least, most;
	uint64_t range;
	bool seconds, upper;
	bool descending;        /* of ranks too */
};

static size_t place_in(const struct sorting *s, size_t i)
{
	return (uint32_t)s->item[i];
}

static void set_key(struct sorting *s, size_t i, uint32_t key)
{
	s->item[i] = (uint64_t)key << 32 | (uint32_t)s->item[i];
}

static void each_share(struct sorting *s, void (*run)(void *, size_t))
{
	jobs_each(s->jobs, (s->n + SHARE - 1) / SHARE, run, s);
}

static size_t share_end(const struct sorting *s, size_t n)
{
	return s->n - n * SHARE < SHARE ? s->n : (n + 1) * SHARE;
}

static void sort(struct sorting *s)
{
	uint64_t *sorted = radix_sort_upper(s->item, s->spare, s->n);

	if (sorted == s->item)
		return;
	s->spare = s->item;
	s->item = sorted;
}

static void fetch_times(void *context, size_t n)
{
	struct sorting *s = context;
	struct share share = {INT64_MAX, INT64_MIN, true};
	size_t end = share_end(s, n);

	for (size_t i = n * SHARE; i < end; i++) {
		struct store_event e = s->events[i];
		int64_t time = segment_event(store_segment(s->store,
							   e.segment),
					     e.index)->time;

		s->spare[i] = (uint64_t)time;
		if (time == SEGMENT_NO_TIME)
			continue;
		share.least = time < share.least ? time : share.least;
		share.most = time > share.most ? time : share.most;
		share.seconds &= time % 1000 == 0;
	}
	s->share[n] = share;
}

static void set_time_keys(void *context, size_t n)
{
	struct sorting *s = context;
	size_t end = share_end(s, n);

	for (size_t i = n * SHARE; i < end; i++) {
		uint64_t time = s->spare[place_in(s, i)], key = s->range;

		if (time != (uint64_t)SEGMENT_NO_TIME) {
			key = s->descending ? (uint64_t)s->most - time
					    : time - (uint64_t)s->least;
			key = s->seconds ? key / 1000 : key;
		}
		set_key(s, i, (uint32_t)(s->upper ? key >> 32 : key));
	}
}

/* Events without a time are last both ways.  Where all are whole seconds, as
 * CloudTrail's are, seconds are enough. */
static void find_range(struct sorting *s)
{
	each_share(s, fetch_times);
	s->least = INT64_MAX;
	s->most = INT64_MIN;
	s->seconds = true;
	for (size_t i = 0; i * SHARE < s->n; i++) {
		const struct share *share = &s->share[i];

		s->least = share->least < s->least ? share->least : s->least;
		s->most = share->most > s->most ? share->most : s->most;
		s->seconds &= share->seconds;
	}
	s->range = 0;
	if (s->most >= s->least)
		s->range = ((uint64_t)s->most - (uint64_t)s->least) /
			   (s->seconds ? 1000 : 1) + 1;
}

static void sort_by_time(struct sorting *s, bool descending)
{
	s->descending = descending;
	s->upper = false;
	find_range(s);
	each_share(s, set_time_keys);
	sort(s);
	if (s->range >> 32 == 0)
		return;
	s->upper = true;
	find_range(s);
	each_share(s, set_time_keys);
	sort(s);
}

static void fetch_values(void *context, size_t n)
{
	struct sorting *s = context;
	size_t end = share_end(s, n);

	for (size_t i = n * SHARE; i < end; i++)
		s->value[i] = rank_value(s->rank, s->events[i]);
}

/* Events without a value are last both ways. */
static void set_rank_keys(void *context, size_t n)
{
	struct sorting *s = context;
	size_t end = share_end(s, n);

	for (size_t i = n * SHARE; i < end; i++) {
		uint32_t r = rank_of(s->rank, s->value[place_in(s, i)]);

		set_key(s, i, s->descending && r != RANK_NONE
				      ? RANK_NONE - 1 - r : r);
	}
}

static void sort_by_rank(struct sorting *s, const struct column_ref *ref,
			 bool descending)
{
	s->descending = descending;
	s->rank = rank_new(s->store, ref);
	if (!s->value)
		s->value = memory_alloc(memory_multiply(s->n,
							sizeof *s->value));
	each_share(s, fetch_values);
	for (size_t i = 0; i < s->n; i++)
		s->value[i] = rank_add(s->rank, s->events[i], s->value[i]);
	rank_sort(s->rank);
	each_share(s, set_rank_keys);
	rank_free(s->rank);
	sort(s);
}

static void put_in_order(void *context, size_t n)
{
	struct sorting *s = context;
	size_t end = share_end(s, n);

	for (size_t i = n * SHARE; i < end; i++) {
		struct store_event e = s->events[place_in(s, i)];

		s->spare[i] = (uint64_t)e.segment << 32 | e.index;
	}
}

static void write_back(void *context, size_t n)
{
	struct sorting *s = context;
	size_t end = share_end(s, n);

	for (size_t i = n * SHARE; i < end; i++)
		s->events[i] = (struct store_event){
			(uint32_t)(s->spare[i] >> 32), (uint32_t)s->spare[i]};
}

/* Whether values that are equal are told apart by their times anyway. */
static bool has_time(const struct order *order)
{
	for (size_t k = 0; k < order->count; k++)
		if (order->key[k].column.column == COLUMN_TIME)
			return true;
	return false;
}

void order_sort(const struct store *store, struct jobs *jobs,
		const struct order *order, struct store_event *events,
		size_t n)
{
	struct sorting s = {.store = store, .jobs = jobs, .events = events,
			    .n = n};

	s.item = memory_alloc(memory_multiply(n, sizeof *s.item));
	s.spare = memory_alloc(memory_multiply(n, sizeof *s.spare));
	s.share = memory_alloc((n / SHARE + 1) * sizeof *s.share);
	for (size_t i = 0; i < n; i++)
		s.item[i] = i;
	if (!has_time(order))
		sort_by_time(&s, false);
	for (size_t k = order->count; k-- > 0;) {
		const struct order_key *key = &order->key[k];

		if (key->column.column == COLUMN_TIME)
			sort_by_time(&s, key->descending);
		else
			sort_by_rank(&s, &key->column, key->descending);
	}
	each_share(&s, put_in_order);
	each_share(&s, write_back);
	free(s.item);
	free(s.spare);
	free(s.share);
	free(s.value);
}

/* NAME of LIST, with a `-` for descending. */
static bool parse_key(struct span list, struct span name, struct order *order,
		      struct error *err)
{
	bool descending = name.n > 0 && *name.p == '-';
	struct order_key *key = &order->key[order->count];
	size_t at = (size_t)(name.p - list.p);

	if (order->count == ORDER_KEYS) {
		error_set(err, "too many columns to sort by: at most %d",
			  ORDER_KEYS);
		return error_at(err, 1, at + 1, at);
	}
	if (descending)
		name = span_trim(span_from(name, 1));
	if (!columns_parse_in(list, name, &key->column, err))
		return false;
	key->descending = descending;
	order->count++;
	return true;
}

bool order_parse(struct span text, struct order *order, struct error *err)
{
	size_t at = 0;

	*order = (struct order){.count = 0};
	while (text.n > 0 && at <= text.n) {
		if (!parse_key(text, columns_next(text, &at), order, err)) {
			order_free(order);
			return false;
		}
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
