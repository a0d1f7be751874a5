/* The screen as a whole: keys in, grid out.  Holds the state of all views, runs
 * queries in the background, and knows no terminal, so that tests can drive it.
 */
#ifndef SCREEN_APP_H
#define SCREEN_APP_H

#include "base/span.h"
#include "query/filter.h"
#include "query/order.h"
#include "screen/grid.h"
#include "store/store.h"
#include "text/stamp.h"
#include "view/bindings.h"
#include "view/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct jobs;
struct command;
struct loader;
struct notes_file;

struct app_options {
	const struct store *store;
	struct jobs *jobs;              /* NULL: queries run at once, on the
					   calling thread */
	struct loader *loader;          /* NULL: nothing is being loaded */
	void (*wake)(void);             /* called from any thread when app_work
					   has something to do */
	const struct command *command;  /* that was given, for reports; NULL:
					   nothing is to be told of it */
	const char *folder;             /* where files are written; NULL: the
					   current one */
	struct notes_file *notes;       /* where marks and notes go; NULL:
					   nowhere */
	struct span filter;             /* to start with; has been parsed
					   before, so it is one */
	struct order order;             /* copied */
	const struct bindings *bindings;        /* borrowed; NULL: the usual
					   keys */
	const struct layout *layout;    /* copied; NULL: the usual columns for
					   the width there is */
	struct span said;               /* what is to be told at first */
	bool no_reveal;                 /* nothing is ever revealed */
	enum show_set set;
	enum stamp_zone zone;           /* times are shown in */
	enum theme_background theme;
	bool clipboard;                 /* what is copied goes there at once */
	const struct filter_view *view; /* what filters are read with; borrowed;
					   NULL: no lists, no saved filters */
};

struct app;

struct app *app_new(const struct app_options *);
void app_free(struct app *);

/* What the caller has to do beside drawing. */
enum app_want {
	APP_NOTHING,
	APP_QUIT,
	APP_SUSPEND,
	APP_REDRAW,             /* all of the screen */
	APP_SETTINGS,           /* app_settings are others now */
	APP_CLIPBOARD           /* app_clipboard is to be sent */
};

/* A key that is for rows which are being searched for is kept until they are
 * there. */
enum app_want app_key(struct app *, uint32_t key);
/* Handles the next key that was kept; false when there is none, or not yet. */
bool app_resume(struct app *, enum app_want *want);
void app_paste(struct app *, struct span text);

/* How the terminal is to be used. */
struct app_settings {
	enum theme_background theme;
	bool mouse;             /* it tells of the mouse */
	bool clipboard;         /* what is copied goes to its clipboard */
};
struct app_settings app_settings(const struct app *);

/* Rows and columns of the grid that was drawn last. */
enum app_mouse { APP_CLICK, APP_WHEEL_UP, APP_WHEEL_DOWN };
void app_mouse(struct app *, enum app_mouse, int row, int column);

/* What APP_CLIPBOARD wants to be sent, borrowed; and whether the terminal could
 * be asked to take it. */
struct span app_clipboard(const struct app *);
void app_clipboard_sent(struct app *, bool sent);

/* Hides a secret that is shown, as after a resize and before a suspension;
 * answers whether there was one, so that the screen must be drawn before
 * anything else. */
bool app_hide(struct app *);

/* Takes what was found and loaded meanwhile; false: nothing to be drawn. */
bool app_work(struct app *);

/* In how many ms app_work has something to do without being woken; -1: never.
 */
int app_wait(const struct app *);

/* Draws everything, in the size of the grid. */
void app_draw(struct app *, struct grid *);

/* The loop says that what was drawn is on the screen. */
void app_painted(struct app *);

/* A word for what goes on: idle, query, load. */
const char *app_state(const struct app *);

#endif
