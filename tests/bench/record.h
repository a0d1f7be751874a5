/* One record of the generated trails. */
#ifndef BENCH_RECORD_H
#define BENCH_RECORD_H

#include "base/buffer.h"
#include "draw.h"

#include <stdint.h>

/* What makes a trail harder than usual. */
enum record_style {
	RECORD_USUAL,
	RECORD_ALL_SHAPES,      /* each record has a key that no other has */
	RECORD_ESCAPES          /* a tenth of the bytes in strings with escapes,
				   a hundredth not ASCII */
};

/* Appends a record, on one line, of what happened in PLACE (below
 * WORDS_PLACES) at TIME (seconds of the Unix epoch). */
void record_write(uint32_t place, int64_t time, enum record_style,
		  struct draw *, struct buffer *out);

#endif
