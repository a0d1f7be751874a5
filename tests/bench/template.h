/* Texts with holes, from which the generator's records are made.
 *
 *   'x'        a JSON string: ' becomes a double quote
 *   `x`        the same inside a string: ` becomes \"
 *   $word      what the word stands for in this event; also ${word:argument}
 *   <40|...>   there in 40 of 100
 *   <*5|...>   one to five times, with commas between; few are more frequent
 *
 * The last two nest.  A $ before anything else is itself. */
#ifndef BENCH_TEMPLATE_H
#define BENCH_TEMPLATE_H

#include "base/buffer.h"
#include "draw.h"

/* Appends what WORD with ARGUMENT stands for. */
typedef void template_word(void *context, struct span word,
			   struct span argument, struct buffer *out);

/* Appends TEXT with its holes filled.  What is there and how often is drawn
 * from FORM: a stream that begins alike makes the same form, whatever the words
 * stand for.  Dies when TEXT is not a template. */
void template_write(const char *text, struct draw *form, template_word *,
		    void *context, struct buffer *out);

/* One of the alternatives of CHOICES, which stand between bars. */
struct span template_pick(struct span choices, struct draw *);

#endif
