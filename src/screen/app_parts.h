/* What the files of the app share: its state, and an action's handler each. */
#ifndef SCREEN_APP_PARTS_H
#define SCREEN_APP_PARTS_H

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

/* Where the keys go now. */
enum actions_place app_place(const struct app *);
/* Where they go once a line is typed. */
enum actions_place app_place_below(const struct app *);

/* Whether that overlay is open, be it under the help. */
bool app_is_open(const struct app *, enum actions_place overlay);

/* Makes the columns the usual ones for a width. */
void app_choose_usual(struct app *, int width);

/* Looks how wide the columns want to be. */
void app_measure(struct app *);

/* The column under the cursor. */
const struct column_ref *app_cell(const struct app *);
/* The column of the layout that is the I-th on the screen. */
size_t app_shown(const struct app *, size_t i);
/* Where on the screen that one begins. */
int app_column_at(const struct app *, size_t i);
/* Where what there is to say of a row begins, APP_SIGNS cells behind its
 * glyph: a finding, a doubt. */
int app_signs_at(const struct app *);

/* The pane that moves now. */
struct pane *app_pane(struct app *);
/* After it was moved by a key. */
void app_moved(struct app *);
/* Moves it by ROWS, down or up. */
void app_move(struct app *, long rows);
/* The count before a key; one where there is none. */
long app_times(const struct app *);

/* Appends the order as --sort has it. */
void app_write_order(const struct order *, struct buffer *out);

/* The next key while a secret is shown, or asked about: false when it is
 * neither; whether the countdown is to be drawn again. */
bool app_reveal_key(struct app *, uint32_t key);
bool app_reveal_work(struct app *);

/* What an action does.  Each file of the app ends with the table of those it
 * owns; the last row is ACTION_NONE. */
struct app_handler {
	enum action action;
	void (*run)(struct app *);
};
extern const struct app_handler app_actions_handlers[];
extern const struct app_handler app_chips_handlers[];
extern const struct app_handler app_columns_handlers[];
extern const struct app_handler app_complete_handlers[];
extern const struct app_handler app_copy_handlers[];
extern const struct app_handler app_filter_handlers[];
extern const struct app_handler app_histogram_handlers[];
extern const struct app_handler app_history_handlers[];
extern const struct app_handler app_menu_handlers[];
extern const struct app_handler app_mouse_handlers[];
extern const struct app_handler app_notes_handlers[];
extern const struct app_handler app_overview_handlers[];
extern const struct app_handler app_pivot_handlers[];
extern const struct app_handler app_reload_handlers[];
extern const struct app_handler app_reveal_handlers[];
extern const struct app_handler app_search_handlers[];
extern const struct app_handler app_session_handlers[];
extern const struct app_handler app_stop_handlers[];
extern const struct app_handler app_terminal_handlers[];
extern const struct app_handler app_time_handlers[];
extern const struct app_handler app_typing_handlers[];
extern const struct app_handler app_values_handlers[];
extern const struct app_handler app_write_handlers[];

/* Whether KEY waits until the rows are there that it is for; the next that has
 * waited, false when there is none, or not yet; in how many ms app_ahead_work
 * has to say so, -1: never. */
bool app_ahead_key(struct app *, uint32_t key, enum action);
/* Whether the action does something with the row that is selected. */
bool app_acts_on_row(const struct app *, enum action);
bool app_ahead(struct app *, uint32_t *key);
int app_ahead_wait(const struct app *);
bool app_ahead_work(struct app *);

/* Runs an action. */
void app_do(struct app *, enum action);

/* What to press for an action, for sentences. */
struct bindings_key app_key_of(const struct app *, enum action);

/* Says something in the status line until the next key. */
void app_say(struct app *, enum role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* What was said goes, and a question that was not answered with it; a command
 * may be typed as the answer. */
void app_hush(struct app *);

/* What a filter is read with here and now: in the zone on the screen, relative
 * to what is loaded and selected. */
struct filter_view app_view(const struct app *);
/* The filter that TEXT is so.  NULL and ERR when it is none. */
struct filter *app_parse_filter(struct app *, struct span text,
				struct error *err);

/* Asks for the events of filter_text in the list's order. */
void app_ask(struct app *);

struct errand *app_advice_errand(struct jobs *, void (*wake)(void));
void app_advice_free(struct app_advice *);
/* What is shown has changed. */
void app_advice_forget(struct app_advice *);
bool app_advice_work(struct app *);
bool app_advice_busy(const struct app *);

void app_open_prompt(struct app *, enum app_prompt, struct span text);
void app_prompt_accept(struct app *);
void app_prompt_cancel(struct app *);
/* After each key that may have changed the text. */
void app_prompt_typed(struct app *);
/* The list of what may stand at the cursor; false when none is open. */
bool app_offers_take(struct app *);
bool app_offers_close(struct app *);
/* Lists it anew, after the line has changed or something was counted; whether
 * the one thing that there is was taken into the line. */
bool app_offer(struct app *);
/* Makes it the filter, in force at once; a filter that is none changes
 * nothing. */
void app_use_filter(struct app *, struct span text);

/* What came of counting rows of the menu. */
void app_menu_take(struct app *, const struct work_answer *);
void app_menu_accept(struct app *);
/* Makes step I of the history what is looked at. */
void app_go_view(struct app *, size_t i);
/* Whether the answer is of the terms that are there now. */
bool app_terms_counted(const struct app *);
/* The terms follow the filter's text. */
void app_follow_chips(struct app *);
/* Types the filter: what of it is not pinned; OPEN: for a term behind it. */
void app_edit_filter(struct app *, bool open);
/* Shows all, or again what the filter lets through. */
void app_suspend_filter(struct app *);
/* The spans of the histogram for the width there is, the one under the cursor,
 * and the first and last of the range, which is the cursor's where none was
 * begun. */
struct app_spans {
	struct strip strip;
	size_t cursor, first, last;
};
/* False when there are no spans. */
bool app_spans(const struct app *, struct app_spans *);
/* Counts the part that is looked at anew. */
void app_ask_closer(struct app *);
/* To the first event at that time or after, where there is one. */
void app_go_time(struct app *, int64_t time);

/* Notes what is looked at, after whatever may have changed it. */
void app_remember(struct app *);
/* Makes these the columns; an empty list the usual ones. */
void app_use_columns(struct app *, struct span list);
/* Makes TEXT, as --sort has it, the order that is asked for next; false and
 * ERR, and nothing changed, when it is none. */
bool app_use_order(struct app *, struct span text, struct error *err);
/* Orders by a column, as list_sort_by does, and says so. */
void app_sort_by(struct app *, const struct column_ref *);

void app_column_typed(struct app *, struct span name);
void app_column_accept(struct app *, struct span name);

/* Adds the term, about FIELD, to the filter; ONLY: in place of those about it. */
void app_use_term(struct app *, struct span field, struct span term,
		  bool only);
/* Appends the field under the cursor as filters name it; false when there is
 * none. */
bool app_field(struct app *, struct buffer *out);
/* Appends the term that + would add; false when there is none. */
bool app_write_term(struct app *, struct buffer *out);

/* Shows a text alone on the screen or, where that was asked for, sends it to the
 * clipboard.  Takes the text. */
void app_show_copy(struct app *, struct buffer *text);
/* Gets the text of the selected event ready for lines of that width. */
void app_show_raw(struct app *, size_t columns);
/* Makes the tree, and what stands in its place, those of the selected event. */
void app_show_event(struct app *);

/* Says what came, when that was read again. */
void app_reloaded(struct app *);
/* Sends a text to the terminal's clipboard, when it is not too long. */
void app_send(struct app *, struct span text);

void app_enter_context(struct app *);

/* Selects the event; where the filter hides it all events are shown around
 * it.  Answers whether it is shown anyway. */
bool app_go_event(struct app *, struct store_event);

/* Opens an overview and goes there; an empty SUBJECT where one is needed: of
 * the selected event. */
void app_open_overview(struct app *, enum overview_kind, struct span subject);
/* To the one from which it was opened, or else closes it. */
void app_leave_overview(struct app *);
/* Stops working it out; false when it is there. */
bool app_stop_overview(struct app *);
void app_overview_free(struct app_overview *);
/* The open overview as text, as history keeps it; and to that, without going
 * there. */
void app_write_overview(const struct app *, struct buffer *out);
void app_use_overview(struct app *, struct span text);
/* Takes what was worked out, asks for what is outdated; whether there is news. */
bool app_overview_work(struct app *);
/* What is shown does not tell of all that is loaded. */
bool app_overview_outdated(const struct app *);
bool app_findings_known(const struct app *);
/* The findings that flag the event, at most MOST, as literals; none while they
 * are not known. */
size_t app_findings_of(const struct app *, struct store_event,
		       const char **word, size_t most);

struct errand *app_pivot_errand(struct jobs *, void (*wake)(void));
/* The event that is pivoted on: the row's of an overview, else the selected. */
struct store_event app_event(const struct app *);
/* Counts anew: what is shown has changed. */
void app_pivot_count(struct app *);
bool app_pivot_work(struct app *);

void app_session_take(struct app *, const struct work_answer *);
void app_take_origin(struct app *, struct survey_answer *);

void app_goto_typed(struct app *, struct span time);
void app_goto_accept(struct app *, struct span time);
/* Says how many rows there are when storms are folded. */
void app_tell_storms(struct app *);
/* In which times are shown. */
const char *app_zone_name(const struct app *);

const struct errand_manner *app_values_counting(void);
void app_values_free(struct app_values *);
/* Counts anew: what is shown has changed. */
void app_values_count(struct app *);
bool app_values_work(struct app *);

struct errand *app_write_errand(struct jobs *, void (*wake)(void));
bool app_write_work(struct app *);
/* Stops writing; false when nothing is being written. */
bool app_stop_writing(struct app *);
/* Whether quitting leaves no file unwritten, or has been asked about; asks
 * otherwise. */
bool app_may_drop_writing(struct app *);
/* Says what NAME may be while the command is `w` alone. */
void app_write_typed(struct app *, struct span command);
/* The life line of SUBJECT was looked at: the report tells it. */
void app_saw_lifeline(struct app *, struct span subject);

void app_note_accept(struct app *, struct span text);
bool app_is_marked(struct app *, struct store_event);
/* Appends the event's note; false when there is none. */
bool app_note_text(struct app *, struct store_event, struct buffer *out);
/* Whether quitting loses no note, or has been asked about; asks otherwise. */
bool app_may_drop_notes(struct app *);

/* Whether the pane with the focus is one of lines, and what line I of it says,
 * appended; still to be sent through text/show. */
bool app_has_lines(const struct app *);
void app_write_line(const struct app *, size_t i, struct buffer *out);

/* Asks which of the events that are shown hold what is searched for. */
void app_ask_hits(struct app *);
void app_take_hits(struct app *, const struct work_answer *);
void app_search_typed(struct app *, struct span pattern);
void app_search_accept(struct app *, struct span pattern);

#endif
