/* The way out: gives the terminal back however the program ends.  Knows no
 * curses; the bytes to send are prepared by others while all is well. */
#ifndef SCREEN_RESCUE_H
#define SCREEN_RESCUE_H

#include "base/span.h"

#include <stdbool.h>

/* Keeps the modes the terminal on DESCRIPTOR has now, and from now on gives it
 * back when a signal ends the program. */
void rescue_arm(int descriptor);

/* The bytes that undo what was sent; too long ones are cut.  To be set before
 * anything is sent, and at any time again. */
void rescue_set_bytes(struct span bytes);

/* Gives the terminal back, once; safe in signal handlers and any thread. */
void rescue_now(void);

/* The same, but the modes stay: in those of the shell the terminal would throw
 * away what is being typed. */
void rescue_screen(void);

/* The terminal was taken again: it is to be given back again. */
void rescue_resume(void);

/* Signals are again as before rescue_arm. */
void rescue_disarm(void);

#endif
