/* State of the event list.  Must not know how it is drawn or who runs queries.
 */
#include "view/list.h"

#include "base/memory.h"
#include "query/eventset.h"
#include "view/storms.h"

#include <stdlib.h>

void list_init(struct list *l, const struct order *order)
{
	*l = (struct list){.wanted = STORE_NO_EVENT,
			   .order = order_copy(order)};
}

/* What is in AT and not the same as STORMS. */
static void forget_unfolded(struct list *l)
{
	if (l->at.row != l->storms.row)
		storms_free(&l->at);
	l->at = (struct storms){.row = NULL};
}

void list_free(struct list *l)
{
	free(l->all);
	forget_unfolded(l);
	storms_free(&l->storms);
	free(l->open);
	order_free(&l->order);
}

struct store_event list_event(const struct list *l, size_t i)
{
	return l->all[l->at.row ? l->at.row[i].from : i];
}

struct store_event list_selected(const struct list *l)
{
	return l->pane.count ? list_event(l, l->pane.cursor) : STORE_NO_EVENT;
}

struct store_event list_chosen(const struct list *l)
{
	return l->chosen ? l->wanted : list_selected(l);
}

void list_choose(struct list *l)
{
	if (l->pane.count == 0)
		return;
	l->chosen = true;
	l->away = false;
	l->wanted = list_selected(l);
	l->offset = l->pane.cursor - l->pane.top;
}

/* Of the old rows the nearest at or before the cursor, else after it, that is
 * still shown; STORE_NO_EVENT when none is. */
static struct store_event survivor(const struct list *l,
				   const struct store *store,
				   const struct store_event *rows, size_t count)
{
	struct eventset *among = eventset_new(store, rows, count);
	struct store_event found = STORE_NO_EVENT;
	size_t at = l->pane.cursor;

	while (at > 0 && !eventset_has(among, list_event(l, at)))
		at--;
	while (at < l->pane.count && !eventset_has(among, list_event(l, at)))
		at++;
	if (at < l->pane.count)
		found = list_event(l, at);
	eventset_free(among);
	return found;
}

/* Where among the new rows the cursor goes when the chosen event is none of
 * them. */
static size_t nearest_place(const struct list *l, const struct store *store,
			    const struct list_rows *rows)
{
	size_t at = rows->count;

	if (l->pane.count > 0)
		at = store_place_of(rows->event, rows->count,
				    survivor(l, store, rows->event,
					     rows->count));
	return at < rows->count ? at : 0;
}

static bool is_by_time(const struct order *order)
{
	return order->count == 0 ||
	       (order->count == 1 &&
		order->key[0].column.column == COLUMN_TIME);
}

bool list_folds(const struct list *l)
{
	return l->fold && is_by_time(&l->order);
}

/* The row in which event I of ALL is told. */
static size_t row_for(const struct list *l, size_t count, size_t i)
{
	size_t low = 0, high = count;

	if (!l->at.row)
		return i;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (l->at.row[middle].from <= i)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The rows, of which the one of the event at place WANTED of ALL is not to be
 * hidden; the pane is the caller's. */
static size_t make_rows(struct list *l, size_t wanted)
{
	forget_unfolded(l);
	if (!l->fold || !l->storms.row)
		return l->total;
	l->at = l->storms;
	if (l->opened > 0 || (wanted < l->total &&
			      l->at.row[row_for(l, l->at.count, wanted)].from !=
				      wanted))
		l->at = storms_open(&l->storms, l->all, l->open, l->opened,
				    wanted);
	return l->at.count;
}

/* What the cursor was on lies at place I of ALL, and is not to be hidden. */
static void show_rows(struct list *l, size_t i)
{
	size_t count = make_rows(l, l->chosen && !l->away ? i : SIZE_MAX);
	size_t offset = l->part ? l->offset : l->pane.cursor - l->pane.top;

	if (count > l->pane.count)
		pane_set_count(&l->pane, count);
	pane_put(&l->pane, row_for(l, count, i), offset);
	pane_set_count(&l->pane, count);
}

void list_take_rows(struct list *l, const struct store *store,
		    const struct list_rows *rows)
{
	size_t at = 0;

	if (rows->part && !l->part)
		l->offset = l->pane.cursor - l->pane.top;
	l->part |= rows->part;
	l->away = false;
	if (l->chosen)
		l->wanted = store_kept(store, l->wanted);
	if (l->chosen && rows->count > 0) {
		at = store_place_of(rows->event, rows->count, l->wanted);
		l->away = at == rows->count;
	}
	if (l->away)
		at = nearest_place(l, store, rows);
	free(l->all);
	l->all = rows->event;
	l->total = rows->count;
	forget_unfolded(l);
	storms_free(&l->storms);
	l->storms = rows->storms;
	show_rows(l, l->chosen ? at : 0);
	l->part = rows->part;
	l->away |= l->chosen && rows->count == 0;
}

size_t list_stands_for(const struct list *l, size_t i)
{
	const struct storms_row *row = l->at.row;

	return row ? row[i + 1].from - row[i].from : 1;
}

bool list_differs(const struct list *l, size_t i, enum column column)
{
	return l->at.row && storms_differ(&l->at.row[i], column);
}

size_t list_at(const struct list *l)
{
	return l->at.row && l->pane.count > 0 ? l->at.row[l->pane.cursor].from
					      : l->pane.cursor;
}

void list_set_fold(struct list *l, bool fold)
{
	size_t at = list_at(l);

	l->fold = fold;
	l->opened = 0;
	show_rows(l, at);
}

bool list_unfold(struct list *l)
{
	size_t at = list_at(l);

	if (l->pane.count == 0 || list_stands_for(l, l->pane.cursor) == 1)
		return false;
	l->open = memory_resize(l->open, l->opened + 1, sizeof *l->open);
	l->open[l->opened++] = l->all[at];
	show_rows(l, at);
	return true;
}

void list_go(struct list *l, size_t i)
{
	size_t row = row_for(l, l->pane.count, i);

	if (l->at.row && l->at.row[row].from != i) {
		pane_go(&l->pane, row);
		list_unfold(l);
		row = row_for(l, l->pane.count, i);
	}
	pane_go(&l->pane, row);
	list_choose(l);
}

static int64_t time_at(const struct list *l, const struct store *store,
		       size_t i)
{
	return segment_event(store_segment(store, l->all[i].segment),
			     l->all[i].index)->time;
}

/* In rows by time, which fall with DIRECTION -1, the first whose time is at
 * WANTED or behind it; those without a time are last. */
static size_t time_bound(const struct list *l, const struct store *store,
			 int64_t wanted, int direction)
{
	size_t low = 0, high = l->total;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int64_t time = time_at(l, store, middle);

		if (time != SEGMENT_NO_TIME &&
		    (direction > 0 ? time < wanted : time > wanted))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool find_by_time(const struct list *l, const struct store *store,
			 int64_t wanted, int sign, size_t *at)
{
	int direction = l->order.count && l->order.key[0].descending ? -1 : 1;

	if (sign == direction) {
		*at = time_bound(l, store, wanted, direction);
		return *at < l->total &&
		       time_at(l, store, *at) != SEGMENT_NO_TIME;
	}
	/* The last that is not behind it, and of its equals the first. */
	*at = time_bound(l, store, wanted + direction, direction);
	if (*at == 0)
		return false;
	*at = time_bound(l, store, time_at(l, store, *at - 1), direction);
	return true;
}

bool list_find_time(const struct list *l, const struct store *store,
		    int64_t wanted, int sign, size_t *at)
{
	int64_t best = INT64_MAX, time;

	if (is_by_time(&l->order))
		return find_by_time(l, store, wanted, sign, at);
	for (size_t i = 0; i < l->total; i++) {
		time = time_at(l, store, i);
		if (time == SEGMENT_NO_TIME || (time - wanted) * sign < 0 ||
		    (time - wanted) * sign >= best)
			continue;
		best = (time - wanted) * sign;
		*at = i;
	}
	return best != INT64_MAX;
}

int list_sorted_by(const struct list *l, const struct column_ref *column)
{
	const struct order_key *key = &l->order.key[0];

	/* Without keys the order is that of time. */
	if (l->order.count == 0)
		return column->column == COLUMN_TIME ? 1 : 0;
	if (!order_same_column(column, &key->column))
		return 0;
	return key->descending ? -1 : 1;
}

void list_sort_by(struct list *l, const struct column_ref *column)
{
	int now = list_sorted_by(l, column);

	order_free(&l->order);
	l->order.count = 1;
	l->order.key[0].column = columns_copy(column);
	l->order.key[0].descending = now > 0;
}
