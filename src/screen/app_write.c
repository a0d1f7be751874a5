/* `:w NAME`: what is shown, or the report of the case, into a new file, in the
 * background. */
#include "screen/app_parts.h"

#include "base/memory.h"
#include "write/export.h"
#include "write/output.h"
#include "write/report.h"

#include <stdlib.h>

struct question {
	const struct store *store;
	const struct command *command;
	const char *folder;
	struct buffer name;
	struct output output;
	struct filter *filter;
	struct order order;
	struct buffer text;             /* of the filter */
	struct buffer lifelines;        /* a subject a line */
	struct buffer revealed;
};

struct said {
	bool good;
	struct buffer text;
};

static void free_question(void *question)
{
	struct question *q = question;

	buffer_free(&q->name);
	output_free(&q->output);
	filter_free(q->filter);
	order_free(&q->order);
	buffer_free(&q->text);
	buffer_free(&q->lifelines);
	buffer_free(&q->revealed);
	free(q);
}

static void free_said(void *said)
{
	buffer_free(&((struct said *)said)->text);
	free(said);
}

static void write_report(const struct question *q, struct jobs *jobs,
			 struct sink *sink, const struct run_result *result)
{
	struct report report = {
		.command = q->command, .text = buffer_span(&q->text),
		.filter = q->filter, .result = result,
		.revealed = buffer_span(&q->revealed),
		.lifelines = buffer_span(&q->lifelines),
		.jobs = jobs,
	};

	report_write(sink, q->store, &report);
}

/* Into the sink.  False when cancelled. */
static bool write_all(struct question *q, struct jobs *jobs,
		      struct sink *sink, size_t *count)
{
	struct run_cache *cache = run_cache_new();
	struct run_result result;
	bool whole = run_query(q->store, cache, jobs, q->filter, &q->order,
			       sink->cancel, &result);
	struct summary summary = {.text = buffer_span(&q->text),
				  .filter = q->filter, .result = &result};

	*count = result.count;
	if (whole && q->output.format == OUTPUT_REPORT)
		write_report(q, jobs, sink, &result);
	else if (whole)
		output_write(&q->output, sink, q->store, jobs, &summary);
	run_cache_free(cache);
	run_result_free(&result);
	return whole;
}

static void *answer(void *jobs, void *question, const atomic_bool *cancel)
{
	struct question *q = question;
	struct said *said = memory_clear(1, sizeof *said);
	struct export e;
	struct error err = {.line = 0};
	struct sink sink;
	size_t count;
	bool whole;

	if (!export_start(&e, q->folder, buffer_span(&q->name), &err)) {
		buffer_printf(&said->text, "not written: %s", err.text);
		return said;
	}
	sink_start(&sink, e.fd, false, SHOW_UNICODE, cancel);
	sink.name = e.name;
	whole = write_all(q, jobs, &sink, &count);
	whole = sink_finish(&sink, &err) && whole && sink.state == SINK_OPEN;
	said->good = export_end(&e, whole, &err);
	if (!said->good)
		buffer_printf(&said->text, "not written: %s",
			      err.text[0] ? err.text : "cancelled");
	else if (q->output.format == OUTPUT_REPORT)
		buffer_printf(&said->text, "the report is written: %s/%s",
			      q->folder, buffer_text(&q->name));
	else
		buffer_printf(&said->text, "%zu events written: %s/%s", count,
			      q->folder, buffer_text(&q->name));
	return said;
}

struct errand *app_write_errand(struct jobs *jobs, void (*wake)(void))
{
	static const struct errand_manner manner = {answer, free_question,
						    free_said};

	return errand_new(&manner, jobs, jobs, wake);
}

bool app_write_work(struct app *a)
{
	struct said *said = errand_take(a->writing.errand);

	if (!said)
		return false;
	app_say(a, said->good ? ROLE_GOOD : ROLE_ERROR, "%s",
		buffer_text(&said->text));
	free_said(said);
	return true;
}

static bool format_of(struct span name, struct output *output)
{
	static const struct {
		const char *end;
		enum output_format format;
	} formats[] = {
		{".md", OUTPUT_REPORT}, {".csv", OUTPUT_CSV},
		{".ndjson", OUTPUT_NDJSON}, {".json", OUTPUT_JSON},
		{".tsv", OUTPUT_TSV},
	};

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (!span_ends(name, span_of(formats[i].end)))
			continue;
		output->format = formats[i].format;
		return true;
	}
	return false;
}

static struct filter *shown_filter(struct app *a)
{
	return app_parse_filter(a, a->leave.suspended
				? SPAN("") : buffer_span(&a->filter_text),
				NULL);
}

void app_write_typed(struct app *a, struct span command)
{
	a->typing.fault.text[0] = '\0';
	a->typing.fault_waits = span_is(span_trim(command), "w");
	if (a->typing.fault_waits)
		error_set(&a->typing.fault, "NAME.md the report; NAME.csv, "
			  ".tsv, .json or .ndjson what is shown");
}

static void do_write(struct app *a)
{
	struct span name = span_trim(a->argument);
	struct output output = {.set = SHOW_UNICODE};
	struct app_writing *w = &a->writing;
	struct question *q;

	if (name.n == 0) {
		app_open_prompt(a, APP_COMMAND_PROMPT, SPAN("w "));
		return;
	}
	if (!format_of(name, &output)) {
		app_say(a, ROLE_ERROR, "not written: .md is the report; "
			".csv, .tsv, .json or .ndjson what is shown");
		return;
	}
	/* Asked for beside it, this one would take its place. */
	if (errand_busy(w->errand)) {
		app_say(a, ROLE_WARNING, "still writing %s: wait, or %s stops "
			"it", buffer_text(&w->name),
			app_key_of(a, ACTION_STOP).text);
		return;
	}
	q = memory_clear(1, sizeof *q);
	q->store = a->store;
	q->command = a->command;
	q->folder = a->folder;
	buffer_add_span(&q->name, name);
	q->output = output;
	q->output.layout = layout_copy(&a->layout);
	q->filter = shown_filter(a);
	q->order = order_copy(&a->list.order);
	if (!a->leave.suspended)
		buffer_add_span(&q->text, buffer_span(&a->filter_text));
	buffer_add_span(&q->lifelines, buffer_span(&a->lifelines));
	buffer_add_span(&q->revealed, buffer_span(&a->reveal.log));
	buffer_clear(&w->name);
	buffer_add_span(&w->name, name);
	w->asked = false;
	app_say(a, ROLE_DIM, "writing");
	errand_ask(w->errand, q);
}

bool app_stop_writing(struct app *a)
{
	bool busy = errand_busy(a->writing.errand);

	if (busy)
		errand_stop(a->writing.errand);
	return busy;
}

bool app_may_drop_writing(struct app *a)
{
	struct app_writing *w = &a->writing;

	if (w->asked || !errand_busy(w->errand))
		return true;
	w->asked = true;
	app_say(a, ROLE_WARNING, "still writing %s: quitting now leaves it "
		"unwritten", buffer_text(&w->name));
	return false;
}

void app_saw_lifeline(struct app *a, struct span subject)
{
	report_add_line(&a->lifelines, subject);
}

const struct app_handler app_write_handlers[] = {
	{ACTION_WRITE, do_write},
	{ACTION_NONE, NULL}
};
