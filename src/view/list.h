/* The event list: which events are shown, in what order, and which one is
 * selected.  Rows come from query/run; what is selected is an event,
 * not a row, and stays selected while rows come and go. */
#ifndef VIEW_LIST_H
#define VIEW_LIST_H

#include "query/order.h"
#include "store/store.h"
#include "trail/columns.h"
#include "view/pane.h"
#include "view/storms.h"

#include <stdbool.h>
#include <stddef.h>

struct list {
	struct store_event *all;        /* owned; TOTAL of them */
	size_t total;
	bool fold;                      /* storms are */
	struct storms storms;           /* of ALL, where they are known */
	struct storms at;               /* those that are folded now: the same
					   or its own; not known: none */
	struct store_event *open;       /* first events of storms that were
					   unfolded */
	size_t opened;
	struct pane pane;
	struct order order;             /* of the rows that come next */
	struct store_event wanted;      /* what the user chose */
	bool chosen;                    /* a key was pressed: until then the
					   cursor stays on the first row */
	bool away;                      /* wanted is not among the rows */
	bool part;                      /* there are more rows, which come */
	size_t offset;                  /* then: of the cursor below the top,
					   before the part came */
};

struct list_rows {
	struct store_event *event;
	size_t count;
	struct storms storms;           /* may be not known */
	bool part;                      /* without a gap, until the rest comes */
};

/* ORDER is copied. */
void list_init(struct list *, const struct order *);
void list_free(struct list *);

/* Takes what the rows point to.  The chosen event keeps its place on the screen;
 * when it is not among them the cursor goes to the nearest row before that is,
 * and comes back as soon as the event does. */
void list_take_rows(struct list *, const struct store *,
		    const struct list_rows *);

/* Folds storms where they are known, or unfolds them all. */
void list_set_fold(struct list *, bool fold);

/* Whether storms are to be found for the rows that come next: there are none
 * without an order of time alone. */
bool list_folds(const struct list *);

/* Unfolds the storm under the cursor; false when there is none. */
bool list_unfold(struct list *);

/* The event of row I, the first where it stands for several. */
struct store_event list_event(const struct list *, size_t i);

/* How many events row I stands for. */
size_t list_stands_for(const struct list *, size_t i);

/* Whether they are known to differ in the column. */
bool list_differs(const struct list *, size_t i, enum column);

/* Where the event under the cursor is in ALL, and to the one at place I there,
 * on purpose, unfolding its storm. */
size_t list_at(const struct list *);
void list_go(struct list *, size_t i);

/* The place in ALL of the first event that is nearest to a time, in ms, and not
 * before it, or with SIGN -1 not after it; false when there is none. */
bool list_find_time(const struct list *, const struct store *, int64_t wanted,
		    int sign, size_t *at);

/* The event under the cursor, or STORE_NO_EVENT. */
struct store_event list_selected(const struct list *);

/* The event that stays where it is on the screen when rows change: the chosen
 * one, though it may be hidden. */
struct store_event list_chosen(const struct list *);

/* After the cursor was moved on purpose: its event is the chosen one. */
void list_choose(struct list *);

/* Orders by a column, ascending at first; by the same column once more the
 * other way round. */
void list_sort_by(struct list *, const struct column_ref *);

/* The direction in which a column sorts first: 1, -1, or 0 when it does not. */
int list_sorted_by(const struct list *, const struct column_ref *);

#endif
