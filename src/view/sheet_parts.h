/* What the files of an overview's sheet share. */
#ifndef VIEW_SHEET_PARTS_H
#define VIEW_SHEET_PARTS_H

#include "view/sheet.h"

enum { SHEET_WIDEST = 400 };    /* columns that are counted of a text */

static inline const struct answer_table *sheet_table_of(const struct sheet *s,
							uint32_t i)
{
	return &s->answer->table[i];
}

static inline const struct answer_cell *
sheet_cell_of(const struct sheet *s, size_t row, size_t column)
{
	return &s->answer->cell[s->answer->row[row].cell + column];
}

/* What a cell says, in the sheet's scratch buffer. */
struct span sheet_cell_text(struct sheet *, const struct answer_cell *);

/* Looks at the texts for the width that each column wants. */
void sheet_measure(struct sheet *);

/* Shares the screen among the columns of a table, scrolled to the right as far
 * as CELL needs it. */
void sheet_fit(struct sheet *, uint32_t table, size_t cell);

#endif
