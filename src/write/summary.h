/* -o summary: one JSON object that accounts for everything that was given to
 * read and for everything that was asked. */
#ifndef WRITE_SUMMARY_H
#define WRITE_SUMMARY_H

#include "query/filter.h"
#include "query/run.h"
#include "store/store.h"
#include "write/sink.h"

/* What was asked and how long it took. */
struct summary {
	struct span text;               /* of the filter; empty: none */
	const struct filter *filter;
	const struct run_result *result;
	double load, query;             /* seconds */
	unsigned threads;
};

/* Writes the object.  `files` counts all, `skipped` lists those that are no
 * logs, each with its reason; `bytes` is JSON text after inflating, `values` the
 * distinct ones of each segment, `memory` what all that is loaded takes, in
 * bytes; times are UTC or null. */
void summary_write(struct sink *, const struct store *,
		   const struct summary *);

#endif
