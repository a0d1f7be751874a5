/* The report of a case as Markdown (CommonMark): what was read, asked, marked,
 * noted and revealed, and how to show it again.  What stands in logs, notes and
 * names stays text, whatever it holds; secrets are masks. */
#ifndef WRITE_REPORT_H
#define WRITE_REPORT_H

#include "query/filter.h"
#include "query/run.h"
#include "store/store.h"
#include "triage/index.h"
#include "write/command.h"
#include "write/sink.h"

struct report {
	const struct command *command;
	struct span text;               /* of the filter; empty: none */
	const struct filter *filter;
	const struct run_result *result;        /* of it */
	const struct store_event *marked;       /* in order of time */
	size_t marked_count;
	struct span lifelines;          /* a subject each line */
	struct index *index;
	struct jobs *jobs;              /* or NULL */
	struct span revealed;           /* a line each; empty: nothing */
};

/* The marked events, by time.  JOBS (may be NULL) lends its threads.  False when
 * *CANCEL (may be NULL) became true; then the result is empty. */
bool report_find_marked(const struct store *, struct jobs *,
			const atomic_bool *cancel, struct run_result *);

/* Appends the line to LINES, unless it is there. */
void report_add_line(struct buffer *lines, struct span line);

/* The certificates of the marked events, to tell the life lines of. */
void report_add_certificates(const struct store *,
			     const struct run_result *marked,
			     struct buffer *lifelines);

/* Reads the files once more, for their SHA-256; ends early when the sink is
 * cancelled. */
void report_write(struct sink *, const struct store *,
		  const struct report *);

#endif
