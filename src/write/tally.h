/* -o values: how often each value of a field, or each combination of values of
 * several fields, occurs.  `COUNT<TAB>VALUE`, most frequent first, then by
 * value. */
#ifndef WRITE_TALLY_H
#define WRITE_TALLY_H

#include "query/run.h"
#include "store/store.h"
#include "trail/columns.h"
#include "write/sink.h"

#include <stdint.h>

/* Writes the counts over the events of RESULT; FIELDS is at least 1.  An event
 * counts once for each of its distinct values.  One that has no value of any
 * field is not written; how many those are is the answer.  Of several fields,
 * those that an event lacks are empty.  Escapes are those of tsv.  CLEAR asks
 * for secrets in clear. */
uint64_t tally_write(struct sink *, const struct store *,
		     const struct run_result *, const struct column_ref *,
		     size_t fields, bool clear);

#endif
