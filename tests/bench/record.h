/* One record of the generated trails. */
#ifndef BENCH_RECORD_H
#define BENCH_RECORD_H

#include "base/buffer.h"
#include "draw.h"

#include <stdint.h>

/* Appends a record, on one line, of what happened in PLACE (below
 * WORDS_PLACES) at TIME (seconds of the Unix epoch). */
void record_write(uint32_t place, int64_t time, struct draw *,
		  struct buffer *out);

#endif
