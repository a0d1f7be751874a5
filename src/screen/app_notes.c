/* Marks and notes: what the keys do with them, and that each is in the file,
 * where there is one, before the next key. */
#include "screen/app_parts.h"

#include "base/clock.h"
#include "write/notes_file.h"

static bool take_first(void *context, struct span text, uint32_t value)
{
	(void)value;
	buffer_add_span(context, text);
	return false;
}

/* Appends the event's id; false when it has none. */
static bool id_of(const struct app *a, struct store_event e,
		  struct buffer *out)
{
	static const struct column_ref ref = {.column = COLUMN_ID};

	if (e.segment != STORE_NO_EVENT.segment)
		columns_each(a->store, e, &ref, take_first, out);
	return out->n > 0;
}

static bool nothing_noted(const struct app *a)
{
	size_t marked, noted;

	notes_count(store_notes(a->store), &marked, &noted);
	return marked == 0;
}

bool app_is_marked(struct app *a, struct store_event e)
{
	struct buffer *id = &a->scratch2;

	buffer_clear(id);
	return id_of(a, e, id) &&
	       notes_marked(store_notes(a->store), buffer_span(id));
}

bool app_note_text(struct app *a, struct store_event e, struct buffer *out)
{
	struct buffer *id = &a->scratch2;

	buffer_clear(id);
	return id_of(a, e, id) &&
	       notes_text(store_notes(a->store), buffer_span(id), out);
}

/* The filter may ask for what has changed. */
static void ask_again(struct app *a)
{
	const struct filter *f = a->answer.filter;

	for (size_t i = 0; f && i < filter_predicates(f); i++)
		if (filter_predicate(f, i)->test == PREDICATE_MARK &&
		    filter_predicate(f, i)->mark == MARK_MARKED) {
			app_ask(a);
			return;
		}
}

/* Into the file, with what did not get there before. */
static void save(struct app *a, const struct buffer *lines)
{
	struct error err;

	buffer_add_span(&a->notes.unsaved, buffer_span(lines));
	if (!a->notes.file)
		return;
	if (notes_file_append(a->notes.file, buffer_span(&a->notes.unsaved), &err))
		buffer_clear(&a->notes.unsaved);
	else
		app_say(a, ROLE_ERROR, "not saved: %s", err.text);
}

/* `2 marked, 1 with a note`. */
static const char *counted(const struct app *a, struct buffer *out)
{
	size_t marked, noted;

	notes_count(store_notes(a->store), &marked, &noted);
	buffer_printf(out, "%zu marked", marked);
	if (noted > 0)
		buffer_printf(out, ", %zu with a note", noted);
	return buffer_text(out);
}

static void tell(struct app *a, const char *what)
{
	struct buffer count = {0};

	app_say(a, ROLE_DIM, "%s; %s%s", what, counted(a, &count),
		a->notes.file ? "" : "; in no file (:notes NAME)");
	buffer_free(&count);
}

/* The event's id, which is what marks and notes go by. */
static bool take_id_of(struct app *a, struct store_event event,
		       struct buffer *id)
{
	if (event.segment == STORE_NO_EVENT.segment)
		app_say(a, ROLE_DIM, "there is no event to mark");
	else if (!id_of(a, event, id))
		app_say(a, ROLE_WARNING, "this event has no eventID, by which "
			"marks and notes are kept");
	return id->n > 0;
}

static bool take_id(struct app *a, struct buffer *id)
{
	return take_id_of(a, app_event(a), id);
}

static void set_mark_of(struct app *a, struct store_event event,
			struct span id, bool marked, int64_t when,
			struct buffer *lines)
{
	if (marked) {
		a->notes.last_mark[1] = a->notes.last_mark[0];
		a->notes.last_mark[0] = event;
	}
	notes_mark(store_notes(a->store), id, marked, when);
	notes_file_add_mark(a->store, event, id, marked, when, lines);
}

static void set_mark(struct app *a, struct span id, bool marked, int64_t when,
		     struct buffer *lines)
{
	set_mark_of(a, app_event(a), id, marked, when, lines);
}

static void do_mark(struct app *a)
{
	struct notes *notes = store_notes(a->store);
	int64_t when = notes_when(notes, clock_wall_ms());
	struct buffer id = {0}, note = {0}, lines = {0};

	if (!take_id(a, &id))
		return;
	if (notes_text(notes, buffer_span(&id), &note)) {
		app_say(a, ROLE_WARNING, "its note marks it; %s, %s and "
			"%s take that away",
			app_key_of(a, ACTION_NOTE).text,
			app_key_of(a, ACTION_CUT_START).text,
			app_key_of(a, ACTION_ACCEPT).text);
	} else {
		bool marked = !notes_marked(notes, buffer_span(&id));

		set_mark(a, buffer_span(&id), marked, when, &lines);
		tell(a, store_conflict(a->store, app_event(a))
			? marked ? "marked, with the other of this eventID"
				 : "neither of this eventID is marked any more"
			: marked ? "marked" : "not marked any more");
		save(a, &lines);
		ask_again(a);
	}
	buffer_free(&id);
	buffer_free(&note);
	buffer_free(&lines);
}

static void do_note(struct app *a)
{
	struct buffer id = {0}, note = {0};

	a->notes.noted = app_event(a);
	if (take_id_of(a, a->notes.noted, &id)) {
		notes_text(store_notes(a->store), buffer_span(&id), &note);
		app_open_prompt(a, APP_NOTE_PROMPT, buffer_span(&note));
	}
	buffer_free(&id);
	buffer_free(&note);
}

void app_note_accept(struct app *a, struct span text)
{
	struct notes *notes = store_notes(a->store);
	int64_t when = notes_when(notes, clock_wall_ms());
	struct buffer id = {0}, before = {0}, lines = {0};

	text = span_trim(text);
	if (!take_id_of(a, a->notes.noted, &id))
		return;
	notes_text(notes, buffer_span(&id), &before);
	if (!span_equal(buffer_span(&before), text)) {
		if (!notes_marked(notes, buffer_span(&id)))
			set_mark_of(a, a->notes.noted, buffer_span(&id), true,
				    when, &lines);
		notes_write(notes, buffer_span(&id), text, when);
		notes_file_add_text(buffer_span(&id), text, when, &lines);
		tell(a, text.n > 0 ? "noted" : "the note is gone");
		save(a, &lines);
		ask_again(a);
		/* The summary tells it. */
		page_set(&a->told.text, SPAN(""));
	}
	buffer_free(&id);
	buffer_free(&before);
	buffer_free(&lines);
}

/* As many marks on as the count says, or as there are. */
static void go(struct app *a, size_t step)
{
	long left = app_times(a);
	size_t count = a->list.total, found = count;

	if (nothing_noted(a)) {
		app_say(a, ROLE_DIM, "nothing is marked; %s marks",
			app_key_of(a, ACTION_MARK).text);
		return;
	}
	for (size_t i = list_at(&a->list) + step; i < count && left > 0;
	     i += step) {
		if (app_is_marked(a, a->list.all[i])) {
			found = i;
			left--;
		}
	}
	if (found == count) {
		app_say(a, ROLE_DIM, "no mark %s", step == 1
			? "below" : "above");
		return;
	}
	list_go(&a->list, found);
}

static void do_next_mark(struct app *a)
{
	go(a, 1);
}

static void do_previous_mark(struct app *a)
{
	go(a, SIZE_MAX);
}

static void do_only_marks(struct app *a)
{
	struct app_notes *n = &a->notes;

	if (n->only.n > 0 && !a->leave.suspended &&
	    span_equal(buffer_span(&a->filter_text), buffer_span(&n->only))) {
		app_use_filter(a, buffer_span(&n->before));
		if (n->suspended_before)
			app_suspend_filter(a);
	} else if (nothing_noted(a)) {
		app_say(a, ROLE_DIM, "nothing is marked; %s marks",
			app_key_of(a, ACTION_MARK).text);
	} else {
		buffer_clear(&n->before);
		buffer_add_span(&n->before, buffer_span(&a->filter_text));
		n->suspended_before = a->leave.suspended;
		app_use_filter(a, SPAN("is:marked"));
		buffer_clear(&n->only);
		buffer_add_span(&n->only, buffer_span(&a->filter_text));
		/* Where it was typed the way back is to all. */
		if (span_equal(buffer_span(&n->before), buffer_span(&n->only)))
			buffer_clear(&n->before);
		app_say(a, ROLE_DIM, "only what is marked; %s goes back",
			app_key_of(a, ACTION_ONLY_MARKS).text);
	}
}

static void do_notes_file(struct app *a)
{
	struct span name = span_trim(a->argument);
	struct buffer nothing = {0};
	struct notes_file file;
	struct error err;

	if (a->notes.file && a->notes.unsaved.n == 0) {
		app_say(a, ROLE_DIM, "marks and notes are in a file already");
	} else if (name.n == 0) {
		app_open_prompt(a, APP_COMMAND_PROMPT, SPAN("notes "));
	} else if (!notes_file_create(&file, a->folder, name, &err)) {
		app_say(a, ROLE_ERROR, "not saved: %s", err.text);
	} else {
		notes_file_close(&a->notes.own);
		a->notes.own = file;
		a->notes.file = &a->notes.own;
		app_say(a, ROLE_GOOD, "marks and notes are kept in %s/%.*s",
			a->folder, (int)name.n, name.p);
		save(a, &nothing);
	}
}

static void do_compare(struct app *a)
{
	struct store_event event = list_selected(&a->list);
	struct store_event with = a->notes.last_mark[0];

	/* Not with itself: with the one marked before. */
	if (store_same_event(with, event))
		with = a->notes.last_mark[1];
	if (with.segment == STORE_NO_EVENT.segment ||
	    a->list.pane.count == 0) {
		app_say(a, ROLE_DIM, "%s marks the event to compare with, %s on "
			"another compares",
			app_key_of(a, ACTION_MARK).text,
			app_key_of(a, ACTION_COMPARE).text);
		return;
	}
	compare_free(&a->compare);
	compare_events(&a->compare, a->store, with, event);
	if (a->compare.count == 0) {
		app_say(a, ROLE_GOOD, "no field differs from the event that "
			"was marked last");
		return;
	}
	pane_set_count(&a->compare_pane, a->compare.count);
	pane_go(&a->compare_pane, 0);
	a->overlay = IN_COMPARE;
}

bool app_may_drop_notes(struct app *a)
{
	struct buffer count = {0};

	if (a->notes.unsaved.n == 0 || nothing_noted(a) || a->notes.asked)
		return true;
	a->notes.asking = true;
	app_say(a, ROLE_WARNING, "%s, in no file: once more quits, :notes "
		"NAME keeps them", counted(a, &count));
	buffer_free(&count);
	return false;
}

const struct app_handler app_notes_handlers[] = {
	{ACTION_COMPARE, do_compare},
	{ACTION_MARK, do_mark},
	{ACTION_NEXT_MARK, do_next_mark},
	{ACTION_PREVIOUS_MARK, do_previous_mark},
	{ACTION_ONLY_MARKS, do_only_marks},
	{ACTION_NOTE, do_note},
	{ACTION_NOTES_FILE, do_notes_file},
	{ACTION_NONE, NULL}
};
