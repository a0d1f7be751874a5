/* State of the event list.  Must not know how it is drawn or who runs queries.
 */
#include "view/list.h"

#include "base/memory.h"

#include <stdlib.h>

void list_init(struct list *l, const struct order *order)
{
	*l = (struct list){.wanted = STORE_NO_EVENT,
			   .order = order_copy(order)};
}

void list_free(struct list *l)
{
	free(l->rows);
	order_free(&l->order);
}

static bool same_event(struct store_event a, struct store_event b)
{
	return a.segment == b.segment && a.index == b.index;
}

struct store_event list_selected(const struct list *l)
{
	return l->pane.count ? l->rows[l->pane.cursor] : STORE_NO_EVENT;
}

void list_choose(struct list *l)
{
	l->chosen = true;
	l->away = false;
	l->wanted = list_selected(l);
}

static bool find(const struct store_event *rows, size_t count,
		 struct store_event event, size_t *row)
{
	for (size_t i = 0; i < count; i++) {
		if (same_event(rows[i], event)) {
			*row = i;
			return true;
		}
	}
	return false;
}

/* One bit an event, to ask many times whether it is among the rows. */
struct members {
	uint64_t **bits;        /* for each segment */
	uint32_t segments;
};

static struct members members_of(const struct store *store,
				 const struct store_event *rows, size_t count)
{
	struct members m = {.segments = store_segment_count(store)};

	m.bits = memory_clear(m.segments, sizeof(*m.bits));
	for (uint32_t i = 0; i < m.segments; i++)
		m.bits[i] = memory_clear(store_segment(store, i)->count / 64 +
					 1, sizeof(**m.bits));
	for (size_t i = 0; i < count; i++)
		m.bits[rows[i].segment][rows[i].index / 64] |=
			1ull << rows[i].index % 64;
	return m;
}

static bool is_member(const struct members *m, struct store_event e)
{
	return m->bits[e.segment][e.index / 64] >> e.index % 64 & 1;
}

static void free_members(struct members *m)
{
	for (uint32_t i = 0; i < m->segments; i++)
		free(m->bits[i]);
	free(m->bits);
}

/* Of the old rows the nearest at or before the cursor, else after it, that is
 * still shown; STORE_NO_EVENT when none is. */
static struct store_event survivor(const struct list *l,
				   const struct store *store,
				   const struct store_event *rows, size_t count)
{
	struct members m = members_of(store, rows, count);
	struct store_event found = STORE_NO_EVENT;
	size_t at = l->pane.cursor;

	while (at > 0 && !is_member(&m, l->rows[at]))
		at--;
	while (at < l->pane.count && !is_member(&m, l->rows[at]))
		at++;
	if (at < l->pane.count)
		found = l->rows[at];
	free_members(&m);
	return found;
}

void list_take_rows(struct list *l, const struct store *store,
		    struct store_event *rows, size_t count)
{
	size_t row = 0;

	l->away = false;
	if (l->chosen && count > 0 &&
	    !find(rows, count, l->wanted, &row)) {
		l->away = true;
		if (l->pane.count > 0)
			find(rows, count, survivor(l, store, rows, count),
			     &row);
	}
	free(l->rows);
	l->rows = rows;
	if (count > l->pane.count)
		pane_set_count(&l->pane, count);
	pane_carry(&l->pane, l->chosen ? row : 0);
	pane_set_count(&l->pane, count);
	l->away |= l->chosen && count == 0;
}

static bool same_column(const struct column_ref *a, const struct column_ref *b)
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

int list_sorted_by(const struct list *l, const struct column_ref *column)
{
	const struct order_key *key = &l->order.key[0];

	/* Without keys the order is that of time. */
	if (l->order.count == 0)
		return column->column == COLUMN_TIME ? 1 : 0;
	if (!same_column(column, &key->column))
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
