/* The columns that users know by name, from columns.def, and any JSON path: a
 * column has exact values to match and to sort by, and a text to draw. */
#ifndef TRAIL_COLUMNS_H
#define TRAIL_COLUMNS_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "store/store.h"
#include "trail/fields.h"

#include <stdbool.h>
#include <stddef.h>

enum column {
#define COLUMN(id, name, title, width, help) COLUMN_##id,
#include "trail/columns.def"
#undef COLUMN
	COLUMN_COUNT,
	COLUMN_PATH = COLUMN_COUNT      /* any JSON path */
};

struct column_info {
	const char *name;       /* as users write it: "user-agent" */
	const char *title;      /* over the column: "USER AGENT" */
	int width;              /* usual width in cells */
	const char *help;       /* a sentence for --list-columns and man */
};

struct paths;

/* A column, or a path of a user's. */
struct column_ref {
	enum column column;
	struct paths *path;     /* of COLUMN_PATH; owned by this ref */
};

const struct column_info *columns_info(enum column);

/* The column of that name (case ignored), or a JSON path (case kept).  False
 * and ERR with a hint when it is neither.  A single word that is no column
 * must be a name CloudTrail knows at the top of a record. */
bool columns_parse(struct span text, struct column_ref *, struct error *err);
struct column_ref columns_copy(const struct column_ref *);
void columns_free(struct column_ref *);
/* The column's name or the path's text, for titles and headers. */
void columns_name(const struct column_ref *, struct buffer *out);

/* The text to draw, through the store's door (still to be sent through
 * text/show): appended to OUT.  Empty when the event has none; several values
 * are joined with "; ". */
void columns_text(const struct store *, struct store_event,
		  const struct column_ref *, struct buffer *out);

/* Calls EACH with every exact value until it answers false.  VALUE is the
 * number it has in the event's segment, or VALUES_NONE for a text that is put
 * together from several. */
typedef bool columns_each_fn(void *context, struct span text,
			     uint32_t value);
void columns_each(const struct store *, struct store_event,
		  const struct column_ref *, columns_each_fn *each,
		  void *context);

/* When the column's exact values are always single values of the row, its
 * value numbers are written to VALUE (room for MOST) and their count is
 * answered: the fast way for filters and sorting.  Answers SIZE_MAX when the
 * column has texts that are put together. */
size_t columns_values(const struct store *, struct store_event,
		      const struct column_ref *, uint32_t *value, size_t most);

#endif
