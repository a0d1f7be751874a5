/* The terminal: shows a grid, reads keys, and is given back on every way out.
 * The only user of curses.  There is one terminal, so there is no handle. */
#ifndef SCREEN_TERMINAL_H
#define SCREEN_TERMINAL_H

#include "base/error.h"
#include "base/span.h"
#include "screen/grid.h"
#include "screen/input.h"

#include <stdbool.h>
#include <stdint.h>

struct terminal_options {
	enum theme_background background;
	bool colour;            /* false: attributes only */
	bool ascii;             /* even where the locale has more */
};

/* Takes the terminal that standard output is.  Keys come from standard input
 * or, when that is none, from the controlling terminal.  Sets LC_CTYPE from the
 * environment.  False with a hint when this is no terminal that a screen can be
 * drawn on; nothing has been written then. */
bool terminal_open(const struct terminal_options *, struct error *err);

/* Gives it back; harmless when it is not open. */
void terminal_close(void);

/* The characters it can show. */
enum show_set terminal_set(void);

void terminal_size(int *rows, int *columns);

/* Shows the grid; what has not changed since the last time is not sent. */
void terminal_show(const struct grid *);

/* From now on; where there are no colours, the attributes alone. */
void terminal_set_theme(enum theme_background);

/* Whether the terminal tells of the mouse. */
void terminal_set_mouse(bool on);

/* Asks the terminal to put a text on its clipboard (OSC 52); false when its
 * description has no such thing. */
bool terminal_clipboard(struct span text);

/* The next terminal_show sends everything. */
void terminal_redraw(void);

/* Stops the process group as Ctrl-Z does elsewhere; returns when continued. */
void terminal_suspend(void);

enum terminal_event_kind {
	TERMINAL_NOTHING,       /* the time is over, or terminal_wake */
	TERMINAL_KEY,
	TERMINAL_PASTE,
	TERMINAL_MOUSE,
	TERMINAL_RESIZE,        /* also after having been stopped */
	TERMINAL_AWAY,          /* the focus went elsewhere; of terminals that
				   tell */
	TERMINAL_STOP,          /* asked to suspend, by a signal */
	TERMINAL_GONE           /* hung up: nothing can be shown any more */
};

struct terminal_event {
	enum terminal_event_kind kind;
	uint32_t key;           /* view/keys */
	struct span paste;      /* borrowed until the next call */
	struct input_mouse mouse;
};

/* Waits for an event, at most TIMEOUT milliseconds; for ever when negative. */
void terminal_wait(int timeout, struct terminal_event *);

/* Ends a terminal_wait; from any thread, and before it has begun. */
void terminal_wake(void);

/* The name and version of the curses library. */
const char *terminal_version(void);

/* For tests, with ACMTUI_TEST_MARK=1: when no input waits, tells in the output
 * itself what has been read and shown so far, and STATE. */
void terminal_mark(const char *state);

#endif
