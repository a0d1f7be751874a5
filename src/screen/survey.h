/* Overviews, where keys come from, and findings, worked out in the background.
 * Owns the indexes that they are answered from while there is more to come. */
#ifndef SCREEN_SURVEY_H
#define SCREEN_SURVEY_H

#include "base/buffer.h"
#include "base/jobs.h"
#include "base/span.h"
#include "triage/answer.h"
#include "triage/overview.h"
#include "triage/sessions.h"

#include <stdbool.h>
#include <stdint.h>

struct survey;

/* As errand_new. */
struct survey *survey_new(const struct store *, struct jobs *,
			  void (*wake)(void));
void survey_free(struct survey *);

void survey_ask_overview(struct survey *, enum overview_kind,
			 struct span subject);
/* Which call issued the key that the event was made with? */
void survey_ask_origin(struct survey *, struct store_event);
/* Gets the findings ready, so that whoever draws them need not wait. */
void survey_ask_findings(struct survey *);

enum survey_about { SURVEY_OVERVIEW, SURVEY_ORIGIN, SURVEY_FINDINGS };

struct survey_answer {
	enum survey_about about;
	uint64_t version;               /* of the store */
	uint64_t events;                /* of that */

	enum overview_kind kind;
	struct buffer subject;
	struct answer *answer;          /* owned; whoever takes it sets NULL */

	struct buffer key;              /* empty: the event has none */
	struct store_event origin;      /* or STORE_NO_EVENT */
	enum sessions_link link;
	bool long_term;                 /* the key is no session's */
};

/* NULL: there is none; free with survey_answer_free. */
struct survey_answer *survey_take(struct survey *);
void survey_answer_free(struct survey_answer *);

/* Forgets what was asked. */
void survey_cancel(struct survey *);
bool survey_busy(struct survey *);

#endif
