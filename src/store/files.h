/* The file table of a store, and the counts that hang on it.  Knows no lock: the
 * store's is held. */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include "store/store.h"

/* Zero-initialised is empty. */
struct files {
	struct store_file *file;
	size_t count, room;
	char **said;            /* why something became of a file before */
	size_t said_count;
};

void files_free(struct files *);

/* NAME is copied; answers its number. */
uint32_t files_add(struct files *, const char *name);

/* Replaces the entry but for its name and its dropped events; takes `why`. */
void files_set(struct files *, uint32_t input, const struct store_file *,
	       struct store_counts *);

/* No event of any is dropped. */
void files_undrop(struct files *, struct store_counts *);

#endif
