/* Searching: which events hold the pattern is asked in the background, and the
 * cursor goes to the next of them; in the tree to the leaf that holds it, in a
 * pane of lines to the line. */
#include "screen/app_parts.h"

#include "query/compose.h"
#include "screen/draw.h"

/* Those of the events that are shown, in any order. */
void app_ask_hits(struct app *a)
{
	struct buffer term = {0}, text = {0};
	struct filter_view view = app_view(a);
	struct filter *filter;

	if (!a->search.hits.match)
		return;
	search_term(&a->search.hits, &term);
	if (!a->leave.suspended)
		compose_open(&view, buffer_span(&a->filter_text), &text);
	buffer_add_span(&text, buffer_span(&term));
	filter = app_parse_filter(a, buffer_span(&text), NULL);
	if (filter)
		work_ask(a->search.work, filter,
			 &(struct order){.count = 0});
	buffer_free(&term);
	buffer_free(&text);
}

static bool text_is_hit(void *context, struct span text)
{
	struct app *a = context;
	size_t start, end;

	return search_find(&a->search.hits, text, 0, &start, &end);
}

/* Whether a value that is unfolded holds a leaf that is a hit. */
static bool hit_inside(struct app *a, const struct tree_row *row)
{
	const struct tree_row *end = a->tree.rows + row->end;

	for (const struct tree_row *r = row + 1; r < end; r++)
		if (tree_says(&a->tree, r, text_is_hit, a))
			return true;
	return false;
}

/* What stands in a value is a part of it, and goes before it. */
static bool leaf_is_hit(void *context, const struct tree_row *row)
{
	struct app *a = context;

	return tree_says(&a->tree, row, text_is_hit, a) &&
	       !hit_inside(a, row);
}

/* From a value that is folded to what makes it a hit, where that is in one
 * piece. */
static void look_inside(struct app *a)
{
	const struct tree_row *row = tree_row(&a->tree);

	if (!row || !tree_row_is_value(row) || !tree_opens(&a->tree, row) ||
	    !tree_folded(&a->tree, row))
		return;
	tree_toggle(&a->tree);
	if (hit_inside(a, tree_row(&a->tree)))
		tree_find(&a->tree, 1, false, leaf_is_hit, a);
	else
		tree_toggle(&a->tree);
}

/* To the next leaf that is a hit, or the one before; with WHOLE from the first
 * or last one on. */
static bool find_leaf(struct app *a, int direction, bool whole)
{
	if (!tree_find(&a->tree, direction, whole, leaf_is_hit, a))
		return false;
	look_inside(a);
	return true;
}

/* The first leaf of the selected event that is a hit, or the last. */
static void focus_leaf(struct app *a, int direction)
{
	app_show_event(a);
	find_leaf(a, direction, true);
}

static void tell_hit(struct app *a, bool wrapped)
{
	const struct search *s = &a->search.hits;
	size_t number = search_count(s, a->list.all, list_at(&a->list) + 1);
	char one[DRAW_NUMBER], of[DRAW_NUMBER];

	app_say(a, ROLE_DIM, "%shit %s of %s",
		wrapped ? "round the end: " : "", draw_number(number, one),
		draw_number(s->hits, of));
}

/* None of the events that are shown; where there are some is told. */
static void tell_none(struct app *a)
{
	char number[DRAW_NUMBER];

	if (a->search.hits.anywhere > 0)
		app_say(a, ROLE_WARNING, "no hit is shown; %s in all that is "
			"loaded",
			draw_number(a->search.hits.anywhere, number));
	else
		app_say(a, ROLE_WARNING, "no value of any event loaded holds "
			"it");
}

/* From row FROM on, round the end when there is none up to there. */
static void go(struct app *a, size_t from, int direction)
{
	const struct list *l = &a->list;
	size_t row, count = l->total;
	bool wrapped = !search_next(&a->search.hits, l->all, count, from,
				    direction, &row);

	if (count == 0 ||
	    (wrapped && !search_next(&a->search.hits, l->all, count,
				     direction > 0 ? 0 : count - 1,
				     direction, &row))) {
		tell_none(a);
		return;
	}
	list_go(&a->list, row);
	focus_leaf(a, direction);
	tell_hit(a, wrapped);
}

static bool line_is_hit(struct app *a, size_t i)
{
	struct buffer *text = &a->scratch;
	size_t start, end;

	buffer_clear(text);
	app_write_line(a, i, text);
	return search_find(&a->search.hits, buffer_span(text), 0, &start, &end);
}

/* The next line of the pane from FROM on, round the end. */
static void go_line(struct app *a, size_t from, int direction)
{
	struct pane *pane = app_pane(a);

	for (size_t k = 0; k < pane->count; k++) {
		size_t step = direction > 0 ? k : pane->count - k;
		size_t i = (from + step) % pane->count;

		if (!line_is_hit(a, i))
			continue;
		if (direction > 0 ? i < pane->cursor : i > pane->cursor)
			app_say(a, ROLE_DIM, "round the end");
		pane_go(pane, i);
		app_moved(a);
		return;
	}
	app_say(a, ROLE_WARNING, pane->count > 0
		? "no line here holds it" : "there is no line here yet");
}

void app_take_hits(struct app *a, const struct work_answer *answer)
{
	const struct run_result *r = &answer->result;

	if (!a->search.hits.match)
		return;
	search_take(&a->search.hits, a->store, r->events, r->count);
	if (r->term_count > 0)
		a->search.hits.anywhere = r->terms[r->term_count - 1];
	a->search.hits.undecided = r->undecided;
	if (a->search.jumps)
		go(a, list_at(&a->list), 1);
	a->search.jumps = false;
}

void app_search_accept(struct app *a, struct span pattern)
{
	if (pattern.n > 0 && !search_set(&a->search.hits, pattern, &a->typing.fault))
		return;
	if (!a->search.hits.match)
		return;
	a->search.jumps = !app_has_lines(a);
	app_ask_hits(a);
	if (app_has_lines(a))
		go_line(a, app_pane(a)->cursor, 1);
}

void app_search_typed(struct app *a, struct span pattern)
{
	struct match *match = match_compile(pattern, 0, &a->typing.fault);

	if (match)
		a->typing.fault.text[0] = '\0';
	match_free(match);
}

/* Over pivots letters are something else: the list closes. */
static void do_search(struct app *a)
{
	if (a->overlay == IN_PIVOTS)
		a->overlay = 0;
	app_open_prompt(a, APP_SEARCH_PROMPT, SPAN(""));
}

static void next(struct app *a, int direction)
{
	size_t at = list_at(&a->list);

	if (!a->search.hits.match) {
		app_say(a, ROLE_DIM, "nothing is searched for; %s begins",
			app_key_of(a, ACTION_SEARCH).text);
		return;
	}
	if (app_has_lines(a)) {
		size_t count = app_pane(a)->count;
		size_t step = direction > 0 ? 1 : count - 1;

		if (count > 0)
			go_line(a, (app_pane(a)->cursor + step) % count,
				direction);
		return;
	}
	if (!a->search.hits.counted) {
		app_say(a, ROLE_DIM, "still searching");
		return;
	}
	if (a->pane == IN_TREE && find_leaf(a, direction, false))
		return;
	go(a, direction < 0 && at == 0 ? SIZE_MAX : at + (size_t)direction,
	   direction);
}

static void do_next_hit(struct app *a)
{
	next(a, 1);
}

static void do_previous_hit(struct app *a)
{
	next(a, -1);
}

/* The key that the next one is compared with. */
struct same_key {
	const struct tree *tree;
	struct buffer key, other;
};

static bool has_key(void *context, const struct tree_row *row)
{
	struct same_key *s = context;

	buffer_clear(&s->other);
	if (row->key)
		tree_key(s->tree, row, &s->other);
	return row->key && span_equal(buffer_span(&s->key),
				      buffer_span(&s->other));
}

static void do_next_same_key(struct app *a)
{
	const struct tree_row *row = tree_row(&a->tree);
	struct same_key s = {.tree = &a->tree};

	if (!row || !row->key) {
		app_say(a, ROLE_DIM, "an element of an array has no key");
		return;
	}
	tree_key(&a->tree, row, &s.key);
	if (!tree_find(&a->tree, 1, false, has_key, &s) &&
	    tree_find(&a->tree, 1, true, has_key, &s))
		app_say(a, ROLE_DIM, "round the end: the first of that key");
	buffer_free(&s.key);
	buffer_free(&s.other);
}

const struct app_handler app_search_handlers[] = {
	{ACTION_SEARCH, do_search},
	{ACTION_NEXT_HIT, do_next_hit},
	{ACTION_PREVIOUS_HIT, do_previous_hit},
	{ACTION_NEXT_SAME_KEY, do_next_same_key},
	{ACTION_NONE, NULL}
};
