/* Joins the app to the terminal. */
#ifndef SCREEN_LOOP_H
#define SCREEN_LOOP_H

#include "screen/app.h"

/* Until the user quits or the terminal is gone.  The terminal is open, and
 * terminal_wake is what the app was given to wake with. */
void loop_run(struct app *);

#endif
