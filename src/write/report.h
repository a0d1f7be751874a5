/* The report of a case as Markdown (CommonMark): what was read, asked, marked,
 * noted and revealed, and how to show it again.  What stands in logs, notes and
 * names stays text, whatever it holds; secrets are masks. */
#ifndef WRITE_REPORT_H
#define WRITE_REPORT_H

#include "query/filter.h"
#include "query/run.h"
#include "store/store.h"
#include "write/command.h"
#include "write/sink.h"

struct report {
	const struct command *command;
	struct span text;               /* of the filter; empty: none */
	const struct filter *filter;
	const struct run_result *result;        /* of it */
	struct span lifelines;          /* to be told besides those of what is
					   marked: a subject each line */
	struct jobs *jobs;              /* or NULL */
	struct span revealed;           /* a line each; empty: nothing */
};

/* Appends the line to LINES, unless it is there. */
void report_add_line(struct buffer *lines, struct span line);

/* With the life lines of the marked events' certificates.  Reads the files once
 * more, for their SHA-256; ends early when the sink is cancelled. */
void report_write(struct sink *, const struct store *,
		  const struct report *);

#endif
