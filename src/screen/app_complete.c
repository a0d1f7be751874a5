/* Completion of the line that is typed: what may stand at the cursor, listed
 * with how many events have it, and lines that were typed before.  Where the
 * cursor is, query/place knows; what there is, the lookup. */
#include "screen/app_parts.h"

#include "query/place.h"
#include "query/words.h"

enum { ROWS_MOST = 1000 };

static struct span line(const struct app *a)
{
	return buffer_span(&a->prompt.text);
}

static struct span up_to_cursor(const struct app *a)
{
	return (struct span){a->prompt.text.p, a->prompt.cursor};
}

static bool starts(struct span text, struct span head)
{
	struct span start = {text.p, text.n < head.n ? text.n : head.n};

	return span_equal_ignoring_case(start, head);
}

static void add(struct app *a, struct span text, struct span help,
		uint64_t events)
{
	if (a->offers.menu.pane.count < ROWS_MOST)
		menu_add(&a->offers.menu, text, text, help, events);
}

/* Whether a path that is spelled so far is one that events have. */
static bool is_met(struct app *a, struct span path)
{
	const struct complete *all = lookup_fields(a->lookup);

	for (size_t i = 0; all && i < all->count; i++)
		if (span_equal(all->item[i].text, path))
			return true;
	return false;
}

/* What may stand behind a field, written with it. */
static void offer_operators(struct app *a, struct span field)
{
	static const struct {
		const char *sign, *help;
		bool of_time, of_text;
	} signs[] = {
		{"=", "this value, as a whole", true, true},
		{"~", "a value matches this regex", false, true},
		{"!=", "no value is this one", true, true},
		{"!~", "no value matches", false, true},
		{"?", "it is present", true, true},
		{"!?", "it is absent", true, true},
		{" in (", "one of several values", true, true},
		{">=", "from there on", true, false},
		{"<", "below that", true, false},
	};
	struct column_ref column;
	enum column kind;

	if (!columns_parse(field, &column, NULL))
		return;
	kind = column.column;
	columns_free(&column);
	if (kind == COLUMN_PATH && !is_met(a, field))
		return;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		struct buffer text = {0};

		if ((kind == COLUMN_TIME && !signs[i].of_time) ||
		    (kind < COLUMN_PATH && kind != COLUMN_TIME &&
		     !signs[i].of_text))
			continue;
		buffer_add_span(&text, field);
		buffer_add_text(&text, signs[i].sign);
		add(a, buffer_span(&text), span_of(signs[i].help),
		    MENU_UNCOUNTED);
		buffer_free(&text);
	}
}

static void offer_groups(struct app *a, struct span head)
{
	static const char *const groups[][2] = {
		{"is:", "what is known of the event beside its values"},
		{"has:", "what some value of it holds"},
		{"saved:", "a filter that has a name"},
	};

	for (size_t i = 0; i < 3; i++)
		if (starts(span_of(groups[i][0]), head))
			add(a, span_of(groups[i][0]), span_of(groups[i][1]),
			    MENU_UNCOUNTED);
}

static bool is_column(struct span name)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		if (span_is(name, columns_info((enum column)i)->name))
			return true;
	return false;
}

/* Quoted keys are found by their letters too. */
static bool starts_key(struct span text, struct span head)
{
	return starts(text, head) ||
	       (head.n > 0 && text.n > 0 && *text.p == '"' &&
		starts(span_from(text, 1), head));
}

/* Whether a key within the path, not its first, begins with HEAD. */
static bool holds_key(struct span path, struct span head)
{
	for (size_t i = 1; i < path.n; i++)
		if (path.p[i - 1] == '.' &&
		    starts_key(span_from(path, i), head))
			return true;
	return false;
}

/* Columns, groups, paths; at last paths that have such a key further on.  Before
 * anything is typed groups go first: nobody would look for them below. */
static void offer_fields(struct app *a, struct span head, bool groups)
{
	const struct complete *all = lookup_fields(a->lookup);

	a->offers.wait = lookup_busy(a->lookup);
	if (groups && head.n == 0)
		offer_groups(a, head);
	for (int step = 0; all && step < 3; step++) {
		if (step == 1 && groups && head.n > 0)
			offer_groups(a, head);
		for (size_t i = 0; i < all->count; i++) {
			struct span name = all->item[i].text;
			bool here = starts_key(name, head);

			if (groups && span_equal(name, head))
				continue;
			if (step == 2 ? here || !holds_key(name, head)
				      : !here || is_column(name) != (step == 0))
				continue;
			add(a, name, SPAN(""), all->item[i].events);
		}
	}
}

static void offer_times(struct app *a)
{
	static const char *const times[][2] = {
		{"last-1h", "an hour before the last event"},
		{"last-1d", "a day before it"},
		{"first+1h", "an hour after the first event"},
		{"first+1d", "a day after it"},
		{"sel+-15m", "around the selected event"},
		{"sel", "when the selected event was"},
	};

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		add(a, span_of(times[i][0]), span_of(times[i][1]),
		    MENU_UNCOUNTED);
}

/* A regex that is the text: as it is, or quoted. */
static struct span pattern_of(const struct complete_item *item,
			      struct buffer *out)
{
	buffer_clear(out);
	for (size_t i = 0; i < item->raw.n; i++) {
		char c = item->raw.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '-' || c == '_')) {
			words_quote(item->raw, out);
			return buffer_span(out);
		}
	}
	return item->raw;
}

static void offer_values(struct app *a, const struct place *place)
{
	/* Behind an anchor only what stands for itself goes on as a regex. */
	bool anchored = place->kind == PLACE_PATTERN &&
			span_starts(place->head, SPAN("^"));
	struct span head = span_from(place->head, anchored);
	const struct complete *all;
	struct buffer text = {0};
	bool unknown;

	if (span_is(place->field, "time")) {
		offer_times(a);
		return;
	}
	a->offers.from += anchored;
	all = lookup_values(a->lookup, place->field, head, &unknown);
	/* Those that were counted before may not be all by now. */
	a->offers.wait = lookup_busy(a->lookup) || (!all && !unknown);
	for (size_t i = 0; all && i < all->count; i++) {
		const struct complete_item *item = &all->item[i];
		struct span offer = place->kind == PLACE_PATTERN
			? pattern_of(item, &text) : item->text;

		if (starts(item->raw, head) &&
		    !(anchored && offer.p != item->raw.p))
			add(a, offer, SPAN(""), item->events);
	}
	buffer_free(&text);
}

static void offer_saved(struct app *a, struct span head)
{
	struct filter_saved preset;
	struct buffer name = {0};
	const char *help;

	for (size_t i = 0; i < a->view.saved_count; i++) {
		const struct filter_saved *saved = &a->view.saved[i];

		buffer_clear(&name);
		if (strpbrk(saved->name, " \t\"()"))
			words_quote(span_of(saved->name), &name);
		else
			buffer_add_text(&name, saved->name);
		if (starts(span_of(saved->name), head))
			add(a, buffer_span(&name), span_of(saved->text),
			    MENU_UNCOUNTED);
	}
	for (size_t i = 0; filter_preset(i, &preset, &help); i++)
		if (starts(span_of(preset.name), head))
			add(a, span_of(preset.name), span_of(help),
			    MENU_UNCOUNTED);
	buffer_free(&name);
}

static void offer_marks(struct app *a, const struct place *place)
{
	enum mark_group group = span_is(place->field, "is") ? MARK_IS
							    : MARK_HAS;

	if (span_is(place->field, "saved")) {
		offer_saved(a, place->head);
		return;
	}
	for (int i = 0; i < MARK_COUNT; i++) {
		const struct mark_info *mark = marks_info((enum mark)i);

		if (mark->group == group &&
		    starts(span_of(mark->name), place->head))
			add(a, span_of(mark->name), span_of(mark->help),
			    MENU_UNCOUNTED);
	}
}

static void offer_filter(struct app *a)
{
	struct place place = place_at_end(up_to_cursor(a));

	a->offers.from = place.from;
	switch (place.kind) {
	case PLACE_NOTHING:
		break;
	case PLACE_FIELD:
		offer_operators(a, place.head);
		offer_fields(a, place.head, true);
		break;
	case PLACE_VALUE:
	case PLACE_PATTERN:
	case PLACE_ITEM:
		offer_values(a, &place);
		break;
	case PLACE_MARK:
		offer_marks(a, &place);
		break;
	}
}

/* What may follow the name of an action, words with blanks between. */
static const char *arguments(enum action action)
{
	switch (action) {
	case ACTION_THEME:
		return "dark light mono";
	case ACTION_GOTO:
		return "first last last-1h last-1d first+1h first+1d";
	default:
		return "";
	}
}

static void offer_words(struct app *a, const char *words, struct span head)
{
	while (*words) {
		struct span word = {words, strcspn(words, " ")};

		if (starts(word, head))
			add(a, word, SPAN(""), MENU_UNCOUNTED);
		words += word.n + strspn(words + word.n, " ");
	}
}

/* Actions that do something where the line was begun, then what may follow the
 * one that stands there. */
static void offer_commands(struct app *a, enum actions_place place)
{
	struct span text = up_to_cursor(a);
	size_t n = 0;

	while (n < text.n && text.p[n] != ' ')
		n++;
	if (n < text.n) {
		enum action action = actions_named((struct span){text.p, n});

		a->offers.from = n + 1;
		if (action != ACTION_NONE)
			offer_words(a, arguments(action),
				    span_from(text, n + 1));
		return;
	}
	for (int i = 0; i < ACTION_COUNT; i++) {
		const struct actions_info *info = actions_info((enum action)i);

		if ((info->where & (unsigned)place) &&
		    starts(span_of(info->name), text))
			add(a, span_of(info->name), span_of(info->help),
			    MENU_UNCOUNTED);
	}
}

/* Lines typed before that hold what stands there, the newest first. */
static void offer_lines(struct app *a)
{
	const struct recall *r = &a->recall[a->prompt_for];

	for (size_t i = r->count; i-- > 0;)
		if (recall_holds(buffer_span(&r->line[i]), line(a)))
			add(a, buffer_span(&r->line[i]), SPAN(""),
			    MENU_UNCOUNTED);
}

static void list_again(struct app *a)
{
	menu_clear(&a->offers.menu);
	a->offers.wait = a->offers.chosen = false;
	a->offers.from = 0;
	if (a->offers.lines)
		offer_lines(a);
	else if (a->prompt_for == APP_FILTER_PROMPT)
		offer_filter(a);
	else if (a->prompt_for == APP_COLUMN_PROMPT)
		offer_fields(a, up_to_cursor(a), false);
	else if (a->prompt_for == APP_COMMAND_PROMPT)
		offer_commands(a, app_place_below(a));
	buffer_clear(&a->offers.line);
	buffer_add_span(&a->offers.line, up_to_cursor(a));
}

bool app_offers_close(struct app *a)
{
	bool open = a->offers.open;

	a->offers.open = false;
	return open;
}

/* Whether what was just taken asks for more: an operator, or a value. */
static bool goes_on(const struct app *a)
{
	struct place place = place_at_end(up_to_cursor(a));

	if (a->offers.lines || a->prompt_for != APP_FILTER_PROMPT)
		return false;
	return place.head.n > 0 ? place.kind == PLACE_FIELD
				: place.kind != PLACE_NOTHING &&
				  place.kind != PLACE_FIELD;
}

/* What is typed in full goes before the first row, as long as nobody chose. */
static size_t taken(const struct app *a)
{
	struct span typed = a->offers.lines
		? line(a) : span_from(up_to_cursor(a), a->offers.from);

	for (size_t i = 0; !a->offers.chosen && i < a->offers.menu.pane.count; i++)
		if (span_equal(menu_text(&a->offers.menu, i), typed))
			return i;
	return a->offers.menu.pane.cursor;
}

bool app_offers_take(struct app *a)
{
	if (!a->offers.open)
		return false;
	a->offers.open = a->offers.asked = false;
	if (a->offers.menu.pane.count == 0)
		return false;
	if (a->offers.lines)
		prompt_end(&a->prompt);
	prompt_replace(&a->prompt, a->offers.from,
		       menu_text(&a->offers.menu, taken(a)));
	if (goes_on(a)) {
		a->offers.open = true;
		list_again(a);
		pane_go(&a->offers.menu.pane, 0);
	}
	return true;
}

static void turn(struct app *a, int by)
{
	menu_turn(&a->offers.menu, by);
	a->offers.chosen = true;
}

/* What there is to choose from is known, sooner or later: one thing is taken, of
 * nothing it is said, as long as nobody did anything since they asked. */
static bool end_waiting(struct app *a)
{
	if (a->offers.wait || a->offers.chosen || !a->offers.asked)
		return false;
	a->offers.asked = false;
	if (a->offers.menu.pane.count == 1)
		return app_offers_take(a);
	if (a->offers.menu.pane.count == 0) {
		a->offers.open = false;
		app_say(a, ROLE_DIM, a->offers.lines
			? "no line before holds that"
			: "nothing completes this");
	}
	return false;
}

bool app_offer(struct app *a)
{
	size_t cursor = a->offers.menu.pane.cursor;
	bool chosen = a->offers.chosen;
	bool same = span_equal(buffer_span(&a->offers.line), up_to_cursor(a));

	if (!a->offers.open || (same && !a->offers.wait))
		return false;
	list_again(a);
	pane_go(&a->offers.menu.pane, same ? cursor : 0);
	a->offers.chosen = same && chosen;
	a->offers.asked &= same;
	return end_waiting(a);
}

static void open_list(struct app *a, bool lines)
{
	a->offers.open = true;
	a->offers.lines = lines;
	a->offers.asked = true;
	list_again(a);
	pane_go(&a->offers.menu.pane, 0);
	end_waiting(a);
}

static void do_complete(struct app *a)
{
	if (a->offers.open)
		turn(a, 1);
	else
		open_list(a, false);
}

static void do_complete_back(struct app *a)
{
	if (a->offers.open)
		turn(a, -1);
	else
		open_list(a, false);
}

static void do_recall(struct app *a)
{
	if (a->offers.open)
		turn(a, 1);
	else
		open_list(a, true);
}

static void go_line(struct app *a, int by)
{
	struct span text;

	if (a->offers.open)
		turn(a, -by);
	else if (recall_go(&a->recall[a->prompt_for], by, line(a), &text))
		prompt_set(&a->prompt, text);
	else
		app_say(a, ROLE_DIM, by > 0 ? "no line before that"
					    : "no line after that");
}

static void do_earlier(struct app *a)
{
	go_line(a, 1);
}

static void do_later(struct app *a)
{
	go_line(a, -1);
}

const struct app_handler app_complete_handlers[] = {
	{ACTION_COMPLETE, do_complete},
	{ACTION_COMPLETE_BACK, do_complete_back},
	{ACTION_EARLIER, do_earlier},
	{ACTION_LATER, do_later},
	{ACTION_RECALL, do_recall},
	{ACTION_NONE, NULL}
};
