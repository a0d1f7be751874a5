/* Comma-separated values after RFC 4180. */
#ifndef WRITE_CSV_H
#define WRITE_CSV_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>

/* Appends one cell, in quotes where it needs them.  Unless RAW a `'` comes
 * before what a spreadsheet would take for a formula: a text that begins with
 * = + - @, a tab or a carriage return. */
void csv_cell(struct span text, bool raw, struct buffer *out);

#endif
