/* Tab-separated values: one event a line, `\t`, `\n` and `\\` for a tab, a line
 * break and a backslash, everything else as it is. */
#ifndef WRITE_TSV_H
#define WRITE_TSV_H

#include "base/buffer.h"
#include "base/span.h"

/* Appends one cell. */
void tsv_cell(struct span text, struct buffer *out);

#endif
