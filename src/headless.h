/* A run without a screen: load all, ask once, write, and tell. */
#ifndef HEADLESS_H
#define HEADLESS_H

#include "request.h"
#include "verdict.h"

/* Loads, queries and writes to standard output; problems, and the last line,
 * go to standard error.  Answers the exit status. */
enum verdict_status headless_run(struct request *);

#endif
