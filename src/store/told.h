/* The problems of a store's files.  Knows no lock: the store's is held. */
#ifndef STORE_TOLD_H
#define STORE_TOLD_H

#include "store/store.h"

struct told;

struct told *told_new(void);
void told_free(struct told *);

/* Takes the excerpt. */
void told_add(struct told *, const struct store_problem *);

size_t told_count(const struct told *);
/* The strings stay until the end. */
struct store_problem told_get(const struct told *, size_t i);

/* In order of place; of one place in the order in which they came. */
void told_sort(struct told *);

size_t told_size(const struct told *);

#endif
