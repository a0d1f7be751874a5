/* Queries in the background: one at a time, and when more is asked meanwhile
 * only the newest.  What fills a screen may come before the rest.  The screen's
 * thread asks and takes; it never waits. */
#ifndef SCREEN_WORK_H
#define SCREEN_WORK_H

#include "query/filter.h"
#include "query/order.h"
#include "query/run.h"
#include "view/storms.h"
#include "view/strip.h"

#include <stdbool.h>

struct jobs;
struct work;

/* JOBS of NULL: what is asked is answered at once, on the same thread.  WAKE
 * is called from any thread when there is something to take. */
struct work *work_new(const struct store *, struct jobs *, void (*wake)(void));

/* Ends what runs, and waits for that. */
void work_free(struct work *);

/* Takes the filter, copies the order.  What runs is cancelled when its text or
 * order has been overtaken. */
void work_ask(struct work *, struct filter *, const struct order *);

/* What is wanted beside the answer. */
struct work_wish {
	size_t rows;                    /* a part of it within some
					   milliseconds, if all events were
					   asked for in that order before: so
					   many rows before and behind FROM;
					   0: no part */
	struct store_event from;        /* STORE_NO_EVENT: the first */
	bool storms;                    /* are to be found */
};
void work_ask_wishing(struct work *, struct filter *, const struct order *,
		      const struct work_wish *);

struct work_answer {
	struct filter *filter;          /* owned by who takes the answer */
	struct run_result result;       /* likewise */
	struct strip strip;             /* of its events */
	struct storms storms;           /* likewise, where they were wanted;
					   owned by who takes the answer */
	bool part;                      /* of RESULT only events and their
					   number are known, and there may be
					   more */
};

/* The newest answer, once; false when there is none. */
bool work_take(struct work *, struct work_answer *);

/* Forgets what was asked, and its answer. */
void work_cancel(struct work *);

/* Something was asked that has not been answered. */
bool work_busy(struct work *);

void work_answer_free(struct work_answer *);

#endif
