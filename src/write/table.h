/* -o table: aligned text for people, through the one door for text. */
#ifndef WRITE_TABLE_H
#define WRITE_TABLE_H

#include "query/run.h"
#include "store/store.h"
#include "view/layout.h"
#include "write/sink.h"

#include <stdbool.h>
#include <stddef.h>

/* Writes the events of RESULT.  WIDTH: of the terminal; 0: nothing is cut.  The
 * layout's widths are set here.  Columns without room are counted at the end of
 * the header.  CLEAR asks for secrets in clear, in columns that are paths: no
 * other tells secrets. */
void table_write(struct sink *, const struct store *,
		 const struct run_result *, struct layout *, bool header,
		 size_t width, bool clear);

#endif
