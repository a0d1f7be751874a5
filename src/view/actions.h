/* What the screen can do, from actions.def: bindings, help, the command line and
 * --list-keys read the same table. */
#ifndef VIEW_ACTIONS_H
#define VIEW_ACTIONS_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

enum action {
#define ACTION(id, group, name, where, keys, help) ACTION_##id,
#include "view/actions.def"
#undef ACTION
	ACTION_COUNT,
	ACTION_NONE = ACTION_COUNT
};

/* Places where keys mean something; exactly one has the focus. */
enum actions_place {
	IN_EVENTS = 1,
	IN_TREE = 2,
	IN_PROBLEMS = 4,
	IN_HELP = 8,
	IN_PROMPT = 16,
	IN_COLUMNS = 32,
	IN_RAW = 64,            /* the text as logged, in place of the tree */
	IN_COPYING = 128,       /* behind y */
	IN_COPIED = 256,        /* what was copied, alone on the screen */
	IN_OVERVIEW = 512,      /* a pane over the events */
	IN_PIVOTS = 1024,       /* behind p */
	IN_VALUING = 2048,      /* behind v */
	IN_VALUES = 4096,       /* of a field */
	IN_MENU = 8192,         /* a list to choose from, over the panes */
	IN_CHIPS = 16384,       /* the terms of the filter */
	IN_COMPARE = 32768,     /* two events */
	IN_HISTOGRAM = 65536,   /* the strip enlarged */
	IN_MAIN = IN_EVENTS | IN_TREE | IN_RAW,
	IN_OVERLAYS = IN_PROBLEMS | IN_COLUMNS | IN_COPIED | IN_PIVOTS |
		      IN_VALUES | IN_MENU | IN_COMPARE,     /* and the help */
	IN_LISTS = IN_MAIN | IN_PROBLEMS | IN_HELP | IN_COLUMNS |
		   IN_COPIED | IN_OVERVIEW | IN_VALUES | IN_MENU |
		   IN_COMPARE | IN_CHIPS,
	IN_PAGED = IN_EVENTS | IN_RAW | IN_PROBLEMS | IN_HELP | IN_COPIED |
		   IN_VALUES | IN_MENU | IN_COMPARE,    /* by Space */
	IN_PANES = IN_LISTS | IN_PIVOTS | IN_CHIPS | IN_HISTOGRAM,
	IN_ANY = IN_PANES | IN_PROMPT | IN_COPYING | IN_VALUING,
	WITH_TEXT = 1 << 24,    /* no place: on the command line a text may
				   follow its name */
	WITHOUT_ROW = 1 << 25   /* no place: it need not wait for rows that
				   are being searched for */
};

struct actions_info {
	const char *name;
	const char *group;      /* its section of the help */
	unsigned where;         /* enum actions_place, or'ed */
	const char *keys;       /* names of keys, a blank between them */
	const char *help;
};

const struct actions_info *actions_info(enum action);

/* The action of that name, or ACTION_NONE. */
enum action actions_named(struct span name);

/* The only action whose name begins with HEAD, or ACTION_NONE. */
enum action actions_begun(struct span head);

/* Appends the table as text, group by group, for --list-keys. */
void actions_list(struct buffer *out);

#endif
