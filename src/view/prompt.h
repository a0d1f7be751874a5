/* A line that is being typed: readline's manners, UTF-8.  Where it is shown
 * and what it is for, others know. */
#ifndef VIEW_PROMPT_H
#define VIEW_PROMPT_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

enum { PROMPT_MOST = 64 * 1024 };       /* bytes a line may have */

/* Zero-initialised is an empty line. */
struct prompt {
	struct buffer text;     /* valid UTF-8, no control characters */
	size_t cursor;          /* in bytes, between two characters */
	struct buffer cut;      /* what was cut last */
};

void prompt_free(struct prompt *);

/* Replaces the line, cursor behind it.  What is no UTF-8 is left out. */
void prompt_set(struct prompt *, struct span text);

/* Types a character, or a text that was pasted: line breaks become blanks,
 * other control characters are left out, and so is all that does not fit.
 * False when something was left out. */
bool prompt_type(struct prompt *, uint32_t character);
bool prompt_paste(struct prompt *, struct span text);

void prompt_left(struct prompt *);
void prompt_right(struct prompt *);
void prompt_word_left(struct prompt *);
void prompt_word_right(struct prompt *);
void prompt_start(struct prompt *);
void prompt_end(struct prompt *);

void prompt_erase(struct prompt *);
void prompt_erase_next(struct prompt *);

/* What is cut can be put back in; Ctrl-W cuts to the blank before, words of
 * Alt-d and Alt-Backspace end at what is no letter or digit. */
void prompt_cut_word(struct prompt *);
void prompt_cut_last_word(struct prompt *);
void prompt_cut_next_word(struct prompt *);
void prompt_cut_start(struct prompt *);
void prompt_cut_end(struct prompt *);
void prompt_put(struct prompt *);

/* Swaps the characters before and under the cursor, at the end the last two. */
void prompt_swap(struct prompt *);

/* Puts TEXT in place of what stands between byte FROM and the cursor. */
void prompt_replace(struct prompt *, size_t from, struct span text);

#endif
