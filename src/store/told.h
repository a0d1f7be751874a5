/* The problems of a store's files.  Knows no lock: the store's is held. */
#ifndef STORE_TOLD_H
#define STORE_TOLD_H

#include "store/again.h"
#include "store/store.h"

struct told;

struct told *told_new(void);
void told_free(struct told *);

/* Takes the excerpt. */
void told_add(struct told *, const struct store_problem *);

size_t told_count(const struct told *);
/* The strings stay until the end.  I may be a number that was counted before some
 * were withdrawn. */
struct store_problem told_get(const struct told *, size_t i);

/* What is told now was told before what follows. */
void told_start(struct told *);
/* Withdraws what was told before of files that were read again since. */
void told_withdraw(struct told *, const struct again *);

/* In order of place; of one place in the order in which they came. */
void told_sort(struct told *);

size_t told_size(const struct told *);

#endif
