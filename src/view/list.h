/* The event list: which events are shown, in what order, and which one is
 * selected.  Rows come from query/run; what is selected is an event,
 * not a row, and stays selected while rows come and go. */
#ifndef VIEW_LIST_H
#define VIEW_LIST_H

#include "query/order.h"
#include "store/store.h"
#include "trail/columns.h"
#include "view/pane.h"

#include <stdbool.h>
#include <stddef.h>

struct list {
	struct store_event *rows;       /* owned; pane.count of them */
	struct pane pane;
	struct order order;             /* of the rows that come next */
	struct store_event wanted;      /* what the user chose */
	bool chosen;                    /* a key was pressed: until then the
					   cursor stays on the first row */
	bool away;                      /* wanted is not among the rows */
};

/* ORDER is copied. */
void list_init(struct list *, const struct order *);
void list_free(struct list *);

/* Takes the rows.  The chosen event keeps its place on the screen; when it is
 * not among them the cursor goes to the nearest row before that is, and comes
 * back as soon as the event does. */
void list_take_rows(struct list *, const struct store *,
		    struct store_event *rows, size_t count);

/* The event under the cursor, or STORE_NO_EVENT. */
struct store_event list_selected(const struct list *);

/* After the cursor was moved on purpose: its event is the chosen one. */
void list_choose(struct list *);

/* Orders by a column, ascending at first; by the same column once more the
 * other way round. */
void list_sort_by(struct list *, const struct column_ref *);

/* The direction in which a column sorts first: 1, -1, or 0 when it does not. */
int list_sorted_by(const struct list *, const struct column_ref *);

#endif
