/* Owns the indexes, which one job at a time reads, and the texts on the way. */
#include "screen/survey.h"

#include "base/memory.h"
#include "screen/errand.h"
#include "triage/index.h"

#include <stdlib.h>

struct survey {
	const struct store *store;
	struct jobs *jobs;
	struct index *index;            /* of the job that runs */
	struct errand *errand;
};

struct question {
	enum survey_about about;
	enum overview_kind kind;
	struct buffer subject;
	struct store_event event;
};

static void free_question(void *question)
{
	struct question *q = question;

	buffer_free(&q->subject);
	free(q);
}

void survey_answer_free(struct survey_answer *a)
{
	if (!a)
		return;
	answer_free(a->answer);
	buffer_free(&a->subject);
	buffer_free(&a->key);
	free(a);
}

static void free_answer(void *answer)
{
	survey_answer_free(answer);
}

/* The indexes of what is loaded by now. */
static struct index *present(struct survey *s)
{
	if (store_finished(s->store))
		return index_kept(s->store);
	if (!s->index || index_version(s->index) != store_version(s->store)) {
		index_free(s->index);
		s->index = index_new(s->store);
	}
	return s->index;
}

static void find_origin(struct index *index, struct store_event event,
			struct survey_answer *a)
{
	const struct sessions *sessions = index_sessions(index);
	uint32_t number = sessions_of(sessions, event);
	const struct sessions_key *key;
	struct span text;

	a->origin = STORE_NO_EVENT;
	if (number == SESSIONS_NONE)
		return;
	key = &sessions->key[number];
	text = names_text(sessions->keys, number);
	buffer_add_span(&a->key, text);
	a->origin = key->origin;
	a->link = (enum sessions_link)key->link;
	a->long_term = span_starts(text, SPAN("AKIA"));
}

static void *answer(void *context, void *question,
		    const atomic_bool *cancel)
{
	const struct question *q = question;
	struct survey *s = context;
	struct survey_answer *a = memory_clear(1, sizeof *a);
	struct index *index = present(s);
	bool found;

	if (index == s->index)
		index_cancel_by(index, cancel);
	a->about = q->about;
	a->kind = q->kind;
	buffer_add_span(&a->subject, buffer_span(&q->subject));
	a->version = index_version(index);
	a->events = index_events(index);
	if (q->about == SURVEY_ORIGIN)
		find_origin(index, q->event, a);
	else if (q->about == SURVEY_OVERVIEW)
		a->answer = overview_answer(q->kind, index, s->jobs,
					    buffer_span(&q->subject), cancel,
					    &found);
	if (!*cancel)
		return a;
	survey_answer_free(a);
	/* It holds only a part. */
	index_free(s->index);
	s->index = NULL;
	return NULL;
}

struct survey *survey_new(const struct store *store, struct jobs *jobs,
			  void (*wake)(void))
{
	static const struct errand_manner manner = {answer, free_question,
						    free_answer};
	struct survey *s = memory_clear(1, sizeof *s);

	s->store = store;
	s->jobs = jobs;
	s->errand = errand_new(&manner, s, jobs, wake);
	return s;
}

void survey_free(struct survey *s)
{
	if (!s)
		return;
	errand_free(s->errand);
	index_free(s->index);
	free(s);
}

void survey_ask_overview(struct survey *s, enum overview_kind kind,
			 struct span subject)
{
	struct question *q = memory_clear(1, sizeof *q);

	q->kind = kind;
	buffer_add_span(&q->subject, subject);
	errand_ask(s->errand, q);
}

void survey_ask_origin(struct survey *s, struct store_event event)
{
	struct question *q = memory_clear(1, sizeof *q);

	q->about = SURVEY_ORIGIN;
	q->event = event;
	errand_ask(s->errand, q);
}

void survey_ask_findings(struct survey *s)
{
	struct question *q = memory_clear(1, sizeof *q);

	q->about = SURVEY_FINDINGS;
	errand_ask(s->errand, q);
}

struct survey_answer *survey_take(struct survey *s)
{
	return errand_take(s->errand);
}

void survey_cancel(struct survey *s)
{
	errand_cancel(s->errand);
}

bool survey_busy(struct survey *s)
{
	return errand_busy(s->errand);
}
