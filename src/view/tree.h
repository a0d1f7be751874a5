/* The tree pane: an event's document as rows that fold.  Folds and the place of
 * the cursor are kept from event to event.
 *
 * Rows are worked out once for each shape and kept, so that going from event to
 * event allocates nothing; only while a value is unfolded an event has rows of
 * its own. */
#ifndef VIEW_TREE_H
#define VIEW_TREE_H

#include "base/buffer.h"
#include "store/store.h"
#include "trail/bytebuffer.h"
#include "view/folds.h"
#include "view/pane.h"

#include <stdbool.h>
#include <stdint.h>

enum tree_kind {
	TREE_LEAF,
	TREE_OBJECT,
	TREE_ARRAY,
	TREE_PAGE,              /* further members of a large one */
	TREE_BUFFER             /* a Java byte buffer, in one line */
};

#define TREE_NONE UINT32_MAX

struct tree_row {
	uint64_t path;          /* view/folds */
	uint32_t parent;        /* row number, or TREE_NONE */
	uint32_t end;           /* the first row behind its subtree */
	uint32_t members;
	uint32_t depth;
	uint32_t slot;          /* of a leaf; a buffer's number */
	uint32_t key;           /* offset in the template, 0: in an array */
	uint32_t index;         /* in its array, or of a page's first member */
	uint8_t kind;           /* enum tree_kind */
	uint16_t inner;         /* the document it stands in: 0 the event's,
				   else tree_inner + 1 */
	uint16_t content;       /* the one that it unfolds to; 0: not opened */
};

/* Whether the row is one line with a value, whatever that unfolds to. */
static inline bool tree_row_is_value(const struct tree_row *row)
{
	return row->kind == TREE_LEAF || row->kind == TREE_BUFFER;
}

struct inner;
struct shape;
struct tree_glance;

/* All rows, folded or not. */
struct tree_rows {
	const struct shape *shape;      /* whose they are */
	struct tree_row *row;
	uint32_t count, capacity;
	struct bytebuffer *buffer;
	uint32_t buffers;
};

/* Zero-initialised shows nothing. */
struct tree {
	const struct store *store;
	struct store_event event;
	struct tree_rows *kept; /* of shapes that were shown */
	size_t kept_count;
	size_t kept_rows;       /* in all of them */
	struct tree_rows own;   /* of this event, with what is unfolded */
	struct inner **inner;   /* documents in its values, opened */
	uint16_t inners;
	const struct tree_rows *all;    /* the event's: kept or its own */
	const struct tree_row *rows;    /* the same */
	uint32_t count;
	uint32_t *shown;        /* rows that no fold hides; pane.count of them */
	uint32_t shown_room;
	struct pane pane;
	struct folds folds;
	uint64_t focus;         /* the path the user went to */
	uint64_t *ancestors;    /* paths above it, the nearest first */
	size_t ancestor_count, ancestor_room;
	struct buffer *scratch; /* for texts on their way */
	struct tree_glance *glances;    /* what was found in values */
};

void tree_free(struct tree *);

/* Shows an event; STORE_NO_EVENT: nothing. */
void tree_show(struct tree *, const struct store *, struct store_event);

/* The row under the cursor, or NULL. */
const struct tree_row *tree_row(const struct tree *);
/* The row at place I of those shown. */
const struct tree_row *tree_row_at(const struct tree *, size_t i);

bool tree_folded(const struct tree *, const struct tree_row *);

/* Whether a leaf or buffer holds something to unfold. */
bool tree_opens(const struct tree *, const struct tree_row *);

/* After the cursor was moved: the place to keep. */
void tree_choose(struct tree *);

void tree_fold_or_parent(struct tree *);
void tree_unfold_or_child(struct tree *);
void tree_toggle(struct tree *);
void tree_parent(struct tree *);
/* The next (1) or previous (-1) member of the same parent. */
void tree_sibling(struct tree *, int direction);
/* The next (1) or previous (-1) row that is WANTED, unfolding what hides it;
 * from the cursor or, with WHOLE, from the first or last row on.  False, and
 * nothing moved, when there is none. */
bool tree_find(struct tree *, int direction, bool whole,
	       bool (*wanted)(void *, const struct tree_row *), void *);
/* The node and its siblings; DEEP: and all below them. */
void tree_fold_siblings(struct tree *, bool folded, bool deep);
void tree_set_level(struct tree *, unsigned level);

/* Texts for people, still to be sent through text/show; appended to OUT.  The
 * key or `[3]`; the way to it, `requestParameters.tags[0]`; what a folded node
 * holds, `{7} arn, accountId`; a leaf as it stands in the log, a secret's mask.
 */
void tree_key(const struct tree *, const struct tree_row *,
	      struct buffer *out);
void tree_path(const struct tree *, const struct tree_row *,
	       struct buffer *out);
void tree_preview(const struct tree *, const struct tree_row *,
		  struct buffer *out);
void tree_value(const struct tree *, const struct tree_row *,
		struct buffer *out);

/* Whether SAYS answers true to one of the texts, as they may be shown, that a
 * value in this row stands for: a leaf's; a buffer's members, and its line. */
bool tree_says(const struct tree *, const struct tree_row *,
	       bool (*says)(void *, struct span), void *);

/* What else is to be said of a leaf that unfolds: "PEM certificate"; nothing of
 * one that is JSON. */
void tree_summary(const struct tree *, const struct tree_row *,
		  struct buffer *out);

/* How a leaf or buffer is to be drawn. */
enum tree_look {
	TREE_PLAIN,             /* by the kind of its token */
	TREE_SECRET,
	TREE_MASKED_BY_AWS,
	TREE_OMITTED            /* CloudTrail left the field out: too large */
};
enum tree_look tree_look(const struct tree *, const struct tree_row *);
enum scan_kind tree_token_kind(const struct tree *, const struct tree_row *);

/* The value number of what a mask on this row hides, a buffer's content among
 * them; VALUES_NONE when the row has no value of its own. */
uint32_t tree_secret_number(const struct tree *, const struct tree_row *);

/* The value number of a leaf; VALUES_NONE of one in a value. */
uint32_t tree_value_number(const struct tree *, const struct tree_row *);

#endif
