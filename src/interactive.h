/* The run on a screen, from taking the terminal to giving it back. */
#ifndef INTERACTIVE_H
#define INTERACTIVE_H

#include "request.h"
#include "verdict.h"

/* Takes the terminal; before rights are given up.  False and ERR when no screen
 * can be drawn on it. */
bool interactive_open(const struct request *, struct error *err);

/* Loads and shows until the user quits.  SAID: lines that are told at first. */
enum verdict_status interactive_run(struct request *, struct span said);

#endif
