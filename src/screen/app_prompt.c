/* The lines that are typed: the filter, which works while it is typed, a
 * command, and what narrows the help. */
#include "screen/app_parts.h"

#include "base/nearest.h"
#include "query/place.h"
#include "view/keys.h"

void app_open_prompt(struct app *a, enum app_prompt what, struct span text)
{
	a->prompt_for = what;
	a->typing.on = list_selected(&a->list);
	a->typing.fault.text[0] = '\0';
	a->typing.fault_waits = false;
	a->offers.open = false;
	recall_start(&a->recall[what]);
	prompt_set(&a->prompt, text);
	buffer_clear(&a->typing.before);
	buffer_add_span(&a->typing.before, buffer_span(&a->filter_text));
	buffer_clear(&a->typing.chips);
	if (what == APP_FILTER_PROMPT)
		chips_save(&a->chips, &a->typing.chips);
	a->leave.suspended_before = a->leave.suspended;
	a->leave.context_before = a->leave.context;
	buffer_clear(&a->typing.opened);
	buffer_add_span(&a->typing.opened, text);
}

static struct span typed(const struct app *a)
{
	return buffer_span(&a->prompt.text);
}

static void use_filter(struct app *a, struct span text, bool suspended)
{
	struct filter_view view = app_view(a);
	struct buffer whole = {0};

	chips_keep(&a->chips, &view, text, &whole);
	if (span_equal(buffer_span(&a->filter_text), buffer_span(&whole)) &&
	    a->leave.suspended == suspended) {
		buffer_free(&whole);
		return;
	}
	buffer_free(&a->filter_text);
	a->filter_text = whole;
	/* What it lists was made with the filter before. */
	if (a->overlay == IN_MENU)
		a->overlay = 0;
	a->leave.suspended = suspended;
	a->leave.context = false;
	app_ask(a);
}

/* What hangs on the data or the selected event is kept as what it means
 * now. */
void app_use_filter(struct app *a, struct span text)
{
	struct error err;
	struct filter *filter = app_parse_filter(a, text, &err);
	struct buffer settled = {0};

	if (filter && filter_is_relative(filter)) {
		filter_print(filter, &settled);
		text = buffer_span(&settled);
	}
	if (filter)
		use_filter(a, text, false);
	else
		app_say(a, ROLE_ERROR, "%s", err.text);
	filter_free(filter);
	buffer_free(&settled);
}

/* A term that has no value yet would hold for nothing: nobody means that. */
static bool leave_out_open_term(struct app *a)
{
	struct buffer rest = {0};
	struct filter *filter;
	size_t from, end;

	a->typing.fault_waits = place_waits(typed(a), a->prompt.cursor, &from, &end) ||
			 place_waits(typed(a), a->prompt.text.n, &from, &end);
	if (!a->typing.fault_waits)
		return false;
	buffer_add(&rest, typed(a).p, from);
	buffer_add_span(&rest, span_from(typed(a), end));
	filter = app_parse_filter(a, buffer_span(&rest), NULL);
	if (filter)
		use_filter(a, span_trim(buffer_span(&rest)), false);
	error_set(&a->typing.fault, "no value yet; the list %s",
		  filter ? "leaves this term out" : "is as it was");
	a->typing.fault.column = from + 1;
	filter_free(filter);
	buffer_free(&rest);
	return true;
}

/* As it was before anything was typed, all of it shown for a look around
 * included. */
static void restore_filter(struct app *a)
{
	use_filter(a, buffer_span(&a->typing.before), a->leave.suspended_before);
	a->leave.context = a->leave.context_before;
}

/* The list follows while the text is a filter; while it is none the bar says
 * why, and the last one that was holds. */
static void filter_typed(struct app *a)
{
	struct filter *filter;

	if (span_equal(typed(a), buffer_span(&a->typing.opened))) {
		a->typing.fault.text[0] = '\0';
		restore_filter(a);
		return;
	}
	if (leave_out_open_term(a))
		return;
	filter = app_parse_filter(a, typed(a), &a->typing.fault);
	if (!filter)
		return;
	filter_free(filter);
	a->typing.fault.text[0] = '\0';
	use_filter(a, typed(a), false);
}

void app_prompt_typed(struct app *a)
{
	/* First of all: it may take one thing into the line. */
	app_offer(a);
	if (a->prompt_for == APP_FILTER_PROMPT)
		filter_typed(a);
	else if (a->prompt_for == APP_SEARCH_PROMPT)
		app_search_typed(a, typed(a));
	else if (a->prompt_for == APP_COLUMN_PROMPT)
		app_column_typed(a, typed(a));
	else if (a->prompt_for == APP_GOTO_PROMPT)
		app_goto_typed(a, typed(a));
	else if (a->prompt_for == APP_COMMAND_PROMPT)
		app_write_typed(a, typed(a));
	else if (a->prompt_for == APP_HELP_PROMPT)
		help_list(&a->help, a->bindings, a->help.place, typed(a));
}

void app_prompt_cancel(struct app *a)
{
	enum app_prompt what = a->prompt_for;

	if (app_offers_close(a))
		return;
	a->prompt_for = APP_NO_PROMPT;
	a->typing.on = STORE_NO_EVENT;
	a->typing.fault.text[0] = '\0';
	if (what == APP_FILTER_PROMPT)
		restore_filter(a);
	else if (what == APP_HELP_PROMPT)
		help_list(&a->help, a->bindings, a->help.place, SPAN(""));
	buffer_clear(&a->typing.chips);
}

enum { NAME_MOST = 40 };        /* bytes of a wrong name that are repeated */

/* As elsewhere a number goes to that row, and a key's name, such as q, does
 * what the key does. */
static bool run_key(struct app *a, struct span text)
{
	enum { DIGITS = 9 };
	enum action action = ACTION_NONE;
	unsigned long row = 0;
	uint32_t key = 0;
	size_t n = 0;

	for (; n < text.n && n < DIGITS && text.p[n] >= '0' &&
	     text.p[n] <= '9'; n++)
		row = row * 10 + (unsigned long)(text.p[n] - '0');
	if (n > 0 && n == text.n)
		action = ACTION_TOP;
	else if (keys_parse(text, &key))
		action = bindings_action(a->bindings, key, app_place(a));
	if (action == ACTION_NONE ||
	    !(actions_info(action)->where & app_place(a)))
		return false;
	a->count = row;
	a->key = key;
	app_do(a, action);
	return true;
}

/* No command, but the beginning of several, or near one, or neither. */
static void tell_unknown(struct app *a, struct span text)
{
	const char *names[ACTION_COUNT], *near;
	struct buffer begun = {0};

	for (int i = 0; i < ACTION_COUNT; i++) {
		names[i] = actions_info((enum action)i)->name;
		if (span_starts(span_of(names[i]), text))
			buffer_printf(&begun, "%s%s", begun.n ? ", " : "",
				      names[i]);
	}
	near = nearest_name(text, names, ACTION_COUNT);
	if (begun.n > 0)
		app_say(a, ROLE_WARNING, "\"%.*s\" begins several: %s",
			(int)text.n, text.p, buffer_text(&begun));
	else if (near)
		app_say(a, ROLE_WARNING, "no command \"%.*s\": %s?",
			(int)(text.n < NAME_MOST ? text.n : NAME_MOST), text.p,
			near);
	else
		app_say(a, ROLE_WARNING, "no such command; %s lists them",
			app_key_of(a, ACTION_HELP).text);
	buffer_free(&begun);
}

static void run_command(struct app *a)
{
	struct span text = span_trim(typed(a)), rest;
	enum action action;
	size_t n = 0;

	while (n < text.n && text.p[n] != ' ')
		n++;
	rest = span_trim(span_from(text, n));
	text.n = n;
	action = actions_named(text);
	if (n == 0 || (action == ACTION_NONE && rest.n == 0 &&
		       run_key(a, text)))
		return;
	if (action == ACTION_NONE)
		action = actions_begun(text);
	if (action != ACTION_NONE && rest.n > 0 &&
	    !(actions_info(action)->where & WITH_TEXT)) {
		app_say(a, ROLE_WARNING, "%s stands alone",
			actions_info(action)->name);
	} else if (action != ACTION_NONE &&
		   (actions_info(action)->where & app_place(a))) {
		a->argument = rest;
		app_do(a, action);
		a->argument = SPAN("");
	} else if (action != ACTION_NONE) {
		app_say(a, ROLE_WARNING, "%s does nothing here",
			actions_info(action)->name);
	} else {
		tell_unknown(a, text);
	}
}

void app_prompt_accept(struct app *a)
{
	enum app_prompt what = a->prompt_for;

	if (app_offers_take(a))
		return;
	/* What is no filter cannot be kept: it stays open, with its fault. */
	if (what == APP_FILTER_PROMPT && a->typing.fault.text[0]) {
		app_say(a, ROLE_WARNING, "not a filter yet; %s goes back to "
			"the one before", app_key_of(a, ACTION_CANCEL).text);
		return;
	}
	if ((what == APP_SEARCH_PROMPT || what == APP_COLUMN_PROMPT ||
	     what == APP_GOTO_PROMPT) &&
	    a->typing.fault.text[0])
		return;
	a->prompt_for = APP_NO_PROMPT;
	recall_note(&a->recall[what], typed(a));
	if (what == APP_FILTER_PROMPT)
		app_use_filter(a, typed(a));
	a->typing.on = STORE_NO_EVENT;
	buffer_clear(&a->typing.chips);
	if (what == APP_COMMAND_PROMPT)
		run_command(a);
	else if (what == APP_SEARCH_PROMPT)
		app_search_accept(a, typed(a));
	else if (what == APP_GOTO_PROMPT)
		app_goto_accept(a, typed(a));
	else if (what == APP_COLUMN_PROMPT)
		app_column_accept(a, typed(a));
	else if (what == APP_NOTE_PROMPT)
		app_note_accept(a, typed(a));
}
