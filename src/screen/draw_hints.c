/* What to press, for the right of the last line: the most useful actions of each
 * place, by the keys that they have now. */
#include "screen/draw.h"

#define LITERAL(text) {ACTION_NONE, text}

/* An action and its word; without a word it shares that of the next.  The end
 * has neither. */
struct hint {
	enum action action;
	const char *word;
};

static const struct hint none[] = {{ACTION_NONE, NULL}};

static const struct hint events[] = {
	{ACTION_HELP, "help"}, {ACTION_FILTER, "filter"},
	{ACTION_SORT, "sort"}, {ACTION_TREE, "tree"},
	{ACTION_NONE, NULL},
};

static const struct hint tree[] = {
	{ACTION_HELP, "help"}, {ACTION_FOLD, NULL}, {ACTION_UNFOLD, "fold"},
	{ACTION_RAW, "text"}, {ACTION_NEXT_PANE, "next"},
	{ACTION_NONE, NULL},
};

static const struct hint brief[] = {
	LITERAL("the summary"), {ACTION_HELP, "help"}, {ACTION_RAW, "tree"},
	{ACTION_NEXT_PANE, "events"}, {ACTION_NONE, NULL},
};

static const struct hint raw[] = {
	LITERAL("as logged, secrets masked"), {ACTION_HELP, "help"},
	{ACTION_RAW, "summary"}, {ACTION_NEXT_PANE, "events"},
	{ACTION_NONE, NULL},
};

static const struct hint overview[] = {
	{ACTION_HELP, "help"}, {ACTION_SECTION_NEXT, NULL},
	{ACTION_SECTION_PREVIOUS, "section"}, {ACTION_OVERVIEW_GO, "event"},
	{ACTION_CLOSE, "close"}, {ACTION_NONE, NULL},
};

static const struct hint pivots[] = {
	LITERAL("small letter: within what is shown"),
	LITERAL("capital: over everything"), {ACTION_CLOSE, "close"},
	{ACTION_NONE, NULL},
};

static const struct hint help[] = {
	{ACTION_RUN, "do it"}, {ACTION_NARROW, "narrow"},
	{ACTION_CLOSE, "close"}, {ACTION_NONE, NULL},
};

static const struct hint copying[] = {
	{ACTION_COPY_VALUE, "value"}, {ACTION_COPY_KEY, "key"},
	{ACTION_COPY_PATH, "path"}, {ACTION_COPY_JQ, "jq"},
	{ACTION_COPY_FILTER, "filter"}, {ACTION_COPY_ROW, "row"},
	{ACTION_COPY_COMMAND, "command"}, {ACTION_COPY_EVENT, "event"},
	{ACTION_COPY_PLACE, "line"}, {ACTION_NONE, NULL},
};

/* Its letters are those of the pivots, whatever they are for. */
static const struct hint valuing[] = {
	LITERAL("p who"), LITERAL("c cert"), LITERAL("k key"),
	LITERAL("s session"), LITERAL("r role"), LITERAL("i from"),
	LITERAL("a agent"), LITERAL("e event"), LITERAL("v this"),
	{ACTION_NONE, NULL},
};

static const struct hint values[] = {
	{ACTION_VALUES_INCLUDE, NULL}, {ACTION_VALUES_EXCLUDE, NULL},
	{ACTION_VALUES_ONLY, "filter"},
	{ACTION_VALUES_ORDER, "count, rarity, ratio"},
	{ACTION_VALUES_GO, "first"}, {ACTION_CLOSE, "close"},
	{ACTION_NONE, NULL},
};

static const struct hint copied[] = {
	LITERAL("shown alone, to be selected by the terminal"),
	{ACTION_TO_CLIPBOARD, "clipboard"}, {ACTION_CLOSE, "back"},
	{ACTION_NONE, NULL},
};

static const struct hint columns[] = {
	{ACTION_COLUMN_TOGGLE, "choose"}, {ACTION_COLUMN_LATER, NULL},
	{ACTION_COLUMN_EARLIER, "order"}, {ACTION_COLUMN_NARROWER, NULL},
	{ACTION_COLUMN_WIDER, "width"}, {ACTION_COLUMN_SORT, "sort"},
	{ACTION_COLUMN_ADD, "add"}, {ACTION_CLOSE, "close"},
	{ACTION_NONE, NULL},
};

static const struct hint chips[] = {
	{ACTION_CHIP_TOGGLE, "off"}, {ACTION_CHIP_NEGATE, "not"},
	{ACTION_CHIP_EDIT, "edit"}, {ACTION_CHIP_REMOVE, "remove"},
	{ACTION_CHIP_PIN, "pin"}, {ACTION_NEXT_PANE, "next"},
	{ACTION_NONE, NULL},
};

static const struct hint histogram[] = {
	{ACTION_SPAN_MARK, "range"}, {ACTION_SPAN_TAKE, "take"},
	{ACTION_SPAN_CLOSER, "closer"}, {ACTION_SPAN_FARTHER, "all"},
	{ACTION_SPAN_LOG, "log"}, {ACTION_CLOSE, "close"},
	{ACTION_NONE, NULL},
};

static const struct hint menu[] = {
	{ACTION_RUN, "take"}, {ACTION_CLOSE, "close"}, {ACTION_NONE, NULL},
};

static const struct hint closing[] = {
	{ACTION_CLOSE, "close"}, {ACTION_NONE, NULL},
};

static const struct hint moving[] = {
	{ACTION_DOWN, NULL}, {ACTION_UP, "move"}, {ACTION_CLOSE, "close"},
	{ACTION_NONE, NULL},
};

static const struct hint offering[] = {
	{ACTION_COMPLETE, "next"}, {ACTION_ACCEPT, "take"},
	{ACTION_CANCEL, "close"}, {ACTION_NONE, NULL},
};

static const struct hint typing[] = {
	{ACTION_COMPLETE, "complete"}, {ACTION_ACCEPT, "keep"},
	{ACTION_CANCEL, "back"}, {ACTION_NONE, NULL},
};

static const struct hint *hints_of(const struct app *a)
{
	switch (app_place(a)) {
	case IN_EVENTS:
		return events;
	case IN_TREE:
		return tree;
	case IN_RAW:
		return a->face == APP_BRIEF ? brief : raw;
	case IN_OVERVIEW:
		return overview;
	case IN_PIVOTS:
		return pivots;
	case IN_HELP:
		return help;
	case IN_COPYING:
		return copying;
	case IN_VALUING:
		return valuing;
	case IN_VALUES:
		return values;
	case IN_COPIED:
		return copied;
	case IN_COLUMNS:
		return columns;
	case IN_CHIPS:
		return chips;
	case IN_HISTOGRAM:
		return histogram;
	case IN_MENU:
		return a->choices.of == APP_MENU_WHY ? closing : menu;
	case IN_COMPARE:
	case IN_PROBLEMS:
		return moving;
	case IN_PROMPT:
		return a->offers.open ? offering : typing;
	default:
		return none;
	}
}

/* One hint, behind others; what it says of keys that there are. */
static void add_hint(const struct app *a, const struct hint *h, bool joined,
		     struct buffer *out)
{
	bool literal = h->action == ACTION_NONE;
	bool has = !literal && *bindings_keys(a->bindings, h->action);

	if (out->n > 0 && (has || literal))
		buffer_add_text(out, joined ? " " : "  ");
	if (has)
		buffer_add_text(out, app_key_of(a, h->action).text);
	if (h->word && (joined || has || literal))
		buffer_printf(out, "%s%s", literal ? "" : " ", h->word);
}

void draw_tell_hints(const struct app *a, const struct grid *g, int room,
		     struct buffer *out)
{
	size_t whole = 0;               /* bytes with all their words */
	bool joined = false;

	for (const struct hint *h = hints_of(a);
	     h->action != ACTION_NONE || h->word; h++) {
		add_hint(a, h, joined, out);
		if (grid_width(g, buffer_span(out), room) > room)
			break;
		joined = !h->word && out->n > whole;
		if (!joined)
			whole = out->n;
	}
	out->n = whole;
}
