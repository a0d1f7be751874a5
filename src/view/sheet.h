/* An overview on the screen: its facts, tables and remarks as lines of a pane,
 * in columns that fit, with sections that fold.  Knows what an answer is, not
 * which one it has. */
#ifndef VIEW_SHEET_H
#define VIEW_SHEET_H

#include "base/buffer.h"
#include "base/span.h"
#include "text/show.h"
#include "text/stamp.h"
#include "triage/answer.h"
#include "view/pane.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sheet_kind {
	SHEET_FACTS,
	SHEET_TITLE,            /* of a table */
	SHEET_HEADS,            /* over its columns */
	SHEET_ROW,
	SHEET_MORE,             /* rows that are not shown, until asked for */
	SHEET_NOTE
};

struct sheet_line {
	uint8_t kind;           /* enum sheet_kind */
	bool first;             /* of a remark's lines */
	uint32_t table;         /* of TITLE to MORE */
	size_t at;              /* the first fact; the row; */
	size_t count;           /* of facts; of rows that are not shown */
	struct span note;
};

struct sheet_column {
	size_t want;            /* columns of its widest text; 0: all empty */
	size_t least;           /* what it needs */
	bool same;              /* all rows say one thing */
	bool tells;             /* what the others are only told of */
	size_t width;           /* as fitted; 0: not on the screen */
};

/* How much of a table is shown. */
enum sheet_fold { SHEET_SHORT, SHEET_WHOLE, SHEET_CLOSED };

struct sheet_table {
	uint8_t fold;           /* enum sheet_fold */
	size_t column;          /* its first one in sheet.column */
	size_t from;            /* the first on the screen behind column 0 */
	size_t before, behind;  /* not empty, and off the screen to the left
				   and right of those */
};

/* Zero-initialised shows nothing. */
struct sheet {
	struct answer *answer;          /* owned; NULL: there is none */
	struct pane pane;
	struct sheet_line *line;        /* pane.count of them */
	size_t capacity;
	struct sheet_table *table;
	struct sheet_column *column;
	bool fresh;                     /* nobody has seen it */
	bool chosen;                    /* the cursor was moved: it stays on its
					   row in the next answer */
	bool above;                     /* the names of columns stand above
					   the first line on the screen */
	size_t cell;                    /* the column under the cursor */
	size_t columns;                 /* of the screen; 0: not laid out */
	enum show_set set;
	enum stamp_form form;
	enum stamp_zone zone;
	struct buffer scratch;
};

void sheet_free(struct sheet *);

/* Takes the answer in place of the one before; NULL: there is none.  One of the
 * same name, tables and columns keeps folds, and has lines where that one had;
 * the cursor stays on the row where it was once it is CHOSEN: the one of the
 * same certificate, or with the same first cells and event. */
void sheet_take(struct sheet *, struct answer *);

/* Makes lines and columns for so many columns of the screen; none: it is not on
 * it, and stays as it was. */
void sheet_lay(struct sheet *, size_t columns, enum show_set,
	       enum stamp_zone);

/* Shows ROWS lines; one less where the names of columns are off the screen, to be
 * drawn above them. */
void sheet_set_height(struct sheet *, size_t rows);

/* The row under the cursor, or NULL. */
const struct answer_row *sheet_row(const struct sheet *);
/* Its certificate, when it stands in a list of certificates; p == NULL
 * otherwise.  Belongs to the answer. */
struct span sheet_certificate(const struct sheet *);

/* Folds or unfolds the section under the cursor; false on rows. */
bool sheet_toggle(struct sheet *);
/* To the next (1) or previous (-1) section. */
void sheet_section(struct sheet *, int direction);
/* The cursor BY columns to the right. */
void sheet_move_cell(struct sheet *, long by);

/* The cell under the cursor and, as *COLUMN, what it is called; NULL on other
 * lines than rows. */
const struct answer_cell *sheet_cell(const struct sheet *,
				     const char **column);

/* An id of 36 characters: it is told by its ends, in SHEET_ID columns. */
enum { SHEET_ID = 9 };
bool sheet_is_id(struct span);
/* How much of a cell's text is drawn in WIDTH columns without being cut: a time
 * goes without its seconds. */
struct span sheet_fitted(const struct answer_cell *, struct span text,
			 size_t width);

/* Raw texts, appended to OUT: of column I of a row's line; what the line under the
 * cursor says in full. */
void sheet_text(const struct sheet *, const struct sheet_line *, size_t i,
		struct buffer *out);
void sheet_tell(const struct sheet *, struct buffer *out);
/* What line I says, all of a row's cells among it. */
void sheet_write_line(const struct sheet *, size_t i, struct buffer *out);

/* Whether a table tells findings, which have a cell of their own before its
 * rows, and whether the row of that line has any. */
bool sheet_flags(const struct sheet *, uint32_t table);
bool sheet_flagged(const struct sheet *, const struct sheet_line *);

/* A name as people read it: `_` is a blank. */
void sheet_name(const char *name, struct buffer *out);

#endif
