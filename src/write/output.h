/* What -o asks for, and its way to the writer of that format. */
#ifndef WRITE_OUTPUT_H
#define WRITE_OUTPUT_H

#include "base/error.h"
#include "query/run.h"
#include "store/store.h"
#include "triage/overview.h"
#include "view/layout.h"
#include "write/command.h"
#include "write/sink.h"
#include "write/summary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum output_format {
	OUTPUT_TABLE,
	OUTPUT_TSV,
	OUTPUT_CSV,
	OUTPUT_NDJSON,
	OUTPUT_JSON,
	OUTPUT_COUNT,
	OUTPUT_VALUES,
	OUTPUT_SUMMARY,
	OUTPUT_REPORT,
	OUTPUT_OVERVIEW
};

struct output {
	enum output_format format;
	struct layout layout;   /* columns of table, tsv and csv; fields of
				   values; owned */
	bool no_header, csv_raw;
	bool clear;             /* secrets in clear */
	size_t width;           /* of the terminal; 0: nothing is cut */
	struct command command; /* that was given, for the report; borrowed */
	/* Of OUTPUT_OVERVIEW: */
	enum overview_kind overview;
	char *subject;          /* owned; "" where it has none */
	bool as_json;
	enum show_set set;      /* of its text */
	enum stamp_zone zone;
	bool found;             /* set by output_write: something was */
};

/* Reads FORMAT (`values:` with its fields).  ERR names the formats that there
 * are.  Free with output_free in both cases. */
bool output_parse(struct output *, struct span format, struct error *err);

/* Whether the format has columns to choose. */
bool output_has_columns(const struct output *);

/* Whether it says something about all that was loaded, whatever the filter. */
bool output_is_overview(const struct output *);

/* Writes what was asked for.  JOBS (may be NULL) lends its threads.  Answers the
 * events that it leaves out because they have no value (values only). */
uint64_t output_write(struct output *, struct sink *, const struct store *,
		      struct jobs *, const struct summary *);

void output_free(struct output *);

#endif
