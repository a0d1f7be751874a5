/* The pane over the events: which overview it shows, and what its rows lead
 * to.  Answers come from screen/survey, lines from view/sheet. */
#include "screen/app_parts.h"

#include "base/clock.h"
#include "base/memory.h"
#include "trail/row.h"
#include "triage/profile.h"

#include <stdlib.h>

enum { ASK_EVERY = 1000 };      /* ms, while loading */

static void ask(struct app *a)
{
	struct app_overview *o = &a->overview;

	o->asked = clock_ms();
	survey_ask_overview(a->survey, o->kind, buffer_span(&o->subject));
}

static bool shows(const struct app_overview *o, enum overview_kind kind,
		  struct span subject)
{
	return o->open && o->kind == kind &&
	       span_equal(buffer_span(&o->subject), subject);
}

static void free_one(struct app_overview *o)
{
	sheet_free(&o->sheet);
	buffer_free(&o->subject);
}

static void forget_above(struct app_overview *o)
{
	while (o->above) {
		struct app_overview *above = o->above;

		o->above = above->above;
		free_one(above);
		free(above);
	}
}

static void show(struct app *a, enum overview_kind kind, struct span subject)
{
	struct app_overview *o = &a->overview;

	if (shows(o, kind, subject))
		return;
	forget_above(o);
	o->open = true;
	o->kind = kind;
	if (kind == OVERVIEW_LIFELINE)
		app_saw_lifeline(a, subject);
	buffer_clear(&o->subject);
	buffer_add_span(&o->subject, subject);
	sheet_take(&o->sheet, NULL);
	ask(a);
}

void app_overview_free(struct app_overview *o)
{
	forget_above(o);
	free_one(o);
}

static void close_overview(struct app *a)
{
	app_overview_free(&a->overview);
	a->overview = (struct app_overview){.open = false};
	if (a->pane == IN_OVERVIEW)
		a->pane = IN_EVENTS;
}

void app_leave_overview(struct app *a)
{
	struct app_overview *above = a->overview.above;

	if (!above) {
		close_overview(a);
		return;
	}
	free_one(&a->overview);
	a->overview = *above;
	free(above);
}

bool app_stop_overview(struct app *a)
{
	if (!a->overview.open || a->overview.sheet.answer)
		return false;
	survey_cancel(a->survey);
	app_leave_overview(a);
	return true;
}

void app_write_overview(const struct app *a, struct buffer *out)
{
	if (!a->overview.open)
		return;
	buffer_add_text(out, overview_name(a->overview.kind));
	buffer_add_byte(out, ' ');
	buffer_add_span(out, buffer_span(&a->overview.subject));
}

void app_use_overview(struct app *a, struct span text)
{
	const char *end = text.n ? memchr(text.p, ' ', text.n) : NULL;
	size_t n = end ? (size_t)(end - text.p) : 0;

	if (!end)
		close_overview(a);
	else
		show(a, overview_find((struct span){text.p, n}),
		     span_from(text, n + 1));
}

static void take(struct app *a, struct survey_answer *answer)
{
	const struct app_places *places = &a->places;
	struct app_overview *o = &a->overview;

	if (!shows(o, answer->kind, buffer_span(&answer->subject)))
		return;
	o->version = answer->version;
	o->events = answer->events;
	sheet_take(&o->sheet, answer->answer);
	answer->answer = NULL;
	/* Keys may wait for its lines, before it was ever drawn. */
	sheet_lay(&o->sheet, (size_t)(places->overview.rows > 0
					      ? places->overview.columns
					      : places->header.columns),
		  a->set, a->layout.zone);
}

bool app_overview_outdated(const struct app *a)
{
	return a->overview.open &&
	       (!a->overview.sheet.answer ||
		a->overview.version != store_version(a->store));
}

/* From now on what is drawn finds them ready. */
static void take_findings(struct app *a, const struct survey_answer *answer)
{
	a->findings_version = answer->version;
	/* What was written without them is written anew. */
	a->told.event = STORE_NO_EVENT;
	app_measure(a);
}

bool app_findings_known(const struct app *a)
{
	return !store_remarks(a->store) ||
	       a->findings_version == store_version(a->store);
}

size_t app_findings_of(const struct app *a, struct store_event event,
		       const char **word, size_t most)
{
	const struct store_remarks *remarks = store_remarks(a->store);

	if (!remarks || !app_findings_known(a))
		return 0;
	return remarks->words(remarks->known(a->store), event, word, most);
}

bool app_overview_work(struct app *a)
{
	struct survey_answer *answer = survey_take(a->survey);

	if (answer ? answer->about == SURVEY_ORIGIN : !survey_busy(a->survey))
		a->session.tracing = false;
	if (answer && answer->about == SURVEY_ORIGIN)
		app_take_origin(a, answer);
	else if (answer && answer->about == SURVEY_OVERVIEW)
		take(a, answer);
	else if (answer)
		take_findings(a, answer);
	survey_answer_free(answer);
	if (!a->loading && !app_findings_known(a) && !survey_busy(a->survey))
		survey_ask_findings(a->survey);
	if (app_overview_outdated(a) && !survey_busy(a->survey) &&
	    (!a->loading || clock_ms() - a->overview.asked >= ASK_EVERY))
		ask(a);
	return answer;
}

struct store_event app_event(const struct app *a)
{
	const struct answer_row *row = a->pane == IN_OVERVIEW
		? sheet_row(&a->overview.sheet) : NULL;

	if (a->pane == IN_OVERVIEW)
		return row ? row->event : STORE_NO_EVENT;
	return list_selected(&a->list);
}

/* The certificate or the principal of the event. */
static bool subject_of(struct app *a, enum overview_kind kind,
		       struct buffer *out)
{
	struct store_event event = app_event(a);
	struct pivot_list list;
	struct row row;

	if (event.segment == STORE_NO_EVENT.segment)
		return false;
	row = row_of(a->store, event);
	if (kind == OVERVIEW_LIFELINE) {
		if (row_certificates(&row) > 0)
			buffer_add_span(out, store_text(
				a->store, event.segment,
				row_derived(&row, STORE_CERTIFICATES),
				&a->scratch));
		return out->n > 0;
	}
	pivot_list(a->store, event, &list);
	if (list.count > 0)
		buffer_add_text(out, list.pivot[0].filter);
	pivot_free(&list);
	return out->n > 0;
}

void app_open_overview(struct app *a, enum overview_kind kind,
		       struct span subject)
{
	struct buffer of = {0};
	struct error err;

	buffer_add_span(&of, subject);
	if (of.n == 0 && overview_subject(kind) && !subject_of(a, kind, &of)) {
		if (kind == OVERVIEW_LIFELINE)
			app_say(a, ROLE_DIM, "no certificate is named here; "
				":lifeline ARN, or %s",
				app_key_of(a, ACTION_CERTIFICATES).text);
		else
			app_say(a, ROLE_DIM, "no event is selected; "
				":profile WHO");
	} else if (!overview_check(kind, buffer_span(&of), &err)) {
		app_say(a, ROLE_ERROR, "%s", err.text);
	} else {
		show(a, kind, buffer_span(&of));
		a->overlay = 0;
		a->pane = IN_OVERVIEW;
	}
	buffer_free(&of);
}

static void do_lifeline(struct app *a)
{
	app_open_overview(a, OVERVIEW_LIFELINE, a->argument);
}

static void do_profile(struct app *a)
{
	app_open_overview(a, OVERVIEW_PROFILE, a->argument);
}

/* The same key once more closes it. */
static void turn(struct app *a, enum overview_kind kind)
{
	if (!a->overlay && a->pane == IN_OVERVIEW && a->overview.kind == kind)
		close_overview(a);
	else
		app_open_overview(a, kind, SPAN(""));
}

static void do_certificates(struct app *a)
{
	turn(a, OVERVIEW_CERTIFICATES);
}

static void do_coverage(struct app *a)
{
	turn(a, OVERVIEW_COVERAGE);
}

static void do_sessions(struct app *a)
{
	turn(a, OVERVIEW_SESSIONS);
}

static void do_findings(struct app *a)
{
	turn(a, OVERVIEW_FINDINGS);
}

static void do_overview_copy(struct app *a)
{
	const struct sheet *sheet = &a->overview.sheet;
	struct buffer text = {0};

	if (sheet->pane.count == 0)
		return;
	sheet_write_line(sheet, sheet->pane.cursor, &text);
	app_show_copy(a, &text);
}

static void do_overview_fold(struct app *a)
{
	if (!sheet_toggle(&a->overview.sheet))
		app_say(a, ROLE_DIM, "a section folds on its title; %s and %s "
			"go there", app_key_of(a, ACTION_SECTION_NEXT).text,
			app_key_of(a, ACTION_SECTION_PREVIOUS).text);
}

/* A certificate's life line, or else the row's event. */
static void do_overview_go(struct app *a)
{
	struct sheet *sheet = &a->overview.sheet;
	struct span certificate = sheet_certificate(sheet);
	struct store_event event = app_event(a);
	struct app_overview *above;
	struct buffer arn = {0};

	if (certificate.p) {
		buffer_add_span(&arn, certificate);
		above = memory_alloc(sizeof *above);
		*above = a->overview;
		a->overview = (struct app_overview){.open = false};
		app_open_overview(a, OVERVIEW_LIFELINE, buffer_span(&arn));
		a->overview.above = above;
		buffer_free(&arn);
	} else if (event.segment != STORE_NO_EVENT.segment) {
		a->pane = IN_EVENTS;
		if (!app_go_event(a, event))
			app_say(a, ROLE_DIM, "the filter hides it: all events "
				"by time; %s goes back",
				app_key_of(a, ACTION_CONTEXT).text);
	} else if (!sheet_toggle(sheet)) {
		app_say(a, ROLE_DIM, "no event stands behind this line");
	}
}

static void do_section_next(struct app *a)
{
	sheet_section(&a->overview.sheet, 1);
}

static void do_section_previous(struct app *a)
{
	sheet_section(&a->overview.sheet, -1);
}

const struct app_handler app_overview_handlers[] = {
	{ACTION_COVERAGE, do_coverage},
	{ACTION_CERTIFICATES, do_certificates},
	{ACTION_SESSIONS, do_sessions},
	{ACTION_FINDINGS, do_findings},
	{ACTION_LIFELINE, do_lifeline},
	{ACTION_PROFILE, do_profile},
	{ACTION_OVERVIEW_GO, do_overview_go},
	{ACTION_OVERVIEW_COPY, do_overview_copy},
	{ACTION_OVERVIEW_FOLD, do_overview_fold},
	{ACTION_SECTION_NEXT, do_section_next},
	{ACTION_SECTION_PREVIOUS, do_section_previous},
	{ACTION_NONE, NULL}
};
