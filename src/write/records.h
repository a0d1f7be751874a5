/* The events themselves as JSON, tokens as logged, masks in place of secrets:
 * one a line, or as one document that any CloudTrail tool reads. */
#ifndef WRITE_RECORDS_H
#define WRITE_RECORDS_H

#include "query/run.h"
#include "store/store.h"
#include "write/sink.h"

/* -o ndjson.  CLEAR asks for secrets in clear. */
void records_write_lines(struct sink *, const struct store *,
			 const struct run_result *, bool clear);

/* -o json: {"Records":[…]}. */
void records_write_document(struct sink *, const struct store *,
			    const struct run_result *, bool clear);

#endif
