/* The words of screen tests, said to the program instead of its model. */
#ifndef E2E_SCREEN_H
#define E2E_SCREEN_H

#include "scene.h"
#include "script.h"

/* What NAME does in a file of tests/screens; NULL: what it does elsewhere. */
const struct scene_command *screen_command(const char *name);

#endif
