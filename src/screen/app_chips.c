/* The terms of the filter as a pane: one is chosen, put off and on, negated,
 * edited, removed, pinned.  Each change is a change of the filter's text. */
#include "screen/app_parts.h"

#include "query/compose.h"

void app_follow_chips(struct app *a)
{
	struct filter *filter = app_parse_filter(
		a, buffer_span(&a->filter_text), NULL);

	/* What a line passes through while it is typed forgets no term. */
	if (a->typing.chips.n > 0)
		chips_restore(&a->chips, buffer_span(&a->typing.chips));
	if (filter)
		chips_follow(&a->chips, filter);
	filter_free(filter);
	if (a->chips.count == 0 && a->pane == IN_CHIPS)
		a->pane = IN_EVENTS;
}

/* The terms were changed: they are the filter now. */
static void use_chips(struct app *a)
{
	struct filter_view view = app_view(a);
	struct buffer text = {0};

	chips_write(&a->chips, &view, true, &text);
	buffer_clear(&a->filter_text);
	buffer_add_span(&a->filter_text, buffer_span(&text));
	buffer_free(&text);
	a->leave.suspended = a->leave.context = false;
	app_ask(a);
}

static struct chip *chosen(struct app *a)
{
	return &a->chips.chip[a->chips.cursor];
}

static void do_chip_left(struct app *a)
{
	a->chips.cursor -= a->chips.cursor > 0;
}

static void do_chip_right(struct app *a)
{
	a->chips.cursor += a->chips.cursor + 1 < a->chips.count;
}

static void do_chip_toggle(struct app *a)
{
	chosen(a)->off = !chosen(a)->off;
	use_chips(a);
}

static void do_chip_negate(struct app *a)
{
	struct filter_view view = app_view(a);
	struct buffer text = {0};

	if (!compose_negate(&view, buffer_span(&chosen(a)->text), &text)) {
		app_say(a, ROLE_WARNING, "the opposite of it cannot be "
			"written");
		return;
	}
	buffer_clear(&chosen(a)->text);
	buffer_add_span(&chosen(a)->text, buffer_span(&text));
	buffer_free(&text);
	use_chips(a);
}

/* Behind the term with that number in the line. */
static size_t behind_term(struct app *a, size_t term)
{
	struct span line = buffer_span(&a->prompt.text);
	struct filter *filter = app_parse_filter(a, line, NULL);
	const struct filter_term *t;
	size_t at = line.n;

	if (filter && term < filter_terms(filter)) {
		t = filter_term(filter, term);
		at = t->column - 1 + t->text.n;
	}
	filter_free(filter);
	return at;
}

/* The cursor stands behind the term; in the line are those that are on and not
 * pinned. */
static void do_chip_edit(struct app *a)
{
	size_t term = 0;

	if (chosen(a)->pinned) {
		app_say(a, ROLE_DIM, "it is pinned; %s unpins it",
			app_key_of(a, ACTION_CHIP_PIN).text);
		return;
	}
	if (chosen(a)->off)
		do_chip_toggle(a);
	for (size_t i = 0; i < a->chips.cursor; i++)
		term += !a->chips.chip[i].off && !a->chips.chip[i].pinned;
	app_edit_filter(a, false);
	a->prompt.cursor = behind_term(a, term);
}

static void do_chip_remove(struct app *a)
{
	chips_remove(&a->chips, a->chips.cursor);
	use_chips(a);
}

static void do_chip_pin(struct app *a)
{
	chosen(a)->pinned = !chosen(a)->pinned;
	app_say(a, ROLE_DIM, chosen(a)->pinned
		? "pinned: it stays whatever filter is typed or chosen"
		: "not pinned any more");
}

void app_edit_filter(struct app *a, bool open)
{
	struct filter_view view = app_view(a);
	struct buffer typed = {0}, text = {0};
	bool pinned = false;

	for (size_t i = 0; i < a->chips.count; i++)
		pinned |= a->chips.chip[i].pinned && !a->chips.chip[i].off;
	if (pinned)
		chips_write(&a->chips, &view, false, &typed);
	else
		buffer_add_span(&typed, buffer_span(&a->filter_text));
	if (open)
		compose_open(&view, buffer_span(&typed), &text);
	else
		buffer_add_span(&text, buffer_span(&typed));
	app_open_prompt(a, APP_FILTER_PROMPT, buffer_span(&text));
	buffer_free(&typed);
	buffer_free(&text);
}

const struct app_handler app_chips_handlers[] = {
	{ACTION_CHIP_LEFT, do_chip_left},
	{ACTION_CHIP_RIGHT, do_chip_right},
	{ACTION_CHIP_TOGGLE, do_chip_toggle},
	{ACTION_CHIP_NEGATE, do_chip_negate},
	{ACTION_CHIP_EDIT, do_chip_edit},
	{ACTION_CHIP_REMOVE, do_chip_remove},
	{ACTION_CHIP_PIN, do_chip_pin},
	{ACTION_NONE, NULL}
};
