/* Finds the records in the content of a file as it streams by, and hands them
 * to a builder: strictly first, then relaxed or damaged, never losing a good
 * neighbour.  What is no event is counted, what is no JSON becomes a problem
 * with its place. */
#ifndef LOAD_RECORDS_H
#define LOAD_RECORDS_H

#include "load/builder.h"
#include "load/delivery.h"
#include "load/window.h"

#include <stdbool.h>
#include <stdint.h>

struct records;

/* STRICT: no relaxed reading. */
struct records *records_new(struct store *, struct builder *, bool strict);
void records_free(struct records *);

/* Begins the content of file INPUT. */
void records_start(struct records *, uint32_t input);

/* Reads what is in the window and can be read yet; what is done with is marked
 * in the window.  LAST: nothing follows; CUT: because of a fault, so that an
 * unfinished record at the end is no surprise. */
void records_read(struct records *, struct window *, bool last, bool cut);

struct delivery_tally records_tally(const struct records *);

#endif
