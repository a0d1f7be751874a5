/* What the files of the app share: its state, part by part.  What they do with
 * it is in screen/app_parts. */
#ifndef SCREEN_APP_STATE_H
#define SCREEN_APP_STATE_H

#include "base/buffer.h"
#include "base/error.h"
#include "load/loader.h"
#include "query/filter.h"
#include "query/run.h"
#include "screen/app.h"
#include "screen/errand.h"
#include "screen/lookup.h"
#include "screen/survey.h"
#include "screen/work.h"
#include "triage/overview.h"
#include "triage/pivot.h"
#include "view/actions.h"
#include "view/chips.h"
#include "view/chooser.h"
#include "view/compare.h"
#include "view/help.h"
#include "view/history.h"
#include "view/layout.h"
#include "view/list.h"
#include "view/menu.h"
#include "view/problems.h"
#include "view/page.h"
#include "view/prompt.h"
#include "view/recall.h"
#include "view/ranking.h"
#include "view/reveal.h"
#include "view/search.h"
#include "view/sheet.h"
#include "view/timing.h"
#include "view/tree.h"
#include "write/notes_file.h"

/* What a line is typed for. */
enum app_prompt {
	APP_NO_PROMPT,
	APP_FILTER_PROMPT,
	APP_COMMAND_PROMPT,
	APP_SEARCH_PROMPT,
	APP_COLUMN_PROMPT,
	APP_HELP_PROMPT,
	APP_NOTE_PROMPT,
	APP_GOTO_PROMPT,
	APP_PROMPTS
};

/* What a list over the panes is of. */
enum app_menu {
	APP_MENU_RANGES,
	APP_MENU_SAVED,
	APP_MENU_VIEWS,
	APP_MENU_WHY
};

enum { APP_MENU_AT_ONCE = 24 }; /* rows that are counted together */
enum { APP_HISTOGRAM_FROM = 12 };       /* lines: a third is the histogram's */

/* How the event is told beside the list. */
enum app_face {
	APP_TREE,
	APP_RAW,                /* the text as logged */
	APP_BRIEF               /* the most important in a dozen lines */
};

struct app_area {
	int row, column, rows, columns; /* no rows: not shown */
};

/* Where things stand on the screen. */
struct app_places {
	struct app_area header, strip, filter, events, tree, overview, status,
		overlay, offers;
	int divider;            /* column between the panes, or -1 */
};

/* The pane over the events. */
struct app_overview {
	bool open;
	struct app_overview *above;     /* from which it was opened; owned, or
					   NULL */
	enum overview_kind kind;
	struct buffer subject;
	struct sheet sheet;             /* without an answer: not known yet */
	uint64_t version;               /* of the store that it tells of */
	uint64_t events;                /* of that */
	uint64_t asked;                 /* ms */
};

/* What p offers. */
struct app_pivots {
	struct store_event event;
	struct pivot_list list;         /* first of the value under the cursor,
					   if there is one */
	struct pane pane;
	bool counted;
	struct errand *errand;
};

/* The values of a field, laid over the panes. */
struct app_values {
	struct column_ref column;
	struct ranking *ranking;        /* NULL: not counted yet */
	enum ranking_order order;
	struct pane pane;
	struct errand *errand;
};

enum { APP_ADVICE_MOST = 3 };
enum { APP_SIGNS = 2 };        /* cells between the glyph and a blank */

/* A term that is most likely a mistake. */
struct app_remark {
	struct buffer term;
	const char *verdict;            /* a literal */
	struct buffer nearest;          /* empty: nothing is */
};

/* What there is to say about the filter, now that it was tried. */
struct app_advice {
	struct errand *errand;
	bool sought;                    /* for what is shown */
	struct app_remark remark[APP_ADVICE_MOST];
	size_t count;
};

/* The text of the event, in another face than the tree. */
struct app_told {
	struct page text;
	struct store_event event;
	enum app_face face;
};

/* What y shows alone. */
struct app_copy {
	bool asked;                     /* y was pressed */
	struct page page;
	struct buffer sent;             /* the same, for the clipboard of the
					   terminal */
	enum actions_place over;        /* the overlay it came from */
};

/* What is beside the line that is being typed. */
struct app_typing {
	struct store_event on;          /* what was selected when it was opened:
					   the list follows what is typed */
	struct buffer before;           /* the filter's text, for Esc */
	struct buffer chips;            /* its terms then; empty: it is not what
					   is typed */
	struct buffer opened;           /* what the line held at first */
	struct error fault;             /* no text: none */
	bool fault_waits;               /* it is no mistake, but half typed */
	bool unread;                    /* letters that nothing follows yet */
};

/* What may stand at the cursor of that line. */
struct app_offers {
	bool open;
	bool lines;                     /* that were typed before */
	struct buffer line;             /* up to the cursor, that it is for */
	bool wait;                      /* for what is being counted */
	bool chosen;                    /* a row of them, by a key */
	bool asked;                     /* for by a key, and nothing since */
	size_t from;                    /* the byte from which on one of them
					   stands in for what is typed */
	struct menu menu;
};

/* A list over the panes, its rows counted some at a time. */
struct app_choices {
	enum app_menu of;
	struct menu menu;
	struct work *work;
	size_t terms;                   /* that were asked for last, of these
					   rows */
	size_t row[APP_MENU_AT_ONCE];
	size_t counted, asked;          /* up to these rows */
};

struct app_histogram {
	bool turned;                    /* heights are not of the scale that
					   suits them: see strip_is_steep */
	int64_t cursor;                 /* ms */
	bool ranging;                   /* a range is chosen, from there to */
	int64_t other;
	bool closer;                    /* a part of it is looked at: */
	int64_t from, to;
	struct strip strip;
	struct work *work;
};

/* How the filter is left for a while. */
struct app_leave {
	bool suspended;                 /* it is kept, and all is shown */
	bool context;                   /* all is shown by time, for a look */
	bool suspended_before, context_before;  /* for Esc */
	bool was_suspended;             /* for the way back, as is the order */
	struct buffer order;
};

struct app_notes {
	struct notes_file *file;        /* or NULL */
	struct notes_file own;          /* when it was named on the screen */
	struct buffer unsaved;          /* lines of marks and notes that are in
					   no file */
	bool asking, asked;             /* whether to quit without saving: by
					   the last key, by the one before */
	struct store_event noted;       /* that a note is typed for */
	struct store_event last_mark[2];        /* the latest first; or
						   STORE_NO_EVENT */
	struct buffer only;             /* the filter that shows what is marked,
					   and the one to go back to */
	struct buffer before;
	bool suspended_before;
};

/* The file that is being written, or was last. */
struct app_writing {
	struct errand *errand;
	struct buffer name;
	bool asked;                     /* whether to quit before it is whole */
};

struct app_session {
	struct work *work;              /* which events are of it */
	long steps;                     /* to go once that is known */
	bool tracing;                   /* to the call that issued a key */
};

struct app_search {
	struct search hits;
	struct work *work;
	bool jumps;                     /* to a hit as soon as they are known */
	uint64_t until;                 /* ms of work: hits are marked up to
					   then */
};

/* Keys that wait for the rows that they are for. */
struct app_ahead {
	struct buffer keys;             /* uint32_t */
	uint64_t since;                 /* ms */
	bool told;
};

/* What there was before F5. */
struct app_reload {
	bool on;
	uint64_t files, events;
};

struct app {
	const struct store *store;
	struct loader *loader;
	struct work *work;
	enum show_set set;
	const struct bindings *bindings;

	enum actions_place pane;        /* IN_EVENTS, IN_TREE, IN_OVERVIEW */
	enum actions_place overlay;     /* one of the others, or 0 */
	bool zoomed;
	struct list list;
	struct tree tree;
	struct help help;
	struct problems problems;
	struct reveal reveal;
	struct chooser chooser;
	struct app_copy copy;
	bool valuing;                   /* v was pressed */
	struct app_values values;
	enum app_face face;             /* of the event */
	struct app_told told;
	bool wrap;                      /* values of the tree */
	struct page value;              /* the one that is being drawn */
	struct app_places places;
	struct layout layout;
	bool usual;             /* its columns are those for the width */
	int usual_width;        /* for which they were chosen */
	bool measured;          /* by rows, not by titles alone */
	size_t cell;            /* the column under the cursor */
	size_t kept;            /* columns that stay where they are when the
				   others go off to the left */
	size_t first;           /* of those others, on the screen */
	size_t fitted;          /* how many are on the screen in all */

	enum app_prompt prompt_for;
	struct prompt prompt;
	struct app_typing typing;
	struct app_choices choices;
	struct recall recall[APP_PROMPTS];      /* what was typed before */
	struct lookup *lookup;
	struct app_offers offers;

	struct filter_view view;        /* zone and times are told anew */
	struct buffer filter_text;      /* the filter that was asked for */
	struct app_histogram histogram;
	struct chips chips;             /* its terms, and those that are off */
	struct app_leave leave;
	struct work_answer answer;      /* what is shown; its rows belong to
					   the list */
	struct app_advice advice;
	const struct command *command;
	const char *folder;             /* for new files */
	struct app_writing writing;
	struct buffer lifelines;        /* that were looked at, a line each */
	struct app_notes notes;
	struct compare compare;
	struct pane compare_pane;
	struct history history;
	struct history_step now;        /* what is looked at, to be noted */
	size_t shown_view;              /* the step that the rows are of */

	struct app_overview overview;
	struct app_pivots pivots;
	struct survey *survey;
	uint64_t findings_version;      /* of the store, when they were known */
	struct app_session session;
	struct app_search search;

	struct store_counts counts;
	struct loader_progress progress;
	uint64_t asked;                 /* ms, when a query was last asked */
	bool changing;                  /* the rows are not those asked for */
	bool folding;                   /* by the last key: then their number
					   is told */
	struct app_ahead ahead;
	uint64_t seen;                  /* ms, when the counts were taken */
	bool loading;
	struct app_reload reload;

	uint32_t key;                   /* that is being handled */
	unsigned long count;            /* typed before a key; 0: none */
	struct span argument;           /* typed behind a command's name */
	enum app_want want;
	struct app_settings settings;
	struct timing timing;
	bool told_away;                 /* that the selected event is hidden */
	struct buffer message;          /* until the next key */
	enum role message_role;
	struct buffer scratch, scratch2;        /* for texts while drawing */
};

#endif
