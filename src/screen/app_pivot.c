/* From an event to all that have something in common with it: what p offers,
 * counted in the background, and what a letter then means. */
#include "screen/app_parts.h"

#include "base/memory.h"
#include "query/compose.h"
#include "trail/row.h"

#include <stdlib.h>

/* To be counted: pivots without their names, and among which events. */
struct question {
	const struct store *store;
	struct pivot *pivot;
	size_t count;
	bool all;                       /* all is shown */
	struct store_event *shown;
	size_t shown_count;
};

/* Of each pivot, in the same order. */
struct figures {
	size_t count;
	struct {
		uint64_t shown, all;
	} of[];
};

static void free_question(void *question)
{
	struct question *q = question;

	for (size_t i = 0; i < q->count; i++)
		free(q->pivot[i].filter);
	free(q->pivot);
	free(q->shown);
	free(q);
}

static void *count(void *context, void *question, const atomic_bool *cancel)
{
	const struct question *q = question;
	struct figures *f;

	if (!pivot_count(q->store, context, q->pivot, q->count, q->shown,
			 q->shown_count, cancel))
		return NULL;
	f = memory_alloc(sizeof *f + q->count * sizeof *f->of);
	f->count = q->count;
	for (size_t i = 0; i < q->count; i++) {
		f->of[i].all = q->pivot[i].all;
		f->of[i].shown = q->all ? q->pivot[i].all
					: q->pivot[i].shown;
	}
	return f;
}

struct errand *app_pivot_errand(struct jobs *jobs, void (*wake)(void))
{
	static const struct errand_manner manner = {count, free_question,
						    free};

	return errand_new(&manner, jobs, jobs, wake);
}

void app_pivot_count(struct app *a)
{
	struct app_pivots *p = &a->pivots;
	struct question *q = memory_clear(1, sizeof *q);

	q->store = a->store;
	q->count = p->list.count;
	q->pivot = memory_clear(q->count + 1, sizeof *q->pivot);
	for (size_t i = 0; i < q->count; i++) {
		const char *filter = p->list.pivot[i].filter;

		q->pivot[i].filter = memory_copy(filter, strlen(filter));
	}
	/* Without a filter there are the most events, and none to look for. */
	q->all = a->leave.suspended || a->filter_text.n == 0;
	q->shown_count = q->all ? 0 : a->list.total;
	q->shown = memory_alloc(q->shown_count * sizeof *q->shown + 1);
	if (q->shown_count > 0)
		memcpy(q->shown, a->list.all,
		       q->shown_count * sizeof *q->shown);
	errand_ask(p->errand, q);
}

bool app_pivot_work(struct app *a)
{
	struct app_pivots *p = &a->pivots;
	struct figures *f = errand_take(p->errand);

	if (!f)
		return false;
	for (size_t i = 0; i < f->count; i++) {
		p->list.pivot[i].shown = f->of[i].shown;
		p->list.pivot[i].all = f->of[i].all;
	}
	p->counted = true;
	free(f);
	return true;
}

/* Where there is no value nothing is in common. */
static bool tells_absence(struct span term)
{
	struct filter *filter = filter_parse(term, NULL);
	bool absent = !filter || filter_predicate(filter, 0)->negated;

	filter_free(filter);
	return absent;
}

/* What + would add stands first. */
static void offer_value(struct app *a)
{
	struct pivot_list *l = &a->pivots.list;
	struct buffer term = {0};

	if (a->pane != IN_OVERVIEW && app_write_term(a, &term) &&
	    !tells_absence(buffer_span(&term))) {
		l->pivot = memory_resize(l->pivot, l->count + 1,
					 sizeof *l->pivot);
		memmove(l->pivot + 1, l->pivot, l->count * sizeof *l->pivot);
		l->count++;
		l->pivot[0] = (struct pivot){
			.name = "value under the cursor",
			.filter = buffer_take(&term)};
	}
	buffer_free(&term);
}

static void choose(struct app *a, char letter, bool over);

static void do_pivot(struct app *a)
{
	struct app_pivots *p = &a->pivots;
	char letter = a->argument.n == 1 ? a->argument.p[0] : 0;
	bool capital = letter >= 'A' && letter <= 'Z';

	p->event = app_event(a);
	if (p->event.segment == STORE_NO_EVENT.segment) {
		app_say(a, ROLE_DIM, "no event is selected");
		return;
	}
	pivot_free(&p->list);
	pivot_list(a->store, p->event, &p->list);
	offer_value(a);
	p->pane = (struct pane){.count = p->list.count};
	p->counted = false;
	a->overlay = IN_PIVOTS;
	app_pivot_count(a);
	if (letter)
		choose(a, capital ? (char)(letter - 'A' + 'a') : letter,
		       capital);
}

/* The certificate that pivot NUMBER is about. */
static struct span certificate(struct app *a, size_t number)
{
	const struct app_pivots *p = &a->pivots;
	struct row row = row_of(a->store, p->event);
	uint32_t before = 0;

	for (size_t i = 0; i < number; i++)
		before += p->list.pivot[i].letter == 'c';
	return store_text(a->store, p->event.segment, row_derived(
				  &row, STORE_CERTIFICATES + before),
			  &a->scratch);
}

/* With the filter suspended all is shown, and what is within all is all. */
static void use(struct app *a, const struct pivot *pivot, bool over)
{
	struct filter_view view = app_view(a);
	struct span filter = over || a->leave.suspended
				     ? SPAN("") : buffer_span(&a->filter_text);
	struct buffer text = {0};

	compose_add(&view, filter, span_of(pivot->filter), &text);
	app_use_filter(a, buffer_span(&text));
	buffer_free(&text);
}

static void commit(struct app *a, size_t number, bool over)
{
	const struct pivot *pivot = &a->pivots.list.pivot[number];

	if (a->pivots.counted && !over && pivot->shown == 0) {
		app_say(a, ROLE_DIM, "none of the events shown; the capital "
			"letter: over everything loaded");
		return;
	}
	a->overlay = 0;
	use(a, pivot, over);
	if (pivot->letter == 'c')
		app_open_overview(a, OVERVIEW_LIFELINE,
				  certificate(a, number));
	else
		app_open_overview(a, OVERVIEW_PROFILE,
				  span_of(pivot->filter));
}

/* Where a letter stands for several, the first key goes to the first of them. */
static void choose(struct app *a, char letter, bool over)
{
	const struct pivot_list *l = &a->pivots.list;
	size_t first = l->count, times = 0;

	for (size_t i = l->count; i-- > 0;)
		if (l->pivot[i].letter == letter) {
			first = i;
			times++;
		}
	if (times > 1 && l->pivot[a->pivots.pane.cursor].letter != letter) {
		pane_go(&a->pivots.pane, first);
		app_say(a, ROLE_DIM, "%zu of them: %s and %s choose, %c "
			"again takes it", times,
			app_key_of(a, ACTION_PIVOT_UP).text,
			app_key_of(a, ACTION_PIVOT_DOWN).text,
			over ? letter - 'a' + 'A' : letter);
	} else if (times > 0) {
		commit(a, times > 1 ? a->pivots.pane.cursor : first, over);
	} else {
		app_say(a, ROLE_DIM, "this event has nothing of that kind");
	}
}

/* By name an action has no letter: that may be typed now. */
static void choose_by_key(struct app *a, uint32_t first, bool over)
{
	if (a->key >= first && a->key - first < 26)
		choose(a, (char)(a->key - first + 'a'), over);
	else
		app_say(a, ROLE_DIM, "the letter of one of them says which, a "
			"capital: over everything loaded");
}

static void do_pivot_within(struct app *a)
{
	choose_by_key(a, 'a', false);
}

static void do_pivot_over(struct app *a)
{
	choose_by_key(a, 'A', true);
}

static void do_pivot_take(struct app *a)
{
	if (a->pivots.list.count > 0)
		commit(a, a->pivots.pane.cursor, false);
}

static void do_pivot_down(struct app *a)
{
	pane_move(&a->pivots.pane, 1);
}

static void do_pivot_up(struct app *a)
{
	pane_move(&a->pivots.pane, -1);
}

const struct app_handler app_pivot_handlers[] = {
	{ACTION_PIVOT, do_pivot},
	{ACTION_PIVOT_WITHIN, do_pivot_within},
	{ACTION_PIVOT_OVER, do_pivot_over},
	{ACTION_PIVOT_TAKE, do_pivot_take},
	{ACTION_PIVOT_DOWN, do_pivot_down},
	{ACTION_PIVOT_UP, do_pivot_up},
	{ACTION_NONE, NULL}
};
