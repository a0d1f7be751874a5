/* The text of one event in one column, as programs get it: several values
 * joined with "; ", times as logged. */
#ifndef WRITE_CELL_H
#define WRITE_CELL_H

#include "base/buffer.h"
#include "store/store.h"
#include "trail/columns.h"

/* Appends the text; CLEAR asks for secrets in clear. */
void cell_text(const struct store *, struct store_event,
	       const struct column_ref *, bool clear, struct buffer *out);

/* Appends the exact value VALUE (VALUES_NONE: TEXT itself), secrets in clear:
 * what columns_each gives without its masks. */
void cell_clear_value(const struct store *, uint32_t segment, uint32_t value,
		      struct span text, struct buffer *out);

#endif
