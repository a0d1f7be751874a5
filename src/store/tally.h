/* The counts of a store, event by event and file by file. */
#ifndef STORE_TALLY_H
#define STORE_TALLY_H

#include "store/store.h"

struct store_counts tally_none(void);

/* Adds an event, or takes it out again; first and last stay then. */
void tally_event(struct store_counts *, const struct segment_event *, bool in);
/* The same of an entry of the file table. */
void tally_file(struct store_counts *, const struct store_file *, bool in);

/* Of a file in the table one event more is dropped. */
void tally_dropped(struct store_counts *, struct store_file *);

/* Forgets what was counted of events, but not their memory. */
void tally_forget(struct store_counts *);

/* Adds what was counted of events, and memory; of files nothing. */
void tally_add(struct store_counts *, const struct store_counts *);

#endif
