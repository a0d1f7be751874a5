/* An overview as text for people, or as one JSON object. */
#ifndef WRITE_ANSWER_TEXT_H
#define WRITE_ANSWER_TEXT_H

#include "text/show.h"
#include "text/stamp.h"
#include "triage/answer.h"
#include "write/sink.h"

void answer_text_write(struct sink *, const struct answer *, enum show_set,
		       enum stamp_zone);

/* Rows that are about an event carry its eventID; rows of trees their depth. */
void answer_text_write_json(struct sink *, const struct answer *,
			    const struct store *);

#endif
