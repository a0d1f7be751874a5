/* Owns how equal texts are found: by hash they are dealt into buckets, each of
 * which is small enough to be gone through without leaving the cache. */
#include "query/unite.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>

enum { BUCKETS = 64, SHIFT = 64 - 6 };  /* by the upper bits of the hash */

struct item {
	uint64_t hash;
	const struct distinct_value *value;
};

struct uniting {
	const struct store *store;
	const struct unite_list *list;
	uint64_t **hash;                /* by list, of each value */
	size_t (*at)[BUCKETS];          /* by list: how many, then where */
	size_t from[BUCKETS + 1];
	struct item *item;              /* by bucket, and there by list */
	struct distinct_value *value;   /* those of bucket B from from[B] on */
	size_t found[BUCKETS];
};

bool unite_is_earlier(const struct store *store, int64_t time,
		      struct store_event e, const struct distinct_value *value)
{
	if (value->first.segment == UINT32_MAX || time != value->time)
		return value->first.segment == UINT32_MAX ||
		       time < value->time;
	return store_compare(store, e, value->first) < 0;
}

static void hash_list(void *context, size_t number)
{
	struct uniting *u = context;
	const struct unite_list *list = &u->list[number];
	uint64_t *hash = memory_alloc(memory_multiply(list->count + 1,
						      sizeof *hash));

	for (size_t i = 0; i < list->count; i++) {
		hash[i] = hash_span(list->value[i].text);
		u->at[number][hash[i] >> SHIFT]++;
	}
	u->hash[number] = hash;
}

static void deal_list(void *context, size_t number)
{
	struct uniting *u = context;
	const struct unite_list *list = &u->list[number];

	for (size_t i = 0; i < list->count; i++) {
		uint64_t hash = u->hash[number][i];

		u->item[u->at[number][hash >> SHIFT]++] = (struct item){
			hash, &list->value[i]};
	}
	free(u->hash[number]);
}

/* Numbers become places. */
static void lay_out(struct uniting *u, size_t lists)
{
	size_t next = 0;

	for (size_t b = 0; b < BUCKETS; b++) {
		u->from[b] = next;
		for (size_t i = 0; i < lists; i++) {
			size_t count = u->at[i][b];

			u->at[i][b] = next;
			next += count;
		}
	}
	u->from[BUCKETS] = next;
	u->item = memory_alloc(memory_multiply(next + 1, sizeof *u->item));
	u->value = memory_alloc(memory_multiply(next + 1, sizeof *u->value));
}

void unite_values(const struct store *store, struct distinct_value *to,
		  const struct distinct_value *from)
{
	to->shown += from->shown;
	to->all += from->all;
	if (unite_is_earlier(store, from->time, from->first, to)) {
		to->first = from->first;
		to->time = from->time;
	}
}

/* Items whose text was met before leave their place to those that follow. */
static void unite_bucket(void *context, size_t number)
{
	struct uniting *u = context;
	struct item *item = u->item + u->from[number];
	struct distinct_value *value = u->value + u->from[number];
	size_t count = u->from[number + 1] - u->from[number], found = 0;
	size_t size = 1, at;
	uint32_t *table;                /* of what was found, plus one */

	while (size < 2 * count)
		size *= 2;
	table = memory_clear(size, sizeof *table);
	for (size_t i = 0; i < count; i++) {
		struct item next = item[i];

		for (at = next.hash & (size - 1); table[at];
		     at = (at + 1) & (size - 1))
			if (item[table[at] - 1].hash == next.hash &&
			    span_equal(value[table[at] - 1].text,
				       next.value->text))
				break;
		if (table[at]) {
			unite_values(u->store, &value[table[at] - 1],
				     next.value);
			continue;
		}
		item[found] = next;
		value[found] = *next.value;
		table[at] = (uint32_t)++found;
	}
	free(table);
	u->found[number] = found;
}

void unite_lists(const struct store *store, struct jobs *jobs,
		 const struct unite_list *list, size_t lists,
		 struct distinct *to)
{
	struct uniting u = {.store = store, .list = list};

	u.hash = memory_clear(lists + 1, sizeof *u.hash);
	u.at = memory_clear(lists + 1, sizeof *u.at);
	jobs_each(jobs, lists, hash_list, &u);
	lay_out(&u, lists);
	jobs_each(jobs, lists, deal_list, &u);
	jobs_each(jobs, BUCKETS, unite_bucket, &u);
	to->value = u.value;
	to->count = 0;
	for (size_t b = 0; b < BUCKETS; b++) {
		memmove(to->value + to->count, u.value + u.from[b],
			u.found[b] * sizeof *u.value);
		to->count += u.found[b];
	}
	free(u.hash);
	free(u.at);
	free(u.item);
}
