/* What the files of the app do for one another, and an action's handler each. */
#ifndef SCREEN_APP_PARTS_H
#define SCREEN_APP_PARTS_H

#include "screen/app_state.h"

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
