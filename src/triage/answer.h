/* An overview as data: facts, tables and remarks, to be written as text, as
 * JSON, or drawn.  Texts are raw: whoever shows them sends them through
 * text/show.  Secrets never get here: all texts come through the store's
 * door. */
#ifndef TRIAGE_ANSWER_H
#define TRIAGE_ANSWER_H

#include "base/buffer.h"
#include "base/span.h"
#include "store/store.h"
#include "text/stamp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum answer_kind {
	ANSWER_NONE,
	ANSWER_TEXT,
	ANSWER_LIST,            /* any number of texts */
	ANSWER_COUNT,
	ANSWER_TIME             /* ms since 1970 UTC */
};

struct answer_cell {
	uint8_t kind;           /* enum answer_kind */
	bool tied;              /* a time that another row has too: CloudTrail
				   has no order within a second */
	uint32_t texts;         /* how many, of TEXT and LIST */
	size_t text;            /* the first of them: see answer_text */
	int64_t number;         /* of COUNT and TIME */
};

/* Names are keys of JSON; in text a `_` is a blank. */
struct answer_table {
	const char *name;
	const char *const *column;
	size_t columns;
	size_t row, rows;       /* the first of its rows, how many */
	bool tree;              /* the depths of rows mean something */
};

struct answer_row {
	size_t cell;            /* the first of its cells */
	uint32_t depth;         /* in a tree */
	struct store_event event;       /* what it is about, or
					   STORE_NO_EVENT */
};

struct answer_fact {
	const char *name;
	size_t cell;
};

struct answer {
	const char *name;       /* of the overview */
	struct answer_fact *fact;
	size_t facts;
	struct answer_table *table;
	size_t tables;
	struct answer_row *row;
	size_t rows;
	struct answer_cell *cell;
	size_t cells;
	size_t *end;            /* of each text */
	size_t texts;
	struct buffer bytes;
	struct buffer notes;    /* remarks, one a line */
	size_t room[6];         /* of the arrays above */
};

/* NAME and all names below are literals.  Free with answer_free. */
struct answer *answer_new(const char *name);
void answer_free(struct answer *);

/* A fact; its cell is the next one that is added. */
void answer_fact(struct answer *, const char *name);
/* Begins a table; rows that follow are its. */
void answer_table(struct answer *, const char *name,
		  const char *const *column, size_t columns);
/* The table is a tree: each row lies below the last one of less depth. */
void answer_tree(struct answer *);
/* Begins a row; exactly as many cells follow as the table has columns. */
void answer_row(struct answer *, uint32_t depth, struct store_event);
/* Columns that the row's first cell stands to the right of those of depth 0. */
size_t answer_indent(const struct answer_row *);

/* Cells. */
void answer_none(struct answer *);
void answer_span(struct answer *, struct span);         /* empty: none */
void answer_count(struct answer *, uint64_t);
void answer_time(struct answer *, int64_t time, bool tied);
void answer_list(struct answer *);
/* One more text of the list that was added last. */
void answer_item(struct answer *, struct span);

/* A remark: what is not in the loaded data, and where to look. */
void answer_note(struct answer *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Text I of a cell. */
struct span answer_text(const struct answer *, const struct answer_cell *,
			uint32_t i);

/* Appends what a cell says: a list with `, ` between, `~` behind a time that is
 * tied. */
void answer_write(const struct answer *, const struct answer_cell *,
		  enum stamp_form, enum stamp_zone, struct buffer *out);

/* The next remark from *AT on, which is set behind it; false at the end. */
bool answer_next_note(const struct answer *, size_t *at, struct span *note);

#endif
