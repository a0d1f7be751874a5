/* What the files of the terminal share. */
#ifndef SCREEN_TERMINAL_PARTS_H
#define SCREEN_TERMINAL_PARTS_H

#include "screen/grid.h"
#include "screen/theme.h"

/* Until it has come back once, curses sends each move of the cursor by itself,
 * some twenty writes a frame.  OUTPUT is the terminal's descriptor.  Before
 * colours, or it would reset a palette that may not be ours. */
void terminal_leave_once(int output);

/* Lets curses use colours; how many there are, 0 when it cannot. */
int terminal_start_colours(void);

/* Puts a cell on the screen of curses, which sends it later. */
void terminal_paint(const struct grid_cell *, const struct theme *, int row,
		    int column);

#endif
