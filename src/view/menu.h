/* A list of texts to choose one from, each with the number of events that it
 * stands for, where that is known.  What choosing means, others know. */
#ifndef VIEW_MENU_H
#define VIEW_MENU_H

#include "base/buffer.h"
#include "base/span.h"
#include "view/pane.h"

#include <stdint.h>

#define MENU_UNCOUNTED UINT64_MAX

struct menu_row {
	size_t label, text, help;       /* where each ends in the bytes */
	uint64_t events;                /* or MENU_UNCOUNTED */
};

/* Zero-initialised is empty. */
struct menu {
	struct pane pane;
	struct menu_row *row;           /* pane.count of them */
	size_t room;
	struct buffer bytes;
};

void menu_free(struct menu *);
void menu_clear(struct menu *);

/* Adds a row: LABEL and HELP are shown, TEXT is what it stands for; all are
 * copied. */
void menu_add(struct menu *, struct span label, struct span text,
	      struct span help, uint64_t events);

struct span menu_label(const struct menu *, size_t i);
struct span menu_text(const struct menu *, size_t i);
struct span menu_help(const struct menu *, size_t i);

/* To the next row, or with BY -1 to the one before, round the ends. */
void menu_turn(struct menu *, int by);

#endif
