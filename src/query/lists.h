/* Lists of literals in files: what `in @FILE` and `--iocs` name.  A file is read
 * once; any thread may ask. */
#ifndef QUERY_LISTS_H
#define QUERY_LISTS_H

#include "base/error.h"
#include "base/span.h"
#include "text/needles.h"

struct lists;

struct lists *lists_new(void);
void lists_free(struct lists *);

/* Reads the list that `@iocs` means.  Before any thread asks. */
bool lists_read_iocs(struct lists *, const char *path, struct error *err);

/* NULL when there is none. */
const struct needles *lists_iocs(const struct lists *);

/* From now on a file that was not read yet must lie below the current folder or
 * below FOLDER (may be NULL); the name is copied. */
void lists_settle(struct lists *, const char *folder);

/* What the file NAME lists, or `iocs`; it stays until the lists are freed.  NULL
 * and ERR when it cannot be read. */
const struct needles *lists_find(struct lists *, struct span name,
				 struct error *err);

#endif
