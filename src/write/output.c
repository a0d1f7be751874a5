/* Owns the names of the formats and the form that tsv and csv share. */
#include "write/output.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "triage/index.h"
#include "write/answer_text.h"
#include "write/cell.h"
#include "write/csv.h"
#include "write/records.h"
#include "write/report.h"
#include "write/table.h"
#include "write/tally.h"
#include "write/tsv.h"

#include <stdlib.h>

static const char *const names[] = {
	[OUTPUT_TABLE] = "table",   [OUTPUT_TSV] = "tsv",
	[OUTPUT_CSV] = "csv",       [OUTPUT_NDJSON] = "ndjson",
	[OUTPUT_JSON] = "json",     [OUTPUT_COUNT] = "count",
	[OUTPUT_VALUES] = "values", [OUTPUT_SUMMARY] = "summary",
	[OUTPUT_REPORT] = "report",
};

enum { FORMATS = sizeof names / sizeof *names };

/* The formats and the overviews. */
static const char *nearest(struct span name)
{
	const char *all[FORMATS + OVERVIEW_COUNT];

	for (size_t i = 0; i < FORMATS; i++)
		all[i] = names[i];
	for (size_t i = 0; i < OVERVIEW_COUNT; i++)
		all[FORMATS + i] = overview_name((enum overview_kind)i);
	return nearest_name(name, all, FORMATS + OVERVIEW_COUNT);
}

static bool refuse(struct span name, struct error *err)
{
	const char *near = nearest(name);

	error_set(err, "--output: no such format: %.*s",
		  (int)(name.n < 200 ? name.n : 200), name.p);
	if (near)
		return error_hint(err, "%s?", near);
	return error_hint(err, "table, tsv, csv, ndjson, json, count, "
			  "values:FIELD[,FIELD]..., summary, report, lifeline:ARN, "
			  "profile:WHO, certificates, coverage, sessions or "
			  "findings");
}

/* REST is `SUBJECT`, `SUBJECT:json` or `json`; ARNs hold colons too. */
static bool parse_overview(struct output *output, enum overview_kind kind,
			   struct span rest, struct error *err)
{
	output->format = OUTPUT_OVERVIEW;
	output->overview = kind;
	if (span_is(rest, "json") && !overview_subject(kind)) {
		output->as_json = true;
		rest.n = 0;
	} else if (rest.n > 5 && span_ends(rest, SPAN(":json"))) {
		output->as_json = true;
		rest.n -= 5;
	}
	output->subject = memory_copy(rest.p, rest.n);
	if (overview_check(kind, rest, err))
		return true;
	if (err) {
		struct error inner = *err;

		error_set(err, "--output: %s", inner.text);
		if (*inner.hint)
			error_hint(err, "%s", inner.hint);
	}
	return false;
}

bool output_parse(struct output *output, struct span format,
		  struct error *err)
{
	const char *colon = memchr(format.p, ':', format.n);
	struct span name = format, fields = {NULL, 0};
	int i = 0;

	*output = (struct output){0};
	if (colon) {
		name.n = (size_t)(colon - format.p);
		fields = span_from(format, name.n + 1);
	}
	while (i < FORMATS && !span_is(name, names[i]))
		i++;
	if (i == FORMATS && overview_find(name) != OVERVIEW_COUNT)
		return parse_overview(output, overview_find(name), fields,
				      err);
	if (i == FORMATS)
		return refuse(name, err);
	output->format = (enum output_format)i;
	if (output->format == OUTPUT_VALUES) {
		if (fields.n > 0)
			return layout_parse(&output->layout, fields, err);
		error_set(err, "--output: values: which field?");
		return error_hint(err, "values:event");
	}
	if (colon)
		return error_set(err, "--output: %s: takes no `:`", names[i]);
	return true;
}

bool output_has_columns(const struct output *output)
{
	return output->format == OUTPUT_TABLE ||
	       output->format == OUTPUT_TSV || output->format == OUTPUT_CSV;
}

static void put_cell(const struct output *output, struct sink *sink, size_t i,
		     const struct buffer *text)
{
	bool csv = output->format == OUTPUT_CSV;
	size_t from;

	if (i > 0)
		buffer_add_byte(&sink->row, csv ? ',' : '\t');
	from = sink->row.n;
	if (csv)
		csv_cell(buffer_span(text), output->csv_raw, &sink->row);
	else
		tsv_cell(buffer_span(text), &sink->row);
	sink_show(sink, from);
}

/* Lines of tsv end in LF, those of csv in CRLF (RFC 4180). */
static void end_row(const struct output *output, struct sink *sink)
{
	buffer_add_text(&sink->row,
			output->format == OUTPUT_CSV ? "\r\n" : "\n");
}

static void write_rows(const struct output *output, struct sink *sink,
		       const struct store *store,
		       const struct run_result *result)
{
	const struct layout *layout = &output->layout;
	struct buffer text = {0};

	if (!output->no_header) {
		for (size_t c = 0; c < layout->count; c++) {
			buffer_clear(&text);
			columns_name(&layout->column[c].ref, &text);
			put_cell(output, sink, c, &text);
		}
		end_row(output, sink);
	}
	for (size_t i = 0; i < result->count && sink_turn(sink); i++) {
		for (size_t c = 0; c < layout->count; c++) {
			buffer_clear(&text);
			cell_text(store, result->events[i],
				  &layout->column[c].ref, output->clear,
				  &text);
			put_cell(output, sink, c, &text);
		}
		end_row(output, sink);
	}
	buffer_wipe(&text);
}

/* The fields of values, as the tally takes them. */
static uint64_t write_values(const struct output *output, struct sink *sink,
			     const struct store *store,
			     const struct run_result *result)
{
	size_t n = output->layout.count;
	struct column_ref *fields = memory_clear(n, sizeof *fields);
	uint64_t without;

	for (size_t i = 0; i < n; i++)
		fields[i] = output->layout.column[i].ref;
	without = tally_write(sink, store, result, fields, n, output->clear);
	free(fields);
	return without;
}

bool output_is_overview(const struct output *output)
{
	return output->format == OUTPUT_OVERVIEW;
}

static void write_overview(struct output *output, struct sink *sink,
			   const struct store *store, struct jobs *jobs)
{
	struct index *index = index_new(store);
	struct answer *answer = overview_answer(
		output->overview, index, jobs, span_of(output->subject),
		NULL, &output->found);

	if (output->as_json)
		answer_text_write_json(sink, answer, store);
	else
		answer_text_write(sink, answer, output->set, output->zone);
	answer_free(answer);
	index_free(index);
}

static void write_report(struct output *output, struct sink *sink,
			 const struct store *store, struct jobs *jobs,
			 const struct summary *summary)
{
	struct report report = {
		.command = &output->command, .text = summary->text,
		.filter = summary->filter, .result = summary->result,
		.jobs = jobs,
	};

	report_write(sink, store, &report);
}

uint64_t output_write(struct output *output, struct sink *sink,
		      const struct store *store, struct jobs *jobs,
		      const struct summary *summary)
{
	const struct run_result *result = summary->result;

	switch (output->format) {
	case OUTPUT_TABLE:
		table_write(sink, store, result, &output->layout,
			    !output->no_header, output->width, output->clear);
		break;
	case OUTPUT_TSV:
	case OUTPUT_CSV:
		write_rows(output, sink, store, result);
		break;
	case OUTPUT_NDJSON:
		records_write_lines(sink, store, result, output->clear);
		break;
	case OUTPUT_JSON:
		records_write_document(sink, store, result, output->clear);
		break;
	case OUTPUT_COUNT:
		buffer_printf(&sink->row, "%zu\n", result->count);
		break;
	case OUTPUT_VALUES:
		return write_values(output, sink, store, result);
	case OUTPUT_SUMMARY:
		summary_write(sink, store, summary);
		break;
	case OUTPUT_REPORT:
		write_report(output, sink, store, jobs, summary);
		break;
	case OUTPUT_OVERVIEW:
		write_overview(output, sink, store, jobs);
		break;
	}
	return 0;
}

void output_free(struct output *output)
{
	layout_free(&output->layout);
	free(output->subject);
	*output = (struct output){0};
}
