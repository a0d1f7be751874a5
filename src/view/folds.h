/* Which nodes of trees are folded, by their path, so that what was folded in
 * one event is folded in the next. */
#ifndef VIEW_FOLDS_H
#define VIEW_FOLDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero-initialised: all is unfolded down to level 2. */
struct folds {
	struct folds_entry *entries;
	size_t count, capacity;
	unsigned level;         /* 0 means 2 */
};

/* Whether the node with that path, DEPTH levels below the root's members, is
 * folded. */
bool folds_get(const struct folds *, uint64_t path, unsigned depth);

void folds_set(struct folds *, uint64_t path, bool folded);

/* Unfolds all above LEVEL (1: nothing is unfolded) and forgets the rest. */
void folds_set_level(struct folds *, unsigned level);

void folds_free(struct folds *);

/* The path of a member: of its parent (0 for the root) and its key, or its
 * index in an array. */
uint64_t folds_path(uint64_t parent, const char *key, size_t n);
uint64_t folds_path_index(uint64_t parent, uint64_t index);

#endif
