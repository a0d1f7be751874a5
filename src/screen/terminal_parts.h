/* What the files of the terminal share. */
#ifndef SCREEN_TERMINAL_PARTS_H
#define SCREEN_TERMINAL_PARTS_H

#include "screen/grid.h"
#include "screen/theme.h"

/* Lets curses use colours; how many there are, 0 when it cannot. */
int terminal_start_colours(void);

/* Puts a cell on the screen of curses, which sends it later. */
void terminal_paint(const struct grid_cell *, const struct theme *, int row,
		    int column);

#endif
