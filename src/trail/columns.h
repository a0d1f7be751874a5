/* The columns that users know by name, from columns.def, and any JSON path.
 *
 * A column has three faces.  Its VALUES are what is counted, sorted and
 * exported: mostly values of the event's row, sometimes texts put together from
 * them.  To MATCH there may be more: other spellings of a value, and further
 * values.  And there is a text to DRAW.
 *
 *   column       values            matches also               drawn
 *   who          Deploy/ci-42      arn:…, Deploy, ci-42       as the value
 *   source       acm.amazonaws.com acm                        acm
 *   certificate  arn:…, arn:…      1234…, example.com         1234…9012 +1
 *   target       arn:… or a name   the id; what was acted on  short
 *   result       ok, AccessDenied                             ok as blank
 *   mfa          yes, no           true, Yes                  as the value
 *   resources    arn:…, arn:…                                 joined by "; "
 */
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

struct slots;

/* A column, or a path of a user's.  Without PATHS it may be made by hand; with
 * them (COLUMN_PATH and COLUMN_RESOURCES) only by columns_parse.  One ref may
 * be read by several threads, but with one store only: what its paths mean in
 * each shape is kept in it. */
struct column_ref {
	enum column column;
	struct slots *paths;    /* owned by this ref, or NULL */
	bool ascii;             /* drawn texts are ASCII where they are ours */
};

const struct column_info *columns_info(enum column);

/* What --list-columns prints: a line for each column. */
void columns_list(struct buffer *out);

/* The column of that name (case ignored, `_` for `-` allowed), or a JSON path
 * (case kept): what has a dot, brackets, a star or quotes; a name at the top of
 * CloudTrail's records (case ignored); a name that it has anywhere.  False and
 * ERR otherwise: `unknown field "usr": user-agent? who?`. */
bool columns_parse(struct span text, struct column_ref *, struct error *err);

/* The name that begins at *AT in LIST, names or paths with commas between (a
 * comma inside quotes or brackets belongs to the path), trimmed.  *AT is then
 * where the next one begins; behind LIST's length: there is none. */
struct span columns_next(struct span list, size_t *at);
/* The same as columns_parse of a NAME in LIST: ERR has its place there. */
bool columns_parse_in(struct span list, struct span name,
		      struct column_ref *, struct error *err);

struct column_ref columns_copy(const struct column_ref *);
void columns_free(struct column_ref *);
/* Appends PATH, written as paths_text does, so that columns_parse reads it as
 * that path: a name that stands alone, and would be a column or unknown there, is
 * quoted. */
void columns_quote(struct span path, struct buffer *out);
/* The column's name or the path's text, for titles and headers. */
void columns_name(const struct column_ref *, struct buffer *out);

/* The text to draw, through the store's door (still to be sent through
 * text/show): appended to OUT.  Empty when the event has none. */
void columns_text(const struct store *, struct store_event,
		  const struct column_ref *, struct buffer *out);

/* Calls EACH with every value until it answers false.  VALUE is the number it
 * has in the event's segment, or VALUES_NONE for a text that is put together.
 * TEXT lives until EACH returns.  A JSON null is no value of a column, but is
 * one of a path; a path that leads to an object or array means all leaves
 * below it. */
typedef bool columns_each_fn(void *context, struct span text,
			     uint32_t value);
void columns_each(const struct store *, struct store_event,
		  const struct column_ref *, columns_each_fn *each,
		  void *context);

/* When the event's values are all values of its row, their numbers are written
 * to VALUE (room for MOST) and their count, which may be more, is answered.
 * SIZE_MAX when some text is put together: then ask columns_each. */
size_t columns_values(const struct store *, struct store_event,
		      const struct column_ref *, uint32_t *value, size_t most);

/* The fields of a record that alone tell the one text of a column whose texts
 * are put together: at most COLUMNS_FIELDS, none when there is more to it. */
enum { COLUMNS_FIELDS = 5 };
size_t columns_made_from(const struct column_ref *,
			 enum field field[COLUMNS_FIELDS]);

/* Where the column's one value stands in the rows of events of SHAPE (derived
 * values are behind the slots); COLUMNS_NOWHERE: none of them has any;
 * COLUMNS_ASK: it differs from event to event.  Where VALUES_NONE, or in a
 * column that is no path a null, stands there, ask columns_values too. */
#define COLUMNS_NOWHERE UINT32_MAX
#define COLUMNS_ASK (UINT32_MAX - 1)
uint32_t columns_place(const struct store *, uint32_t shape,
		       const struct column_ref *);

/* Whether the event has a value in that column, or, of a path, anything at that
 * place: null and empty objects and arrays too. */
bool columns_present(const struct store *, struct store_event,
		     const struct column_ref *);

/* The fast way to match, by what is worked out once per distinct value:
 * the numbers of the row's values that the column's texts are made from, as
 * columns_values has them.  SIZE_MAX when they are made from none: then
 * columns_match_group tells events apart. */
size_t columns_match_values(const struct store *, struct store_event,
			    const struct column_ref *, uint32_t *value,
			    size_t most);

/* The same for all events of a shape, where the shape alone tells it: the places
 * in their rows, COLUMNS_SPOTS at most.  There is no value where VALUES_NONE
 * stands, or in a column that is no path a null.  SIZE_MAX: ask
 * columns_match_values of each event. */
enum columns_when {
	COLUMNS_ALWAYS,
	COLUMNS_OTHERWISE,      /* only where the spot before has no value */
	COLUMNS_ONWARDS         /* and all behind it, to the row's end */
};
struct columns_spot {
	uint32_t place;
	enum columns_when when;
};
enum { COLUMNS_SPOTS = 8 };
size_t columns_spots(const struct store *, uint32_t shape,
		     const struct column_ref *,
		     struct columns_spot spot[COLUMNS_SPOTS]);

/* Calls EACH, until it answers false, with every text that one such value
 * stands for in this column; TEXT as store_text has it.  There may be none. */
void columns_match_texts(const struct store *, const struct column_ref *,
			 struct span text, columns_each_fn *each,
			 void *context);

/* Whether one of these texts may be WANT: quickly told, and never false where
 * one is. */
bool columns_match_likely(const struct store *, const struct column_ref *,
			  struct span text, struct span want);

/* What joins events and is asked for in this column: another answer than before
 * means that a value may stand for more texts than it did.  NULL: nothing. */
const void *columns_joined_by(const struct store *,
			      const struct column_ref *);

/* Whether no other text than WANT stands for WANT in this column. */
bool columns_match_only(const struct store *, const struct column_ref *,
			struct span want);

/* Whether every such value stands for its own text only. */
bool columns_match_plain(const struct column_ref *);

/* Where columns_match_values says SIZE_MAX: events of one segment with equal
 * groups have the same texts to match. */
uint32_t columns_match_group(const struct store *, struct store_event,
			     const struct column_ref *);

/* Every text to match of one event: what those above say together. */
void columns_match_each(const struct store *, struct store_event,
			const struct column_ref *, columns_each_fn *each,
			void *context);

/* The same where columns_match_values does not say SIZE_MAX. */
void columns_match_row(const struct store *, struct store_event,
		       const struct column_ref *, columns_each_fn *each,
		       void *context);

/* Without .amazonaws.com or .amazonaws.com.cn. */
struct span columns_short_source(struct span source);

/* yes, no, or the text itself, for true, Yes and the like. */
struct span columns_mfa_word(struct span text);

#endif
